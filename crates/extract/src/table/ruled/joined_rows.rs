//! Cells over several rows that hold a figure for each: a piece of the line between them is missing.

use super::apart::{self, Into, row_at};
use super::cell_lines::{Text, has_lines, lines_of};
use crate::model::Glyph;
use crate::table::grid::Grid;
use crate::text::figures;

/// Lines on one level are at most this far (in font sizes) from each other.
const LEVEL: f64 = 0.3;

/// Divides such cells of the grid; `contents` holds the glyphs of each cell and is divided with them.
pub(super) fn divide(grid: Grid, contents: Vec<Vec<&Glyph>>) -> (Grid, Vec<Vec<&Glyph>>) {
    let open: Vec<bool> = (0..grid.cells.len()).map(|at| is_open(&grid, &contents, at)).collect();
    apart::divide(grid, contents, &open, Into::Rows)
}

/// Whether each line of a cell is a figure of its own row, level with the texts of that row's other cells.
fn is_open(grid: &Grid, contents: &[Vec<&Glyph>], at: usize) -> bool {
    let cell = &grid.cells[at];
    if cell.row_span < 2 || !has_lines(&contents[at]) {
        return false;
    }
    let lines = lines_of(&contents[at]);
    let mut rows: Vec<usize> = Vec::new();
    for line in &lines {
        let [figure] = line.as_slice() else { return false };
        let row = row_at(grid, figure.bbox.center_y());
        if !figures::is_whole(&figure.letters) || rows.contains(&row) || !has_level(grid, contents, (at, row), figure) {
            return false;
        }
        rows.push(row);
    }
    rows.len() >= 2
}

/// Whether another cell of a row has a text level with a figure.
fn has_level(grid: &Grid, contents: &[Vec<&Glyph>], (own, row): (usize, usize), figure: &Text) -> bool {
    let from = grid.cells.partition_point(|cell| cell.row < row);
    let here = (from..grid.cells.len()).take_while(|&i| grid.cells[i].row == row);
    let level = |g: &&Glyph| (g.bbox.center_y() - figure.bbox.center_y()).abs() <= LEVEL * figure.size;
    let mut others = here.filter(|&i| i != own && grid.cells[i].row_span == 1 && !contents[i].is_empty());
    others.any(|i| contents[i].iter().all(level))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::grid::GridCell;
    use crate::table::ruled::fixture::write;

    #[test]
    fn a_piece_of_a_line_is_missing_where_each_row_has_its_figure() {
        let cell = |row: usize, col: usize, row_span: usize| GridCell { row, col, row_span, col_span: 1 };
        let read = |second: f64| {
            let grid = Grid {
                xs: vec![0.0, 100.0, 200.0],
                ys: vec![0.0, 20.0, 40.0],
                cells: vec![cell(0, 0, 1), cell(0, 1, 2), cell(1, 0, 1)],
                owner: vec![0, 1, 2, 1],
                irregular: 0,
            };
            let texts = [
                write(5.0, 5.0, "wages"),
                [write(105.0, 5.0, "120"), write(105.0, second, "80")].concat(),
                write(5.0, 25.0, "total"),
            ];
            divide(grid, texts.iter().map(|t| t.iter().collect()).collect()).0.cells.len()
        };
        assert_eq!(read(25.0), 4);
        // The second line belongs to no row's level: one cell with two lines.
        assert_eq!(read(16.0), 3);
    }
}
