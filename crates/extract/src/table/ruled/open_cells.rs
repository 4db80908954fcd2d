//! Grids that rule their head but not their body: cells that hold several rows, or several columns, of texts.

use super::{joined_columns, joined_rows, open_columns, open_rows};
use crate::model::Glyph;
use crate::table::grid::Grid;

/// Divides the grid's open cells; `contents` holds the glyphs of each cell and is divided with them.
pub(super) fn divide(grid: Grid, contents: Vec<Vec<&Glyph>>) -> (Grid, Vec<Vec<&Glyph>>) {
    let (grid, contents) = open_columns::divide(grid, contents);
    let (grid, contents) = joined_rows::divide(grid, contents);
    let (grid, contents) = open_rows::divide(grid, contents);
    joined_columns::divide(grid, contents)
}
