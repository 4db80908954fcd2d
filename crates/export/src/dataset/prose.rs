//! `prose`: one row per amount stated in the narrative.

use super::{Column, Dataset, Value, column};
use crate::record::DocumentRecord;
use yusuan_normalize::ProseFigure;

/// The dataset.
pub(crate) struct Prose;

/// An amount of the narrative and its file.
pub(crate) struct ProseRow<'a> {
    record: &'a DocumentRecord,
    figure: &'a ProseFigure,
}

impl Dataset for Prose {
    type Row<'a> = ProseRow<'a>;
    const NAME: &'static str = "prose";

    fn columns() -> &'static [Column<Self>] {
        PROSE
    }

    fn rows(record: &DocumentRecord) -> Vec<ProseRow<'_>> {
        record.document.iter().flat_map(|d| &d.prose).map(|figure| ProseRow { record, figure }).collect()
    }
}

static PROSE: &[Column<Prose>] = &[
    column("doc_id", "文件编号", |r| Value::text(&r.record.doc_id)),
    column("source", "来源", |r| Value::text(&r.record.source)),
    column("page", "页", |r| Value::position(r.figure.page)),
    column("section", "章节", |r| Value::text(&r.figure.section)),
    column("sentence", "句子", |r| Value::text(&r.figure.sentence)),
    column("subject", "对象", |r| Value::text(&r.figure.subject)),
    column("period", "期间", |r| Value::text(&r.figure.period)),
    column("value_text", "原文", |r| Value::text(&r.figure.value_text)),
    column("unit", "单位", |r| r.figure.unit.map_or(Value::Empty, |unit| Value::text(unit.as_str()))),
    column("value", "金额（元）", |r| Value::amount(r.figure.value)),
    column("percent", "百分比", |r| Value::text(&r.figure.percent)),
    column("matched_table_id", "对应表", |r| Value::text(&r.figure.matched_table_id)),
    column("matched_row", "对应行", |r| Value::position(r.figure.matched_row)),
    column("matched_col", "对应列", |r| Value::position(r.figure.matched_col)),
    column("matched_source", "对应文件", |r| Value::text(&r.figure.matched_source)),
];
