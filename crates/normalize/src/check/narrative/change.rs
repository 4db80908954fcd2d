//! Changes that the narrative states: of which amount, how much, and which way.

use crate::model::measured::Measured;
use crate::model::prose_figure::ProseFigure;
use crate::model::vocabulary::Period;
use crate::reading::fold::has_any;

/// Amounts that may stand between a change and what changed.
const FARTHEST: usize = 4;
/// And where the change repeats the very name: the parts of 三公 stand between.
const FARTHEST_NAMED: usize = 8;

/// A change with the amount that it is said of.
#[derive(Clone, Copy)]
pub(crate) struct Change<'p> {
    /// The amount of this year.
    pub(crate) what: &'p ProseFigure,
    /// The change as stated.
    pub(crate) figure: &'p ProseFigure,
    /// The change with its sign.
    pub(crate) size: Measured,
}

/// The amounts of this year that a change is stated for, with last year's amount.
pub(crate) fn bases(prose: &[ProseFigure]) -> Vec<(&ProseFigure, Measured)> {
    let base = |change: Change<'_>| Measured::said(change.what)?.less(change.size);
    changes(prose).into_iter().filter_map(|change| Some((change.what, base(change)?))).collect()
}

/// Every stated change of an amount of this year.
pub(crate) fn changes(prose: &[ProseFigure]) -> Vec<Change<'_>> {
    let mut changes = Vec::new();
    for (at, figure) in prose.iter().enumerate().filter(|(_, f)| f.period == Some(Period::Change)) {
        let what = what_changed(prose, at).filter(|w| w.period == Some(Period::Current));
        if let (Some(what), Some(size)) = (what, signed(figure)) {
            changes.push(Change { what, figure, size });
        }
    }
    changes
}

/// A change with its sign.
pub(crate) fn signed(change: &ProseFigure) -> Option<Measured> {
    let size = Measured::said(change)?;
    Some(if is_down(change) { size.negated() } else { size })
}

/// The amount that a change is said of.
pub(crate) fn what_changed(prose: &[ProseFigure], at: usize) -> Option<&ProseFigure> {
    let figure = prose.get(at)?;
    let before = || prose.get(..at).unwrap_or_default().iter().rev().filter(|f| f.period != Some(Period::Change));
    let near = prose.get(..at)?.iter().rev().take(FARTHEST);
    let found = near.filter(|f| f.period != Some(Period::Change)).find(|f| changed(f, figure));
    found.or_else(|| before().take(FARTHEST_NAMED).find(|f| is_named(f, figure)))
}

/// Whether a change begins with an amount's whole name.
fn is_named(amount: &ProseFigure, change: &ProseFigure) -> bool {
    amount.period == Some(Period::Current)
        && amount.subject.chars().count() > 2
        && amount.section == change.section
        && change.subject.starts_with(amount.subject.as_str())
}

/// Whether two changes are said of the same thing, in the same direction.
pub(crate) fn is_of_the_same(first: &ProseFigure, second: &ProseFigure) -> bool {
    let name = |f: &ProseFigure| plain(head(&f.subject));
    !name(first).is_empty() && name(first) == name(second) && is_down(first) == is_down(second)
}

pub(crate) fn is_down(change: &ProseFigure) -> bool {
    has_any(&change.subject, &["减", "下降", "降低", "小于", "低于", "少于"])
}

/// Whether a change is said of an amount: its subject goes on with the amount's, or names the same in other words.
fn changed(amount: &ProseFigure, change: &ProseFigure) -> bool {
    if !matches!(amount.period, Some(Period::Current | Period::PriorYear)) {
        return false;
    }
    let (own, head) = (amount.subject.as_str(), head(&change.subject));
    if own.is_empty() || head.is_empty() {
        return false;
    }
    own == head || change.subject.starts_with(own) || plain(own) == plain(head)
}

/// What a change is said of: its subject without the words that compare.
fn head(subject: &str) -> &str {
    let words = ["较", "比", "与上", "与20", "同比", "各增", "各减", "增加", "减少", "增长", "下降", "降低"];
    let end = words.iter().filter_map(|w| subject.find(w)).min().unwrap_or(subject.len());
    subject.get(..end).unwrap_or("")
}

/// A subject without the words that forms put in or leave out.
fn plain(subject: &str) -> String {
    let mut text = subject.replace(['、', ','], "");
    for word in ["预算", "决算", "总计", "合计", "年初", "本年", "总", "数", "各", "安排"] {
        text = text.replace(word, "");
    }
    text
}
