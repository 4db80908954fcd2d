//! C8: what a sentence lists behind 其中 adds up to the amount before it, and 收入总计 said beside 支出总计 is the same.
//!
//! A list behind 其中 may name a few of many, so its sum is told only where it holds, or where one wrong digit keeps it from
//! holding. 《预算法》第十二条: budgets balance, so that both totals of a sentence are one amount.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::c08_parts::C8;
use crate::check::narrative::said::{Outcome, check, printed, subject};
use crate::check::scene::Scene;
use crate::check::slip;
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

/// Amounts with fewer digits are close to many others.
const TELLING_DIGITS: usize = 5;

/// Every list and every pair of totals.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let prose = scene.prose;
    let lists = (0..prose.len()).filter_map(|at| list(prose, at));
    lists.chain(prose.windows(2).filter_map(totals)).collect()
}

/// 收入总计 708.06 万元，支出总计 708.06 万元.
fn totals(pair: &[ProseFigure]) -> Option<Check> {
    let [income, spending] = pair else { return None };
    let same = income.sentence == spending.sentence
        && income.period == spending.period
        && income.period == Some(Period::Current);
    let named = income.subject.ends_with("收入总计") && spending.subject.ends_with("支出总计");
    let difference = Measured::said(income)?.less(Measured::said(spending)?).filter(|_| same && named)?;
    let words = format!("收入总计 {} = 支出总计 {}", printed(income), printed(spending));
    let reason = "同一句里的收入总计与支出总计不等".to_owned();
    Some(check(spending, Outcome { rule: &C8, status: difference.verdict(), words, reason, cause: Cause::Published }))
}

/// An amount with those behind the 其中 that follows it in its sentence.
fn list(prose: &[ProseFigure], at: usize) -> Option<Check> {
    let whole = prose.get(at).filter(|f| matches!(f.period, Some(Period::Current | Period::PriorYear)))?;
    let first = at.checked_sub(1).and_then(|before| prose.get(before)).is_none_or(|b| b.sentence != whole.sentence);
    let rest = whole.sentence.split_once(whole.value_text.as_str())?.1;
    if !first || !rest.contains("其中") {
        return None;
    }
    let behind = prose.get(at + 1..)?.iter().take_while(|f| f.sentence == whole.sentence);
    let parts: Vec<&ProseFigure> = behind.filter(|f| f.period == whole.period && f.unit == whole.unit).collect();
    let parts = up_to_the_sum(whole, parts);
    let told = parts.iter().filter(|p| p.value.is_some_and(|v| !v.is_zero())).count();
    if told < 2 {
        return None;
    }
    let sum = parts.iter().try_fold(Measured::default(), |sum, p| sum.plus(Measured::said(p)?))?;
    let difference = Measured::said(whole)?.less(sum)?;
    let status = difference.verdict();
    if status == CheckStatus::Failed && !is_slip(whole, &parts, difference.value) {
        return None;
    }
    let names: Vec<String> = parts.iter().map(|p| printed(p)).collect();
    let words = format!("{}：{} = {}", subject(whole), printed(whole), names.join(" + "));
    let reason = "文中的合计与其后所列各项之和只差一个数字".to_owned();
    Some(check(whole, Outcome { rule: &C8, status, words, reason, cause: Cause::Published }))
}

/// The first of the parts that add up to the whole, or miss it by a digit; all where none do: other amounts may follow a list in
/// its sentence (，控制在限额850000万元以内).
fn up_to_the_sum<'p>(whole: &ProseFigure, parts: Vec<&'p ProseFigure>) -> Vec<&'p ProseFigure> {
    let difference = |end: usize| {
        let sum = parts.iter().take(end).try_fold(Measured::default(), |sum, p| sum.plus(Measured::said(p)?))?;
        Measured::said(whole)?.less(sum)
    };
    let ends = || 2..parts.len();
    let closes = |end: &usize| difference(*end).is_some_and(|d| d.verdict() != CheckStatus::Failed);
    let digits = whole.value_text.chars().filter(char::is_ascii_digit).count();
    let misses = |end: &usize| {
        let off = difference(*end).map(|d| d.value);
        digits >= TELLING_DIGITS && off.is_some_and(|off| is_slip(whole, &parts[..*end], off))
    };
    if closes(&parts.len()) {
        return parts;
    }
    let end = ends().find(closes).or_else(|| ends().find(misses)).unwrap_or(parts.len());
    parts.into_iter().take(end).collect()
}

/// Whether one digit of one of the amounts explains the difference, which is none of the amounts itself.
fn is_slip(whole: &ProseFigure, parts: &[&ProseFigure], difference: Decimal) -> bool {
    let amount = |f: &ProseFigure| f.value.map(|v| v.abs());
    if parts.iter().any(|p| amount(p) == Some(difference.abs())) {
        return false;
    }
    let explains = |figure: &ProseFigure, change: Decimal| {
        let wanted = figure.value.and_then(|v| v.checked_add(change));
        wanted.is_some_and(|w| slip::is_slip_of(&figure.value_text, figure.value, figure.unit, w))
    };
    explains(whole, -difference) || parts.iter().any(|p| explains(p, difference))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, said};

    fn status(sentence: &str, figures: &[(&str, &str)]) -> Vec<CheckStatus> {
        let figures: Vec<ProseFigure> = figures
            .iter()
            .map(|(subject, value)| {
                let mut one = said(subject, "current", value, "");
                sentence.clone_into(&mut one.sentence);
                one
            })
            .collect();
        checks(&Scene::new(&[], &figures, &[])).iter().map(|c| c.status).collect()
    }

    pub(crate) fn example() -> Example {
        Example::prose(["收入总计", "支出总计"].map(|subject| said(subject, "current", "708.06", "")).to_vec())
    }

    #[test]
    fn what_is_listed_adds_up_or_misses_by_a_digit() {
        let list = |first: &str, last: &str| {
            let sentence =
                format!("收入合计{first}万元，其中：一般公共预算收入1197.01万元；政府性基金收入{last}万元。");
            status(&sentence, &[("收入合计", first), ("一般公共预算收入", "1197.01"), ("政府性基金收入", last)])
        };
        assert_eq!(list("1997.10", "800.09"), [CheckStatus::Passed]);
        assert_eq!(list("1997.10", "890.09"), [CheckStatus::Failed]);
        assert_eq!(list("1937.10", "800.09"), [CheckStatus::Failed]);
        assert!(list("2543.77", "800.09").is_empty(), "a few of many");
    }

    #[test]
    fn both_totals_of_a_sentence_are_one() {
        let pair = |spending: &str| {
            status("收入总计708.06万元，支出总计708.06万元。", &[("收入总计", "708.06"), ("支出总计", spending)])
        };
        assert_eq!(pair("708.06"), [CheckStatus::Passed]);
        assert_eq!(pair("408.06"), [CheckStatus::Failed]);
    }
}
