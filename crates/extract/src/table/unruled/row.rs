//! Rows of texts: those drawn from left to right, or, where the drawing order says nothing, those on a line.

use super::block::{self, Block};
use super::sweeps;
use crate::model::Rect;

/// Texts of one row, left to right.
pub(super) type Row = Vec<Block>;

/// Texts as wide as this (font sizes) belong to other columns than merged labels do.
const NARROW: f64 = 15.0;
/// How far (font sizes) the label of a merged cell may hang below the start of its row …
const REACH: f64 = 45.0;
/// … and any text of a row that holds wide ones.
const WIDE_REACH: f64 = 12.0;
/// A text right of another may overlap it by this (font sizes).
const OVERLAP: f64 = 0.3;
/// A row that begins this far (font sizes) above a text's end is not below it.
const CLEARLY: f64 = 0.1;
/// Rows in order begin no more than this (points) above the row before …
const STEP_UP: f64 = 1.0;
/// … but for one in so many.
const SLIPS: usize = 20;
/// Share of the smaller height by which texts of one line overlap.
const SAME_LINE: f64 = 0.5;

/// Puts pieces of text together to rows, top to bottom.
///
/// Nearly every program draws a table cell by cell along its rows: a text that stands left of the one before starts a
/// new row, wherever a merged cell has put it. Where the rows so found do not come top to bottom, the lines decide.
pub(super) fn rows(pieces: Vec<Block>) -> Vec<Row> {
    let drawn = margins_in_place(drawn_rows(block::blocks(pieces.clone())));
    if let Some(merged) = sweeps::merged(&drawn, &pieces).filter(|rows| in_order(rows)) {
        return merged;
    }
    if in_order(&drawn) { drawn } else { line_rows(pieces) }
}

/// Rows with the page's margins where they stand: many programs draw a page number before the page, or a page's heading
/// after it.
fn margins_in_place(mut rows: Vec<Row>) -> Vec<Row> {
    if let [first, others @ ..] = rows.as_slice()
        && others.len() >= 2
        && top(first) >= others.iter().map(|r| bottom(r)).fold(f64::NEG_INFINITY, f64::max)
    {
        rows.rotate_left(1);
    }
    if let [others @ .., last] = rows.as_slice()
        && others.len() >= 2
        && bottom(last) <= others.iter().map(|r| top(r)).fold(f64::INFINITY, f64::min)
    {
        rows.rotate_right(1);
    }
    rows
}

/// Rows by drawing order.
fn drawn_rows(blocks: Vec<Block>) -> Vec<Row> {
    let mut runs: Vec<Row> = Vec::new();
    for block in blocks {
        match runs.last_mut() {
            Some(run) if goes_right(run, &block) => run.push(block),
            _ => runs.push(vec![block]),
        }
    }
    let tops: Vec<f64> = runs.iter().skip(1).map(|r| top(r)).chain([f64::INFINITY]).collect();
    runs.into_iter().zip(tops).flat_map(|(run, next)| cut_run(run, next)).collect()
}

/// Whether a block stands right of a run's last text, and not far above all of them.
fn goes_right(run: &[Block], block: &Block) -> bool {
    let Some(last) = run.last() else { return false };
    // A merged cell's label may hang far below the start of its row; wide text does not, it is another column's.
    let narrow = run.iter().all(|b| b.bbox.width() < NARROW * b.size);
    let reach = if narrow { REACH } else { WIDE_REACH };
    block.bbox.x0 >= last.bbox.x1 - OVERLAP * last.size && block.bbox.y1 > top(run) - reach * block.size
}

/// Cuts a run of texts, each right of the one before, where a new row begins: below all that came before, unless a
/// later text of the run comes up again, or the run drawn next (from `next` down) reaches up to the text: then it is a
/// merged cell's.
fn cut_run(run: Row, next: f64) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    let boxes: Vec<Rect> = run.iter().map(|b| b.bbox).collect();
    for (index, block) in run.into_iter().enumerate() {
        let goes_on = out.last().is_some_and(|row| {
            let low = bottom(row);
            let returns = boxes[index..].iter().any(|b| b.y0 < low);
            returns || next < block.bbox.y1 - CLEARLY * block.size
        });
        match out.last_mut() {
            Some(row) if goes_on => row.push(block),
            _ => out.push(vec![block]),
        }
    }
    out
}

/// Whether rows come top to bottom: each starts below the start of the one before.
fn in_order(rows: &[Row]) -> bool {
    let tops: Vec<f64> = rows.iter().map(|r| top(r)).collect();
    let steps = tops.windows(2).filter(|w| w[1] < w[0] - STEP_UP).count();
    steps * SLIPS <= rows.len()
}

/// Rows by lines of text.
pub(super) fn line_rows(mut pieces: Vec<Block>) -> Vec<Row> {
    pieces.sort_by(|a, b| a.bbox.center_y().total_cmp(&b.bbox.center_y()).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    let mut out: Vec<(Rect, Row)> = Vec::new();
    for piece in pieces {
        let fitting = out
            .iter_mut()
            .rev()
            .take(2)
            .find(|(line, _)| line.overlap_y(&piece.bbox) > SAME_LINE * line.height().min(piece.bbox.height()));
        match fitting {
            Some((line, row)) => {
                if piece.bbox.height() > line.height() {
                    *line = piece.bbox;
                }
                row.push(piece);
            }
            None => out.push((piece.bbox, vec![piece])),
        }
    }
    let mut rows: Vec<Row> = out.into_iter().map(|(_, row)| row).collect();
    for row in &mut rows {
        row.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
    }
    rows.sort_by(|a, b| top(a).total_cmp(&top(b)));
    rows
}

/// Upper edge of a row's texts.
pub(super) fn top(row: &[Block]) -> f64 {
    row.iter().map(|b| b.bbox.y0).fold(f64::INFINITY, f64::min)
}

/// Lower edge of a row's texts.
pub(super) fn bottom(row: &[Block]) -> f64 {
    row.iter().map(|b| b.bbox.y1).fold(f64::NEG_INFINITY, f64::max)
}

/// Box of all texts.
pub(super) fn bounds(rows: &[Row]) -> Rect {
    rows.iter().flatten().map(|b| b.bbox).reduce(|a, b| a.union(&b)).unwrap_or_default()
}

/// Rows at the head that hold several texts and no number.
pub(super) fn leading_rows(rows: &[Row]) -> usize {
    let first = usize::from(opens_with_group(rows));
    let body = |row: &Row| row.len() < 2 || row.iter().any(|b| b.number);
    rows.iter().skip(first).position(body).map_or(0, |at| at + first)
}

/// Whether the first row is the name of a group of columns: one text above the names of others than the first and the last.
fn opens_with_group(rows: &[Row]) -> bool {
    let [group, names, ..] = rows else { return false };
    let ([group], [first, .., last]) = (group.as_slice(), names.as_slice()) else { return false };
    let inside = group.bbox.x0 > first.bbox.x1 && group.bbox.x1 < last.bbox.x0;
    inside && !group.number && names.len() > 2 && names.iter().all(|b| !b.number)
}
