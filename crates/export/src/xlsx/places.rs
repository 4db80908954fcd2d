//! The place of each figure of a document in its workbook.

use std::collections::BTreeMap;
use yusuan_normalize::{CellRef, Headline, NormalizedDocument, Statement};

/// Where the cells of the document's tables stand in the workbook.
#[derive(Default)]
pub(super) struct Places {
    /// For each cell the link to it.
    links: BTreeMap<CellRef, String>,
}

impl Places {
    /// The link to a key figure's cell.
    pub(super) fn link(&self, document: &NormalizedDocument, headline: &Headline) -> Option<&str> {
        let statement = document.statements.get(headline.statement)?;
        let fact = statement.facts.get(headline.fact)?;
        self.of(&CellRef::of(statement, fact))
    }

    /// The link to a cell.
    pub(super) fn of(&self, cell: &CellRef) -> Option<&str> {
        self.links.get(cell).map(String::as_str)
    }

    /// Notes where the figures of a statement were written: its sheet and the sheet's row of the first grid row.
    pub(super) fn add(&mut self, statement: &Statement, sheet: &str, first: u32) {
        for fact in &statement.facts {
            let Some((row, col)) = position(statement, fact.cell, first) else { continue };
            let cell = rust_xlsxwriter::utility::row_col_to_cell(row, col);
            self.links.insert(CellRef::of(statement, fact), format!("internal:'{sheet}'!{cell}"));
        }
    }
}

/// The sheet's row and column of a raw cell.
pub(super) fn position(statement: &Statement, cell: usize, first: u32) -> Option<(u32, u16)> {
    let raw = statement.raw.cells.get(cell)?;
    let row = raw.row.checked_sub(statement.header_start)?;
    Some((first.checked_add(u32::try_from(row).ok()?)?, u16::try_from(raw.col).ok()?))
}
