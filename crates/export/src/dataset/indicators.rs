//! `indicators`: one row per performance indicator.

use super::{Column, Dataset, Value, column, statements};
use crate::record::DocumentRecord;
use yusuan_normalize::{Indicator, Statement};

/// The dataset.
pub(crate) struct Indicators;

/// An indicator, its table and its file.
pub(crate) struct IndicatorRow<'a> {
    record: &'a DocumentRecord,
    statement: &'a Statement,
    indicator: &'a Indicator,
}

impl Dataset for Indicators {
    type Row<'a> = IndicatorRow<'a>;
    const NAME: &'static str = "indicators";

    fn columns() -> &'static [Column<Self>] {
        INDICATORS
    }

    fn rows(record: &DocumentRecord) -> Vec<IndicatorRow<'_>> {
        let row = |statement| move |indicator| IndicatorRow { record, statement, indicator };
        statements(record).flat_map(|(_, s)| s.indicators.iter().map(row(s))).collect()
    }
}

static INDICATORS: &[Column<Indicators>] = &[
    column("doc_id", "文件编号", |r| Value::text(&r.record.doc_id)),
    column("source", "来源", |r| Value::text(&r.record.source)),
    column("table_id", "表编号", |r| Value::text(&r.statement.id)),
    column("page", "页", |r| Value::position(r.indicator.place.page)),
    column("scope", "范围", |r| Value::text(r.indicator.scope.as_str())),
    column("project_code", "项目编码", |r| Value::text(&r.indicator.project_code)),
    column("project_name", "项目", |r| Value::text(&r.indicator.project_name)),
    column("level1", "一级指标", |r| Value::text(&r.indicator.level1)),
    column("level2", "二级指标", |r| Value::text(&r.indicator.level2)),
    column("level3", "三级指标", |r| Value::text(&r.indicator.level3)),
    column("operator", "性质", |r| Value::text(&r.indicator.operator)),
    column("target", "指标值", |r| Value::text(&r.indicator.target)),
    column("target_unit", "计量单位", |r| Value::text(&r.indicator.target_unit)),
    column("weight", "权重", |r| Value::text(&r.indicator.weight)),
    column("direction", "方向", |r| Value::text(&r.indicator.direction)),
    column("note", "说明", |r| Value::text(&r.indicator.note)),
];
