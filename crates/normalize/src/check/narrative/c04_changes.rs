//! C4: increases and decreases that the narrative states more than once, or of a sum and of its parts, agree.
//!
//! A narrative tells the change of one amount where it speaks of revenue, again where it speaks of spending, and once more for
//! every part of it. The same amount cannot have grown by two figures; the parts' changes add up to the sum's. Two budgets
//! may have the same amount this year and not last year, so that only changes that nearly agree are held against each other.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::c04_growth::C4;
use crate::check::narrative::c08_parts::{self, Sum};
use crate::check::narrative::change::{self, Change};
use crate::check::narrative::said::{Outcome, check, printed, subject};
use crate::check::scene::Scene;
use crate::check::slip;
use crate::model::check::{Check, CheckStatus};
use crate::model::measured::Measured;
use crate::model::prose_figure::ProseFigure;
use crate::model::vocabulary::{Cause, Period};
use crate::reading::fold::has_any;
use rust_decimal::Decimal;

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C4],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Changes that differ by more than this share of themselves are of different things.
const NEAR: Decimal = Decimal::ONE_HUNDRED;
/// Amounts with fewer digits are equal by chance.
const TELLING_DIGITS: usize = 4;
/// Changes with so many digits that differ in one are the same one miswritten.
const UNLIKE_DIGITS: usize = 7;

/// The same amount's changes against each other, and those of a sum against those of its parts.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let prose = scene.prose;
    let changes = change::changes(prose);
    let mut checks = twice(&changes);
    checks.extend(miswritten(prose));
    checks.extend(c08_parts::sums(prose).iter().filter_map(|sum| of_parts(sum, &changes)));
    checks
}

/// Amounts whose change is told as two different figures, told once for each pair of figures.
fn twice(changes: &[Change<'_>]) -> Vec<Check> {
    let mut checks: Vec<Check> = Vec::new();
    let mut told: Vec<(Decimal, Decimal)> = Vec::new();
    for (at, first) in changes.iter().enumerate() {
        let again = |c: &&Change<'_>| is_same_amount(c.what, first.what) && scope(c.what) == scope(first.what);
        for second in changes.iter().skip(at + 1).filter(again) {
            let pair = (first.size.value, second.size.value);
            let (Some(difference), Some(room)) = (second.size.less(first.size), pair.0.abs().checked_div(NEAR)) else {
                continue;
            };
            if difference.is_nothing() || difference.value.abs() > room || told.contains(&pair) {
                continue;
            }
            told.push(pair);
            let words = format!(
                "{}：{} 的增减额前文为 {}，此处为 {}",
                subject(second.figure),
                printed(second.what),
                printed(first.figure),
                printed(second.figure)
            );
            let reason = "同一个数说了两个相近而不同的增减额：其中一处有误，或上年口径不同".to_owned();
            let outcome = Outcome { rule: &C4, status: CheckStatus::Failed, words, reason, cause: Cause::Published };
            checks.push(check(second.figure, outcome));
        }
    }
    checks
}

/// A change that is told again with one digit different: of the same amount, or with so many digits that no two changes are
/// alike by chance.
fn miswritten(prose: &[ProseFigure]) -> Vec<Check> {
    let told: Vec<&ProseFigure> =
        prose.iter().filter(|f| f.period == Some(Period::Change) && f.value.is_some()).collect();
    let digits = |f: &ProseFigure| f.value_text.chars().filter(char::is_ascii_digit).count();
    let mut checks = Vec::new();
    for (at, second) in told.iter().enumerate() {
        let before = told.iter().take(at).find(|first| {
            let same = change::is_of_the_same(first, second);
            let long = digits(second) >= UNLIKE_DIGITS;
            let enough = digits(second) >= TELLING_DIGITS && digits(first) == digits(second);
            enough && (same || long) && first.value != second.value && differs_by_a_digit(first, second)
        });
        let Some(first) = before else { continue };
        let words = format!("{}：增减额 {} 在另一处写作 {}", subject(second), printed(second), printed(first));
        let reason = "两处增减额只差一个数字：其中一处可能写错".to_owned();
        let outcome = Outcome { rule: &C4, status: CheckStatus::Failed, words, reason, cause: Cause::Published };
        checks.push(check(second, outcome));
    }
    checks
}

fn differs_by_a_digit(first: &ProseFigure, second: &ProseFigure) -> bool {
    let wanted = second.value.filter(|_| first.unit == second.unit);
    wanted.is_some_and(|w| slip::is_slip_of(&first.value_text, first.value, first.unit, w))
}

/// Whether all money is spoken of or that of the treasury alone: a department that lost its other revenue has the same amount
/// of both this year, and not last year.
fn scope(figure: &ProseFigure) -> bool {
    has_any(&figure.subject, &["财政拨款", "一般公共预算"])
}

fn is_same_amount(a: &ProseFigure, b: &ProseFigure) -> bool {
    let digits = a.value_text.chars().filter(char::is_ascii_digit).count();
    digits >= TELLING_DIGITS && a.value.is_some() && a.value == b.value
}

/// The change of a sum is that of its parts together, where each part's change is told.
fn of_parts(sum: &Sum<'_>, changes: &[Change<'_>]) -> Option<Check> {
    let of = |figure: &ProseFigure| -> Vec<&Change<'_>> {
        changes.iter().filter(|c| std::ptr::eq(c.what, figure) || is_same_amount(c.what, figure)).collect()
    };
    let mut total = Measured::default();
    let mut names = Vec::new();
    for part in &sum.parts {
        let told = of(part);
        let first = told.first().filter(|f| told.iter().all(|c| c.size.value == f.size.value))?;
        total = total.plus(first.size)?;
        names.push(printed(first.figure));
    }
    let wholes = of(sum.figure);
    let verdict = |c: &&&Change<'_>| c.size.less(total).map(Measured::verdict);
    let held = wholes.iter().find(|c| verdict(c).is_some_and(|v| v != CheckStatus::Failed));
    let whole = held.or_else(|| wholes.first())?;
    let status = verdict(&whole)?;
    // Other parts may have changed too, so only a near miss is an error.
    let off = whole.size.less(total)?.value.abs();
    let near = whole.size.value.abs().checked_div(NEAR).is_some_and(|room| off <= room);
    let words =
        format!("{}：增减额 {} = 各部分增减额 {}", subject(whole.figure), printed(whole.figure), names.join(" + "));
    let reason = "各部分增减额之和与合计的增减额不合".to_owned();
    let outcome = Outcome { rule: &C4, status, words, reason, cause: Cause::Published };
    (status != CheckStatus::Failed || near).then(|| check(whole.figure, outcome))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, said};

    fn status(figures: &[ProseFigure]) -> Vec<CheckStatus> {
        checks(&Scene::new(&[], figures, &[])).iter().map(|c| c.status).collect()
    }

    pub(crate) fn example() -> Example {
        let (first, again) = ("基本支出较2023年增加", "基本支出预算增加");
        Example::prose(vec![said(first, "change", "236498.19", ""), said(again, "change", "236488.19", "")])
    }

    #[test]
    fn one_amount_grew_by_one_figure() {
        let told = |again: &str, amount: &str| {
            vec![
                said("一般公共预算收入", "current", "21940.96", ""),
                said("一般公共预算收入与上年相比增加", "change", "3959.28", ""),
                said("财政拨款支出", "current", amount, ""),
                said("财政拨款支出与上年相比增加", "change", again, ""),
            ]
        };
        assert_eq!(status(&told("3958.98", "21940.96")), [CheckStatus::Failed]);
        assert!(status(&told("3959.28", "21940.96")).is_empty());
        assert!(status(&told("2000.00", "21940.96")).is_empty(), "another base");
        assert!(status(&told("3958.98", "21940.95")).is_empty(), "another amount");
        let mut all = told("3958.98", "21940.96");
        "收入总计".clone_into(&mut all[0].subject);
        "收入总计与上年相比增加".clone_into(&mut all[1].subject);
        assert!(status(&all).is_empty(), "last year there was other revenue");
    }

    #[test]
    fn a_change_told_again_with_another_digit() {
        let told = |subject: &str, again: &str| {
            status(&[said("基本支出较2023年增加", "change", "236498.19", ""), said(subject, "change", again, "")])
        };
        assert_eq!(told("基本支出预算增加", "236488.19"), [CheckStatus::Failed]);
        assert!(told("基本支出预算增加", "236498.19").is_empty());
        assert!(told("基本支出预算增加", "112300.00").is_empty());
        assert_eq!(told("人员调入增加", "236488.19"), [CheckStatus::Failed], "eight digits are no chance");
    }

    #[test]
    fn changes_of_the_parts_add_up() {
        let told = |project: &str| {
            vec![
                said("支出合计", "current", "13000.00", ""),
                said("支出合计比上年增加", "change", "1040.02", ""),
                said("其中基本支出", "current", "10000.00", ""),
                said("其中基本支出比上年增加", "change", "1000.01", ""),
                said("项目支出", "current", "3000.00", ""),
                said("项目支出比上年增加", "change", project, ""),
            ]
        };
        assert_eq!(status(&told("40.01")), [CheckStatus::Passed]);
        assert_eq!(status(&told("40.00")), [CheckStatus::Rounding]);
        assert_eq!(status(&told("41.00")), [CheckStatus::Failed]);
    }
}
