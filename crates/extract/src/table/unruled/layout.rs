//! A table's texts with their places, and the boundaries between them.

use super::column::{self, Columns};
use super::header::{form_rows, header_rows};
use super::place::place_all;
use super::placed::Placed;
use super::row::Row;
use super::{frame, gaps, height};
use crate::model::Glyph;
use crate::table::grid::{Grid, GridCell};
use crate::table::page_table::{PageTable, page_table};

/// Rows that are looked at for a table's columns.
const MOST_ROWS: usize = 1_000;

/// The columns of rows, with boundaries as exact as the texts tell.
pub(super) fn columns_of(rows: &[Row]) -> Columns {
    let rows = &rows[..rows.len().min(MOST_ROWS)];
    let mut columns = gaps::find(rows);
    if columns.len() >= 2 {
        let header = header_rows(rows, &columns);
        let placed = place_all(rows, &columns, header, form_rows(rows, &columns, header));
        frame::refine(&mut columns, &placed, header, column::typical_size(rows));
    }
    columns
}

/// How sure columns are that only gaps show.
const CERTAINTY: f64 = 0.85;
/// Share of the texts, times [`CERTAINTY`], that must stand inside their columns.
const LEAST_CERTAINTY: f64 = 0.5;
/// A text may reach this far (points) over the boundaries of its columns.
const OVERHANG: f64 = 1.0;

/// A table's texts with their places, and the boundaries between them.
pub(super) struct Layout {
    pub(super) placed: Vec<Placed>,
    pub(super) columns: Columns,
    pub(super) ys: Vec<f64>,
}

impl Layout {
    /// Lays out rows in columns that only texts show; `form`: see [`form_rows`].
    pub(super) fn of_rows(rows: &[Row], columns: Columns, header: usize, form: usize) -> Self {
        let placed = place_all(rows, &columns, header, form);
        let ys = height::boundaries(&placed, rows.len());
        Self { placed, columns, ys }
    }

    /// Whether texts and columns fit.
    pub(super) fn is_credible(&self) -> bool {
        self.has_columns() && self.fits()
    }

    /// Whether at least two columns hold texts of their own (or rules show them).
    pub(super) fn has_columns(&self) -> bool {
        let own = |col: usize| self.placed.iter().any(|p| p.first == col && p.last == col);
        self.columns.exact || (0..self.columns.len()).filter(|&col| own(col)).count() >= 2
    }

    /// Whether most texts stand inside the columns that they have.
    pub(super) fn fits(&self) -> bool {
        self.placed.len() >= 2 && self.certainty() >= LEAST_CERTAINTY
    }

    /// Marks the glyphs that the table took.
    pub(super) fn mark(&self, used: &mut [bool]) {
        for &index in self.placed.iter().flat_map(|p| &p.block.glyphs) {
            used[index] = true;
        }
    }

    /// Makes the table.
    pub(super) fn table(&self, page: u32, glyphs: &[Glyph]) -> PageTable {
        let cell = |placed: &Placed| {
            let (row, col) = (placed.row, placed.first);
            let cell = GridCell { row, col, row_span: placed.row_span, col_span: placed.last + 1 - col };
            (cell, placed.block.glyphs.iter().map(|&i| &glyphs[i]).collect())
        };
        let cells = self.placed.iter().map(cell).collect();
        let (grid, contents) = Grid::of_cells(self.columns.xs.clone(), self.ys.clone(), cells);
        page_table(page, &grid, &contents).without_rulings(self.certainty())
    }

    /// How sure the columns are: no text reaches over a boundary that its range does not hold.
    pub(super) fn certainty(&self) -> f64 {
        let clear = |p: &&Placed| {
            let b = &p.block.bbox;
            b.x0 >= self.columns.xs[p.first] - OVERHANG && b.x1 <= self.columns.xs[p.last + 1] + OVERHANG
        };
        let share = self.placed.iter().filter(clear).count() as f64 / self.placed.len().max(1) as f64;
        CERTAINTY * share
    }
}
