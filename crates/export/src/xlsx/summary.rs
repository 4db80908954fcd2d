//! The words of the overview on a document as a whole.

use super::captions;
use crate::dataset::{Dataset, Documents};
use crate::record::DocumentRecord;
use crate::words::{self, heading};
use rust_decimal::Decimal;
use yusuan_normalize::{CellRef, Check, CheckStatus, Identity, NormalizedDocument, Statement};

/// Whose document it is, of which year and kind; its source where nothing is known.
pub(super) fn title(record: &DocumentRecord, document: &NormalizedDocument) -> String {
    let identity = &document.identity;
    let year = identity.year.map_or(String::new(), |year| format!("{year}年"));
    let kind = identity.kind.map_or("", |kind| kind.label_zh());
    let title = format!("{}{year}{kind}", identity.department);
    if title.is_empty() { record.source.clone() } else { title }
}

/// Where it is, what it is and whose money it counts.
pub(super) fn subtitle(document: &NormalizedDocument) -> String {
    let identity = &document.identity;
    let kind = identity.kind.map_or(heading::UNKNOWN, |kind| kind.label_zh());
    let region = if identity.region.is_empty() { heading::UNKNOWN } else { &identity.region };
    format!("{region}　·　{kind}（{}）　·　{}", identity.scope.label_zh(), heading::FIGURES_NOTE)
}

/// What is known of the document as a whole: labels and texts.
pub(super) fn facts(record: &DocumentRecord, document: &NormalizedDocument) -> Vec<(&'static str, String)> {
    let mut facts = who(&document.identity);
    facts.extend([(heading::SOURCE_FILE, record.source.clone()), (Documents::label("doc_id"), record.doc_id.clone())]);
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
pub(super) fn verdicts(document: &NormalizedDocument) -> String {
    let count = |status| document.checks.iter().filter(|check| check.status == status).count();
    let told = [CheckStatus::Failed, CheckStatus::Rounding, CheckStatus::Passed];
    told.map(|status| format!("{} {}", words::check_status(status), count(status))).join("，")
}

/// A check that fails, as one sentence: where, what was compared, how much is missing.
pub(super) fn failed_check(document: &NormalizedDocument, check: &Check) -> String {
    let table = table_of(document, check).unwrap_or_default();
    let page = page_of(document, check).map_or(String::new(), |page| format!("第 {page} 页"));
    let place = [page, table].join(" ");
    let place = place.trim();
    let colon = if place.is_empty() { "" } else { "：" };
    format!("{place}{colon}{}", sentence(check))
}

/// What was compared, and by how much it differs.
pub(super) fn sentence(check: &Check) -> String {
    let [left, right, difference] = [check.left, check.right, check.difference].map(|value| value.map(grouped));
    match (left, right, difference) {
        (Some(left), Some(right), Some(difference)) => {
            format!("{}：左边 {left} 元，右边 {right} 元，差 {difference} 元", check.claim_text)
        }
        // Weights are no money: their sums stand in the statement.
        _ => check.claim_text.clone(),
    }
}

/// The title of the table that a check is about.
pub(super) fn table_of(document: &NormalizedDocument, check: &Check) -> Option<String> {
    Some(captions::title(statement_of(document, check)?))
}

/// The page that a check is about: its own, else that of the first cell that took part, else where its table begins.
pub(super) fn page_of(document: &NormalizedDocument, check: &Check) -> Option<u32> {
    let statement = statement_of(document, check);
    let cell = check.suspects.first().or_else(|| check.cells.first());
    let of_cell = || {
        let fact = statement?.facts.iter().find(|fact| {
            cell.is_some_and(|cell| statement.is_some_and(|statement| CellRef::of(statement, fact) == *cell))
        })?;
        fact.place.page
    };
    check.place.page.or_else(of_cell).or_else(|| statement?.raw.pages.first().copied())
}

fn statement_of<'d>(document: &'d NormalizedDocument, check: &Check) -> Option<&'d Statement> {
    let first = check.cells.first();
    let is =
        |statement: &&Statement| statement.id == check.table_id || first.is_some_and(|cell| cell.is_in(&statement.id));
    document.statements.iter().find(|s| s.id == check.table_id).or_else(|| document.statements.iter().find(is))
}

/// An amount with thousands separators and the decimals that it needs.
fn grouped(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').map_or((digits, String::new()), |(w, d)| (w, format!(".{d}")));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{decimals}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_sentences_are_grouped() {
        let shown = |text: &str| grouped(text.parse().unwrap());
        assert_eq!(shown("-1234567.50"), "-1,234,567.5");
        assert_eq!((shown("0"), shown("999"), shown("1000")), ("0".into(), "999".into(), "1,000".into()));
    }
}
