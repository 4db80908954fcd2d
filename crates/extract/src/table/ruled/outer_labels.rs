//! Labels that stand left of a box of figures, outside its lines: they are its first column.

use super::cell_lines::lines_of;
use crate::model::{Direction, Glyph};
use crate::table::grid::{Grid, GridCell};
use crate::text::figures;

/// Rows that a box has at least.
const FEWEST_ROWS: usize = 3;
/// Share (in tenths) of its rows that must have a label.
const TENTHS_LABELLED: usize = 6;
/// A label ends at most this far (font sizes) left of the box.
const NEAR: f64 = 12.0;
/// A label may reach this far (points) over the box's edge.
const OVERHANG: f64 = 1.0;
/// Room (points) left of the labels.
const MARGIN: f64 = 2.0;

/// Gives a box whose first column holds figures alone the labels beside it; they are taken from `rest`.
pub(super) fn take_in<'g>(
    grid: Grid,
    contents: Vec<Vec<&'g Glyph>>,
    rest: &mut Vec<&'g Glyph>,
) -> (Grid, Vec<Vec<&'g Glyph>>) {
    let frame = grid.bbox();
    let beside = |g: &Glyph| {
        let level = g.bbox.center_y() > frame.y0 && g.bbox.center_y() < frame.y1;
        g.direction == Direction::Right && level && g.bbox.x1 <= frame.x0 + OVERHANG
    };
    if grid.rows() < FEWEST_ROWS || !rest.iter().any(|g| beside(g)) || !begins_with_figures(&grid, &contents) {
        return (grid, contents);
    }
    let mut labels: Vec<Vec<&Glyph>> = vec![Vec::new(); grid.rows()];
    for glyph in rest.iter().filter(|g| beside(g)) {
        let row = grid.ys.partition_point(|&y| y <= glyph.bbox.center_y()).clamp(1, grid.rows()) - 1;
        labels[row].push(glyph);
    }
    if !are_labels(&labels, frame.x0) {
        return (grid, contents);
    }
    let left = labels.iter().flatten().map(|g| g.bbox.x0).fold(frame.x0, f64::min) - MARGIN;
    rest.retain(|g| !beside(g));
    let xs: Vec<f64> = [left].into_iter().chain(grid.xs).collect();
    let first = labels.into_iter().enumerate();
    let first = first.map(|(row, label)| (GridCell { row, col: 0, row_span: 1, col_span: 1 }, label));
    let others = grid.cells.into_iter().map(|cell| GridCell { col: cell.col + 1, ..cell }).zip(contents);
    let (wider, contents) = Grid::of_cells(xs, grid.ys, first.chain(others).collect());
    (Grid { irregular: grid.irregular, ..wider }, contents)
}

/// Whether the first column holds figures below its head, and no words.
fn begins_with_figures(grid: &Grid, contents: &[Vec<&Glyph>]) -> bool {
    let below =
        grid.cells.iter().zip(contents).filter(|(cell, glyphs)| cell.col == 0 && cell.row > 0 && !glyphs.is_empty());
    let texts: Vec<String> = below.map(|(_, glyphs)| glyphs.iter().map(|g| g.text.as_str()).collect()).collect();
    texts.len() >= FEWEST_ROWS - 1 && texts.iter().all(|text| figures::count(text) == 1 && !is_ordinal(text))
}

/// Whether a figure may be a code or an ordinal, which names a row by itself.
fn is_ordinal(text: &str) -> bool {
    !text.contains(['.', ','])
}

/// Whether most rows have one text each, with words, near the box.
fn are_labels(labels: &[Vec<&Glyph>], edge: f64) -> bool {
    let single = |row: &&Vec<&Glyph>| {
        let lines = lines_of(row);
        let near = lines.iter().flatten().any(|t| edge - t.bbox.x1 <= NEAR * t.size);
        let words = lines.iter().flatten().any(|t| t.letters.chars().any(char::is_alphabetic));
        near && words && lines.iter().all(|line| line.len() == 1)
    };
    let filled = labels.iter().filter(|row| !row.is_empty()).count();
    let named = labels.iter().filter(single).count();
    named == filled && 10 * named >= TENTHS_LABELLED * labels.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::ruled::fixture::write;

    /// The columns of a box of figures with texts beside its rows.
    fn columns(figures: [&str; 4], beside: &[&str]) -> usize {
        let cells: Vec<GridCell> = (0..4).map(|row| GridCell { row, col: 0, row_span: 1, col_span: 1 }).collect();
        let ys = (0..5).map(|y| 20.0 * f64::from(y)).collect();
        let grid = Grid { xs: vec![200.0, 300.0], ys, owner: (0..4).collect(), cells, irregular: 0 };
        let row = |r: usize| 20.0 * r as f64 + 5.0;
        let texts: Vec<Vec<Glyph>> = figures.iter().enumerate().map(|(r, t)| write(220.0, row(r), t)).collect();
        let labels: Vec<Glyph> = beside.iter().enumerate().flat_map(|(r, t)| write(120.0, row(r), t)).collect();
        let mut rest: Vec<&Glyph> = labels.iter().collect();
        take_in(grid, texts.iter().map(|t| t.iter().collect()).collect(), &mut rest).0.cols()
    }

    #[test]
    fn labels_beside_a_box_of_figures_are_its_first_column() {
        let labels = ["item", "wages", "goods", "total"];
        assert_eq!(columns(["budget", "1.00", "2.00", "3.00"], &labels), 2);
        assert_eq!(columns(["budget", "wages", "2.00", "3.00"], &labels), 1);
        assert_eq!(columns(["budget", "1.00", "2.00", "3.00"], &labels[..1]), 1);
        assert_eq!(columns(["no", "1", "2", "3"], &labels), 1);
    }
}
