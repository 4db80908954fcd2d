//! `documents`: one row per input file, failed ones too.

use super::arrow;
use super::checks::Checks;
use super::column::{Column, Dataset, column};
use super::facts::Facts;
use super::prose::Prose;
use super::shared::{self, fiscal_year, identity, identity_text, kind};
use super::sqlite;
use super::value::Value;
use crate::hash::short_hash;
use crate::record::DocumentRecord;
use crate::words::{self, Kind, Origin};
use std::collections::BTreeSet;
use yusuan_extract::Method;
use yusuan_normalize::{CheckStatus, Identity, NormalizedDocument};

/// The dataset.
pub(crate) struct Documents;

impl Dataset for Documents {
    type Row<'a> = &'a DocumentRecord;
    const NAME: &'static str = "documents";
    const TITLE: &'static str = "文件";
    const ROW: &'static str = "每个输入文件一行，失败的也在内";

    fn columns() -> &'static [Column<Self>] {
        DOCUMENTS
    }

    fn rows(record: &DocumentRecord) -> Vec<&DocumentRecord> {
        vec![record]
    }
}

static DOCUMENTS: &[Column<Documents>] = &[
    shared::doc_id::<Documents>(|r| Value::text(&r.doc_id)),
    column::<Documents>(Kind::Term, "disclosure_id", "公开编号", |r| {
        identity(r).map_or(Value::Empty, |i| Value::text(disclosure_id(i)))
    })
    .says(Origin::Computed, "同一部门、年度、类型的几份文件共用一个编号；任何一项不明则空"),
    column::<Documents>(Kind::Term, "source", "来源", |r| Value::text(&r.source))
        .says(Origin::File, "文件相对于输入文件夹的路径，以 / 分隔；每个文件一行，不重复"),
    column::<Documents>(Kind::Term, "format", "格式", |r| Value::text(&r.format))
        .says(Origin::File, "文件格式，按内容判断，不看扩展名"),
    column::<Documents>(Kind::Integer, "bytes", "字节数", |r| {
        i64::try_from(r.bytes).map_or(Value::Empty, Value::Integer)
    })
    .says(Origin::File, "文件大小")
    .counted_in("字节"),
    column::<Documents>(Kind::Text, "sha256", "SHA-256", |r| Value::text(&r.sha256))
        .says(Origin::File, "文件内容的 SHA-256，可与网站公布的校验值比对"),
    column::<Documents>(Kind::Integer, "pages", "页数", |r| {
        counted(r, |d| if d.pages.is_empty() { None } else { Some(d.pages.len()) })
    })
    .says(Origin::File, "页数；电子表格为空")
    .counted_in("页"),
    shared::region_code::<Documents>(|r| identity_text(r, |i| &i.region_code)),
    shared::region::<Documents>(|r| identity_text(r, |i| &i.region)),
    shared::department::<Documents>(|r| identity_text(r, |i| &i.department)),
    shared::year::<Documents>(|r| fiscal_year(r)),
    shared::document_kind::<Documents>(|r| kind(r)),
    column::<Documents>(Kind::Term, "status", "状态", |r| Value::text(r.status.as_str()))
        .says(Origin::Computed, "完整读出、不完整、失败、不支持，或与前面的文件内容相同")
        .one_of(words::document_statuses),
    column::<Documents>(Kind::Text, "error", "说明", |r| Value::text(&r.error))
        .says(Origin::Computed, "失败或不完整的原因；一切正常则空"),
    column::<Documents>(Kind::Text, "flags", "标记", |r| flags(r))
        .says(Origin::Computed, "识别时的矛盾、无损的修复、有意未收入的内容，多条用 ; 连接"),
    column::<Documents>(Kind::Integer, "tables", "表数", |r| counted(r, |d| Some(d.statements.len())))
        .says(Origin::Computed, "找到的表，空表也算")
        .counted_in("张"),
    column::<Documents>(Kind::Integer, "facts", "金额数", |r| {
        counted(r, |d| Some(d.statements.iter().map(|s| s.facts.len()).sum()))
    })
    .says(Origin::Computed, "金额个数")
    .counted_in("个"),
    column::<Documents>(Kind::Integer, "indicators", "指标数", |r| {
        counted(r, |d| Some(d.statements.iter().map(|s| s.indicators.len()).sum()))
    })
    .says(Origin::Computed, "绩效指标个数")
    .counted_in("个"),
    column::<Documents>(Kind::Integer, "checks_passed", "勾稽相符", |r| {
        counted(r, |d| Some(checks(d, CheckStatus::Passed)))
    })
    .says(Origin::Computed, "相符的勾稽关系")
    .counted_in("处"),
    column::<Documents>(Kind::Integer, "checks_failed", "勾稽不符", |r| {
        counted(r, |d| Some(checks(d, CheckStatus::Failed)))
    })
    .says(Origin::Computed, "不符的勾稽关系")
    .counted_in("处"),
    column::<Documents>(Kind::Integer, "ocr_pages", "识别页数", |r| counted(r, |d| Some(ocr_pages(d))))
        .says(Origin::Computed, "靠文字识别读出的页")
        .counted_in("页"),
    column::<Documents>(Kind::Text, "tables_missing", "缺少的表", |r| {
        r.document.as_ref().map_or(Value::Empty, |d| Value::list(&d.tables_missing))
    })
    .says(Origin::Computed, "文件自己的目录里有、正文未找到的表，多个用 ; 连接"),
    column::<Documents>(Kind::Term, "version", "程序版本", |_| Value::text(env!("CARGO_PKG_VERSION")))
        .says(Origin::Computed, "写出这一行的程序版本"),
    column::<Documents>(Kind::Text, "source_url", "来源网址", |r| Value::text(&r.source_url))
        .says(Origin::Listed, "文件公布在哪里，按输入清单（--manifest）的 url 列；没有清单则空"),
    shared::body_id::<Documents>(|r| identity_text(r, |i| &i.body_id)),
    column::<Documents>(Kind::Term, "superseded_by", "应改用", |r| Value::text(&r.superseded_by))
        .says(Origin::Computed, "同一机构、年度、类型、口径有几份文件时，应改用的那一份的 doc_id；应使用的则空"),
    column::<Documents>(Kind::Integer, "figures_unread", "未读的数", |r| counted(r, |d| Some(d.figures_unread())))
        .says(Origin::Computed, "印出而没有读成任何内容的数；大于 0 时文件不完整")
        .counted_in("个"),
];

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
    let unfit = arrow::unfit::<Facts>(&Facts::rows(record))
        + arrow::unfit::<Prose>(&Prose::rows(record))
        + arrow::unfit::<Checks>(&Checks::rows(record));
    if unfit > 0 {
        flags.push(format!("{unfit} 个金额的小数超过四位，在 Parquet、SQLite 中留空（CSV 中完整）"));
    }
    let too_large = sqlite::too_large::<Facts>(&Facts::rows(record))
        + sqlite::too_large::<Prose>(&Prose::rows(record))
        + sqlite::too_large::<Checks>(&Checks::rows(record));
    if too_large > 0 {
        flags.push(format!("{too_large} 个金额在 922 万亿元以上，SQLite 的 _x10000 列放不下，只有以元计的一列"));
    }
    let mut seen = BTreeSet::new();
    flags.retain(|flag| seen.insert(flag.clone()));
    Value::list(flags)
}

/// The files of one body, year and kind share it. Empty unless all three are known, the region too: 财政局 of two
/// cities are two bodies, and a missing link is better than a wrong one.
pub(crate) fn disclosure_id(identity: &Identity) -> String {
    let region = if identity.region.is_empty() { &identity.region_code } else { &identity.region };
    let (Some(year), Some(kind)) = (identity.year, identity.kind) else { return String::new() };
    if region.is_empty() || identity.department.is_empty() {
        return String::new();
    }
    let body = if identity.body_id.is_empty() { &identity.department } else { &identity.body_id };
    let key = [region, body, &year.to_string(), kind.as_str(), identity.scope.as_str()].join("\n");
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
