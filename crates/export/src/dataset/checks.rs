//! `checks`: one row per arithmetic identity (勾稽关系) tried.

use super::{Column, Dataset, Value, column};
use crate::record::DocumentRecord;
use yusuan_normalize::{Check, NormalizedDocument};

/// The dataset.
pub(crate) struct Checks;

/// An identity and its file.
pub(crate) struct CheckRow<'a> {
    record: &'a DocumentRecord,
    check: &'a Check,
}

impl Dataset for Checks {
    type Row<'a> = CheckRow<'a>;
    const NAME: &'static str = "checks";

    fn columns() -> &'static [Column<Self>] {
        CHECKS
    }

    fn rows(record: &DocumentRecord) -> Vec<CheckRow<'_>> {
        let Some(document) = &record.document else { return Vec::new() };
        let mut rows: Vec<_> = document.checks.iter().map(|check| CheckRow { record, check }).collect();
        rows.sort_by_cached_key(|row| (table_order(document, &row.check.table_id), row.check.row, row.check.col));
        rows
    }
}

/// The table's position in the document; identities of no single table come last.
fn table_order(document: &NormalizedDocument, table_id: &str) -> usize {
    document.statements.iter().position(|s| s.id == table_id).unwrap_or(usize::MAX)
}

static CHECKS: &[Column<Checks>] = &[
    column("doc_id", "文件编号", |r| Value::text(&r.record.doc_id)),
    column("source", "来源", |r| Value::text(&r.record.source)),
    column("rule", "规则", |r| Value::text(&r.check.rule)),
    column("scope", "范围", |r| Value::text(r.check.scope.as_str())),
    column("table_id", "表编号", |r| Value::text(&r.check.table_id)),
    column("page", "页", |r| Value::position(r.check.place.page)),
    column("row", "行", |r| Value::Integer(r.check.row.into())),
    column("col", "列", |r| Value::Integer(r.check.col.into())),
    column("statement", "关系式", |r| Value::text(&r.check.statement)),
    column("left", "左边（元）", |r| Value::amount(r.check.left)),
    column("right", "右边（元）", |r| Value::amount(r.check.right)),
    column("difference", "差额（元）", |r| Value::amount(r.check.difference)),
    column("tolerance", "容差（元）", |r| Value::amount(r.check.tolerance)),
    column("status", "结果", |r| Value::text(r.check.status.as_str())),
    column("where", "参与的单元格", |r| Value::list(&r.check.cells)),
    column("cause", "原因", |r| Value::text(&r.check.cause)),
    column("suspects", "可疑单元格", |r| Value::list(&r.check.suspects)),
    column("reason", "说明", |r| Value::text(&r.check.reason)),
];
