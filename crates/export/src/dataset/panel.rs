//! `panel`: one row per body, year, kind of document, stage and concept: the key figures, ready to compare.

use super::column::{Column, Dataset, column};
use super::shared::{self, fiscal_year, identity, identity_text, kind};
use super::value::Value;
use crate::record::DocumentRecord;
use crate::words::{self, Kind, Origin};
use rust_decimal::Decimal;
use yusuan_normalize::{Fact, Statement, TableLevel, stated};

/// The dataset.
pub(crate) struct Panel;

/// A key figure, where it stands, and what else is printed for it.
pub(crate) struct PanelRow<'a> {
    record: &'a DocumentRecord,
    statement: &'a Statement,
    fact: &'a Fact,
    phase: &'static str,
    value: Decimal,
    alternatives: Vec<Decimal>,
}

impl Dataset for Panel {
    type Row<'a> = PanelRow<'a>;
    const NAME: &'static str = "panel";
    const TITLE: &'static str = "关键指标";
    const ROW: &'static str = "每个机构、年度、文件类型、阶段、指标一行，只取应使用的文件；没印的没有行，也不自行相加";

    fn columns() -> &'static [Column<Self>] {
        PANEL
    }

    fn rows(record: &DocumentRecord) -> Vec<PanelRow<'_>> {
        let Some(document) = record.document.as_ref().filter(|_| record.superseded_by.is_empty()) else {
            return Vec::new();
        };
        if document.identity.kind.is_none() || record.is_no_disclosure() {
            return Vec::new();
        }
        let mut rows = Vec::new();
        for mut stated in stated(document) {
            let rival = record.rivals.iter().find(|r| (r.concept, r.phase) == (stated.concept, stated.phase));
            if rival.is_some_and(|rival| rival.withheld) {
                continue;
            }
            for value in rival.iter().flat_map(|rival| &rival.values) {
                stated.differ(*value, Decimal::ZERO);
            }
            let statement = document.statements.get(stated.statement);
            let Some((statement, fact)) = statement.and_then(|s| Some((s, s.facts.get(stated.fact)?))) else {
                continue;
            };
            let (phase, value, alternatives) = (stated.phase.as_str(), stated.value, stated.others);
            rows.push(PanelRow { record, statement, fact, phase, value, alternatives });
        }
        rows
    }
}

static PANEL: &[Column<Panel>] = &[
    shared::body_id::<Panel>(|r| identity_text(r.record, |i| &i.body_id)),
    shared::region_code::<Panel>(|r| identity_text(r.record, |i| &i.region_code)),
    shared::region::<Panel>(|r| identity_text(r.record, |i| &i.region)),
    column::<Panel>(Kind::Term, "department", "部门", |r| {
        let name = |text: fn(&yusuan_normalize::Identity) -> &str| identity(r.record).map_or("", text);
        let one = name(|i| &i.body);
        Value::text(if one.is_empty() { name(|i| &i.department) } else { one })
    })
    .says(Origin::Computed, "机构的统一名称，各年、各份文件写法不同也只有一个；机构不明时照印出的写"),
    shared::year::<Panel>(|r| fiscal_year(r.record)),
    shared::document_kind::<Panel>(|r| kind(r.record)),
    shared::entity_scope::<Panel>(|r| identity_text(r.record, |i| i.scope.as_str())),
    column::<Panel>(Kind::Term, "phase", "阶段", |r| Value::text(r.phase))
        .says(Origin::Read, "预算数、调整预算数还是决算数；栏目没说的按文件类型")
        .one_of(words::phases),
    shared::concept::<Panel>(|r| r.fact.concept.map_or(Value::Empty, |concept| Value::text(concept.as_str()))),
    column::<Panel>(Kind::Amount, "value", "金额（元）", |r| Value::Decimal(r.value))
        .says(Origin::Read, "印出的数，换算为元；从不由别的数相加而来"),
    column::<Panel>(Kind::Term, "flags", "标记", |r| Value::list(r.fact.flags.iter().map(|flag| flag.as_str())))
        .says(Origin::Computed, "这个数的存疑标记，同 facts，多个用 ; 连接")
        .some_of(words::fact_flags),
    shared::doc_id::<Panel>(|r| Value::text(&r.record.doc_id)),
    shared::source::<Panel>(|r| Value::text(&r.record.source)),
    shared::table_id::<Panel>(|r| Value::text(&r.statement.id)),
    shared::page::<Panel>(|r| Value::position(r.fact.place.page)),
    column::<Panel>(Kind::Integer, "row", "行", |r| Value::Integer(r.fact.row.into()))
        .says(Origin::File, "在表中的行号，同 facts"),
    column::<Panel>(Kind::Integer, "col", "列", |r| Value::Integer(r.fact.col.into()))
        .says(Origin::File, "在表中的列号，同 facts"),
    column::<Panel>(Kind::Text, "alternatives", "其他数值（元）", |r| {
        Value::list(r.alternatives.iter().map(rust_decimal::Decimal::normalize))
    })
    .says(
        Origin::Computed,
        "同一机构、年度的文件（其他的表、其他版本）为同一指标印出的不同数值，四舍五入之差不算，多个用 ; 连接",
    ),
    column::<Panel>(Kind::Term, "level", "级次", |r| Value::text(r.statement.level.map_or("", TableLevel::as_str)))
        .says(
            Origin::Read,
            "这个数所在表的标题说的是全辖（全省、全市、全县）、本级还是下级的钱，同 tables；两种都印的取全辖，没说则空",
        )
        .one_of(words::table_levels),
];
