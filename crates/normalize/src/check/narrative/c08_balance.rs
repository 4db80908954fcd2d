//! C8: a government's year as the report balances it in one sentence: 收入A，加上级补助收入B、债务转贷收入C、上年结转D，收入总计E.
//!
//! 《预算法》第十二条: budgets balance. A report may name only the largest of what it adds, so the sum is told where it holds or where
//! one digit keeps it from holding.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::agreement::piece;
use crate::check::narrative::c08_parts::C8;
use crate::check::narrative::said::{Outcome, check, is_base, is_in_brackets, printed, subject};
use crate::check::scene::Scene;
use crate::check::slip;
use crate::model::check::{Check, CheckStatus};
use crate::model::measured::Measured;
use crate::model::prose_figure::ProseFigure;
use crate::model::vocabulary::{Cause, Period};
use crate::reading::fold::{fold, pattern};
use rust_decimal::Decimal;

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C8],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

pattern!(GRAND, "(?:收入|支出)(?:总计|总量)$");
pattern!(ADDED, "(?:^|[,、])(?:再)?加(?:上)?");

fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let prose = scene.prose;
    let grands = (0..prose.len()).filter(|at| GRAND.is_match(&fold(&prose[*at].subject)));
    grands.filter_map(|at| balance(prose, at)).collect()
}

/// What stands before a grand total, from what the year brought to the last that is added.
fn terms(prose: &[ProseFigure], at: usize) -> Option<Vec<&ProseFigure>> {
    let sentence = &prose.get(at)?.sentence;
    let same = |place: &usize| prose[*place].sentence == *sentence && !GRAND.is_match(&fold(&prose[*place].subject));
    let before: Vec<usize> = (0..at).rev().take_while(same).collect();
    let added = *before.iter().find(|place| ADDED.is_match(&piece(&prose[**place])))?;
    let is_term = |place: &usize| {
        let figure = &prose[*place];
        let part = is_base(prose, *place) || is_in_brackets(prose, *place) || piece(figure).contains("其中");
        !part && figure.period != Some(Period::Change) && figure.unit.is_some()
    };
    let first = before.iter().copied().filter(|place| *place < added).find(is_term)?;
    let terms: Vec<&ProseFigure> = (first..at).filter(is_term).map(|place| &prose[place]).collect();
    (terms.len() > 1).then_some(terms)
}

fn balance(prose: &[ProseFigure], at: usize) -> Option<Check> {
    let total = prose.get(at)?;
    let terms = terms(prose, at)?;
    let sum = terms.iter().try_fold(Measured::default(), |sum, f| sum.plus(Measured::said(f)?))?;
    let difference = Measured::said(total)?.less(sum)?;
    let status = difference.verdict();
    let slipped = |f: &ProseFigure, by: Decimal| {
        let wanted = f.value.and_then(|v| v.checked_add(by));
        wanted.is_some_and(|w| slip::is_slip_of(&f.value_text, f.value, f.unit, w))
    };
    let one_digit = || slipped(total, -difference.value) || terms.iter().any(|f| slipped(f, difference.value));
    if status == CheckStatus::Failed && !one_digit() {
        return None;
    }
    let parts: Vec<String> = terms.iter().map(|f| printed(f)).collect();
    let words = format!("{}：{} = {}", subject(total), printed(total), parts.join(" + "));
    let reason = "文中的合计与其各部分之和不合".to_owned();
    Some(check(total, Outcome { rule: &C8, status, words, reason, cause: Cause::Published }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, said};

    fn with(total: &str) -> Example {
        let sentence = format!(
            "全区政府性基金收入452303万元，完成预算的96.4%，加上级补助收入12411万元、上年结转5290万元，收入总计{total}万元。"
        );
        let mut prose = vec![
            said("全区政府性基金收入", "current", "452303", ""),
            said("加上级补助收入", "current", "12411", ""),
            said("上年结转", "current", "5290", ""),
            said("收入总计", "current", total, ""),
        ];
        for figure in &mut prose {
            figure.sentence.clone_from(&sentence);
        }
        Example::prose(prose)
    }

    pub(crate) fn example() -> Example {
        with("470004")
    }

    #[test]
    fn what_is_added_makes_the_total() {
        let status = |total| checks(&with(total).scene()).iter().map(|c| c.status).collect::<Vec<_>>();
        assert_eq!(status("470004"), [CheckStatus::Passed]);
        assert_eq!(status("490004"), [CheckStatus::Failed]);
        assert!(status("533215").is_empty(), "more is added than is named");
    }
}
