//! The place of each figure of a document in its workbook.

use std::collections::BTreeMap;
use yusuan_normalize::{CellRef, Fact, Headline, NormalizedDocument, Statement};

/// Where the cells of the document's tables stand in the workbook.
#[derive(Default)]
pub(super) struct Places {
    /// By the table's id.
    tables: BTreeMap<String, Cells>,
}

/// Where the figures of one table stand.
struct Cells {
    sheet: String,
    /// For a row and a column as in facts those of the sheet.
    places: BTreeMap<(u32, u32), (u32, u16)>,
}

impl Places {
    /// The link to a key figure's cell.
    pub(super) fn link(&self, document: &NormalizedDocument, headline: &Headline) -> Option<String> {
        let statement = document.statements.get(headline.statement)?;
        let fact = statement.facts.get(headline.fact)?;
        self.of(&CellRef::of(statement, fact))
    }

    /// The link to a cell.
    pub(super) fn of(&self, cell: &CellRef) -> Option<String> {
        let cells = self.tables.get(&cell.table).filter(|_| cell.source.is_empty())?;
        let (row, col) = cells.places.get(&(cell.row, cell.col))?;
        let cell = rust_xlsxwriter::utility::row_col_to_cell(*row, *col);
        Some(format!("internal:'{}'!{cell}", cells.sheet))
    }

    /// Notes where the figures of a statement were written: its sheet and the sheet's row of the first grid row.
    pub(super) fn add(&mut self, statement: &Statement, sheet: &str, first: u32) {
        let place = |fact: &Fact| Some(((fact.row, fact.col), position(statement, fact.cell, first)?));
        let places = statement.facts.iter().filter_map(place).collect();
        self.tables.insert(statement.id.clone(), Cells { sheet: sheet.to_owned(), places });
    }
}

/// The sheet's row and column of a raw cell.
pub(super) fn position(statement: &Statement, cell: usize, first: u32) -> Option<(u32, u16)> {
    let raw = statement.raw.cells.get(cell)?;
    let row = raw.row.checked_sub(statement.header_start)?;
    Some((first.checked_add(u32::try_from(row).ok()?)?, u16::try_from(raw.col).ok()?))
}
