//! The identities (勾稽关系) of documents that don't hold, told like a compiler's findings.

use crate::language::{codes, in_both, list, said, told};
use serde::Serialize;
use yusuan_export::{DocumentRecord, check_status_label};
use yusuan_normalize::{Cause, Check, CheckStatus, NormalizedDocument, Statement};

/// One identity that doesn't hold, with its table.
#[derive(Serialize)]
pub(crate) struct Finding<'a> {
    source: &'a str,
    table_title: &'a str,
    row_label: &'a str,
    column_path: &'a str,
    #[serde(flatten)]
    check: &'a Check,
}

/// What is told of a document: failed identities, and rounding where that is wanted.
pub(crate) fn find_failures(record: &DocumentRecord, with_rounding: bool) -> Vec<Finding<'_>> {
    let told = |check: &&Check| match check.status {
        CheckStatus::Failed => true,
        CheckStatus::Rounding => with_rounding,
        CheckStatus::Passed | CheckStatus::Skipped => false,
    };
    let Some(document) = &record.document else { return Vec::new() };
    let finding = |check| finding(record, document, check);
    document.checks.iter().filter(told).map(finding).collect()
}

fn finding<'a>(record: &'a DocumentRecord, document: &'a NormalizedDocument, check: &'a Check) -> Finding<'a> {
    let table: Option<&Statement> = document.statements.iter().find(|s| s.id == check.table_id);
    let fact = table.and_then(|t| t.facts.iter().find(|f| f.row == check.row && f.col == check.col));
    Finding {
        source: &record.source,
        table_title: table.map_or("", |t| &t.title),
        row_label: fact.map_or("", |f| &f.row_label),
        column_path: fact.map_or("", |f| &f.column_path),
        check,
    }
}

/// The findings as a compiler prints them.
pub(crate) fn findings_as_text(findings: &[Finding<'_>]) -> String {
    findings.iter().map(text).collect::<Vec<_>>().join("\n")
}

/// The findings as one JSON array.
pub(crate) fn findings_as_json(findings: &[Finding<'_>]) -> serde_json::Result<String> {
    Ok(serde_json::to_string(findings)? + "\n")
}

fn text(finding: &Finding<'_>) -> String {
    let check = finding.check;
    let claim = claim_in(check);
    let page = check.place.page.map_or(String::new(), said::finding_page);
    let verdict = in_both(check_status_label(check.status), check.status.as_str());
    let amount = |value: Option<rust_decimal::Decimal>| value.map_or("—".to_owned(), |v| v.normalize().to_string());
    let names = [finding.row_label, finding.column_path].into_iter().filter(|n| !n.is_empty()).collect::<Vec<_>>();
    let named = match names.as_slice() {
        [row, column] => said::in_brackets(said::both_names(row, column)),
        [one] => said::in_brackets(one),
        _ => String::new(),
    };
    let mut lines = vec![said::finding(finding.source, page, verdict, &check.rule, claim)];
    // Figures of the narrative stand in no table.
    if !check.table_id.is_empty() {
        let (title, table) = (finding.table_title, &check.table_id);
        lines.push(said::finding_cell(title, table, check.row, check.col, named));
    }
    // Weights are no money.
    if check.left.is_some() {
        lines.push(said::sides(
            amount(check.left),
            amount(check.right),
            amount(check.difference),
            amount(check.tolerance),
        ));
    }
    if !check.reason.is_empty() {
        lines.push(said::finding_cause(check.cause.map_or("", cause_label), told(&check.reason)));
    }
    if !check.suspects.is_empty() {
        let cells: Vec<String> = check.suspects.iter().map(ToString::to_string).collect();
        lines.push(said::suspects(list(&cells)));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What a check states. Statements are made of printed names and stay as they are; what kind of statement it is stands before them
/// where they are not in the language of the program.
pub(super) fn claim_in(check: &Check) -> String {
    let title = codes::rule_titles(&check.rule).map_or("", |(_, en)| en);
    in_both(check.claim_text.clone(), format!("{title}: {}", check.claim_text))
}

fn cause_label(cause: Cause) -> &'static str {
    in_both(cause.label_zh(), cause.as_str())
}

/// How many identities hold and how many don't.
pub(crate) fn count_checks(records: &[DocumentRecord]) -> String {
    let checks = || records.iter().filter_map(|r| r.document.as_ref()).flat_map(|d| &d.checks);
    let count = |status| checks().filter(|c| c.status == status).count();
    said::checks_counted(
        records.len(),
        count(CheckStatus::Passed),
        count(CheckStatus::Rounding),
        count(CheckStatus::Failed),
    )
}
