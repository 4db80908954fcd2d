//! The rows that a text stands for: a merged cell's text stands in the middle of them.

use super::block::Block;
use super::column::Columns;
use super::placed::Placed;
use super::row::Row;

/// A text stands in the middle of its own row when it is off by no more than this (font sizes).
const IN_MIDDLE: f64 = 0.3;
/// Texts of one level begin within this (font sizes) of each other.
const SAME_LEVEL: f64 = 0.2;
/// Room (points) between the outermost texts and the table's edge.
const MARGIN: f64 = 1.0;
/// Least height (points) of a row.
const LOWEST: f64 = 0.1;

/// Where the middle of each row is: the middle of the texts that stand highest, since merged cells hang down.
pub(super) fn centers(rows: &[Row]) -> Vec<f64> {
    let lowest = |row: &Row| row.iter().map(|b| b.bbox.center_y()).fold(f64::INFINITY, f64::min);
    rows.iter().map(lowest).collect()
}

/// The rows that a text stands for: down over rows that leave its columns free, as far as it stands in their middle.
pub(super) fn row_span(placed: &Placed, rows: &[Row], columns: &Columns, centers: &[f64]) -> usize {
    let start = placed.row;
    let middle = placed.block.bbox.center_y();
    let off = |end: usize| (f64::midpoint(centers[start], centers[end]) - middle).abs();
    if off(start) <= IN_MIDDLE * placed.block.size || is_level(placed, &rows[start]) {
        return 1;
    }
    let mut best = (off(start), start);
    for (end, row) in rows.iter().enumerate().skip(start + 1) {
        let in_the_way = |b: &Block| {
            let (first, last) = columns.touched(b.bbox.x0, b.bbox.x1);
            first <= placed.last && last >= placed.first
        };
        if row.iter().any(in_the_way) {
            break;
        }
        if off(end) < best.0 {
            best = (off(end), end);
        }
    }
    best.1 - start + 1
}

/// Whether a text starts on the level of another text of its row: cells set to the top.
fn is_level(placed: &Placed, row: &Row) -> bool {
    let block = &placed.block;
    let top = row.iter().map(|b| b.bbox.y0).fold(f64::INFINITY, f64::min);
    block.bbox.y0 - top <= SAME_LEVEL * block.size
}

/// Cells of several rows end where the next cell of their columns begins.
pub(super) fn end_above_next(placed: &mut [Placed]) {
    let tops: Vec<(usize, usize, usize)> = placed.iter().map(|p| (p.row, p.first, p.last)).collect();
    for one in placed.iter_mut().filter(|p| p.row_span > 1) {
        let below = tops.iter().filter(|(row, first, last)| *row > one.row && *first <= one.last && *last >= one.first);
        if let Some(next) = below.map(|(row, _, _)| *row).min() {
            one.row_span = one.row_span.min(next - one.row);
        }
    }
}

/// y of the boundaries between the rows.
pub(super) fn boundaries(placed: &[Placed], rows: usize) -> Vec<f64> {
    let mut extents = vec![(f64::INFINITY, f64::NEG_INFINITY); rows];
    for one in placed {
        let (top, bottom) = (one.block.bbox.y0, one.block.bbox.y1);
        let last = one.row + one.row_span - 1;
        extents[one.row].0 = extents[one.row].0.min(top);
        extents[last].1 = extents[last].1.max(bottom);
    }
    let mut ys: Vec<f64> = extents.first().map(|e| e.0 - MARGIN).into_iter().collect();
    for pair in extents.windows(2) {
        let below = if pair[1].0.is_finite() { pair[1].0 } else { pair[0].1 };
        let above = if pair[0].1.is_finite() { pair[0].1 } else { below };
        let floor = ys.last().copied().unwrap_or(0.0) + LOWEST;
        ys.push(f64::midpoint(above, below).max(floor));
    }
    let floor = ys.last().copied().unwrap_or(0.0) + LOWEST;
    ys.push(extents.last().map_or(floor, |e| e.1 + MARGIN).max(floor));
    ys
}
