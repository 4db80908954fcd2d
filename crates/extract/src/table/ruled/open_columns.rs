//! Rows of a grid without upright rules between their texts: the columns are those of the grid's other rows.

use super::apart::{self, Into, column_at};
use super::cell_lines::{Text, has_gaps, lines_of};
use crate::model::Glyph;
use crate::table::grid::{Grid, GridCell};
use std::collections::BTreeMap;

/// Rows that are printed alike before the missing rules are believed.
const LEAST: usize = 2;
/// Columns that a row without upright rules goes over, and texts that it holds, at least, to be known by itself.
const LEAST_COLUMNS: usize = 3;
/// A text may reach this far (points) over the column's lines.
const OVERHANG: f64 = 1.0;
/// Rows whose texts stand across the columns, in so many rows with several texts, show that these are not theirs.
const SLIPS: usize = 5;
/// A text in the middle of its merged cell is off by less than this (font sizes).
const CENTRED: f64 = 0.5;

/// The lines of texts of a merged cell.
type Lines = Vec<Vec<Text>>;

/// Divides the grid's cells over several columns; `contents` holds the glyphs of each cell and is divided with them.
///
/// Cells over the same columns whose texts keep to these columns, some of them numbers, are rows of cells; one alone
/// may be a sentence with wide blanks, two are not. A text in the middle of all its columns stays a heading.
pub(super) fn divide(grid: Grid, contents: Vec<Vec<&Glyph>>) -> (Grid, Vec<Vec<&Glyph>>) {
    let merged = |(cell, glyphs): (&GridCell, &Vec<&Glyph>)| cell.col_span > 1 && has_gaps(glyphs);
    if !grid.cells.iter().zip(&contents).any(merged) {
        return (grid, contents);
    }
    let lines: Vec<Lines> = contents.iter().map(|glyphs| lines_of(glyphs)).collect();
    let mut proven: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    let mut is_open_at = |at: usize| {
        let cell = &grid.cells[at];
        let alike = cell.col_span > 1
            && *proven.entry((cell.col, cell.col_span)).or_insert_with(|| has_rows(&grid, &lines, cell));
        cell.col_span > 1 && is_open(&grid, &lines, at, alike)
    };
    let open: Vec<bool> = (0..grid.cells.len()).map(&mut is_open_at).collect();
    apart::divide(grid, contents, &open, Into::Columns)
}

/// Whether the cells over the same columns as one show rows without upright rules.
fn has_rows(grid: &Grid, lines: &[Lines], cell: &GridCell) -> bool {
    let alike = (0..lines.len()).filter(|&i| (grid.cells[i].col, grid.cells[i].col_span) == (cell.col, cell.col_span));
    let rows: Vec<&Vec<Text>> = alike.flat_map(|i| &lines[i]).collect();
    let across = rows.iter().filter(|line| line.len() > 1 && !fits(grid, line)).count();
    let proven: Vec<&Vec<Text>> = rows.into_iter().filter(|line| is_row(grid, cell, line)).collect();
    proven.len() >= LEAST && across * SLIPS <= proven.len() && ends_alike(&proven)
}

/// Whether a cell over several columns is a row, or several, without upright rules; `alike`: see [`has_rows`].
fn is_open(grid: &Grid, lines: &[Lines], at: usize, alike: bool) -> bool {
    let cell = &grid.cells[at];
    if lines[at].is_empty() || !lines[at].iter().all(|line| fits(grid, line)) {
        return false;
    }
    if !alike {
        return is_between_neighbours(grid, lines, at);
    }
    // A lone text in the middle of them all is a heading.
    let [line] = lines[at].as_slice() else { return true };
    let [only] = line.as_slice() else { return true };
    let frame = grid.cell_box(cell);
    only.number || (only.bbox.center_x() - frame.center_x()).abs() > CENTRED * only.size
}

/// Whether a cell's texts are figures of several columns, each of which ends, or begins, where figures above or below it
/// do: a piece of the line between them is missing.
fn is_between_neighbours(grid: &Grid, lines: &[Lines], at: usize) -> bool {
    let [line] = lines[at].as_slice() else { return false };
    let near = |a: f64, b: f64| (a - b).abs() <= OVERHANG;
    let keeps = |text: &Text| {
        let col = column_at(grid, text.bbox.center_x());
        let column = (0..lines.len()).filter(|&i| grid.cells[i].col == col && grid.cells[i].col_span == 1);
        let texts: Vec<&Text> = column.flat_map(|i| &lines[i]).flatten().filter(|t| t.number).collect();
        let alike = texts.iter().filter(|t| near(t.bbox.x1, text.bbox.x1) || near(t.bbox.x0, text.bbox.x0)).count();
        alike >= LEAST
    };
    line.len() == grid.cells[at].col_span && line.iter().all(|text| text.number && keeps(text))
}

/// Whether the texts of a line keep to the columns, one to each.
fn fits(grid: &Grid, line: &[Text]) -> bool {
    let mut columns: Vec<usize> = line.iter().map(|t| column_at(grid, t.bbox.center_x())).collect();
    columns.dedup();
    let within = |t: &Text| {
        let col = column_at(grid, t.bbox.center_x());
        t.bbox.x0 >= grid.xs[col] - OVERHANG && t.bbox.x1 <= grid.xs[col + 1] + OVERHANG
    };
    columns.len() == line.len() && line.iter().all(within)
}

/// Whether a line shows by itself that it is a row: texts in most columns, or a label with numbers, each in a column.
fn is_row(grid: &Grid, cell: &GridCell, line: &[Text]) -> bool {
    let numbers = line.iter().filter(|t| t.number).count();
    let most = 2 * line.len() > cell.col_span && line.len() >= LEAST_COLUMNS;
    let labelled = line.len() >= 2 && numbers + 1 == line.len() && !line[0].number;
    fits(grid, line) && numbers > 0 && (most || labelled)
}

/// Whether the last texts of at least two rows end, or begin, at one place: a column, where a sentence's blanks are
/// anywhere.
fn ends_alike(rows: &[&Vec<Text>]) -> bool {
    let numbers: Vec<&Text> = rows.iter().flat_map(|row| row.iter().skip(1)).filter(|t| t.number).collect();
    let near = |a: f64, b: f64| (a - b).abs() <= OVERHANG;
    let alike = |(at, a): (usize, &&Text)| {
        let others = numbers.iter().skip(at + 1);
        others.clone().any(|b| {
            near(a.bbox.x1, b.bbox.x1) || near(a.bbox.x0, b.bbox.x0) || near(a.bbox.center_x(), b.bbox.center_x())
        })
    };
    numbers.iter().enumerate().any(alike)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::ruled::fixture::write;

    /// Rows of one cell each over three columns of 100, with texts at (x, text).
    fn read(rows: &[&[(f64, &str)]]) -> Vec<usize> {
        let glyphs: Vec<Vec<Glyph>> = rows
            .iter()
            .enumerate()
            .map(|(row, texts)| texts.iter().flat_map(|(x, t)| write(*x, 20.0 * row as f64 + 5.0, t)).collect())
            .collect();
        let cells = (0..rows.len()).map(|row| GridCell { row, col: 0, row_span: 1, col_span: 3 }).collect();
        let grid = Grid {
            xs: vec![0.0, 100.0, 200.0, 300.0],
            ys: (0..=rows.len()).map(|r| 20.0 * r as f64).collect(),
            cells,
            owner: (0..3 * rows.len()).map(|at| at / 3).collect(),
            irregular: 0,
        };
        let (grid, _) = divide(grid, glyphs.iter().map(|g| g.iter().collect()).collect());
        (0..rows.len()).map(|row| grid.cells.iter().filter(|c| c.row == row).count()).collect()
    }

    #[test]
    fn rows_without_upright_rules_are_divided_under_the_head() {
        let row: &[(f64, &str)] = &[(5.0, "Austria"), (120.0, "109"), (220.0, "0.9")];
        assert_eq!(read(&[row, row]), [3, 3]);
        // One such row may be a sentence with wide blanks.
        assert_eq!(read(&[row]), [1]);
    }

    #[test]
    fn rows_with_blank_amounts_are_divided_with_the_others() {
        let rows: [&[(f64, &str)]; 5] = [
            &[(5.0, "wages"), (170.0, "100.00")],
            &[(5.0, "goods"), (275.0, "40.00")],
            &[(5.0, "people")],
            &[(110.0, "a heading in its middle")],
            &[(5.0, "total"), (170.0, "120.00"), (270.0, "130.00")],
        ];
        assert_eq!(read(&rows), [3, 3, 3, 1, 3]);
    }
}
