//! Columns of a grid that hold two columns of texts: the line between them is missing.

use super::cell_lines::{Text, has_gaps, lines_of};
use crate::model::Glyph;
use crate::table::grid::{Grid, GridCell};

/// Rows with a figure on either side of the missing line.
const LEAST: usize = 2;
/// Least width (font sizes) of the gap that runs down between the texts.
const GAP: f64 = 0.9;
/// Share (in tenths) of the texts that stand apart on a line, in a column whose line is missing.
const TENTHS: usize = 5;

/// Divides the columns of the grid; `contents` holds the glyphs of each cell and is divided with them.
pub(super) fn divide(grid: Grid, contents: Vec<Vec<&Glyph>>) -> (Grid, Vec<Vec<&Glyph>>) {
    let seams: Vec<Option<f64>> = (0..grid.cols()).map(|col| seam(&grid, &contents, col)).collect();
    if seams.iter().all(Option::is_none) {
        return (grid, contents);
    }
    let mut xs: Vec<f64> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    for (col, seam) in seams.iter().enumerate() {
        starts.push(xs.len());
        xs.push(grid.xs[col]);
        xs.extend(seam);
    }
    starts.push(xs.len());
    xs.extend(grid.xs.last());
    let mut cells: Vec<(GridCell, Vec<&Glyph>)> = Vec::new();
    for (cell, glyphs) in grid.cells.iter().zip(contents) {
        let (col, end) = (starts[cell.col], starts[cell.col + cell.col_span]);
        let seam = seams[cell.col].filter(|_| cell.col_span == 1);
        let across = |x: f64| lines_of(&glyphs).iter().flatten().any(|t| t.bbox.x0 < x && t.bbox.x1 > x);
        match seam.filter(|x| !across(*x)) {
            Some(x) => {
                let (left, right): (Vec<&Glyph>, Vec<&Glyph>) = glyphs.into_iter().partition(|g| g.bbox.center_x() < x);
                cells.push((GridCell { col, ..*cell }, left));
                cells.push((GridCell { col: col + 1, ..*cell }, right));
            }
            None => cells.push((GridCell { col, col_span: end - col, ..*cell }, glyphs)),
        }
    }
    let (divided, contents) = Grid::of_cells(xs, grid.ys, cells);
    (Grid { irregular: grid.irregular, ..divided }, contents)
}

/// Where a column is to be cut: a gap runs down between its texts, wherever two figures, or two names, share a cell.
fn seam(grid: &Grid, contents: &[Vec<&Glyph>], col: usize) -> Option<f64> {
    let here = || (0..grid.cells.len()).filter(|&i| grid.cells[i].col == col && grid.cells[i].col_span == 1);
    if here().filter(|&i| has_gaps(&contents[i])).count() < LEAST {
        return None;
    }
    let lines: Vec<Vec<Text>> = here().flat_map(|i| lines_of(&contents[i])).collect();
    let figures = |line: &&Vec<Text>| line.len() == 2 && line.iter().all(|t| t.number);
    let pairs: Vec<&Vec<Text>> = lines.iter().filter(figures).collect();
    let shares = lines.iter().filter(|line| line.len() == 2).count();
    if pairs.len() < LEAST || 10 * shares < TENTHS * lines.len() || lines.iter().any(|line| line.len() > 2) {
        return None;
    }
    let size = pairs.iter().map(|p| p[0].size).fold(0.0, f64::max);
    let gap = |pairs: &[&Vec<Text>]| {
        let from = pairs.iter().map(|p| p[0].bbox.x1).fold(f64::NEG_INFINITY, f64::max);
        let to = pairs.iter().map(|p| p[1].bbox.x0).fold(f64::INFINITY, f64::min);
        (to - from >= GAP * size).then_some(f64::midpoint(from, to))
    };
    let shared: Vec<&Vec<Text>> = lines.iter().filter(|line| line.len() == 2).collect();
    let x = gap(&shared).or_else(|| gap(&pairs))?;
    // A name over both columns may stand across the gap; a figure may not.
    let clear = lines.iter().flatten().all(|t| !t.number || t.bbox.x1 <= x || t.bbox.x0 >= x);
    clear.then_some(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::ruled::fixture::write;

    /// Rows of one cell, 200 wide, with texts at (x, text): the number of cells in each.
    fn read(rows: &[&[(f64, &str)]]) -> Vec<usize> {
        let glyphs: Vec<Vec<Glyph>> = rows
            .iter()
            .enumerate()
            .map(|(row, texts)| texts.iter().flat_map(|(x, t)| write(*x, 20.0 * row as f64 + 5.0, t)).collect())
            .collect();
        let grid = Grid {
            xs: vec![0.0, 200.0],
            ys: (0..=rows.len()).map(|r| 20.0 * r as f64).collect(),
            cells: (0..rows.len()).map(|row| GridCell { row, col: 0, row_span: 1, col_span: 1 }).collect(),
            owner: (0..rows.len()).collect(),
            irregular: 0,
        };
        let (grid, _) = divide(grid, glyphs.iter().map(|g| g.iter().collect()).collect());
        (0..rows.len()).map(|row| grid.cells.iter().filter(|c| c.row == row).count()).collect()
    }

    #[test]
    fn a_gap_between_figures_is_a_missing_line() {
        let rows: [&[(f64, &str)]; 4] = [
            &[(30.0, "2024"), (130.0, "2023")],
            &[(60.0, "120"), (170.0, "80")],
            &[(65.0, "35")],
            &[(20.0, "one name over both of them")],
        ];
        assert_eq!(read(&rows), [2, 2, 2, 1]);
        // The gap of one row is no line, nor are gaps at other places.
        assert_eq!(read(&rows[1..]), [1, 1, 1]);
        assert_eq!(read(&[&[(10.0, "120"), (40.0, "80")], &[(100.0, "120"), (170.0, "80")]]), [1, 1]);
    }
}
