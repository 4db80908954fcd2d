//! Tables without rulings: columns from the gaps between texts, rows from the order in which they were drawn.

mod block;
mod column;
mod frame;
mod half_ruled;
mod height;
mod region;
mod row;
mod span;

use self::block::Block;
use self::column::Columns;
use self::row::Row;
use self::span::{Placed, RowRule};
use super::Method;
use super::grid::{Grid, GridCell};
use super::ruled::{self, PageTable};
use crate::geometry::Rect;
use crate::page::{Glyph, Page};

/// Finds the tables that have no grid of rulings among the glyphs that no ruled table took. Returns them and the
/// glyphs that are still left.
pub(crate) fn find(page: &Page, rest: Vec<Glyph>, ruled: &[PageTable]) -> (Vec<PageTable>, Vec<Glyph>) {
    let boxes: Vec<Rect> = ruled.iter().map(|t| t.bbox).collect();
    let (mut tables, rest) = half_ruled::find(page, rest, &boxes);
    let mut used = vec![false; rest.len()];
    for rows in region::find(row::rows(block::pieces(&rest))) {
        let Some(layout) = Layout::of_rows(rows) else { continue };
        layout.mark(&mut used);
        tables.push(layout.table(page.number, &rest));
    }
    let mut index = 0;
    let mut rest = rest;
    rest.retain(|_| {
        index += 1;
        !used[index - 1]
    });
    (tables, rest)
}

/// A table's texts with their places, and the boundaries between them.
struct Layout {
    placed: Vec<Placed>,
    columns: Columns,
    ys: Vec<f64>,
}

impl Layout {
    /// Lays out rows whose columns only their texts show.
    fn of_rows(rows: Vec<Row>) -> Option<Self> {
        let mut columns = column::find(&rows);
        if columns.len() < 2 {
            return None;
        }
        let header = header_rows(&rows);
        let centers = height::centers(&rows);
        let first = place_all(&rows, &columns, header, &centers);
        frame::refine(&mut columns, &first, header);
        let placed = place_all(&rows, &columns, header, &centers);
        let ys = height::boundaries(&placed, rows.len());
        Some(Self { placed, columns, ys })
    }

    /// Marks the glyphs that the table took.
    fn mark(&self, used: &mut [bool]) {
        for &index in self.placed.iter().flat_map(|p| &p.block.glyphs) {
            used[index] = true;
        }
    }

    /// Makes the table.
    fn table(&self, page: u32, glyphs: &[Glyph]) -> PageTable {
        let (rows, cols) = (self.ys.len() - 1, self.columns.len());
        let mut owner = vec![usize::MAX; rows * cols];
        let mut cells: Vec<(GridCell, Vec<&Glyph>)> = Vec::new();
        for placed in &self.placed {
            let (row, col) = (placed.row, placed.first);
            let cell = GridCell { row, col, row_span: placed.row_span, col_span: placed.last + 1 - col };
            cells.push((cell, placed.block.glyphs.iter().map(|&i| &glyphs[i]).collect()));
            for r in row..row + placed.row_span {
                owner[r * cols + col..=r * cols + placed.last].fill(0);
            }
        }
        for at in (0..rows * cols).filter(|&at| owner[at] == usize::MAX) {
            cells.push((GridCell { row: at / cols, col: at % cols, row_span: 1, col_span: 1 }, Vec::new()));
        }
        cells.sort_by_key(|(cell, _)| (cell.row, cell.col));
        let (grid_cells, contents): (Vec<GridCell>, Vec<Vec<&Glyph>>) = cells.into_iter().unzip();
        let grid =
            Grid { xs: self.columns.xs.clone(), ys: self.ys.clone(), cells: grid_cells, owner: Vec::new(), irregular: 0 };
        let mut table = ruled::page_table(page, &grid, &contents);
        table.table.method = Method::Unruled;
        table.table.confidence *= self.certainty();
        table
    }

    /// How sure the columns are: no text reaches over a boundary that its range does not hold.
    fn certainty(&self) -> f64 {
        let clear = |p: &&Placed| {
            let b = &p.block.bbox;
            b.x0 >= self.columns.xs[p.first] - 1.0 && b.x1 <= self.columns.xs[p.last + 1] + 1.0
        };
        let share = self.placed.iter().filter(clear).count() as f64 / self.placed.len().max(1) as f64;
        0.85 * share
    }
}

/// The header: rows of several texts above the first that holds a number. A table without numbers shows none.
fn header_rows(rows: &[Row]) -> usize {
    let body = |row: &Row| row.len() < 2 || row.iter().any(|b| b.number);
    let Some(end) = rows.iter().position(body) else { return 0 };
    if rows.iter().flatten().any(|b| b.number) { end } else { 0 }
}

/// Places the texts of all rows, top to bottom.
fn place_all(rows: &[Row], columns: &Columns, header: usize, centers: &[f64]) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let covered = |c: usize| {
            placed.iter().any(|p: &Placed| p.row + p.row_span > index && (p.first..=p.last).contains(&c))
        };
        let mut taken: Vec<bool> = (0..columns.len()).map(covered).collect();
        for block in row {
            // A text cannot stand where a cell from above does.
            let (first, last) = columns.touched(block.bbox.x0, block.bbox.x1);
            taken[first..=last].fill(false);
        }
        let rule = RowRule { columns, taken: &taken, header: index < header };
        let mut found = span::place_row(index, row.clone(), &rule);
        for one in &mut found {
            one.row_span = height::row_span(one, rows, columns, centers);
        }
        placed.extend(found);
    }
    height::settle(&mut placed);
    placed
}

/// Whether a block's text stands inside a box.
fn inside(block: &Block, frame: &Rect) -> bool {
    frame.contains(block.bbox.center_x(), block.bbox.center_y())
}
