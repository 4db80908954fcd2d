//! A table with the places of its texts.

use super::body::Body;
use super::column::{self, Column};
use super::entry::Entry;
use super::head::Head;
use super::line::Line;
use super::region::Extent;
use crate::model::{Glyph, Ruling};
use crate::table::grid::{Grid, GridCell};
use crate::table::page_table::{PageTable, page_table};

/// How sure columns are that only gaps show.
const CERTAINTY: f64 = 0.85;
/// Room (points) between the outermost texts and the table's edge.
const MARGIN: f64 = 1.0;
/// Least height (points) of a row.
const LOWEST: f64 = 0.1;

/// A table with the places of its texts.
pub(super) struct Laid {
    pub(super) rows: Vec<Vec<Entry>>,
    pub(super) xs: Vec<f64>,
}

pub(super) fn lay_out(run: &[Line], columns: &[Column], extent: &Extent, rules: &[&Ruling]) -> Laid {
    let size = run[extent.body].size;
    let xs = column::boundaries(columns, size);
    let head = Head { lines: &run[extent.head..extent.body], columns, xs: &xs, rules };
    let mut rows = if extent.head < extent.body { head.rows() } else { Vec::new() };
    let body = Body { lines: &run[extent.body..extent.end], columns, xs: &xs };
    rows.extend(body.rows());
    rows.retain(|row| !row.is_empty());
    Laid { rows, xs }
}

impl Laid {
    /// y of the boundaries between rows.
    fn levels(&self) -> Vec<f64> {
        let top = |row: &Vec<Entry>| row.iter().map(|e| e.bbox.y0).fold(f64::INFINITY, f64::min);
        let bottom = |row: &Vec<Entry>| row.iter().map(|e| e.bbox.y1).fold(f64::NEG_INFINITY, f64::max);
        let mut ys: Vec<f64> = self.rows.first().map(|r| top(r) - MARGIN).into_iter().collect();
        for pair in self.rows.windows(2) {
            let floor = ys.last().copied().unwrap_or(0.0) + LOWEST;
            ys.push(f64::midpoint(bottom(&pair[0]), top(&pair[1])).max(floor));
        }
        let floor = ys.last().copied().unwrap_or(0.0) + LOWEST;
        ys.extend(self.rows.last().map(|r| (bottom(r) + MARGIN).max(floor)));
        ys
    }

    /// Makes the table.
    pub(super) fn table(&self, page: u32, glyphs: &[Glyph]) -> PageTable {
        let cols = self.xs.len().saturating_sub(1);
        let rows = self.rows.len();
        let mut taken = vec![false; rows * cols];
        let mut cells: Vec<(GridCell, Vec<&Glyph>)> = Vec::new();
        for (row, entries) in self.rows.iter().enumerate() {
            for entry in entries {
                let row_span = entry.row_span.clamp(1, rows - row);
                let covered = |r: usize, c: usize| taken.get(r * cols + c).copied().unwrap_or(true);
                let free = (row..row + row_span).all(|r| (entry.first..=entry.last).all(|c| !covered(r, c)));
                let (row_span, last) = if free { (row_span, entry.last) } else { (1, entry.first) };
                for r in row..row + row_span {
                    taken[r * cols + entry.first..=r * cols + last].fill(true);
                }
                let cell = GridCell { row, col: entry.first, row_span, col_span: last + 1 - entry.first };
                cells.push((cell, entry.glyphs.iter().filter_map(|&i| glyphs.get(i)).collect()));
            }
        }
        let (grid, contents) = Grid::of_cells(self.xs.clone(), self.levels(), cells);
        page_table(page, &grid, &contents).without_rulings(CERTAINTY)
    }
}
