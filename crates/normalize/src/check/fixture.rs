//! Small tables for the rules' tests.

use crate::check::checker::Checker;
use crate::check::claim::{Claim, test};
use crate::check::engine::run_these;
use crate::check::scene::Scene;
use crate::model::check::{Check, CheckStatus};
use crate::model::fact::{Coded, Fact};
use crate::model::money::{MoneyUnit, UnitSource};
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, Period, RowKind, Side, TableState, TableType};
use crate::narrative::paragraph::Paragraph;
use crate::reading::label;
use rust_decimal::Decimal;
use yusuan_extract::{Place, RawTable};

/// One amount in 万元.
pub(crate) fn fact(row: u32, col: u32, path: &str, value: &str) -> Fact {
    let unit = MoneyUnit::TenThousandYuan;
    Fact {
        place: Place::default(),
        row,
        col,
        cell: 0,
        side: None,
        row_label: String::new(),
        row_path: String::new(),
        row_level: 1,
        additive: true,
        row_kind: RowKind::Item,
        function: Coded::default(),
        department_economic: Coded::default(),
        government_economic: Coded::default(),
        agency: Coded::default(),
        project: Coded::default(),
        project_type: String::new(),
        column_kind: ColumnKind::Item,
        column_path: path.to_owned(),
        fund: None,
        nature: None,
        period: None,
        phase: None,
        value_text: value.to_owned(),
        unit: Some(unit),
        foreign_unit: None,
        unit_source: Some(UnitSource::Table),
        value: value.parse::<Decimal>().ok().map(|v| v * unit.factor()),
        alternative: None,
        flags: Vec::new(),
        revenue: Coded::default(),
        concept: None,
        row_region: Coded::default(),
    }
}

/// A table with these amounts.
pub(crate) fn statement(kind: TableType, facts: Vec<Fact>) -> Statement {
    let most_decimals =
        facts.iter().map(|f| crate::model::measured::printed_decimals(&f.value_text)).max().unwrap_or_default();
    Statement {
        owner: None,
        id: "t01".to_owned(),
        raw: RawTable::default(),
        table_type: kind,
        title: String::new(),
        level: None,
        table_no: String::new(),
        unit: Some(MoneyUnit::TenThousandYuan),
        unit_source: Some(UnitSource::Table),
        header_start: 0,
        header_rows: 2,
        state: TableState::Data,
        empty_note: String::new(),
        facts,
        indicators: Vec::new(),
        doubts: Vec::new(),
        most_decimals,
        figures: 0,
        unread: Vec::new(),
        last_codes: Vec::new(),
    }
}

/// Rows `code|label|合计|基本支出|项目支出`.
const SPENDING: &[&str] = &[
    "|合计|360.50|240.30|120.20",
    "206|科学技术支出|300.00|200.00|100.00",
    "20607|科学技术普及|300.00|200.00|100.00",
    "2060701|机构运行|180.00|180.00|0.00",
    "2060702|科普活动|120.00|20.00|100.00",
    "208|社会保障和就业支出|60.50|40.30|20.20",
    "20805|行政事业单位养老支出|60.50|40.30|20.20",
    "2080501|行政单位离退休|20.30|20.30|0.00",
    "2080505|机关事业单位基本养老保险缴费支出|40.20|20.00|20.20",
];

/// A table of 360.50万元 spent, by function and by use.
pub(crate) fn spending(kind: TableType) -> Statement {
    let paths = [("合计", ColumnKind::Total), ("基本支出", ColumnKind::Item), ("项目支出", ColumnKind::Item)];
    let mut facts = Vec::new();
    for (at, line) in SPENDING.iter().enumerate() {
        let cells: Vec<&str> = line.split('|').collect();
        for (col, ((path, column), value)) in paths.iter().zip(&cells[2..]).enumerate() {
            let mut one = fact(at as u32 + 2, col as u32 + 3, path, value);
            one.column_kind = *column;
            one.period = Some(Period::Current);
            cells[0].clone_into(&mut one.function.code);
            cells[1].clone_into(&mut one.row_label);
            cells[1].clone_into(&mut one.row_path);
            one.row_kind = if cells[0].is_empty() { RowKind::Total } else { RowKind::Item };
            one.additive = cells[0].len() == 7;
            facts.push(one);
        }
    }
    let mut found = statement(kind, facts);
    found.title = kind.label_zh().to_owned();
    found
}

/// A table of both sides that closes with 360.50万元.
pub(crate) fn summary(kind: TableType) -> Statement {
    let rows = [
        (Side::Revenue, "一、一般公共预算拨款收入", "360.50"),
        (Side::Revenue, "收入总计", "360.50"),
        (Side::Expenditure, "六、科学技术支出", "300.00"),
        (Side::Expenditure, "八、社会保障和就业支出", "60.50"),
        (Side::Expenditure, "支出总计", "360.50"),
    ];
    let make = |(at, (side, label, value)): (usize, (Side, &str, &str))| {
        let mut one = fact(at as u32 + 3, if side == Side::Revenue { 2 } else { 4 }, "预算数", value);
        one.side = Some(side);
        label.clone_into(&mut one.row_label);
        label.clone_into(&mut one.row_path);
        one.row_kind = label::kind(label);
        one
    };
    statement(kind, rows.into_iter().enumerate().map(make).collect())
}

/// A table of which only the total is printed.
pub(crate) fn total(kind: TableType, value: &str) -> Statement {
    let mut one = fact(2, 2, "合计", value);
    one.column_kind = ColumnKind::Total;
    one.row_kind = RowKind::Total;
    "合计".clone_into(&mut one.row_label);
    one.row_path.clone_from(&one.row_label);
    statement(kind, vec![one])
}

/// What a check says of an example, ties that could not be tried aside.
pub(crate) fn verdicts(checker: &Checker, example: &Example) -> Vec<CheckStatus> {
    let checks = run_these(&[checker], &example.scene());
    checks.into_iter().map(|c| c.status).filter(|s| *s != CheckStatus::Skipped).collect()
}

/// A document made for a check's test.
#[derive(Default)]
pub(crate) struct Example {
    pub(crate) statements: Vec<Statement>,
    pub(crate) prose: Vec<ProseFigure>,
    pub(crate) paragraphs: Vec<Paragraph>,
}

impl Example {
    /// Nothing but tables; each gets an id of its own.
    pub(crate) fn tables(mut statements: Vec<Statement>) -> Self {
        for (at, statement) in statements.iter_mut().enumerate() {
            statement.id = format!("t{:02}", at + 1);
        }
        Self { statements, ..Self::default() }
    }

    /// Nothing but amounts of the narrative.
    pub(crate) fn prose(prose: Vec<ProseFigure>) -> Self {
        Self { prose, ..Self::default() }
    }

    pub(crate) fn scene(&self) -> Scene<'_> {
        Scene::new(&self.statements, &self.prose, &self.paragraphs)
    }
}

/// What a rule finds in a table.
pub(crate) fn checks_of<'a>(statement: &'a Statement, claims: fn(&'a Statement) -> Vec<Claim<'a>>) -> Vec<Check> {
    claims(statement).into_iter().filter_map(test).map(|tried| tried.check).collect()
}

/// The cells that took part in a check, by name.
pub(crate) fn cells(check: &Check) -> Vec<String> {
    check.cells.iter().map(ToString::to_string).collect()
}

/// An amount of the narrative in 万元, all in one sentence.
pub(crate) fn said(subject: &str, period: &str, value: &str, percent: &str) -> ProseFigure {
    let unit = MoneyUnit::TenThousandYuan;
    ProseFigure {
        page: Some(3),
        section: String::new(),
        sentence: String::new(),
        subject: subject.to_owned(),
        period: Period::ALL.iter().copied().find(|known| known.as_str() == period),
        value_text: value.to_owned(),
        unit: Some(unit),
        value: value.parse::<Decimal>().ok().map(|v| v * unit.factor()),
        percent: percent.to_owned(),
        matched_table_id: String::new(),
        matched_row: None,
        matched_col: None,
        matched_source: String::new(),
    }
}
