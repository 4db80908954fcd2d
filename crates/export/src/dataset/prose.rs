//! `prose`: one row per amount stated in the narrative.

use super::column::{Column, Dataset, column};
use super::shared;
use super::value::Value;
use crate::record::DocumentRecord;
use crate::words::{self, Kind, Origin};
use yusuan_normalize::{Period, ProseFigure};

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
    const TITLE: &'static str = "说明文字中的金额";
    const ROW: &'static str = "说明文字中的每个金额一行";

    fn columns() -> &'static [Column<Self>] {
        PROSE
    }

    fn rows(record: &DocumentRecord) -> Vec<ProseRow<'_>> {
        record.document.iter().flat_map(|d| &d.prose).map(|figure| ProseRow { record, figure }).collect()
    }
}

static PROSE: &[Column<Prose>] = &[
    shared::doc_id::<Prose>(|r| Value::text(&r.record.doc_id)),
    shared::source::<Prose>(|r| Value::text(&r.record.source)),
    shared::page::<Prose>(|r| Value::position(r.figure.page)),
    column::<Prose>(Kind::Text, "section", "章节", |r| Value::text(&r.figure.section))
        .says(Origin::Printed, "句子所在的章节标题"),
    column::<Prose>(Kind::Text, "sentence", "句子", |r| Value::text(&r.figure.sentence))
        .says(Origin::Printed, "金额所在的整句话"),
    column::<Prose>(Kind::Text, "subject", "对象", |r| Value::text(&r.figure.subject))
        .says(Origin::Read, "金额说的是什么"),
    shared::period::<Prose>(|r| Value::text(r.figure.period.map_or("", Period::as_str))),
    column::<Prose>(Kind::Text, "value_text", "原文", |r| Value::text(&r.figure.value_text))
        .says(Origin::Printed, "句中印出的金额"),
    column::<Prose>(Kind::Term, "unit", "单位", |r| {
        r.figure.unit.map_or(Value::Empty, |unit| Value::text(unit.as_str()))
    })
    .says(Origin::Printed, "句中的单位")
    .one_of(words::units),
    column::<Prose>(Kind::Amount, "value", "金额（元）", |r| Value::amount(r.figure.value))
        .says(Origin::Read, "金额，换算为元的精确小数"),
    column::<Prose>(Kind::Text, "percent", "百分比", |r| Value::text(&r.figure.percent))
        .says(Origin::Printed, "句中与金额相随的百分比"),
    column::<Prose>(Kind::Term, "matched_table_id", "对应表", |r| Value::text(&r.figure.matched_table_id))
        .says(Origin::Read, "与之一致的表中数字：表编号；没有则空"),
    column::<Prose>(Kind::Integer, "matched_row", "对应行", |r| Value::position(r.figure.matched_row))
        .says(Origin::Read, "与之一致的表中数字：行号"),
    column::<Prose>(Kind::Integer, "matched_col", "对应列", |r| Value::position(r.figure.matched_col))
        .says(Origin::Read, "与之一致的表中数字：列号"),
    column::<Prose>(Kind::Term, "matched_source", "对应文件", |r| Value::text(&r.figure.matched_source))
        .says(Origin::Read, "与之一致的表所在的文件：文字与表分为两个文件公开时填写，在同一文件则空"),
];
