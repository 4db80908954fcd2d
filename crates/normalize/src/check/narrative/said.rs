//! The check of an identity that the narrative states.

use crate::model::cell_ref::CellRef;
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::money::MoneyUnit;
use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::vocabulary::Cause;
use crate::reading::fold::pattern;
use yusuan_extract::Place;

/// The amount as printed, with its unit.
pub(crate) fn printed(figure: &ProseFigure) -> String {
    format!("{}{}", figure.value_text, figure.unit.map_or("", MoneyUnit::as_str))
}

/// All that the sentence says behind an amount's figure, its unit first.
fn rest(prose: &[ProseFigure], at: usize) -> &str {
    let Some(figure) = prose.get(at) else { return "" };
    let same = |f: &&ProseFigure| f.sentence == figure.sentence;
    let first = at - prose.get(..at).unwrap_or_default().iter().rev().take_while(same).count();
    let mut rest = figure.sentence.as_str();
    for one in prose.get(first..=at).unwrap_or_default() {
        rest = rest.split_once(one.value_text.as_str()).map_or("", |(_, behind)| behind);
    }
    rest
}

/// Whether an amount stands in brackets: 运行费215万元（购置126万元）.
pub(crate) fn is_in_brackets(prose: &[ProseFigure], at: usize) -> bool {
    let Some(figure) = prose.get(at) else { return false };
    let behind = rest(prose, at).len() + figure.value_text.len();
    let before = figure.sentence.len().checked_sub(behind).and_then(|end| figure.sentence.get(..end)).unwrap_or("");
    let count = |signs: [char; 2]| before.matches(signs).count();
    count(['(', '（']) > count([')', '）'])
}

/// What the sentence says behind an amount, up to its next one.
pub(crate) fn behind(prose: &[ProseFigure], at: usize) -> &str {
    let Some(figure) = prose.get(at) else { return "" };
    let same = |f: &&ProseFigure| f.sentence == figure.sentence;
    let rest = rest(prose, at);
    let rest = figure.unit.map_or(rest, |unit| rest.strip_prefix(unit.as_str()).unwrap_or(rest));
    match prose.get(at + 1).filter(same) {
        Some(next) => rest.split_once(next.value_text.as_str()).map_or(rest, |(own, _)| own),
        None => rest,
    }
}

pattern!(OF_WHICH_PERCENT, "^的-?[0-9]+(?:[.][0-9]+)?[%％]");

/// 完成预算2172984万元的106.09%: an amount that something else is a part of.
pub(crate) fn is_base(prose: &[ProseFigure], at: usize) -> bool {
    OF_WHICH_PERCENT.is_match(behind(prose, at))
}

/// What is said, shortened where a whole clause was taken for the subject.
pub(crate) fn subject(figure: &ProseFigure) -> String {
    let mut chars = figure.subject.chars();
    let short: String = chars.by_ref().take(40).collect();
    if chars.next().is_some() { short + "…" } else { short }
}

/// The outcome of an identity of the narrative.
pub(crate) struct Outcome {
    pub(crate) rule: &'static Rule,
    pub(crate) status: CheckStatus,
    /// The identity in words, with the printed figures.
    pub(crate) words: String,
    /// Why it failed, if it did.
    pub(crate) reason: String,
    pub(crate) cause: Cause,
}

/// The check of an identity that stands where `figure` does.
pub(crate) fn check(figure: &ProseFigure, outcome: Outcome) -> Check {
    Check { cells: repeated(figure).into_iter().collect(), ..on_page(figure.page, outcome) }
}

/// The check of an identity that the narrative states on a page.
pub(crate) fn on_page(page: Option<u32>, outcome: Outcome) -> Check {
    let failed = outcome.status == CheckStatus::Failed;
    let shown = page.map_or(String::new(), |page| format!("（第{page}页）"));
    Check {
        rule: outcome.rule.id.to_owned(),
        scope: CheckScope::Prose,
        table_id: String::new(),
        place: Place { page, ..Place::default() },
        row: 0,
        col: 0,
        claim_text: format!("文字说明{shown}{}", outcome.words),
        left: None,
        right: None,
        difference: None,
        tolerance: None,
        status: outcome.status,
        cells: Vec::new(),
        cause: failed.then_some(outcome.cause),
        suspects: Vec::new(),
        reason: if failed { outcome.reason } else { String::new() },
    }
}

/// The cell that the amount repeats, where it repeats one of the narrative's own file.
fn repeated(figure: &ProseFigure) -> Option<CellRef> {
    let (row, col) = figure.matched_row.zip(figure.matched_col)?;
    let own = figure.matched_source.is_empty() && !figure.matched_table_id.is_empty();
    own.then(|| CellRef::new(&figure.matched_table_id, row, col))
}
