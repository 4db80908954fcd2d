//! Small tables for the rules' tests.

use crate::check::claim::{Claim, test};
use crate::model::check::Check;
use crate::model::fact::{Coded, Fact};
use crate::model::money::{MoneyUnit, UnitSource};
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, Period, RowKind, TableState, TableType};
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
        unit_source: Some(UnitSource::Table),
        value: value.parse::<Decimal>().ok().map(|v| v * unit.factor()),
        alternative: None,
        flags: Vec::new(),
    }
}

/// A table with these amounts.
pub(crate) fn statement(kind: TableType, facts: Vec<Fact>) -> Statement {
    let most_decimals =
        facts.iter().map(|f| crate::model::measured::printed_decimals(&f.value_text)).max().unwrap_or_default();
    Statement {
        id: "t01".to_owned(),
        raw: RawTable::default(),
        table_type: kind,
        title: String::new(),
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
    }
}

/// What a rule finds in a table.
pub(crate) fn checks_of<'a>(statement: &'a Statement, claims: fn(&'a Statement) -> Vec<Claim<'a>>) -> Vec<Check> {
    claims(statement).into_iter().filter_map(test).map(|tried| tried.check).collect()
}

/// An amount of the narrative in 万元, all in one sentence.
pub(crate) fn said(subject: &str, period: &str, value: &str, percent: &str) -> crate::model::prose_figure::ProseFigure {
    let unit = MoneyUnit::TenThousandYuan;
    crate::model::prose_figure::ProseFigure {
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
