//! `facts`: one row per amount, the tidy dataset.

use super::documents::{identity, kind, year};
use super::{Column, Dataset, Edge, Value, column, edge, statements};
use crate::record::DocumentRecord;
use yusuan_normalize::{Coded, Fact, Statement};

/// The dataset.
pub(crate) struct Facts;

/// An amount, its table and its file.
pub(crate) struct FactRow<'a> {
    pub(crate) record: &'a DocumentRecord,
    pub(crate) statement: &'a Statement,
    pub(crate) fact: &'a Fact,
}

impl Dataset for Facts {
    type Row<'a> = FactRow<'a>;
    const NAME: &'static str = "facts";

    fn columns() -> &'static [Column<Self>] {
        FACTS
    }

    fn rows(record: &DocumentRecord) -> Vec<FactRow<'_>> {
        let mut rows = Vec::new();
        for (_, statement) in statements(record) {
            let first = rows.len();
            rows.extend(statement.facts.iter().map(|fact| FactRow { record, statement, fact }));
            rows[first..].sort_by_key(|row: &FactRow<'_>| (row.fact.row, row.fact.col));
        }
        rows
    }
}

static FACTS: &[Column<Facts>] = &[
    column("doc_id", "文件编号", |r| Value::text(&r.record.doc_id)),
    column("source", "来源", |r| Value::text(&r.record.source)),
    column("sheet", "工作表", |r| Value::text(r.statement.raw.sheet.as_deref().unwrap_or_default())),
    column("region_code", "地区代码", |r| identity(r.record).map_or(Value::Empty, |i| Value::text(&i.region_code))),
    column("region", "地区", |r| identity(r.record).map_or(Value::Empty, |i| Value::text(&i.region))),
    column("department", "部门", |r| identity(r.record).map_or(Value::Empty, |i| Value::text(&i.department))),
    column("year", "年度", |r| year(r.record)),
    column("document_kind", "文件类型", |r| kind(r.record)),
    column("entity_scope", "部门或单位", |r| {
        identity(r.record).map_or(Value::Empty, |i| Value::text(i.scope.as_str()))
    }),
    column("table_id", "表编号", |r| Value::text(&r.statement.id)),
    column("table_type", "表类型", |r| Value::text(r.statement.table_type.as_str())),
    column("table_title", "表名", |r| Value::text(&r.statement.title)),
    column("page", "页", |r| Value::position(r.fact.place.page)),
    column("x0", "左", |r| edge(&r.fact.place, Edge::Left)),
    column("y0", "上", |r| edge(&r.fact.place, Edge::Top)),
    column("x1", "右", |r| edge(&r.fact.place, Edge::Right)),
    column("y1", "下", |r| edge(&r.fact.place, Edge::Bottom)),
    column("row", "行", |r| Value::Integer(r.fact.row.into())),
    column("col", "列", |r| Value::Integer(r.fact.col.into())),
    column("side", "收支", |r| r.fact.side.map_or(Value::Empty, |side| Value::text(side.as_str()))),
    column("row_label", "行名", |r| Value::text(&r.fact.row_label)),
    column("row_path", "行路径", |r| Value::text(&r.fact.row_path)),
    column("row_level", "行级次", |r| Value::Integer(r.fact.row_level.into())),
    column("additive", "可相加", |r| Value::Boolean(r.fact.additive)),
    column("row_kind", "行类型", |r| Value::text(r.fact.row_kind.as_str())),
    column("function_code", "功能科目编码", |r| code(&r.fact.function)),
    column("function_name", "功能科目", |r| name(&r.fact.function)),
    column("department_economic_code", "部门经济科目编码", |r| code(&r.fact.department_economic)),
    column("department_economic_name", "部门经济科目", |r| name(&r.fact.department_economic)),
    column("government_economic_code", "政府经济科目编码", |r| code(&r.fact.government_economic)),
    column("government_economic_name", "政府经济科目", |r| name(&r.fact.government_economic)),
    column("agency_code", "预算单位编码", |r| code(&r.fact.agency)),
    column("agency_name", "预算单位", |r| name(&r.fact.agency)),
    column("project_code", "项目编码", |r| code(&r.fact.project)),
    column("project_name", "项目", |r| name(&r.fact.project)),
    column("project_type", "项目类型", |r| Value::text(&r.fact.project_type)),
    column("column_kind", "列类型", |r| Value::text(r.fact.column_kind.as_str())),
    column("column_path", "列路径", |r| Value::text(&r.fact.column_path)),
    column("fund", "资金来源", |r| Value::text(&r.fact.fund)),
    column("nature", "支出性质", |r| Value::text(&r.fact.nature)),
    column("period", "期间", |r| Value::text(&r.fact.period)),
    column("phase", "阶段", |r| r.fact.phase.map_or(Value::Empty, |phase| Value::text(phase.as_str()))),
    column("value_text", "原文", |r| Value::text(&r.fact.value_text)),
    column("unit", "单位", |r| r.fact.unit.map_or(Value::Empty, |unit| Value::text(unit.as_str()))),
    column("unit_source", "单位来源", |r| r.fact.unit_source.map_or(Value::Empty, |s| Value::text(s.as_str()))),
    column("value", "金额（元）", |r| Value::amount(r.fact.value)),
    column("alternative", "另一读法（元）", |r| Value::amount(r.fact.alternative)),
    column("flags", "标记", |r| Value::list(r.fact.flags.iter().map(|flag| flag.as_str()))),
];

fn code(coded: &Coded) -> Value<'_> {
    Value::text(&coded.code)
}

fn name(coded: &Coded) -> Value<'_> {
    Value::text(&coded.name)
}
