//! The words of the overview on a document as a whole.

use super::amount::plain;
use crate::dataset::{Checks, Dataset, Documents};
use crate::record::DocumentRecord;
use crate::words::{self, heading};
use yusuan_normalize::{Check, CheckStatus, Identity, NormalizedDocument};

/// Whose document it is, of which year and kind; its source where nothing is known.
pub(super) fn title(record: &DocumentRecord, document: &NormalizedDocument) -> String {
    let identity = &document.identity;
    let year = identity.year.map_or(String::new(), |year| format!("{year}年"));
    let kind = identity.kind.map_or("", |kind| kind.label_zh());
    let title = format!("{}{year}{kind}", identity.department);
    if title.is_empty() { record.source.clone() } else { title }
}

/// What is known of the document as a whole: labels and texts.
pub(super) fn facts(record: &DocumentRecord, document: &NormalizedDocument) -> Vec<(&'static str, String)> {
    let mut facts = who(&document.identity);
    facts.extend([
        (heading::SOURCE_FILE, record.source.clone()),
        (Documents::label("doc_id"), record.doc_id.clone()),
        (Checks::TITLE, verdicts(document)),
    ]);
    let losses = [
        (heading::NOT_READ, record.error.clone()),
        (heading::IDENTITY_DOUBTS, document.identity.flags.join("；")),
        (heading::TABLES_MISSING, document.tables_missing.join("、")),
    ];
    facts.extend(losses.into_iter().filter(|(_, text)| !text.is_empty()));
    let remarks = document.diagnostics.iter().filter(|d| !d.code.loses_content());
    facts.extend(remarks.map(|d| (heading::READING_NOTE, format!("{} {}", d.code.as_str(), d.message))));
    facts
}

fn who(identity: &Identity) -> Vec<(&'static str, String)> {
    let unknown = || heading::UNKNOWN.to_owned();
    let known = |text: &str| if text.is_empty() { unknown() } else { text.to_owned() };
    let region = [identity.region.as_str(), identity.region_code.as_str()].join(" ");
    let kind = identity.kind.map(|kind| format!("{}（{}）", kind.label_zh(), identity.scope.label_zh()));
    vec![
        (Documents::label("department"), known(&identity.department)),
        (Documents::label("region"), known(region.trim())),
        (Documents::label("year"), identity.year.map_or_else(unknown, |year| year.to_string())),
        (heading::KIND, kind.unwrap_or_else(unknown)),
    ]
}

/// How the document's checks came out.
fn verdicts(document: &NormalizedDocument) -> String {
    let count = |status| document.checks.iter().filter(|check| check.status == status).count();
    let told = [CheckStatus::Passed, CheckStatus::Rounding, CheckStatus::Failed];
    told.map(|status| format!("{} {}", words::check_status(status), count(status))).join("，")
}

/// A check that fails, as one line.
pub(super) fn failed_check(check: &Check) -> String {
    let cells: Vec<String> = check.cells.iter().map(ToString::to_string).collect();
    let place = if cells.is_empty() { String::new() } else { format!("（{}）", cells.join("、")) };
    let [left, right, difference] = [check.left, check.right, check.difference].map(plain);
    // Weights are no money: their sums stand in the statement.
    let figures = if check.difference.is_none() {
        String::new()
    } else {
        format!("：左 {left} 元，右 {right} 元，差 {difference} 元")
    };
    format!("{} {}{figures}{place}", check.rule, check.claim_text)
}
