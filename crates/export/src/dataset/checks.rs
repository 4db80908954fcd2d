//! `checks`: one row per arithmetic identity (勾稽关系) tried.

use super::column::{Column, Dataset, column};
use super::shared;
use super::value::Value;
use crate::record::DocumentRecord;
use crate::words::{self, Kind, Origin};
use yusuan_normalize::{Cause, Check, NormalizedDocument};

/// The dataset.
pub(crate) struct Checks;

/// An identity and its file.
pub(crate) struct CheckRow<'a> {
    record: &'a DocumentRecord,
    pub(crate) check: &'a Check,
}

impl Dataset for Checks {
    type Row<'a> = CheckRow<'a>;
    const NAME: &'static str = "checks";
    const TITLE: &'static str = "勾稽关系";
    const ROW: &'static str = "核对过的每条勾稽关系一行，相符的也在内";

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
    shared::doc_id::<Checks>(|r| Value::text(&r.record.doc_id)),
    shared::source::<Checks>(|r| Value::text(&r.record.source)),
    column::<Checks>(Kind::Term, "rule", "规则", |r| Value::text(&r.check.rule))
        .says(Origin::Computed, "规则编号，含义见 yusuan explain"),
    column::<Checks>(Kind::Term, "scope", "范围", |r| Value::text(r.check.scope.as_str()))
        .says(Origin::Computed, "一张表之内、表与表之间，还是文字与表之间")
        .one_of(words::check_scopes),
    column::<Checks>(Kind::Term, "table_id", "表编号", |r| Value::text(&r.check.table_id))
        .says(Origin::Computed, "左边的数所在的表"),
    column::<Checks>(Kind::Integer, "page", "页", |r| Value::position(r.check.place.page))
        .says(Origin::File, "左边的数所在的页；电子表格为空"),
    column::<Checks>(Kind::Integer, "row", "行", |r| Value::Integer(r.check.row.into()))
        .says(Origin::File, "左边的数的行号"),
    column::<Checks>(Kind::Integer, "col", "列", |r| Value::Integer(r.check.col.into()))
        .says(Origin::File, "左边的数的列号"),
    column::<Checks>(Kind::Text, "statement", "关系式", |r| Value::text(&r.check.claim_text))
        .says(Origin::Computed, "关系式，如 合计 = 基本支出 + 项目支出"),
    column::<Checks>(Kind::Amount, "left", "左边（元）", |r| Value::amount(r.check.left))
        .says(Origin::Computed, "左边的数；权重等不是金额的不填"),
    column::<Checks>(Kind::Amount, "right", "右边（元）", |r| Value::amount(r.check.right))
        .says(Origin::Computed, "右边各数之和"),
    column::<Checks>(Kind::Amount, "difference", "差额（元）", |r| Value::amount(r.check.difference))
        .says(Origin::Computed, "左边减右边"),
    column::<Checks>(Kind::Amount, "tolerance", "容差（元）", |r| Value::amount(r.check.tolerance))
        .says(Origin::Computed, "四舍五入所能解释的最大差额"),
    column::<Checks>(Kind::Term, "status", "结果", |r| Value::text(r.check.status.as_str()))
        .says(Origin::Computed, "相符、只差四舍五入、不符，或缺一边而未核")
        .one_of(words::check_statuses),
    column::<Checks>(Kind::Text, "where", "参与的单元格", |r| Value::list(&r.check.cells))
        .says(Origin::Computed, "参与的单元格，如 t03!R5C6，多个用 ; 连接"),
    column::<Checks>(Kind::Term, "cause", "原因", |r| Value::text(r.check.cause.map_or("", Cause::as_str)))
        .says(Origin::Computed, "不符的原因大概在谁：识别、公开的文件、单位、口径；相符则空")
        .one_of(words::causes),
    column::<Checks>(Kind::Text, "suspects", "可疑单元格", |r| Value::list(&r.check.suspects))
        .says(Origin::Computed, "最可能有误的单元格，可能性大的在前，多个用 ; 连接"),
    column::<Checks>(Kind::Text, "reason", "说明", |r| Value::text(&r.check.reason))
        .says(Origin::Computed, "为什么这样判断原因"),
];
