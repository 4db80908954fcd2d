//! A7: the weights of one project's performance indicators (or the department's) add up to 100.
//!
//! 财政部《项目支出绩效评价管理办法》（财预〔2020〕10号）第十四条: a score of 100 in all. Many places keep 10 points for the rate of
//! budget execution, which is no indicator: 90 is whole where a form of the document names that rate, or where no fewer lists of the same
//! scope add up to 90 than to 100.

use crate::check::checker::{Checker, Run};
use crate::check::scene::Scene;
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::indicator::{Indicator, IndicatorScope};
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::Cause;
use crate::reading::fold::fold;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// 绩效指标权重.
pub(crate) const A7: Rule = Rule {
    id: "A7",
    title: "绩效指标权重",
    text: "一个项目（或部门整体）各指标权重之和为 100；预算执行率另占 10 分的为 90",
    source: "财政部《项目支出绩效评价管理办法》",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A7],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Fewer indicators are no list of goals but a part of one.
const FEWEST: usize = 3;

/// What is left for the indicators where the rate of budget execution has 10 points of its own.
const BESIDE_EXECUTION: i64 = 90;

/// No form leaves less than this to its own goals.
const LEAST_OF_GOALS: i64 = 60;

/// So many different wrong sums in one table are its reading's.
const MOST_WRONG: usize = 3;

/// All indicators of one project, or of the department, in one table.
struct Group<'a> {
    statement: &'a Statement,
    name: &'a str,
    indicators: Vec<&'a Indicator>,
    sum: Decimal,
    /// Whether the document has a place for the rate of budget execution.
    kept: bool,
}

/// Tries every project of every table of goals.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    // What one form of the document says of the rate goes for all of them.
    let kept = scene.tables.statements.iter().any(|s| s.table_type.is_form() && names_execution(s));
    let tables: Vec<Vec<Group<'_>>> = scene.tables.statements.iter().map(|s| groups(s, kept)).collect();
    let all: Vec<&Group<'_>> = tables.iter().flatten().collect();
    let expected = |groups: &[Group<'_>]| {
        let same: Vec<&Group<'_>> =
            all.iter().copied().filter(|g| groups.iter().any(|own| own.scope() == g.scope())).collect();
        expected(&same)
    };
    tables.iter().flat_map(|groups| of_table(groups, expected(groups))).collect()
}

/// The projects of one table. Where rows went to the wrong project the sums are off by what others have too much: several
/// different wrong sums in one table are one finding about how it was read, not as many errors of the publisher.
fn of_table(groups: &[Group<'_>], expected: Decimal) -> Vec<Check> {
    let checks: Vec<Check> = groups.iter().map(|g| check(g, expected)).collect();
    let wrong: Vec<&Group<'_>> =
        groups.iter().zip(&checks).filter(|(_, c)| c.status == CheckStatus::Failed).map(|(g, _)| g).collect();
    let Some(first) = wrong.first() else { return checks };
    let several = wrong.iter().any(|g| g.sum != first.sum);
    let sum = wrong.iter().try_fold(Decimal::ZERO, |sum, g| sum.checked_add(g.sum)).unwrap_or_default();
    let moved = sum == expected.checked_mul(Decimal::from(wrong.len())).unwrap_or_default();
    if !several || !(moved || wrong.len() >= MOST_WRONG) {
        return checks;
    }
    let mut one = check(first, expected);
    one.claim_text = format!("{}个项目中 {} 个的指标权重之和不是 {expected}", groups.len(), wrong.len());
    one.cause = Some(Cause::Extraction);
    "多个项目的权重此多彼少，多半是换页处指标归错了项目".clone_into(&mut one.reason);
    let passed = checks.into_iter().filter(|c| c.status != CheckStatus::Failed);
    passed.chain([one]).collect()
}

fn groups(statement: &Statement, kept: bool) -> Vec<Group<'_>> {
    let kept = kept || names_execution(statement);
    let mut found: BTreeMap<(&str, &str, &str), Vec<&Indicator>> = BTreeMap::new();
    for one in &statement.indicators {
        let key = (one.scope.as_str(), one.project_code.as_str(), one.project_name.as_str());
        found.entry(key).or_default().push(one);
    }
    let mut groups = Vec::new();
    for ((_, _, name), indicators) in found {
        let weights: Option<Vec<Decimal>> = indicators.iter().map(|i| weight(&i.weight)).collect();
        let sum = weights.and_then(|w| w.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add));
        if let Some(sum) = sum.filter(|_| indicators.len() >= FEWEST) {
            groups.push(Group { statement, name, indicators, sum, kept });
        }
    }
    groups
}

impl Group<'_> {
    fn scope(&self) -> Option<IndicatorScope> {
        self.indicators.first().map(|one| one.scope)
    }

    /// Whether the list is whole. The same project listed for several units has the whole for each.
    fn is_whole(&self, expected: Decimal) -> bool {
        let times = |whole: Decimal| self.sum.checked_rem(whole).is_some_and(|rest| rest.is_zero());
        let beside = self.sum == Decimal::from(BESIDE_EXECUTION) && self.kept;
        !self.sum.is_zero() && (times(Decimal::ONE_HUNDRED) || times(expected) || beside)
    }
}

/// Whether the form has a place for the rate of budget execution.
fn names_execution(statement: &Statement) -> bool {
    statement.raw.cells.iter().any(|cell| fold(&cell.text).contains("执行率"))
}

/// 100, or 90 where more lists of the document leave 10 points to the rate of budget execution than have all of them.
fn expected(groups: &[&Group<'_>]) -> Decimal {
    let ninety = Decimal::from(BESIDE_EXECUTION);
    let keeping = groups.iter().filter(|g| g.sum == ninety).count();
    let whole = groups.iter().filter(|g| g.is_whole(Decimal::ONE_HUNDRED)).count();
    // Rows that went to the wrong list take from one what they give to another.
    let sum = groups.iter().try_fold(Decimal::ZERO, |sum, g| sum.checked_add(g.sum)).unwrap_or_default();
    let moved = sum == Decimal::ONE_HUNDRED.checked_mul(Decimal::from(groups.len())).unwrap_or_default();
    if keeping > whole && !moved { ninety } else { Decimal::ONE_HUNDRED }
}

fn check(group: &Group<'_>, expected: Decimal) -> Check {
    let Group { statement, name, indicators, sum, .. } = group;
    let holds = group.is_whole(expected);
    let status = if holds { CheckStatus::Passed } else { CheckStatus::Failed };
    // Some keep whole tens for their management, told in another form.
    let tens = sum.checked_rem(Decimal::TEN).is_some_and(|rest| rest.is_zero());
    let ninety = tens && *sum < Decimal::ONE_HUNDRED && *sum >= Decimal::from(LEAST_OF_GOALS);
    let (cause, reason) = match (holds, ninety) {
        (true, _) => (None, ""),
        (false, true) => (Some(Cause::Definition), "可能另有整十分留给预算执行率或管理指标，表中没有写明"),
        (false, false) => (Some(Cause::Published), "印出的权重之和不合"),
    };
    let told = if holds { *sum } else { expected };
    let first = indicators.first();
    let (row, col) = first.map_or((0, 0), |i| cell(statement, i));
    let named = if name.is_empty() { String::new() } else { format!("{name}：") };
    Check {
        rule: A7.id.to_owned(),
        scope: CheckScope::Table,
        table_id: statement.id.clone(),
        place: first.map(|i| i.place).unwrap_or_default(),
        row,
        col,
        claim_text: format!("{named}{} 项指标权重之和 {sum} = {told}", indicators.len()),
        left: None,
        right: None,
        difference: None,
        tolerance: None,
        status,
        cells: Vec::new(),
        cause,
        suspects: Vec::new(),
        reason: reason.to_owned(),
    }
}

/// 10, 10分, 10%.
fn weight(printed: &str) -> Option<Decimal> {
    printed.trim().trim_end_matches(['分', '%', '％']).trim().parse().ok()
}

/// 1-based row and column of the indicator's target, as in facts.
fn cell(statement: &Statement, indicator: &Indicator) -> (u32, u32) {
    let one_based = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
    match (indicator.place.sheet_cell, statement.raw.cells.get(indicator.cell)) {
        (Some(cell), _) => cell,
        (None, Some(cell)) => (one_based(cell.row), one_based(cell.col)),
        (None, None) => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, statement, verdicts};
    use crate::model::vocabulary::TableType;
    use yusuan_extract::Place;

    fn indicator(project: &str, weight: &str) -> Indicator {
        let blank = String::new;
        Indicator {
            place: Place::default(),
            cell: 0,
            scope: IndicatorScope::Project,
            project_code: blank(),
            project_name: project.to_owned(),
            level1: blank(),
            level2: blank(),
            level3: blank(),
            operator: blank(),
            target: blank(),
            target_unit: blank(),
            weight: weight.to_owned(),
            direction: blank(),
            note: blank(),
        }
    }

    /// One table of goals; for each project its weights.
    fn with(projects: &[(&str, &[&str])]) -> Example {
        let mut table = statement(TableType::ProjectPerformance, Vec::new());
        let weights = projects.iter().flat_map(|(name, weights)| weights.iter().map(move |w| (name, w)));
        table.indicators = weights.map(|(name, weight)| indicator(name, weight)).collect();
        Example::tables(vec![table])
    }

    pub(crate) fn example() -> Example {
        with(&[("甲", &["50", "30分", "20%"])])
    }

    #[test]
    fn weights_add_up_to_a_hundred() {
        assert_eq!(verdicts(&CHECKER, &example()), [CheckStatus::Passed]);
        let ninety = |others: &[(&str, &[&str])]| {
            let all = [&[("甲", ["50", "30", "10"].as_slice())], others].concat();
            let found = checks(&with(&all).scene());
            let own = found.iter().find(|c| c.claim_text.starts_with('甲')).unwrap();
            (own.status, own.cause)
        };
        assert_eq!(ninety(&[]), (CheckStatus::Passed, None), "10 points for the rate of execution");
        assert_eq!(ninety(&[("乙", &["50", "30", "20"])]), (CheckStatus::Failed, Some(Cause::Definition)));
        let wrong = checks(&with(&[("甲", &["50", "30", "15"])]).scene());
        assert_eq!((wrong[0].status, wrong[0].cause), (CheckStatus::Failed, Some(Cause::Published)));
        assert!(verdicts(&CHECKER, &with(&[("甲", &["50", "30"])])).is_empty(), "a part of a list");
    }

    #[test]
    fn what_one_form_says_of_the_rate_goes_for_all() {
        let mut example = with(&[("甲", &["50", "30", "10"]), ("乙", &["50", "30", "20"])]);
        let mut other = statement(TableType::ProjectPerformance, Vec::new());
        other.raw.cells =
            vec![yusuan_extract::Cell { text: "预算执行率（10分）".to_owned(), ..Default::default() }];
        example.statements.push(other);
        assert!(checks(&example.scene()).iter().all(|c| c.status == CheckStatus::Passed));
    }

    #[test]
    fn what_one_project_lacks_and_another_has_too_much_is_one_finding() {
        let moved = checks(&with(&[("甲", &["50", "30", "10"]), ("乙", &["50", "30", "30"])]).scene());
        assert_eq!(moved.len(), 1);
        assert_eq!((moved[0].status, moved[0].cause), (CheckStatus::Failed, Some(Cause::Extraction)));
    }
}
