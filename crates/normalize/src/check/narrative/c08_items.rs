//! C8: the amounts of all items (类、款、项) that follow a total add up to it: 年初预算为 A，支出决算为 B，其中： … （项）年初预算为 …
//!
//! The model text of final accounts lists every item with its budget and its outcome below the totals of both. A list may be
//! cut short, so the sum is told where it holds for one of both or misses by little.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::c08_parts::C8;
use crate::check::narrative::said::{Outcome, check, printed, subject};
use crate::check::scene::Scene;
use crate::model::check::{Check, CheckStatus};
use crate::model::measured::Measured;
use crate::model::prose_figure::ProseFigure;
use crate::model::vocabulary::{Cause, Period};
use rust_decimal::Decimal;

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C8],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// A shorter list proves nothing.
const LEAST_ITEMS: usize = 3;
/// A sum that misses by more than this share lacks items.
const NEAR: Decimal = Decimal::ONE_THOUSAND;

/// What an item's amounts are.
const MEASURES: &[&str] = &["年初预算", "支出决算"];

/// Every list of items with the totals above it.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let prose = scene.prose;
    let mut checks = Vec::new();
    let mut at = 0;
    while at < prose.len() {
        let end = at + prose[at..].iter().take_while(|f| is_item(f)).count();
        if end > at {
            checks.extend(of_list(&prose[at.saturating_sub(MEASURES.len())..at], &prose[at..end]));
        }
        at = end.max(at + 1);
    }
    checks
}

fn is_item(figure: &ProseFigure) -> bool {
    figure.period == Some(Period::Current) && figure.subject.contains("(项)") && measure(figure).is_some()
}

fn measure(figure: &ProseFigure) -> Option<&'static str> {
    MEASURES.iter().copied().find(|m| figure.subject.ends_with(m))
}

fn of_list(totals: &[ProseFigure], items: &[ProseFigure]) -> Vec<Check> {
    let mut told: Vec<(Check, bool)> = Vec::new();
    for total in totals.iter().filter(|t| t.period == Some(Period::Current)) {
        let Some(kind) = measure(total) else { continue };
        let own: Vec<&ProseFigure> = items.iter().filter(|i| measure(i) == Some(kind)).collect();
        told.extend((own.len() >= LEAST_ITEMS).then(|| tried(total, &own)).flatten());
    }
    let sure = told.iter().any(|(_, near)| *near);
    told.into_iter().filter(|_| sure).map(|(check, _)| check).collect()
}

/// The check, and whether the sum holds or misses by little.
fn tried(total: &ProseFigure, items: &[&ProseFigure]) -> Option<(Check, bool)> {
    let amount = Measured::said(total)?;
    let sum = items.iter().try_fold(Measured::default(), |sum, i| sum.plus(Measured::said(i)?))?;
    let difference = amount.less(sum)?;
    let status = difference.verdict();
    let near = amount.value.abs().checked_div(NEAR).is_some_and(|room| difference.value.abs() <= room);
    let (first, last) = (items.first()?, items.last()?);
    let count = items.len();
    let words = format!(
        "{}：{} = 各项之和 {} + … + {}（共 {count} 项）",
        subject(total),
        printed(total),
        printed(first),
        printed(last)
    );
    let reason = "文中的合计与其下各项之和不合".to_owned();
    let outcome = Outcome { rule: &C8, status, words, reason, cause: Cause::Published };
    Some((check(total, outcome), status != CheckStatus::Failed || near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, said};

    pub(crate) fn example() -> Example {
        let mut figures = vec![said("一般公共预算财政拨款支出年初预算", "current", "300.00", "")];
        let item = |name: &str| said(&format!("教育支出(类){name}(款){name}(项)年初预算"), "current", "100.00", "");
        figures.extend(["甲", "乙", "丙"].map(item));
        Example::prose(figures)
    }

    #[test]
    fn items_add_up_to_the_totals_above_them() {
        let list = |budget: &str, outcome: &str| -> Vec<CheckStatus> {
            let mut figures = vec![
                said("一般公共预算财政拨款支出年初预算", "current", budget, ""),
                said("支出决算", "current", outcome, ""),
            ];
            for item in ["甲", "乙", "丙"] {
                figures.push(said(&format!("教育支出(类){item}(款){item}(项)年初预算"), "current", "100.00", ""));
                figures.push(said(&format!("教育支出(类){item}(款){item}(项)支出决算"), "current", "90.00", ""));
            }
            checks(&Scene::new(&[], &figures, &[])).iter().map(|c| c.status).collect()
        };
        assert_eq!(list("300.00", "270.00"), [CheckStatus::Passed; 2]);
        assert_eq!(list("300.01", "270.00"), [CheckStatus::Rounding, CheckStatus::Passed]);
        assert_eq!(list("400.00", "270.00"), [CheckStatus::Failed, CheckStatus::Passed]);
        assert!(list("400.00", "390.00").is_empty(), "a list cut short");
    }
}
