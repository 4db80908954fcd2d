//! The contents of one document, for reading in a terminal.

use super::aligned::{aligned, cut};
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
        lines.extend(statement.doubts.iter().map(|doubt| format!("存疑 {}：{}", statement.id, doubt.sentence_zh())));
    }
    lines.extend(document.tables_missing.iter().map(|title| format!("目录有、正文未见：{title}")));
    let failed = document.checks.iter().filter(|check| check.status == CheckStatus::Failed);
    lines.extend(failed.map(|check| format!("勾稽不符 {}：{}", check.rule, check.claim_text)));
    for diagnostic in &document.diagnostics {
        let place = diagnostic.place.as_ref().map_or(String::new(), |place| format!("（{place}）"));
        lines.push(format!("{} {}{place}", diagnostic.code.as_str(), diagnostic.message));
    }
    lines.join("\n") + "\n"
}

/// The numbers of a table that were not read, each with its place.
fn unread(statement: &Statement) -> impl Iterator<Item = String> + '_ {
    statement.unread.iter().map(|unread| {
        let place = match (unread.place.page, unread.place.sheet_cell) {
            (Some(page), _) => format!("第 {page} 页"),
            (None, Some((row, col))) => format!("第 {row} 行第 {col} 列"),
            (None, None) => String::new(),
        };
        format!("未读 {}：{}（{place}）", statement.id, unread.text)
    })
}

fn identity(path: &Path, document: &NormalizedDocument) -> Vec<String> {
    let identity = &document.identity;
    let known = |text: &str| if text.is_empty() { "未识别".to_owned() } else { text.to_owned() };
    let kind =
        identity.kind.map_or("未识别".to_owned(), |k| format!("{}（{}）", k.label_zh(), identity.scope.label_zh()));
    let format = match document.pages.len() {
        0 => document.format.as_str().to_owned(),
        pages => format!("{}，{pages} 页", document.format.as_str()),
    };
    let mut lines = vec![
        format!("文件  {}（{format}）", path.display()),
        format!("部门  {}", known(&identity.department)),
        format!("地区  {}", known([&identity.region, &identity.region_code].map(String::as_str).join(" ").trim())),
        format!("年度  {}", identity.year.map_or("未识别".to_owned(), |year| year.to_string())),
        format!("类型  {kind}"),
    ];
    lines.extend(identity.flags.iter().map(|flag| format!("存疑  {flag}")));
    lines
}

/// The list of tables with its headings.
fn tables(document: &NormalizedDocument) -> Vec<Vec<String>> {
    let headings = ["表", "类型", "表名", "单位", "页", "行×列", "数据", "金额", "印出的数", "未读", "存疑"];
    let mut rows = vec![headings.map(ToOwned::to_owned).to_vec()];
    rows.extend(document.statements.iter().map(table));
    rows
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
        statement.table_type.label_zh().to_owned(),
        statement.title.clone(),
        statement.unit.map_or(String::new(), |unit| unit.as_str().to_owned()),
        place,
        format!("{}×{}", raw.rows, raw.cols),
        statement.state.label_zh().to_owned(),
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
