//! `documents`: one row per input file, failed ones too.

use super::{Column, Dataset, Value, column};
use crate::place::short_hash;
use crate::record::DocumentRecord;
use std::collections::BTreeSet;
use yusuan_extract::Method;
use yusuan_normalize::{CheckStatus, Identity, NormalizedDocument};

/// The dataset.
pub(crate) struct Documents;

impl Dataset for Documents {
    type Row<'a> = &'a DocumentRecord;
    const NAME: &'static str = "documents";

    fn columns() -> &'static [Column<Self>] {
        DOCUMENTS
    }

    fn rows(record: &DocumentRecord) -> Vec<&DocumentRecord> {
        vec![record]
    }
}

static DOCUMENTS: &[Column<Documents>] = &[
    column("doc_id", "文件编号", |r| Value::text(&r.doc_id)),
    column("disclosure_id", "公开编号", |r| identity(r).map_or(Value::Empty, |i| Value::text(disclosure_id(i)))),
    column("source", "来源", |r| Value::text(&r.source)),
    column("format", "格式", |r| Value::text(&r.format)),
    column("bytes", "字节数", |r| i64::try_from(r.bytes).map_or(Value::Empty, Value::Integer)),
    column("sha256", "SHA-256", |r| Value::text(&r.sha256)),
    column("pages", "页数", |r| counted(r, |d| if d.pages.is_empty() { None } else { Some(d.pages.len()) })),
    column("region_code", "地区代码", |r| identity(r).map_or(Value::Empty, |i| Value::text(&i.region_code))),
    column("region", "地区", |r| identity(r).map_or(Value::Empty, |i| Value::text(&i.region))),
    column("department", "部门", |r| identity(r).map_or(Value::Empty, |i| Value::text(&i.department))),
    column("year", "年度", |r| year(r)),
    column("document_kind", "文件类型", |r| kind(r)),
    column("status", "状态", |r| Value::text(r.status.as_str())),
    column("error", "说明", |r| Value::text(&r.error)),
    column("flags", "标记", |r| flags(r)),
    column("tables", "表数", |r| counted(r, |d| Some(d.statements.len()))),
    column("facts", "金额数", |r| counted(r, |d| Some(d.statements.iter().map(|s| s.facts.len()).sum()))),
    column("indicators", "指标数", |r| counted(r, |d| Some(d.statements.iter().map(|s| s.indicators.len()).sum()))),
    column("checks_passed", "勾稽相符", |r| counted(r, |d| Some(checks(d, CheckStatus::Passed)))),
    column("checks_failed", "勾稽不符", |r| counted(r, |d| Some(checks(d, CheckStatus::Failed)))),
    column("ocr_pages", "识别页数", |r| counted(r, |d| Some(ocr_pages(d)))),
    column("tables_missing", "缺少的表", |r| {
        r.document.as_ref().map_or(Value::Empty, |d| Value::list(&d.tables_missing))
    }),
    column("version", "程序版本", |_| Value::text(env!("CARGO_PKG_VERSION"))),
];

/// Whose disclosure the file is, where it could be read.
pub(crate) fn identity(record: &DocumentRecord) -> Option<&Identity> {
    record.document.as_ref().map(|document| &document.identity)
}

/// The fiscal year.
pub(crate) fn year(record: &DocumentRecord) -> Value<'_> {
    identity(record).and_then(|i| i.year).map_or(Value::Empty, |year| Value::Integer(year.into()))
}

/// The document kind.
pub(crate) fn kind(record: &DocumentRecord) -> Value<'_> {
    identity(record).and_then(|i| i.kind).map_or(Value::Empty, |kind| Value::text(kind.as_str()))
}

fn counted(record: &DocumentRecord, count: fn(&NormalizedDocument) -> Option<usize>) -> Value<'_> {
    record.document.as_ref().and_then(count).map_or(Value::Empty, Value::count)
}

fn checks(document: &NormalizedDocument, status: CheckStatus) -> usize {
    document.checks.iter().filter(|check| check.status == status).count()
}

fn ocr_pages(document: &NormalizedDocument) -> usize {
    let tables = document.statements.iter().filter(|s| s.raw.method == Method::Ocr);
    tables.flat_map(|s| s.raw.pages.iter()).collect::<BTreeSet<_>>().len()
}

/// Conflicts of the identity, then what the reader repaired or left out on purpose; what it lost stands in `error`.
fn flags(record: &DocumentRecord) -> Value<'_> {
    let Some(document) = &record.document else { return Value::Empty };
    let mut flags: Vec<String> = document.identity.flags.clone();
    for diagnostic in document.diagnostics.iter().filter(|d| !d.code.loses_content()) {
        let place = diagnostic.place.as_ref().map_or(String::new(), |place| format!("（{place}）"));
        flags.push(format!("{} {}{place}", diagnostic.code.as_str(), diagnostic.message));
    }
    let mut seen = BTreeSet::new();
    flags.retain(|flag| seen.insert(flag.clone()));
    Value::list(flags)
}

/// The files of one body, year and kind share it. Empty unless all three are known, the region too: 财政局 of two
/// cities are two bodies, and a missing link is better than a wrong one.
fn disclosure_id(identity: &Identity) -> String {
    let region = if identity.region.is_empty() { &identity.region_code } else { &identity.region };
    let (Some(year), Some(kind)) = (identity.year, identity.kind) else { return String::new() };
    if region.is_empty() || identity.department.is_empty() {
        return String::new();
    }
    let key = [region, &identity.department, &year.to_string(), kind.as_str(), identity.scope.as_str()].join("\n");
    short_hash(key.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use yusuan_normalize::DocumentKind;

    #[test]
    fn a_disclosure_needs_body_year_and_kind() {
        let known = Identity {
            region: "河南省三门峡市".to_owned(),
            department: "财政局".to_owned(),
            year: Some(2024),
            kind: Some(DocumentKind::Budget),
            ..Identity::default()
        };
        let elsewhere = Identity { region: "河南省焦作市".to_owned(), ..known.clone() };
        assert_eq!(disclosure_id(&known).len(), 16);
        assert_eq!(disclosure_id(&known), disclosure_id(&known.clone()));
        assert_ne!(disclosure_id(&known), disclosure_id(&elsewhere));
        for unknown in [
            Identity { year: None, ..known.clone() },
            Identity { kind: None, ..known.clone() },
            Identity { region: String::new(), ..known.clone() },
            Identity { department: String::new(), ..known },
        ] {
            assert_eq!(disclosure_id(&unknown), "");
        }
    }
}
