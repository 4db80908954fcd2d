//! C11: an amount said twice in one breath is the same: 237.50万元（约合237.50万元）; and what falls to each person is the amount by the
//! number of people: 机关运行经费290.84万元，人均3.64万元, where the document tells of 80 people.
//!
//! How many people are counted a narrative hardly says, so an amount per head is told only where one of the numbers of people gives
//! it, or gives one with another digit.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::agreement::piece;
use crate::check::narrative::said::{Outcome, behind, check, is_in_brackets, printed, subject};
use crate::check::scene::Scene;
use crate::check::slip;
use crate::check::source::PROCEDURE;
use crate::model::check::{Check, CheckStatus};
use crate::model::measured::{Measured, last_digit, printed_decimals};
use crate::model::money::MoneyUnit;
use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::vocabulary::{Cause, Period};
use crate::reading::fold::{fold, pattern};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// 折合与人均.
pub(crate) const C11: Rule = Rule {
    id: "C11",
    title: "折合与人均",
    text: "紧接着写作“约合”“折合”的数等于前面的数；“人均”数等于总数 ÷ 文中写明的人数，与其中一个人数相合即可，都不合而只差一个数字的报",
    source: PROCEDURE,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C11],
    runs: &[Run::Words(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

pattern!(AGAIN, "^[(](?:约|折|大约)?合(?:人民币)?$");
pattern!(PER_HEAD, "人均[^0-9,;。]{0,6}$");
// 在职人员80人, 编制86名; those who attend a meeting are counted by days too.
pattern!(PEOPLE, "(?:在职|在岗|编制|实有|在编|职工)[^0-9,;。:]{0,8}([1-9][0-9]{0,4})(?:名|人)");

fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let prose = scene.prose;
    let people: BTreeSet<u32> = scene.paragraphs.iter().flat_map(|p| people(&p.text)).collect();
    let per_head = (1..prose.len()).filter_map(|at| per_head(prose, at, &people));
    (1..prose.len()).filter_map(|at| again(prose, at)).chain(per_head).collect()
}

/// All numbers of people that a text tells.
fn people(text: &str) -> Vec<u32> {
    PEOPLE.captures_iter(&fold(text)).filter_map(|found| found.get(1)?.as_str().parse().ok()).collect()
}

/// The amount before in other words.
fn again(prose: &[ProseFigure], at: usize) -> Option<Check> {
    let (before, figure) = (prose.get(at.checked_sub(1)?)?, prose.get(at)?);
    if before.sentence != figure.sentence || !AGAIN.is_match(&fold(behind(prose, at - 1))) {
        return None;
    }
    let difference = Measured::said(figure)?.less(Measured::said(before)?)?;
    let words = format!("{}：{} = {}", subject(before), printed(before), printed(figure));
    let reason = "同一个数说了两遍，前后不合".to_owned();
    let status = difference.verdict();
    Some(check(figure, Outcome { rule: &C11, status, words, reason, cause: Cause::Published }))
}

/// An amount per head of one of the numbers of people.
fn per_head(prose: &[ProseFigure], at: usize, people: &BTreeSet<u32>) -> Option<Check> {
    let figure = prose.get(at).filter(|f| PER_HEAD.is_match(&piece(f)))?;
    let before = (0..at).rev().take_while(|place| prose[*place].sentence == figure.sentence);
    let mut own = before.filter(|place| !is_in_brackets(prose, *place)).map(|place| &prose[place]);
    let whole = own.find(|f| f.period == Some(Period::Current))?;
    let unit = figure.unit.filter(|unit| Some(*unit) == whole.unit)?;
    let (own, all) = (Measured::said(figure)?, Measured::said(whole)?);
    let digit = last_digit(printed_decimals(&figure.value_text)).checked_mul(unit.factor())?;
    let each = people.iter().filter_map(|n| Some((*n, all.value.checked_div(Decimal::from(*n))?)));
    let each: Vec<(u32, Decimal)> = each.collect();
    let agrees = |v: &Decimal| (own.value - *v).abs() < digit;
    let held = each.iter().find(|(_, v)| agrees(v));
    let slipped = || {
        each.iter()
            .find(|(_, v)| slip::is_slip_of(&figure.value_text, figure.value, figure.unit, rounded(*v, figure, unit)))
    };
    let (people, exact) = held.copied().or_else(|| slipped().copied())?;
    let status = if held.is_some() { CheckStatus::Passed } else { CheckStatus::Failed };
    let exact = rounded(exact, figure, unit).checked_div(unit.factor())?.normalize();
    let words = format!(
        "{}：{} ÷ {people}人 = {exact}{}，写作 {}",
        subject(whole),
        printed(whole),
        unit.as_str(),
        printed(figure)
    );
    let reason = "人均数与总数、人数不合".to_owned();
    Some(check(figure, Outcome { rule: &C11, status, words, reason, cause: Cause::Published }))
}

/// An amount with as many decimals as another is printed with.
fn rounded(value: Decimal, like: &ProseFigure, unit: MoneyUnit) -> Decimal {
    let factor = unit.factor();
    let scaled = value.checked_div(factor).unwrap_or(value).round_dp(printed_decimals(&like.value_text));
    scaled.checked_mul(factor).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, said};
    use crate::narrative::paragraph::Paragraph;

    fn with(each: &str, again: &str) -> Example {
        let sentence = format!("机关运行经费290.84万元（约合{again}万元），人均{each}万元。");
        let mut prose = vec![
            said("机关运行经费", "current", "290.84", ""),
            said("约合", "current", again, ""),
            said("人均", "current", each, ""),
        ];
        for figure in &mut prose {
            figure.sentence.clone_from(&sentence);
        }
        let text = "编制86名，实有在职人员80人。".to_owned();
        Example { prose, paragraphs: vec![Paragraph { text, ..Paragraph::default() }], ..Example::default() }
    }

    pub(crate) fn example() -> Example {
        with("3.64", "290.84")
    }

    #[test]
    fn amounts_said_twice_and_by_head() {
        let status = |each, again| checks(&with(each, again).scene()).iter().map(|c| c.status).collect::<Vec<_>>();
        assert_eq!(status("3.64", "290.84"), [CheckStatus::Passed; 2]);
        assert_eq!(status("3.34", "290.84"), [CheckStatus::Passed, CheckStatus::Failed]);
        assert_eq!(status("3.64", "790.84"), [CheckStatus::Failed, CheckStatus::Passed]);
        assert_eq!(status("5.11", "290.84"), [CheckStatus::Passed], "other people");
    }
}
