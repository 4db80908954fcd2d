//! Cells that are divided at the lines of the grid which they span.

use crate::model::Glyph;
use crate::table::grid::{Grid, GridCell};

/// What a cell is divided into.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Into {
    Rows,
    Columns,
}

/// Divides the cells that `open` names; `contents` holds the glyphs of each cell and is divided with them.
pub(super) fn divide<'g>(
    grid: Grid,
    contents: Vec<Vec<&'g Glyph>>,
    open: &[bool],
    into: Into,
) -> (Grid, Vec<Vec<&'g Glyph>>) {
    if !open.contains(&true) {
        return (grid, contents);
    }
    let mut cells: Vec<(GridCell, Vec<&Glyph>)> = Vec::new();
    for ((cell, glyphs), open) in grid.cells.iter().zip(contents).zip(open) {
        if *open {
            cells.extend(parts(&grid, cell, glyphs, into));
        } else {
            cells.push((*cell, glyphs));
        }
    }
    let (divided, contents) = Grid::of_cells(grid.xs, grid.ys, cells);
    (Grid { irregular: grid.irregular, ..divided }, contents)
}

/// The parts of one cell, each with the glyphs whose middles stand in it.
fn parts<'g>(grid: &Grid, cell: &GridCell, glyphs: Vec<&'g Glyph>, into: Into) -> Vec<(GridCell, Vec<&'g Glyph>)> {
    let (first, count) = match into {
        Into::Rows => (cell.row, cell.row_span),
        Into::Columns => (cell.col, cell.col_span),
    };
    let mut parts: Vec<Vec<&Glyph>> = vec![Vec::new(); count];
    for glyph in glyphs {
        let at = match into {
            Into::Rows => row_at(grid, glyph.bbox.center_y()),
            Into::Columns => column_at(grid, glyph.bbox.center_x()),
        };
        parts[at.clamp(first, first + count - 1) - first].push(glyph);
    }
    let part = |(at, glyphs)| match into {
        Into::Rows => (GridCell { row: first + at, row_span: 1, ..*cell }, glyphs),
        Into::Columns => (GridCell { col: first + at, col_span: 1, ..*cell }, glyphs),
    };
    parts.into_iter().enumerate().map(part).collect()
}

/// The row at a height.
pub(super) fn row_at(grid: &Grid, y: f64) -> usize {
    grid.ys.partition_point(|&b| b <= y).clamp(1, grid.rows().max(1)) - 1
}

/// The column at a distance from the left.
pub(super) fn column_at(grid: &Grid, x: f64) -> usize {
    grid.xs.partition_point(|&b| b <= x).clamp(1, grid.cols().max(1)) - 1
}
