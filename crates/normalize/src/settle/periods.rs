//! Which of two years a column is about, and which stage of the budget, where only the document tells.

use crate::model::fact::Fact;
use crate::model::identity::Identity;
use crate::model::statement::Statement;
use crate::model::vocabulary::{DocumentKind, Period, Phase, TableType};
use crate::reading::fold::{fold, has_any, pattern};
use crate::reading::year;
use crate::table::dimension;

/// Whether a table is of a year before the document's: 2024年预算执行情况表 in a budget of 2025. What else a title of an earlier year
/// may be is open, but for a government's book (`book`) that holds tables of its own year too: 2024年政府债务余额情况表.
fn is_of_year_before(statement: &Statement, year: Option<i32>, book: bool) -> bool {
    let title = fold(&statement.title);
    let told = book || has_any(&title, &["执行", "完成情况"]);
    told && year::of_title(&title).zip(year).is_some_and(|(own, year)| own < year)
}

/// Whether this is a government's budget with tables whose titles name the document's own year.
fn is_book(statements: &[Statement], identity: &Identity) -> bool {
    let own = |s: &Statement| identity.year.is_some() && year::of_title(&fold(&s.title)) == identity.year;
    identity.kind == Some(DocumentKind::GovernmentBudget) && statements.iter().any(own)
}

/// Dates the columns of every table: where 2023年预算数 stands beside 2024年预算数 below a title without a year, the document's
/// year says which is last year's.
pub(crate) fn date(mut statements: Vec<Statement>, identity: &Identity) -> Vec<Statement> {
    let year = identity.year;
    stage(&mut statements, identity.kind);
    let book = is_book(&statements, identity);
    for statement in statements.iter_mut().filter(|s| is_of_year_before(s, year, book)) {
        // 2025年预算数 below a title of 2024 is what it says.
        let own = |f: &Fact| year::first(&fold(&f.column_path)).zip(year).is_none_or(|(named, year)| named < year);
        for fact in statement.facts.iter_mut().filter(|f| f.period == Some(Period::Current) && own(f)) {
            fact.period = Some(Period::PriorYear);
        }
    }
    for statement in statements.iter_mut().filter(|s| year::first(&fold(&s.title)).is_none()) {
        let paths = statement.facts.iter().map(|f| f.column_path.as_str());
        let Some(year) = year.or_else(|| year::latest(paths)) else { continue };
        for fact in &mut statement.facts {
            if let Some(period) = dimension::dated(fact.period, &fact.column_path, &fact.row_label, year) {
                fact.period = Some(period);
            }
        }
    }
    for statement in &mut statements {
        date_debt(statement, year);
        date_earlier(statement, year, book);
        date_later(statement, year);
    }
    statements
}

// 三年合计, 2025-2027年合计, 项目总投资.
pattern!(SEVERAL_YEARS, "[两二三四五多]年(?:合计|总计|小计|总额|支出|预算)|20[0-9]{2}年?[-—~～至到]20[0-9]{2}|总投资");

/// Marks what is planned for the years behind the document's, or for several together: 2026年预算 and 三年合计 beside 2025年预算. Where
/// nothing of the table is of the document's own year, that year may be the wrong one.
fn date_later(statement: &mut Statement, year: Option<i32>) {
    let Some(year) = year else { return };
    let named = |fact: &Fact| year::first(&fold(&fact.column_path)).or_else(|| year::of_label(&fold(&fact.row_label)));
    let own =
        year::of_title(&fold(&statement.title)) == Some(year) || statement.facts.iter().any(|f| named(f) == Some(year));
    for fact in statement.facts.iter_mut().filter(|f| own && f.period == Some(Period::Current)) {
        if SEVERAL_YEARS.is_match(&fold(&fact.column_path)) {
            fact.period = Some(Period::SeveralYears);
            continue;
        }
        match named(fact).map(|named| named - year) {
            Some(1) => fact.period = Some(Period::NextYear),
            Some(2..) => fact.period = Some(Period::Later),
            _ => {}
        }
    }
}

/// Dates the rows of a table of debt, which say the year themselves: 2023年末地方政府债务余额, 2024年地方政府债务限额.
fn date_debt(statement: &mut Statement, year: Option<i32>) {
    let Some(year) = year.filter(|_| statement.table_type == TableType::GovernmentDebt) else { return };
    for fact in statement.facts.iter_mut().filter(|f| f.period == Some(Period::Current)) {
        let before = year::leading(&fold(&fact.row_label)).is_some_and(|own| own < year);
        if before && year::first(&fold(&fact.column_path)).is_none() {
            fact.period = Some(Period::PriorYear);
        }
    }
}

/// Marks what is two years or more before the document's: 2023年决算数 in a budget of 2025, and 上年 below a title of the year
/// before.
fn date_earlier(statement: &mut Statement, year: Option<i32>, book: bool) {
    let before = is_of_year_before(statement, year, book);
    let Some(year) = year else { return };
    let own = year::of_title(&fold(&statement.title)).filter(|_| before);
    for fact in statement.facts.iter_mut().filter(|f| f.period == Some(Period::PriorYear)) {
        let path = fold(&fact.column_path);
        let last = own.filter(|_| dimension::names_last_year(&path)).map(|own| own - 1);
        let label = fold(&fact.row_label);
        let debt = year::leading(&label).filter(|_| statement.table_type == TableType::GovernmentDebt);
        let named = year::first(&path).or_else(|| year::of_label(&label)).or(debt).or(last);
        let back = named.map(|named| year - named);
        match back {
            Some(2) => fact.period = Some(Period::PriorYear2),
            Some(3..) => fact.period = Some(Period::Earlier),
            _ => {}
        }
    }
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

    #[test]
    fn tables_of_last_year_in_a_book_of_this_year() {
        let table = |title: &str, column: &str| {
            let facts = vec![Fact {
                period: Some(Period::Current),
                column_path: column.to_owned(),
                ..fact(3, 2, "税收收入", "1.00")
            }];
            let mut table = statement(TableType::GovernmentRevenue, facts);
            title.clone_into(&mut table.title);
            table
        };
        let period = |title: &str, column: &str, kind| {
            let identity = Identity { kind: Some(kind), year: Some(2025), ..Identity::default() };
            date(vec![table(title, column), table("2025年收入预算表", "预算数")], &identity)[0].facts[0].period
        };
        let book = DocumentKind::GovernmentBudget;
        assert_eq!(period("2024年收入完成情况表", "年初预算", book), Some(Period::PriorYear));
        assert_eq!(period("2024年政府债务余额情况表", "余额", book), Some(Period::PriorYear));
        assert_eq!(period("2024年收入完成情况表", "2025年预算数", book), Some(Period::Current));
        assert_eq!(period("2024年项目表", "金额", DocumentKind::Budget), Some(Period::Current));
        assert_eq!(period("2024年收入完成情况表", "2023年完成数", book), Some(Period::PriorYear2));
        assert_eq!(period("2024年收入完成情况表", "2021年完成数", book), Some(Period::Earlier));
    }

    #[test]
    fn rows_of_debt_say_their_year() {
        let row = |label: &str| Fact { period: Some(Period::Current), ..fact(3, 2, label, "1.00") };
        let identity = Identity { year: Some(2025), ..Identity::default() };
        let facts =
            ["一、2023年末地方政府债务余额", "二、2024年地方政府债务限额", "三、2025年发行额"].map(row).to_vec();
        let dated = date(vec![statement(TableType::GovernmentDebt, facts)], &identity);
        let periods: Vec<Period> = dated[0].facts.iter().map(|f| f.period.unwrap()).collect();
        assert_eq!(periods, [Period::PriorYear2, Period::PriorYear, Period::Current]);
    }

    #[test]
    fn years_planned_ahead_beside_the_documents_own() {
        let column = |col, path: &str| Fact {
            period: Some(Period::Current),
            column_path: path.to_owned(),
            ..fact(3, col, "合计", "1.00")
        };
        let identity = Identity { kind: Some(DocumentKind::Budget), year: Some(2025), ..Identity::default() };
        let periods = |paths: &[&str]| {
            let facts = (2..).zip(paths).map(|(col, path)| column(col, path)).collect();
            let dated = date(vec![statement(TableType::ProjectExpenditure, facts)], &identity);
            dated[0].facts.iter().map(|f| f.period.unwrap()).collect::<Vec<_>>()
        };
        let plan = periods(&["三年合计", "2025年预算", "2026年预算", "2027年预算"]);
        assert_eq!(plan, [Period::SeveralYears, Period::Current, Period::NextYear, Period::Later]);
        assert_eq!(periods(&["2026年预算"]), [Period::Current], "the document's year may be the wrong one");
    }

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
