//! Tables and facts for the tests of sheets.

use crate::record::{DocumentRecord, DocumentStatus};
use rust_decimal::Decimal;
use yusuan_extract::{Cell, Format, Place, RawTable};
use yusuan_normalize::{
    Coded, ColumnKind, Fact, Identity, MoneyUnit, NormalizedDocument, RowKind, Statement, TableState, TableType,
    UnitSource,
};

pub(crate) fn cell(row: usize, col: usize, text: &str) -> Cell {
    Cell { row, col, row_span: 1, col_span: 1, text: text.to_owned(), ..Cell::default() }
}

pub(crate) fn fact(cell: usize, text: &str, unit: Option<MoneyUnit>) -> Fact {
    let printed: Option<Decimal> = text.replace(',', "").parse().ok();
    Fact {
        place: Place::default(),
        row: 1,
        col: 1,
        cell,
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
        column_path: String::new(),
        fund: None,
        nature: None,
        period: None,
        phase: None,
        value_text: text.to_owned(),
        foreign_unit: None,
        unit,
        unit_source: unit.map(|_| UnitSource::Table),
        value: unit.and_then(|unit| printed.map(|p| p * unit.factor())),
        alternative: None,
        flags: Vec::new(),
        revenue: Coded::default(),
        concept: None,
        row_region: Coded::default(),
    }
}

pub(crate) fn statement() -> Statement {
    let texts = [["科目编码", "项目", "预算数"], ["2060702", "科普活动", "1,234.50"], ["01", "其他", "0"]];
    let cells = texts.iter().enumerate().flat_map(|(r, row)| row.iter().enumerate().map(move |(c, t)| cell(r, c, t)));
    Statement {
        owner: None,
        id: "t01".to_owned(),
        raw: RawTable { rows: 3, cols: 3, cells: cells.collect(), pages: vec![1], ..RawTable::default() },
        table_type: TableType::RevenueExpenditureSummary,
        title: "部门收支总表".to_owned(),
        level: None,
        table_no: String::new(),
        unit: Some(MoneyUnit::TenThousandYuan),
        unit_source: Some(UnitSource::Table),
        header_start: 0,
        header_rows: 1,
        state: TableState::Data,
        empty_note: String::new(),
        facts: vec![
            fact(5, "1,234.50", Some(MoneyUnit::TenThousandYuan)),
            fact(8, "0", Some(MoneyUnit::TenThousandYuan)),
        ],
        indicators: Vec::new(),
        doubts: Vec::new(),
        most_decimals: 0,
        figures: 0,
        unread: Vec::new(),
        last_codes: Vec::new(),
    }
}

/// A PDF's record with one table.
pub(crate) fn record(source: &str, identity: Identity, table: Statement) -> DocumentRecord {
    let document = NormalizedDocument {
        format: Format::Pdf,
        pages: Vec::new(),
        identity,
        statements: vec![table],
        prose: Vec::new(),
        checks: Vec::new(),
        tables_missing: Vec::new(),
        strays: Vec::new(),
        diagnostics: Vec::new(),
        corrections: Vec::new(),
    };
    DocumentRecord {
        doc_id: "0".repeat(16),
        source: source.to_owned(),
        format: "pdf".to_owned(),
        bytes: 1,
        sha256: "0".repeat(64),
        status: DocumentStatus::Ok,
        error: String::new(),
        source_url: String::new(),
        superseded_by: String::new(),
        rivals: Vec::new(),
        document: Some(document),
    }
}
