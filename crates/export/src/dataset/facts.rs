//! `facts`: one row per amount, the tidy dataset.

use super::column::{Column, Dataset, column};
use super::shared::{self, fiscal_year, identity_text, kind, statements};
use super::value::{Edge, Value, edge};
use crate::record::DocumentRecord;
use crate::words::{self, Kind, Origin};
use yusuan_normalize::{Coded, Concept, Fact, Fund, Nature, Period, Statement};

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
    const TITLE: &'static str = "金额";
    const ROW: &'static str = "每个印出的金额一行；空白单元格没有行，印出的 0 有行";

    fn columns() -> &'static [Column<Self>] {
        FACTS
    }

    fn rows(record: &DocumentRecord) -> Vec<FactRow<'_>> {
        let mut rows = Vec::new();
        for statement in statements(record) {
            let first = rows.len();
            rows.extend(statement.facts.iter().map(|fact| FactRow { record, statement, fact }));
            rows[first..].sort_by_key(|row: &FactRow<'_>| (row.fact.row, row.fact.col));
        }
        rows
    }
}

static FACTS: &[Column<Facts>] = &[
    shared::doc_id::<Facts>(|r| Value::text(&r.record.doc_id)),
    shared::source::<Facts>(|r| Value::text(&r.record.source)),
    shared::sheet::<Facts>(|r| Value::text(r.statement.raw.sheet.as_deref().unwrap_or_default())),
    shared::region_code::<Facts>(|r| identity_text(r.record, |i| &i.region_code)),
    shared::region::<Facts>(|r| identity_text(r.record, |i| &i.region)),
    shared::department::<Facts>(|r| match &r.statement.owner {
        Some(owner) => Value::text(&owner.department),
        None => identity_text(r.record, |i| &i.department),
    }),
    shared::year::<Facts>(|r| fiscal_year(r.record)),
    shared::document_kind::<Facts>(|r| kind(r.record)),
    shared::entity_scope::<Facts>(|r| match &r.statement.owner {
        Some(owner) => Value::text(owner.scope.as_str()),
        None => identity_text(r.record, |i| i.scope.as_str()),
    }),
    shared::table_id::<Facts>(|r| Value::text(&r.statement.id)),
    shared::table_type::<Facts>(|r| Value::text(r.statement.table_type.as_str())),
    shared::table_title::<Facts>(|r| Value::text(&r.statement.title)),
    shared::page::<Facts>(|r| Value::position(r.fact.place.page)),
    column::<Facts>(Kind::Measure, "x0", "左", |r| edge(&r.fact.place, Edge::Left))
        .says(Origin::File, "单元格左边到页面左边的距离；电子表格为空")
        .counted_in("点（1/72 英寸）"),
    column::<Facts>(Kind::Measure, "y0", "上", |r| edge(&r.fact.place, Edge::Top))
        .says(Origin::File, "单元格上边到页面上边的距离；电子表格为空")
        .counted_in("点（1/72 英寸）"),
    column::<Facts>(Kind::Measure, "x1", "右", |r| edge(&r.fact.place, Edge::Right))
        .says(Origin::File, "单元格右边到页面左边的距离；电子表格为空")
        .counted_in("点（1/72 英寸）"),
    column::<Facts>(Kind::Measure, "y1", "下", |r| edge(&r.fact.place, Edge::Bottom))
        .says(Origin::File, "单元格下边到页面上边的距离；电子表格为空")
        .counted_in("点（1/72 英寸）"),
    column::<Facts>(Kind::Integer, "row", "行", |r| Value::Integer(r.fact.row.into()))
        .says(Origin::File, "在表中的行号，从 1 起，表头算在内；电子表格为工作表的行号"),
    column::<Facts>(Kind::Integer, "col", "列", |r| Value::Integer(r.fact.col.into()))
        .says(Origin::File, "在表中的列号，从 1 起；电子表格为工作表的列号"),
    column::<Facts>(Kind::Term, "side", "收支", |r| {
        r.fact.side.map_or(Value::Empty, |side| Value::text(side.as_str()))
    })
    .says(Origin::Read, "左右并列的表里属于哪一栏；不并列则空")
    .one_of(words::sides),
    column::<Facts>(Kind::Text, "row_label", "行名", |r| Value::text(&r.fact.row_label))
        .says(Origin::Printed, "这一行的项目名称，照印出的文字，去掉空格；没印则空，不代填"),
    column::<Facts>(Kind::Text, "row_path", "行路径", |r| Value::text(&r.fact.row_path))
        .says(Origin::Read, "从最上级到本行的各级名称，用 “ / ” 连接"),
    column::<Facts>(Kind::Integer, "row_level", "行级次", |r| Value::Integer(r.fact.row_level.into()))
        .says(Origin::Read, "行的级次，1 为最上级"),
    column::<Facts>(Kind::Boolean, "additive", "可相加", |r| Value::Boolean(r.fact.additive))
        .says(Origin::Read, "本行没有下级，相加不会重复计算"),
    column::<Facts>(Kind::Term, "row_kind", "行类型", |r| Value::text(r.fact.row_kind.as_str()))
        .says(Origin::Read, "行是一般项目、合计、小计还是“其中”")
        .one_of(words::row_kinds),
    column::<Facts>(Kind::Term, "function_code", "功能科目编码", |r| code(&r.fact.function))
        .says(Origin::Read, "支出功能分类科目编码，类款项连写：206、20607、2060702"),
    column::<Facts>(Kind::Term, "function_name", "功能科目", |r| name(&r.fact.function))
        .says(Origin::Printed, "支出功能分类科目名称，照印出的文字"),
    column::<Facts>(Kind::Term, "department_economic_code", "部门经济科目编码", |r| {
        code(&r.fact.department_economic)
    })
    .says(Origin::Read, "部门预算支出经济分类科目编码：301、30101"),
    column::<Facts>(Kind::Term, "department_economic_name", "部门经济科目", |r| {
        name(&r.fact.department_economic)
    })
    .says(Origin::Printed, "部门预算支出经济分类科目名称"),
    column::<Facts>(Kind::Term, "government_economic_code", "政府经济科目编码", |r| {
        code(&r.fact.government_economic)
    })
    .says(Origin::Read, "政府预算支出经济分类科目编码：501、50101"),
    column::<Facts>(Kind::Term, "government_economic_name", "政府经济科目", |r| {
        name(&r.fact.government_economic)
    })
    .says(Origin::Printed, "政府预算支出经济分类科目名称"),
    column::<Facts>(Kind::Term, "agency_code", "预算单位编码", |r| code(&r.fact.agency))
        .says(Origin::Printed, "预算单位编码"),
    column::<Facts>(Kind::Term, "agency_name", "预算单位", |r| name(&r.fact.agency))
        .says(Origin::Printed, "预算单位名称"),
    column::<Facts>(Kind::Term, "project_code", "项目编码", |r| code(&r.fact.project))
        .says(Origin::Printed, "项目编码"),
    column::<Facts>(Kind::Text, "project_name", "项目", |r| name(&r.fact.project)).says(Origin::Printed, "项目名称"),
    column::<Facts>(Kind::Term, "project_type", "项目类型", |r| Value::text(&r.fact.project_type))
        .says(Origin::Printed, "项目类别，照印出的文字"),
    column::<Facts>(Kind::Term, "column_kind", "列类型", |r| Value::text(r.fact.column_kind.as_str()))
        .says(
            Origin::Read,
            "列是一般栏目、合计、小计还是“其中”；一张表内 additive 为 true 且 column_kind 为 item 的数可以相加",
        )
        .one_of(words::column_kinds),
    column::<Facts>(Kind::Text, "column_path", "列路径", |r| Value::text(&r.fact.column_path))
        .says(Origin::Read, "这一列的表头自上而下，用 / 连接：基本支出/人员经费/工资福利支出"),
    column::<Facts>(Kind::Term, "fund", "资金来源", |r| Value::text(r.fact.fund.map_or("", Fund::as_str)))
        .says(Origin::Read, "资金来源，封闭清单；行和列都没说则空")
        .one_of(words::funds),
    column::<Facts>(Kind::Term, "nature", "支出性质", |r| Value::text(r.fact.nature.map_or("", Nature::as_str)))
        .says(Origin::Read, "支出性质，封闭清单；没说则空")
        .one_of(words::natures),
    shared::period::<Facts>(|r| Value::text(r.fact.period.map_or("", Period::as_str))).one_of(words::periods),
    column::<Facts>(Kind::Term, "phase", "阶段", |r| {
        r.fact.phase.map_or(Value::Empty, |phase| Value::text(phase.as_str()))
    })
    .says(Origin::Read, "预算数、调整预算数还是决算数")
    .one_of(words::phases),
    column::<Facts>(Kind::Text, "value_text", "原文", |r| Value::text(&r.fact.value_text))
        .says(Origin::Printed, "印出的数字原样；电子表格中存为数值的，写成最多 15 位有效数字的最短小数"),
    column::<Facts>(Kind::Term, "unit", "单位", |r| Value::text(r.fact.unit_text()))
        .says(Origin::Read, "数字印出时所用的单位：元、千元、万元、百万元、亿元；外币照印出的写，不换算；找不到则空"),
    shared::unit_source::<Facts>(|r| r.fact.unit_source.map_or(Value::Empty, |s| Value::text(s.as_str()))),
    column::<Facts>(Kind::Amount, "value", "金额（元）", |r| Value::amount(r.fact.value))
        .says(Origin::Read, "金额，换算为元的精确小数；单位不明则空"),
    column::<Facts>(Kind::Amount, "alternative", "另一读法（元）", |r| Value::amount(r.fact.alternative))
        .says(Origin::Read, "有两种可能时，另一种读法的金额"),
    column::<Facts>(Kind::Term, "flags", "标记", |r| Value::list(r.fact.flags.iter().map(|flag| flag.as_str())))
        .says(Origin::Computed, "存疑标记，多个用 ; 连接")
        .some_of(words::fact_flags),
    column::<Facts>(Kind::Term, "revenue_code", "收入科目编码", |r| code(&r.fact.revenue))
        .says(Origin::Read, "政府收入分类科目编码：101、10101、1010101；印出的，或由项目名称在科目表中唯一确定的"),
    column::<Facts>(Kind::Term, "revenue_name", "收入科目", |r| name(&r.fact.revenue))
        .says(Origin::Printed, "政府收入分类科目名称，照印出的文字"),
    shared::concept::<Facts>(|r| Value::text(r.fact.concept.map_or("", Concept::as_str))),
    column::<Facts>(Kind::Term, "row_region_code", "所属地区编码", |r| code(&r.fact.row_region))
        .says(Origin::Read, "一行讲的是另一个地区时（对下转移支付分地区），那个地区的 GB/T 2260 编码"),
    column::<Facts>(Kind::Term, "row_region", "所属地区", |r| name(&r.fact.row_region))
        .says(Origin::Read, "一行讲的是另一个地区时，那个地区的全称"),
];

fn code(coded: &Coded) -> Value<'_> {
    Value::text(&coded.code)
}

fn name(coded: &Coded) -> Value<'_> {
    Value::text(&coded.name)
}
