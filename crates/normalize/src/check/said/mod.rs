//! C3, C4, C8: what the narrative's own figures promise each other.
//!
//! A sentence that states two amounts and a percentage of them, or a sum and its parts, proves itself: no table is needed, and
//! a narrative published apart from its tables is checked too. 财政部《地方预决算公开操作规程》 asks for increases with their reasons.

mod changes;
mod growth;
mod items;
mod listed;
mod parts;
pub(crate) mod percent;
mod share;

use crate::check::{Check, CheckScope, CheckStatus, between};
use crate::document::Statement;
use crate::fact::Fact;
use crate::money::MoneyUnit;
use crate::prose::ProseFigure;
use yusuan_extract::Place;

/// Every identity between figures of the narrative; totals of the tables may serve as the whole of a share.
pub(crate) fn checks(statements: &[Statement], prose: &[ProseFigure]) -> Vec<Check> {
    let mut checks = growth::checks(prose);
    checks.extend(share::checks(statements, prose));
    checks.extend(parts::checks(prose));
    checks.extend(items::checks(prose));
    checks.extend(listed::checks(prose));
    checks.extend(changes::checks(prose));
    checks
}

/// C7: an amount of last year's name that is this year's.
pub(crate) fn misdated(figure: &ProseFigure, statement: &Statement, fact: &Fact) -> Check {
    let table = between::name(statement);
    let words = format!("{} {} 写作上年的数，却是《{table}》本年的合计", subject(figure), printed(figure));
    let reason = "年份可能没有从上年的说明改过来".to_owned();
    let mut told =
        check(figure, Outcome { rule: "C7", status: CheckStatus::Failed, words, reason, cause: "published" });
    told.cells = vec![format!("{}!R{}C{}", statement.id, fact.row, fact.col)];
    told
}

/// The amounts that the narrative states a change for, with last year's amount as it follows from both.
pub(crate) fn bases(prose: &[ProseFigure]) -> Vec<(&ProseFigure, percent::Stated)> {
    growth::bases(prose)
}

/// The amount as printed, with its unit.
fn printed(figure: &ProseFigure) -> String {
    format!("{}{}", figure.value_text, figure.unit.map_or("", MoneyUnit::as_str))
}

/// What is said, shortened where a whole clause was taken for the subject.
fn subject(figure: &ProseFigure) -> String {
    let mut chars = figure.subject.chars();
    let short: String = chars.by_ref().take(40).collect();
    if chars.next().is_some() { short + "…" } else { short }
}

/// The outcome of an identity of the narrative.
pub(super) struct Outcome {
    pub(super) rule: &'static str,
    pub(super) status: CheckStatus,
    /// The identity in words, with the printed figures.
    pub(super) words: String,
    /// Why it failed, if it did.
    pub(super) reason: String,
    pub(super) cause: &'static str,
}

/// The check of an identity that stands where `figure` does.
fn check(figure: &ProseFigure, outcome: Outcome) -> Check {
    Check { cells: repeated(figure), ..on_page(figure.page, outcome) }
}

/// The check of an identity that the narrative states on a page.
pub(super) fn on_page(page: Option<u32>, outcome: Outcome) -> Check {
    let failed = outcome.status == CheckStatus::Failed;
    let shown = page.map_or(String::new(), |page| format!("（第{page}页）"));
    Check {
        rule: outcome.rule.to_owned(),
        scope: CheckScope::Prose,
        table_id: String::new(),
        place: Place { page, ..Place::default() },
        row: 0,
        col: 0,
        statement: format!("文字说明{shown}{}", outcome.words),
        left: None,
        right: None,
        difference: None,
        tolerance: None,
        status: outcome.status,
        cells: Vec::new(),
        cause: if failed { outcome.cause.to_owned() } else { String::new() },
        suspects: Vec::new(),
        reason: if failed { outcome.reason } else { String::new() },
    }
}

/// The cell that the amount repeats, where it repeats one of the narrative's own file.
fn repeated(figure: &ProseFigure) -> Vec<String> {
    let (Some(row), Some(col)) = (figure.matched_row, figure.matched_col) else { return Vec::new() };
    let own = figure.matched_source.is_empty() && !figure.matched_table_id.is_empty();
    own.then(|| format!("{}!R{row}C{col}", figure.matched_table_id)).into_iter().collect()
}
