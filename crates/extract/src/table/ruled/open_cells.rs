//! Grids that rule their head but not their body: cells that hold a row of texts, one under each name, or a column of
//! lines, one beside each label.

use crate::model::{Direction, Glyph, Rect};
use crate::table::grid::{Grid, GridCell};
use crate::table::numbers::is_part;

/// Texts that stand at least this far apart (in font sizes) on a line are two.
const APART: f64 = 0.9;
/// Lines on one level are at most this far (in font sizes) from each other.
const LEVEL: f64 = 0.3;
/// Rows that are printed alike before the missing rules are believed.
const LEAST: usize = 2;
/// Lines of a cell that make rows.
const LEAST_LINES: usize = 3;
/// Columns that a row without upright rules goes over, and texts that it holds, at least.
const LEAST_COLUMNS: usize = 3;
/// Share of the smaller height by which glyphs of one line overlap.
const SAME_LINE: f64 = 0.5;
/// A text may reach this far (points) over the column's lines.
const OVERHANG: f64 = 1.0;
/// Share (in tenths) of the labels that must have a number beside them.
const TENTHS_FILLED: usize = 8;

/// Divides the grid's open cells; `contents` holds the glyphs of each cell and is divided with them.
pub(super) fn divide(grid: Grid, contents: Vec<Vec<&Glyph>>) -> (Grid, Vec<Vec<&Glyph>>) {
    let (grid, contents) = divide_columns(grid, contents);
    divide_rows(grid, contents)
}

/// A text on a line of a cell.
struct Text {
    bbox: Rect,
    number: bool,
}

/// The texts of a cell line by line, each line from left to right.
fn lines_of(glyphs: &[&Glyph]) -> Vec<Vec<Text>> {
    let mut sorted: Vec<&Glyph> = glyphs.iter().copied().filter(|g| g.direction == Direction::Right).collect();
    sorted.sort_by(|a, b| a.bbox.center_y().total_cmp(&b.bbox.center_y()));
    let mut levels: Vec<(Rect, Vec<&Glyph>)> = Vec::new();
    for glyph in sorted {
        match levels.last_mut() {
            Some((band, list)) if band.overlap_y(&glyph.bbox) > SAME_LINE * band.height().min(glyph.bbox.height()) => {
                list.push(glyph);
            }
            _ => levels.push((glyph.bbox, vec![glyph])),
        }
    }
    levels.into_iter().map(|(_, list)| texts_of(list)).collect()
}

fn texts_of(mut level: Vec<&Glyph>) -> Vec<Text> {
    level.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
    let mut out: Vec<Text> = Vec::new();
    for glyph in level {
        let number = glyph.text.chars().all(is_part);
        match out.last_mut() {
            Some(last) if glyph.bbox.x0 - last.bbox.x1 <= APART * glyph.size => {
                last.bbox = last.bbox.union(&glyph.bbox);
                last.number &= number;
            }
            _ => out.push(Text { bbox: glyph.bbox, number }),
        }
    }
    out
}

/// A row of one cell over several columns whose texts keep to these columns, some of them numbers, is a row of cells
/// without upright rules; one alone may be a sentence, two are not.
fn divide_columns(grid: Grid, contents: Vec<Vec<&Glyph>>) -> (Grid, Vec<Vec<&Glyph>>) {
    let open: Vec<bool> = grid.cells.iter().zip(&contents).map(|(c, g)| is_open_row(&grid, c, g)).collect();
    if open.iter().filter(|o| **o).count() < LEAST {
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

/// Whether a cell over several columns holds one line of texts that keep to the columns.
fn is_open_row(grid: &Grid, cell: &GridCell, glyphs: &[&Glyph]) -> bool {
    if cell.col_span < LEAST_COLUMNS {
        return false;
    }
    let lines = lines_of(glyphs);
    let [line] = lines.as_slice() else { return false };
    let fits = |t: &Text| {
        let col = column_at(grid, t.bbox.center_x());
        t.bbox.x0 >= grid.xs[col] - OVERHANG && t.bbox.x1 <= grid.xs[col + 1] + OVERHANG
    };
    let mut columns: Vec<usize> = line.iter().map(|t| column_at(grid, t.bbox.center_x())).collect();
    columns.dedup();
    let enough = 2 * line.len() > cell.col_span && line.len() >= LEAST_COLUMNS;
    enough && columns.len() == line.len() && line.iter().all(fits) && line.iter().any(|t| t.number)
}

/// A row whose cells hold as many lines as it has labels, numbers level with them, is as many rows without rules.
fn divide_rows(grid: Grid, contents: Vec<Vec<&Glyph>>) -> (Grid, Vec<Vec<&Glyph>>) {
    let plan: Vec<Vec<f64>> = (0..grid.rows()).map(|row| cuts_of(&grid, &contents, row)).collect();
    if plan.iter().all(Vec::is_empty) {
        return (grid, contents);
    }
    let mut ys: Vec<f64> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    for (row, cuts) in plan.iter().enumerate() {
        starts.push(ys.len());
        ys.push(grid.ys[row]);
        ys.extend(cuts);
    }
    starts.push(ys.len());
    ys.extend(grid.ys.last());
    let mut cells: Vec<(GridCell, Vec<&Glyph>)> = Vec::new();
    for (cell, glyphs) in grid.cells.iter().zip(contents) {
        let cuts = &plan[cell.row];
        let (row, end) = (starts[cell.row], starts[cell.row + cell.row_span]);
        if cell.row_span > 1 || cuts.is_empty() || lines_of(&glyphs).len() == 1 {
            cells.push((GridCell { row, row_span: end - row, ..*cell }, glyphs));
            continue;
        }
        let mut parts: Vec<Vec<&Glyph>> = vec![Vec::new(); cuts.len() + 1];
        for glyph in glyphs {
            parts[cuts.partition_point(|y| *y <= glyph.bbox.center_y())].push(glyph);
        }
        for (at, part) in parts.into_iter().enumerate() {
            cells.push((GridCell { row: row + at, row_span: 1, ..*cell }, part));
        }
    }
    let (divided, contents) = Grid::of_cells(grid.xs, ys, cells);
    (Grid { irregular: grid.irregular, ..divided }, contents)
}

/// The y at which a row is to be cut; none when it is one row.
fn cuts_of(grid: &Grid, contents: &[Vec<&Glyph>], row: usize) -> Vec<f64> {
    let here: Vec<usize> = (0..grid.cells.len()).filter(|&i| grid.cells[i].row == row).collect();
    if here.len() < 2 || here.iter().any(|&i| grid.cells[i].row_span > 1) {
        return Vec::new();
    }
    let lines: Vec<Vec<Vec<Text>>> = here.iter().map(|&i| lines_of(&contents[i])).collect();
    let plain = |cell: &Vec<Vec<Text>>| cell.iter().all(|line| line.len() == 1);
    let Some(labels) = lines.iter().max_by_key(|cell| cell.len()).filter(|cell| plain(cell)) else { return Vec::new() };
    let Some(first) = lines.first().filter(|cell| cell.len() == labels.len() && cell.len() >= LEAST_LINES) else {
        return Vec::new();
    };
    let level = |a: &Text, b: &Text| (a.bbox.center_y() - b.bbox.center_y()).abs() <= LEVEL * a.bbox.height();
    let beside = |cell: &Vec<Vec<Text>>| {
        let numbers = cell.iter().all(|line| line.len() == 1 && line[0].number);
        numbers && cell.len() >= LEAST_LINES && cell.iter().all(|l| first.iter().any(|f| level(&f[0], &l[0])))
    };
    let words = first.iter().filter(|line| !line[0].number).count();
    // Every other cell must be a column of numbers beside the labels, and most labels must have one.
    if words * 2 < first.len() || !lines[1..].iter().all(|cell| cell.is_empty() || beside(cell)) {
        return Vec::new();
    }
    let fullest = lines[1..].iter().map(Vec::len).max().unwrap_or(0);
    if fullest * 10 < first.len() * TENTHS_FILLED {
        return Vec::new();
    }
    first.windows(2).map(|w| f64::midpoint(w[0][0].bbox.y1, w[1][0].bbox.y0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    fn cell(row: usize, col: usize, col_span: usize) -> GridCell {
        GridCell { row, col, row_span: 1, col_span }
    }

    fn shape(grid: &Grid) -> (usize, usize, usize) {
        (grid.rows(), grid.cols(), grid.cells.len())
    }

    #[test]
    fn rows_without_upright_rules_are_divided_under_the_head() {
        let xs = vec![0.0, 100.0, 200.0, 300.0];
        let grid = |rows: usize| Grid {
            xs: xs.clone(),
            ys: (0..=rows).map(|r| 20.0 * r as f64).collect(),
            cells: (0..rows).map(|r| cell(r, 0, 3)).collect(),
            owner: vec![0; 3 * rows],
            irregular: 0,
        };
        let row = |y: f64| [write(5.0, y, "Austria"), write(120.0, y, "109"), write(220.0, y, "0.9")].concat();
        let (first, second) = (row(5.0), row(25.0));
        let contents = vec![first.iter().collect(), second.iter().collect()];
        let (divided, parts) = divide(grid(2), contents);
        assert_eq!(shape(&divided), (2, 3, 6));
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [7, 3, 3, 7, 3, 3]);
        // One such row may be a sentence with wide blanks.
        assert_eq!(shape(&divide(grid(1), vec![first.iter().collect()]).0), (1, 3, 1));
    }

    #[test]
    fn lines_with_numbers_beside_them_are_rows() {
        let grid = || Grid {
            xs: vec![0.0, 100.0, 200.0],
            ys: vec![0.0, 60.0],
            cells: vec![cell(0, 0, 1), cell(0, 1, 1)],
            owner: vec![0, 1],
            irregular: 0,
        };
        let labels = [write(5.0, 5.0, "Bulgaria"), write(5.0, 20.0, "Cyprus"), write(5.0, 35.0, "Malta")].concat();
        let numbers = [write(150.0, 5.0, "2.3"), write(150.0, 20.0, "0.21"), write(150.0, 35.0, "8.8")].concat();
        let (divided, parts) = divide(grid(), vec![labels.iter().collect(), numbers.iter().collect()]);
        assert_eq!(shape(&divided), (3, 2, 6));
        assert_eq!(parts[3].len(), 4);
        // A label over three lines beside one number stays one row.
        let one = write(150.0, 20.0, "8.8");
        assert_eq!(shape(&divide(grid(), vec![labels.iter().collect(), one.iter().collect()]).0), (1, 2, 2));
    }
}
