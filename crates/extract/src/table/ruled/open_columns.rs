//! Rows of a grid without upright rules between their texts: the columns are those of the grid's other rows.

use super::cell_lines::{Text, lines_of};
use crate::model::Glyph;
use crate::table::grid::{Grid, GridCell};

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
    let lines: Vec<Lines> = grid
        .cells
        .iter()
        .zip(&contents)
        .map(|(cell, glyphs)| if cell.col_span > 1 { lines_of(glyphs) } else { Vec::new() })
        .collect();
    let open: Vec<bool> = (0..grid.cells.len()).map(|at| is_open(&grid, &lines, at)).collect();
    if !open.contains(&true) {
        return (grid, contents);
    }
    let mut cells: Vec<(GridCell, Vec<&Glyph>)> = Vec::new();
    for ((cell, glyphs), open) in grid.cells.iter().zip(contents).zip(open) {
        if !open {
            cells.push((*cell, glyphs));
            continue;
        }
        let mut parts: Vec<Vec<&Glyph>> = vec![Vec::new(); cell.col_span];
        for glyph in glyphs {
            let col = column_at(&grid, glyph.bbox.center_x()).clamp(cell.col, cell.col + cell.col_span - 1);
            parts[col - cell.col].push(glyph);
        }
        for (at, part) in parts.into_iter().enumerate() {
            cells.push((GridCell { col: cell.col + at, col_span: 1, ..*cell }, part));
        }
    }
    let (divided, contents) = Grid::of_cells(grid.xs, grid.ys, cells);
    (Grid { irregular: grid.irregular, ..divided }, contents)
}

fn column_at(grid: &Grid, x: f64) -> usize {
    grid.xs.partition_point(|&b| b <= x).clamp(1, grid.cols().max(1)) - 1
}

/// Whether a cell over several columns is a row, or several, without upright rules.
fn is_open(grid: &Grid, lines: &[Lines], at: usize) -> bool {
    let cell = &grid.cells[at];
    if cell.col_span < 2 || lines[at].is_empty() || !lines[at].iter().all(|line| fits(grid, line)) {
        return false;
    }
    let alike = || (0..lines.len()).filter(|&i| (grid.cells[i].col, grid.cells[i].col_span) == (cell.col, cell.col_span));
    let rows = || alike().flat_map(|i| &lines[i]);
    let known = |line: &&Vec<Text>| is_row(grid, cell, line);
    let across = rows().filter(|line| line.len() > 1 && !fits(grid, line)).count();
    let proven = rows().filter(known).count();
    if proven < LEAST || across * SLIPS > proven || !ends_alike(&rows().filter(known).collect::<Vec<_>>()) {
        return false;
    }
    // A lone text in the middle of them all is a heading.
    let [line] = lines[at].as_slice() else { return true };
    let [only] = line.as_slice() else { return true };
    let frame = grid.cell_box(cell);
    only.number || (only.bbox.center_x() - frame.center_x()).abs() > CENTRED * only.size
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
        others.clone().any(|b| near(a.bbox.x1, b.bbox.x1) || near(a.bbox.x0, b.bbox.x0) || near(a.bbox.center_x(), b.bbox.center_x()))
    };
    numbers.iter().enumerate().any(alike)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Direction, Rect};

    fn write(x: f64, y: f64, text: &str) -> Vec<Glyph> {
        let glyph = |(i, c): (usize, char)| Glyph {
            text: c.to_string(),
            bbox: Rect::new(x + 5.0 * i as f64, y, x + 5.0 * (i + 1) as f64, y + 10.0),
            size: 10.0,
            direction: Direction::Right,
            hidden: false,
        };
        text.chars().enumerate().map(glyph).collect()
    }

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
