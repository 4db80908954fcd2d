//! The worksheet that is being read: its columns and rows, as often as they are repeated.

use super::cell::OpenCell;
use super::styles::Styles;
use crate::model::Content;
use crate::sheet::book::{Area, Edges, Stored};
use crate::sheet::filler::Filler;
use crate::sheet::xml::{attribute, number};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// The worksheet that is being read.
pub(super) struct OpenTable<'a> {
    pub(super) filler: Filler<'a>,
    pub(super) hidden: bool,
    next_row: u32,
    next_col: u32,
    /// Columns before those that `table-column` has yet to describe, and their default styles.
    described: u32,
    col_styles: Vec<(u32, String)>,
    row: OpenRow,
    pub(super) cell: Option<OpenCell>,
}

#[derive(Default)]
struct OpenRow {
    repeated: u32,
    style: Option<String>,
    /// Cells with something in them.
    cells: Vec<RowCell>,
}

/// A cell of the open row, and how often it stands there.
struct RowCell {
    first: u32,
    times: u32,
    cell: Stored,
}

/// Whether a row or column is kept from view, by hand (`collapse`) or by a filter.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(attribute(element, "visibility").as_deref(), Some("collapse" | "filter"))
}

impl<'a> OpenTable<'a> {
    pub(super) fn new(filler: Filler<'a>, hidden: bool) -> Self {
        Self {
            filler,
            hidden,
            next_row: 0,
            next_col: 0,
            described: 0,
            col_styles: vec![],
            row: OpenRow::default(),
            cell: None,
        }
    }

    pub(super) fn column(&mut self, element: &BytesStart<'_>, styles: &Styles) {
        let times = number(element, "number-columns-repeated").unwrap_or(1_u32).max(1);
        let last = self.described.saturating_add(times - 1);
        if is_hidden(element) || styles.hidden("table-column", attribute(element, "style-name").as_deref()) {
            self.filler.sheet.hidden_cols.add(self.described, last);
        }
        self.described = last.saturating_add(1);
        self.col_styles.push((last, attribute(element, "default-cell-style-name").unwrap_or_default()));
    }

    pub(super) fn open_row(&mut self, element: &BytesStart<'_>, styles: &Styles) {
        self.next_col = 0;
        self.row = OpenRow {
            repeated: number(element, "number-rows-repeated").unwrap_or(1_u32).max(1),
            style: attribute(element, "default-cell-style-name"),
            cells: vec![],
        };
        if is_hidden(element) || styles.hidden("table-row", attribute(element, "style-name").as_deref()) {
            let last = self.next_row.saturating_add(self.row.repeated - 1);
            self.filler.sheet.hidden_rows.add(self.next_row, last);
        }
    }

    pub(super) fn close_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        let first = self.next_row;
        self.next_row = first.saturating_add(row.repeated.max(1));
        for cell in &row.cells {
            self.repeat(first, row.repeated, cell);
        }
    }

    /// Writes a cell as often as its row and itself are repeated, within the limits.
    fn repeat(&mut self, first: u32, rows: u32, written: &RowCell) {
        // Repetition to the sheet's end is how blank formatted rows and columns are stored: beyond what a printed grid
        // has of them it says nothing.
        const MOST_BLANKS: u32 = 1024;
        let RowCell { first: col, times, cell } = written;
        let most = if cell.text.is_empty() { MOST_BLANKS } else { u32::MAX };
        let (rows, times) = if rows > most || *times > most { (1, 1) } else { self.filler.within(rows, *times) };
        for row in 0..rows {
            for repeat in 0..times {
                let at = (first.saturating_add(row), col.saturating_add(repeat));
                self.filler.put(at, cell.clone());
                if self.filler.is_full() {
                    return;
                }
            }
        }
    }

    pub(super) fn open_cell(&mut self, element: &BytesStart<'_>, covered: bool) {
        if self.cell.is_some() {
            return;
        }
        self.cell = Some(OpenCell::new(element, covered));
    }

    pub(super) fn close_cell(&mut self, styles: &Styles, known: &mut BTreeMap<String, Edges>) {
        let Some(cell) = self.cell.take() else { return };
        let col = self.next_col;
        self.next_col = col.saturating_add(cell.repeated);
        let style = cell.style.clone().or_else(|| self.row.style.clone()).or_else(|| self.column_style(col));
        let style = style.unwrap_or_default();
        let edges = *known.entry(style).or_insert_with_key(|style| styles.edges(style));
        if cell.spans != (1, 1) {
            let (top, left) = (self.next_row, col);
            let bottom = top.saturating_add(cell.spans.0 - 1);
            let right = left.saturating_add(cell.spans.1 - 1);
            self.filler.sheet.merges.push(Area { top, left, bottom, right });
        }
        // What stands under a merged cell is stored but not shown.
        let (text, content) = if cell.covered { (String::new(), Content::Text) } else { cell.reading() };
        if !text.is_empty() || edges != Edges::default() {
            let stored = Stored { text, content, edges };
            self.row.cells.push(RowCell { first: col, times: cell.repeated, cell: stored });
        }
    }

    fn column_style(&self, col: u32) -> Option<String> {
        self.col_styles.iter().find(|(last, _)| col <= *last).map(|(_, style)| style.clone())
    }
}
