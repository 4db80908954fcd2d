//! The contents of one document, for reading in a terminal.

use super::aligned::{aligned, cut};
use super::checked::claim_in;
use crate::language::{in_both, said, told};
use serde_json::{Value, json};
use std::path::Path;
use yusuan_export::DocumentStatus;
use yusuan_normalize::{CheckStatus, FactFlag, NormalizedDocument, Statement, Unread};

/// Widest column of the list in characters; a longer text is cut with an ellipsis.
const WIDEST: usize = 44;

/// Whose disclosure it is, its tables, and what is doubtful.
pub(crate) fn describe_contents(path: &Path, document: &NormalizedDocument) -> String {
    let mut lines = identity(path, document);
    lines.push(String::new());
    lines.extend(aligned(&tables(document), WIDEST));
    lines.extend(document.statements.iter().flat_map(unread));
    for statement in &document.statements {
        lines.extend(statement.doubts.iter().map(|doubt| said::table_doubt(&statement.id, told(&doubt.sentence_zh()))));
    }
    lines.extend(document.tables_missing.iter().map(said::table_missing));
    let failed = document.checks.iter().filter(|check| check.status == CheckStatus::Failed);
    lines.extend(failed.map(|check| said::identity_fails(&check.rule, claim_in(check))));
    for diagnostic in &document.diagnostics {
        let place = diagnostic.place.as_ref().map_or(String::new(), |place| said::in_brackets(told(place)));
        lines.push(format!("{} {}{place}", diagnostic.code.as_str(), told(&diagnostic.message)));
    }
    lines.join("\n") + "\n"
}

/// The numbers of a table that were not read, each with its place.
fn unread(statement: &Statement) -> impl Iterator<Item = String> + '_ {
    statement.unread.iter().map(|unread| {
        let place = match (unread.place.page, unread.place.sheet_cell) {
            (Some(page), _) => said::on_page(page),
            (None, Some((row, col))) => said::in_cell(row, col),
            (None, None) => String::new(),
        };
        said::number_unread(&statement.id, &unread.text, place)
    })
}

fn identity(path: &Path, document: &NormalizedDocument) -> Vec<String> {
    let identity = &document.identity;
    let known = |text: &str| if text.is_empty() { said::unknown() } else { text.to_owned() };
    let kind = identity.kind.map_or_else(said::unknown, |kind| {
        let (scope, kind) = (identity.scope, in_both(kind.label_zh(), kind.as_str()));
        said::kind_and_scope(kind, in_both(scope.label_zh(), scope.as_str()))
    });
    let format = match document.pages.len() {
        0 => document.format.as_str().to_owned(),
        pages => said::format_and_pages(document.format.as_str(), pages),
    };
    let mut lines = vec![
        said::file_line(path.display(), format),
        said::department_line(known(&identity.department)),
        said::region_line(known([&identity.region, &identity.region_code].map(String::as_str).join(" ").trim())),
        said::year_line(identity.year.map_or_else(said::unknown, |year| year.to_string())),
        said::kind_line(kind),
    ];
    lines.extend(identity.flags.iter().map(|flag| said::doubt_line(told(flag))));
    lines
}

/// The list of tables with its headings.
fn tables(document: &NormalizedDocument) -> Vec<Vec<String>> {
    let mut rows = vec![headings()];
    rows.extend(document.statements.iter().map(table));
    rows
}

fn headings() -> Vec<String> {
    vec![
        said::table_heading(),
        said::type_heading(),
        said::title_heading(),
        said::unit_heading(),
        said::page_heading(),
        said::size_heading(),
        said::state_heading(),
        said::amounts_heading(),
        said::figures_heading(),
        said::unread_heading(),
        said::doubts_heading(),
    ]
}

fn table(statement: &Statement) -> Vec<String> {
    let raw = &statement.raw;
    let place = match (&raw.sheet, raw.pages.first(), raw.pages.last()) {
        (Some(sheet), ..) => cut(sheet, 16),
        (None, Some(first), Some(last)) if first != last => format!("{first}-{last}"),
        (None, Some(page), _) => page.to_string(),
        (None, None, _) => String::new(),
    };
    let is_no_doubt = |flag: &FactFlag| matches!(flag, FactFlag::Rounded | FactFlag::Corrected);
    let doubtful = statement.facts.iter().filter(|fact| !fact.flags.iter().all(is_no_doubt)).count();
    vec![
        statement.id.clone(),
        in_both(statement.table_type.label_zh(), statement.table_type.as_str()).to_owned(),
        statement.title.clone(),
        statement.unit.map_or(String::new(), |unit| unit.as_str().to_owned()),
        place,
        format!("{}×{}", raw.rows, raw.cols),
        in_both(statement.state.label_zh(), statement.state.as_str()).to_owned(),
        statement.facts.len().to_string(),
        statement.figures.to_string(),
        if statement.unread.is_empty() { String::new() } else { statement.figures_unread().to_string() },
        if doubtful > 0 { doubtful.to_string() } else { String::new() },
    ]
}

/// The same for programs.
pub(crate) fn contents_as_json(
    path: &Path,
    status: DocumentStatus,
    document: &NormalizedDocument,
) -> serde_json::Result<String> {
    let identity = &document.identity;
    let count = |status| document.checks.iter().filter(|check| check.status == status).count();
    let failed = document.checks.iter().filter(|check| check.status == CheckStatus::Failed);
    let value = json!({
        "file": path.display().to_string(),
        "format": document.format.as_str(),
        "status": status.as_str(),
        "pages": document.pages.len(),
        "department": identity.department,
        "region": identity.region,
        "region_code": identity.region_code,
        "year": identity.year,
        "kind": identity.kind.map(yusuan_normalize::DocumentKind::as_str),
        "scope": identity.scope.as_str(),
        "flags": identity.flags,
        "tables": document.statements.iter().map(table_as_json).collect::<Vec<_>>(),
        "tables_missing": document.tables_missing,
        "checks": {
            "passed": count(CheckStatus::Passed),
            "rounding": count(CheckStatus::Rounding),
            "failed": count(CheckStatus::Failed),
        },
        "failed": failed.map(|check| json!({"rule": check.rule, "claim": check.claim_text})).collect::<Vec<_>>(),
        "diagnostics": document.diagnostics.iter().map(|diagnostic| json!({
            "code": diagnostic.code.as_str(),
            "message": diagnostic.message,
            "place": diagnostic.place.as_ref().map(ToString::to_string),
        })).collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}

fn table_as_json(statement: &Statement) -> Value {
    let raw = &statement.raw;
    let unread = |unread: &Unread| json!({"text": unread.text, "page": unread.place.page, "sheet_cell": unread.place.sheet_cell});
    json!({
        "table_id": statement.id,
        "type": statement.table_type.as_str(),
        "title": statement.title,
        "unit": statement.unit.map(yusuan_normalize::MoneyUnit::as_str),
        "pages": raw.pages,
        "sheet": raw.sheet,
        "rows": raw.rows,
        "cols": raw.cols,
        "state": statement.state.as_str(),
        "facts": statement.facts.len(),
        "figures": statement.figures,
        "unread": statement.unread.iter().map(unread).collect::<Vec<_>>(),
        "doubts": statement.doubts.iter().map(|doubt| json!({"code": doubt.code(), "sentence": doubt.sentence_zh()})).collect::<Vec<_>>(),
    })
}
