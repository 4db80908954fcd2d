//! The worksheet that is being read: its columns and rows, as often as they are repeated.

use super::cell::OpenCell;
use super::shown::Shown;
use super::styles::Styles;
use crate::sheet::book::{Area, Edges, Position, Stored};
use crate::sheet::filler::{Filler, Look};
use crate::sheet::formula::{self, Formula};
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
    /// Formulas without a result, and how their cells look.
    pub(super) formulas: BTreeMap<Position, Formula>,
    pub(super) formula_looks: Vec<Look>,
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
    number: Option<f64>,
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
            formulas: BTreeMap::new(),
            formula_looks: vec![],
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
        let RowCell { first: col, times, cell, number } = written;
        let most = if cell.text.is_empty() { MOST_BLANKS } else { u32::MAX };
        let (rows, times) = if rows > most || *times > most { (1, 1) } else { self.filler.within(rows, *times) };
        for row in 0..rows {
            for repeat in 0..times {
                let at = (first.saturating_add(row), col.saturating_add(repeat));
                self.filler.put(at, cell.clone());
                if let Some(number) = number {
                    self.filler.note(at, *number);
                }
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

    pub(super) fn close_cell(&mut self, styles: &Styles, known: &mut BTreeMap<String, Look>) {
        let Some(cell) = self.cell.take() else { return };
        let col = self.next_col;
        self.next_col = col.saturating_add(cell.repeated);
        let style = cell.style.clone().or_else(|| self.row.style.clone()).or_else(|| self.column_style(col));
        let style = style.unwrap_or_default();
        let look = known.entry(style).or_insert_with_key(|style| styles.look(style)).clone();
        if cell.spans != (1, 1) {
            let (top, left) = (self.next_row, col);
            let bottom = top.saturating_add(cell.spans.0 - 1);
            let right = left.saturating_add(cell.spans.1 - 1);
            self.filler.sheet.merges.push(Area { top, left, bottom, right });
        }
        // What stands under a merged cell is stored but not shown.
        let shown = if cell.covered { Shown::default() } else { self.seen(&cell, &look) };
        if cell.is_without_result() && !cell.covered {
            self.note_formula(&cell, (self.next_row, col), &look);
        }
        let number = cell.stored_number();
        if !shown.text.is_empty() || look.edges != Edges::default() || number.is_some() {
            let stored = Stored { text: shown.text, content: shown.content, edges: look.edges, doubts: shown.doubts };
            self.row.cells.push(RowCell { first: col, times: cell.repeated, cell: stored, number });
        }
    }

    /// What a person sees of a cell.
    fn seen(&mut self, cell: &OpenCell, look: &Look) -> Shown {
        let text = cell.shown.as_deref().map(|runs| self.filler.seen_runs(runs, look));
        let whole_is_seen = look.shows(look.font) || cell.shown.is_some();
        // All of a text that is there may be hidden; then its value is not shown either.
        let hidden = text.as_deref().is_some_and(str::is_empty)
            && cell.shown.iter().flatten().any(|run| !run.text.trim().is_empty());
        if hidden || !whole_is_seen {
            self.filler.sheet.unseen += usize::from(!hidden && cell.stored_number().is_some());
            return Shown::default();
        }
        let shown = cell.reading(text.as_deref());
        self.filler.sheet.scaled += usize::from(shown.scaled);
        self.filler.sheet.not_shown += usize::from(shown.hidden);
        shown
    }

    fn note_formula(&mut self, cell: &OpenCell, at: Position, look: &Look) {
        let Some(text) = &cell.formula else { return };
        let sum = formula::parse(text, &self.filler.sheet.name);
        let text = text.split_once('=').map_or(text.as_str(), |(_, formula)| formula).to_owned();
        self.formulas
            .insert(at, Formula { text, sum, stored: formula::Outcome::Missing, look: self.formula_looks.len() });
        self.formula_looks.push(look.clone());
    }

    fn column_style(&self, col: u32) -> Option<String> {
        self.col_styles.iter().find(|(last, _)| col <= *last).map(|(_, style)| style.clone())
    }
}
