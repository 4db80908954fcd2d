//! Which of two years a column is about, and which stage of the budget, where only the document tells.

use crate::model::identity::Identity;
use crate::model::statement::Statement;
use crate::model::vocabulary::{DocumentKind, Period, Phase};
use crate::reading::fold::fold;
use crate::reading::year;
use crate::table::dimension;

/// Whether a table tells how the budget of a year before the document's was carried out: 2024年预算执行情况表 in a budget of 2025.
fn executed_before(statement: &Statement, year: Option<i32>) -> bool {
    let title = fold(&statement.title);
    title.contains("执行") && year::of_title(&title).zip(year).is_some_and(|(own, year)| own < year)
}

/// Dates the columns of every table: where 2023年预算数 stands beside 2024年预算数 below a title without a year, the document's
/// year says which is last year's.
pub(crate) fn date(mut statements: Vec<Statement>, identity: &Identity) -> Vec<Statement> {
    let year = identity.year;
    stage(&mut statements, identity.kind);
    for statement in statements.iter_mut().filter(|s| executed_before(s, year)) {
        for fact in statement.facts.iter_mut().filter(|f| f.period == Some(Period::Current)) {
            fact.period = Some(Period::PriorYear);
        }
    }
    for statement in statements.iter_mut().filter(|s| year::first(&fold(&s.title)).is_none()) {
        let paths = statement.facts.iter().map(|f| f.column_path.as_str());
        let Some(year) = year.or_else(|| year::latest(paths)) else { continue };
        for fact in &mut statement.facts {
            if let Some(period) = dimension::dated(fact.period, &fact.column_path, year) {
                fact.period = Some(period);
            }
        }
    }
    statements
}

/// Columns and titles that say no stage have the document's: 合计, 基本支出, 项目支出 in a budget are approved. A government's
/// papers tell of two stages, so that nothing follows from their kind.
fn stage(statements: &mut [Statement], kind: Option<DocumentKind>) {
    let phase = match kind {
        Some(DocumentKind::Budget) => Phase::Approved,
        Some(DocumentKind::FinalAccounts) => Phase::Executed,
        _ => return,
    };
    let facts = statements.iter_mut().flat_map(|s| &mut s.facts);
    let own = |period| matches!(period, Some(Period::Current | Period::Carryover | Period::CarriedForward));
    for fact in facts.filter(|f| f.phase.is_none() && own(f.period)) {
        fact.phase = Some(phase);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};
    use crate::model::fact::Fact;
    use crate::model::vocabulary::TableType;

    #[test]
    fn the_kind_says_the_stage_of_this_years_figures() {
        let staged = |kind, period| {
            let facts = vec![Fact { period: Some(period), phase: None, ..fact(3, 2, "基本支出", "1.00") }];
            let identity = Identity { kind: Some(kind), ..Identity::default() };
            date(vec![statement(TableType::ExpenditureSummary, facts)], &identity)[0].facts[0].phase
        };
        assert_eq!(staged(DocumentKind::Budget, Period::Current), Some(Phase::Approved));
        assert_eq!(staged(DocumentKind::FinalAccounts, Period::Current), Some(Phase::Executed));
        assert_eq!(staged(DocumentKind::Budget, Period::PriorYear), None);
        assert_eq!(staged(DocumentKind::GovernmentBudget, Period::Current), None);
    }
}
