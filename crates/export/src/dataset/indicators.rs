//! `indicators`: one row per performance indicator.

use super::column::{Column, Dataset, column};
use super::shared::{self, statements};
use super::value::Value;
use crate::record::DocumentRecord;
use crate::words::{self, Kind, Origin};
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
    const TITLE: &'static str = "绩效指标";
    const ROW: &'static str = "每个绩效指标一行";

    fn columns() -> &'static [Column<Self>] {
        INDICATORS
    }

    fn rows(record: &DocumentRecord) -> Vec<IndicatorRow<'_>> {
        let row = |statement| move |indicator| IndicatorRow { record, statement, indicator };
        statements(record).flat_map(|s| s.indicators.iter().map(row(s))).collect()
    }
}

static INDICATORS: &[Column<Indicators>] = &[
    shared::doc_id::<Indicators>(|r| Value::text(&r.record.doc_id)),
    shared::source::<Indicators>(|r| Value::text(&r.record.source)),
    shared::table_id::<Indicators>(|r| Value::text(&r.statement.id)),
    shared::page::<Indicators>(|r| Value::position(r.indicator.place.page)),
    column::<Indicators>(Kind::Term, "scope", "范围", |r| Value::text(r.indicator.scope.as_str()))
        .says(Origin::Read, "部门整体的还是某个项目的指标")
        .one_of(words::indicator_scopes),
    column::<Indicators>(Kind::Term, "project_code", "项目编码", |r| Value::text(&r.indicator.project_code))
        .says(Origin::Printed, "所属项目的编码"),
    column::<Indicators>(Kind::Text, "project_name", "项目", |r| Value::text(&r.indicator.project_name))
        .says(Origin::Printed, "所属项目的名称"),
    column::<Indicators>(Kind::Term, "level1", "一级指标", |r| Value::text(&r.indicator.level1))
        .says(Origin::Printed, "一级指标"),
    column::<Indicators>(Kind::Term, "level2", "二级指标", |r| Value::text(&r.indicator.level2))
        .says(Origin::Printed, "二级指标"),
    column::<Indicators>(Kind::Text, "level3", "三级指标", |r| Value::text(&r.indicator.level3))
        .says(Origin::Printed, "三级指标，即指标本身"),
    column::<Indicators>(Kind::Term, "operator", "性质", |r| Value::text(&r.indicator.operator))
        .says(Origin::Read, "≥ ≤ > < =；目标不是数字为 定性"),
    column::<Indicators>(Kind::Text, "target", "指标值", |r| Value::text(&r.indicator.target))
        .says(Origin::Printed, "指标值，数字或文字"),
    column::<Indicators>(Kind::Text, "target_unit", "计量单位", |r| Value::text(&r.indicator.target_unit))
        .says(Origin::Printed, "指标值的计量单位"),
    column::<Indicators>(Kind::Text, "weight", "权重", |r| Value::text(&r.indicator.weight))
        .says(Origin::Printed, "权重，照印出的文字"),
    column::<Indicators>(Kind::Term, "direction", "方向", |r| Value::text(&r.indicator.direction))
        .says(Origin::Printed, "正向或反向，照印出的文字"),
    column::<Indicators>(Kind::Text, "note", "说明", |r| Value::text(&r.indicator.note))
        .says(Origin::Printed, "指标说明"),
];
