//! Figures that stand over a line: digits that stand together are one figure and belong to one cell.

use super::home::Home;
use crate::model::{Direction, Glyph, Rect};
use crate::table::grid::Grid;
use crate::text::figures::{self, is_digit, is_figure_part};

/// Glyphs of one line have their lower edges within this share of the font size.
const SAME_LINE: f64 = 0.25;
/// Glyphs of one figure overlap by no more than this (font sizes) …
const CLOSE: f64 = 0.2;
/// … and leave a gap of no more than this: the figures of narrow columns stand nearly as close.
const GAP: f64 = 0.12;
/// Figures of a column keep to one edge within this (font sizes).
const ALIGNED: f64 = 0.15;
/// So many figures that keep to an edge make it the column's.
const KEEPING: usize = 2;
/// Characters of two amounts at most.
const LONGEST: usize = 60;
/// Figures of a page that lines part, at most; with more it is a drawing.
const MOST_PARTED: usize = 1_000;
/// Share of its width that a figure has in a grid at least to belong to it.
const INSIDE: f64 = 0.3;

/// A figure: glyphs that stand together on one line.
struct Figure {
    glyphs: Vec<usize>,
    bbox: Rect,
    size: f64,
}

/// Gives all glyphs of a figure that lines part one home: the cell of the column whose edge the figure keeps to, else
/// that in which most of it stands. A cell that holds a figure on that line already does not take a second one where
/// there is another cell for it.
pub(super) fn keep_whole(grids: &[Grid], glyphs: &[Glyph], homes: &mut [Home]) {
    if grids.is_empty() {
        return;
    }
    let (parted, whole): (Vec<Figure>, Vec<Figure>) =
        figures(glyphs).into_iter().partition(|f| f.glyphs.windows(2).any(|w| homes[w[0]] != homes[w[1]]));
    if parted.is_empty() || parted.len() > MOST_PARTED {
        return;
    }
    let settled: Vec<(Home, &Figure)> = whole.iter().map(|f| (f.glyphs.first().and_then(|&i| homes[i]), f)).collect();
    for figure in &parted {
        let home = best_home(grids, glyphs, homes, figure, &settled);
        for &index in &figure.glyphs {
            homes[index] = home;
        }
    }
}

/// The figures of a page, one glyph or more each, in drawing order.
fn figures(glyphs: &[Glyph]) -> Vec<Figure> {
    let mut out: Vec<Figure> = Vec::new();
    let mut start = 0;
    for run in glyphs.chunk_by(stand_together).flat_map(at_seam) {
        let bbox = run.iter().map(|g| g.bbox).reduce(|a, b| a.union(&b));
        if let Some(bbox) = bbox.filter(|_| run.iter().all(is_part) && run.iter().any(|g| g.text.chars().any(is_digit)))
        {
            let size = run.iter().map(|g| g.size).fold(Glyph::SMALLEST, f64::max);
            out.push(Figure { glyphs: (start..start + run.len()).collect(), bbox, size });
        }
        start += run.len();
    }
    out
}

/// A run of figure characters, or the two amounts that it is.
fn at_seam(run: &[Glyph]) -> impl Iterator<Item = &[Glyph]> {
    let texts: Vec<&str> = run.iter().map(|g| g.text.as_str()).collect();
    let longest = run.len() <= LONGEST;
    let (first, second) = run.split_at(if longest { figures::seam(&texts).unwrap_or(run.len()) } else { run.len() });
    [first, second].into_iter().filter(|part| !part.is_empty())
}

/// Whether a glyph stands in a figure.
fn is_part(glyph: &Glyph) -> bool {
    glyph.direction == Direction::Right && !glyph.text.is_empty() && glyph.text.chars().all(is_figure_part)
}

/// Whether a figure goes on with a glyph: on one line, right behind it; a bracket opens a figure or closes it.
fn stand_together(a: &Glyph, b: &Glyph) -> bool {
    let size = a.size.max(Glyph::SMALLEST);
    let gap = b.bbox.x0 - a.bbox.x1;
    let level = (a.bbox.y1 - b.bbox.y1).abs() <= SAME_LINE * size;
    let bracket = b.text.starts_with(['(', '（']) || a.text.ends_with([')', '）']);
    is_part(a) && is_part(b) && level && !bracket && (-CLOSE * size..=GAP * size).contains(&gap)
}

/// What speaks for a cell: whether nothing else stands there on this line, whether its column holds figures, how many of
/// them keep to the same edge, and the figure's width in it.
type Evidence = (bool, bool, usize, f64);

fn best_home(grids: &[Grid], glyphs: &[Glyph], homes: &[Home], figure: &Figure, settled: &[(Home, &Figure)]) -> Home {
    let mut widths: Vec<((usize, usize), f64)> = Vec::new();
    for &index in &figure.glyphs {
        let Some(home) = homes[index] else { continue };
        match widths.iter_mut().find(|(other, _)| *other == home) {
            Some((_, width)) => *width += glyphs[index].bbox.width(),
            None => widths.push((home, glyphs[index].bbox.width())),
        }
    }
    let inside: f64 = widths.iter().map(|(_, width)| width).sum();
    if inside < INSIDE * figure.bbox.width() {
        return None;
    }
    if let [(only, _)] = widths.as_slice() {
        return Some(*only);
    }
    let of_cell = |((grid, cell), width): &((usize, usize), f64)| -> ((usize, usize), Evidence) {
        let own = &grids[*grid].cells[*cell];
        let in_column = |home: &Home| {
            home.filter(|(g, _)| g == grid)
                .map(|(_, at)| &grids[*grid].cells[at])
                .is_some_and(|place| (place.col, place.col_span) == (own.col, own.col_span) && place.row != own.row)
        };
        let figures: Vec<&&Figure> =
            settled.iter().filter(|(home, _)| in_column(home)).map(|(_, other)| other).collect();
        let keeping = figures.iter().filter(|other| keeps_edge(figure, other)).count();
        let digits: usize = figures.iter().map(|other| other.glyphs.len()).sum();
        let all = homes.iter().filter(|home| in_column(home)).count();
        let free = is_free((*grid, *cell), glyphs, homes, figure);
        let keeping = if keeping >= KEEPING { keeping } else { 0 };
        ((*grid, *cell), (free, 2 * digits > all, keeping, *width))
    };
    let candidates = widths.iter().map(of_cell);
    let better = |a: &Evidence, b: &Evidence| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then(a.3.total_cmp(&b.3));
    candidates.max_by(|a, b| better(&a.1, &b.1)).map(|(home, _)| home)
}

/// Whether nothing else stands in a cell on the figure's line; text that the figure touches may be of one piece with it.
fn is_free(home: (usize, usize), glyphs: &[Glyph], homes: &[Home], figure: &Figure) -> bool {
    let own = figure.glyphs.first().copied().unwrap_or(0)..=figure.glyphs.last().copied().unwrap_or(0);
    let beside = |g: &Glyph| g.bbox.overlap_y(&figure.bbox) > SAME_LINE * g.bbox.height();
    let here = (0..glyphs.len()).filter(|i| homes[*i] == Some(home) && !own.contains(i) && beside(&glyphs[*i]));
    let around = here.map(|i| glyphs[i].bbox).reduce(|a, b| a.union(&b));
    around.is_none_or(|b| b.overlap_x(&figure.bbox).abs() < CLOSE * figure.size)
}

/// Whether two figures keep to one edge, or to one middle.
fn keeps_edge(a: &Figure, b: &Figure) -> bool {
    let near = |x: f64, y: f64| (x - y).abs() <= ALIGNED * a.size;
    let same_width = near(a.bbox.width(), b.bbox.width());
    near(a.bbox.x1, b.bbox.x1)
        || near(a.bbox.x0, b.bbox.x0)
        || !same_width && near(a.bbox.center_x(), b.bbox.center_x())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::grid::GridCell;
    use crate::table::ruled::fixture::write;

    /// One row of two cells to each 20 points, 0–100 and 100–200.
    fn grid(rows: usize) -> Grid {
        let cell = |i: usize| GridCell { row: i / 2, col: i % 2, row_span: 1, col_span: 1 };
        let cells: Vec<GridCell> = (0..2 * rows).map(cell).collect();
        let ys = (0..=rows).map(|r| 20.0 * r as f64).collect();
        Grid { xs: vec![0.0, 100.0, 200.0], ys, owner: (0..cells.len()).collect(), cells, irregular: 0 }
    }

    /// The home of every glyph by its middle, mended.
    fn homes(grid: &Grid, glyphs: &[Glyph]) -> Vec<Home> {
        let at = |g: &Glyph| grid.cell_at(g.bbox.center_x(), g.bbox.center_y()).map(|cell| (0, cell));
        let mut homes: Vec<Home> = glyphs.iter().map(at).collect();
        keep_whole(std::slice::from_ref(grid), glyphs, &mut homes);
        homes
    }

    #[test]
    fn a_figure_over_a_line_stands_where_most_of_it_does() {
        assert_eq!(homes(&grid(1), &write(172.0, 5.0, "234.06")), vec![Some((0, 1)); 6]);
        assert_eq!(homes(&grid(1), &write(95.0, 5.0, "1,000.50")), vec![Some((0, 1)); 8]);
        // A page number beside the table is none of it.
        assert_eq!(homes(&grid(1), &write(196.0, 5.0, "1234")), vec![None; 4]);
    }

    #[test]
    fn a_figure_over_a_line_keeps_to_its_columns_edge_and_to_a_free_cell() {
        let column = [write(160.0, 5.0, "61.66"), write(160.0, 25.0, "80.60")].concat();
        // Most of it stands left of the line; it ends where the column's figures end.
        let read = homes(&grid(3), &[column, write(65.0, 45.0, "123456789012345678901234")[4..].to_vec()].concat());
        assert_eq!(read[10..], [Some((0, 5)); 20]);
        let two = [write(20.0, 5.0, "1,234.56"), write(80.0, 5.0, "1,000.50")].concat();
        assert_eq!(homes(&grid(1), &two)[8..], [Some((0, 1)); 8]);
    }
}
