//! The check of an identity that the narrative states.

use crate::check::tables::pick;
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::fact::Fact;
use crate::model::money::MoneyUnit;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use yusuan_extract::Place;

/// C7: an amount of last year's name that is this year's.
pub(crate) fn misdated(figure: &ProseFigure, statement: &Statement, fact: &Fact) -> Check {
    let table = pick::name(statement);
    let words = format!("{} {} 写作上年的数，却是《{table}》本年的合计", subject(figure), printed(figure));
    let reason = "年份可能没有从上年的说明改过来".to_owned();
    let mut told =
        check(figure, Outcome { rule: "C7", status: CheckStatus::Failed, words, reason, cause: "published" });
    told.cells = vec![format!("{}!R{}C{}", statement.id, fact.row, fact.col)];
    told
}

/// The amount as printed, with its unit.
pub(crate) fn printed(figure: &ProseFigure) -> String {
    format!("{}{}", figure.value_text, figure.unit.map_or("", MoneyUnit::as_str))
}

/// What is said, shortened where a whole clause was taken for the subject.
pub(crate) fn subject(figure: &ProseFigure) -> String {
    let mut chars = figure.subject.chars();
    let short: String = chars.by_ref().take(40).collect();
    if chars.next().is_some() { short + "…" } else { short }
}

/// The outcome of an identity of the narrative.
pub(crate) struct Outcome {
    pub(crate) rule: &'static str,
    pub(crate) status: CheckStatus,
    /// The identity in words, with the printed figures.
    pub(crate) words: String,
    /// Why it failed, if it did.
    pub(crate) reason: String,
    pub(crate) cause: &'static str,
}

/// The check of an identity that stands where `figure` does.
pub(crate) fn check(figure: &ProseFigure, outcome: Outcome) -> Check {
    Check { cells: repeated(figure), ..on_page(figure.page, outcome) }
}

/// The check of an identity that the narrative states on a page.
pub(crate) fn on_page(page: Option<u32>, outcome: Outcome) -> Check {
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
pub(crate) fn repeated(figure: &ProseFigure) -> Vec<String> {
    let (Some(row), Some(col)) = (figure.matched_row, figure.matched_col) else { return Vec::new() };
    let own = figure.matched_source.is_empty() && !figure.matched_table_id.is_empty();
    own.then(|| format!("{}!R{row}C{col}", figure.matched_table_id)).into_iter().collect()
}
