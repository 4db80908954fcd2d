//! Merged cells that a continuation does not draw: what stands beside it on its page.

use crate::model::{Cell, Place, RawTable, Rect};
use crate::text::{self, OpenLine, Room, TextRun};

/// A continuation that lacks columns.
pub(super) struct Beside<'a> {
    pub(super) page: u32,
    pub(super) bbox: Rect,
    /// Rows that it adds.
    pub(super) rows: usize,
    /// Its column boundaries as positions in `xs`.
    pub(super) columns: &'a [usize],
    /// All column boundaries.
    pub(super) xs: &'a [f64],
}

/// Deals with columns that the continuation does not show: some programs draw no borders beside a merged cell that goes
/// on, but centre its text on a later page. A text there is that of the cell if it has none yet, else a new merged
/// cell's. Returns the new cells; the others are extended by `added` rows.
pub(super) fn fill_beside(table: &mut RawTable, next: &Beside<'_>, lines: &mut Vec<OpenLine>) -> Vec<Cell> {
    let (Some(&first), Some(&last)) = (next.columns.first(), next.columns.last()) else { return Vec::new() };
    let rows = table.rows;
    let mut new = Vec::new();
    for cell in table.cells.iter_mut().filter(|c| c.row + c.row_span == rows) {
        if cell.col + cell.col_span > first && cell.col < last {
            continue;
        }
        let (x0, x1) = (next.xs[cell.col], next.xs[cell.col + cell.col_span]);
        let (text, place) = take_text(lines, next, x0, x1);
        if text.is_empty() || cell.text.is_empty() {
            cell.row_span += next.rows;
            if !text.is_empty() {
                (cell.text, cell.place) = (text, place);
            }
        } else {
            new.push(Cell { row: rows, row_span: next.rows, text, place, ..cell.clone() });
        }
    }
    new
}

/// Takes the lines that stand beside the continuation between two x.
fn take_text(lines: &mut Vec<OpenLine>, next: &Beside<'_>, x0: f64, x1: f64) -> (String, Place) {
    let beside = |run: &TextRun| {
        let (x, y) = (run.bbox.center_x(), run.bbox.center_y());
        y > next.bbox.y0 && y < next.bbox.y1 && x > x0 && x < x1
    };
    let mut runs: Vec<TextRun> = Vec::new();
    lines.retain_mut(|line| line.page != next.page || line.take(beside, &mut runs));
    let around = runs.iter().map(|r| r.bbox).reduce(|a, b| a.union(&b));
    (
        text::join_lines(&runs, &Room { width: x1 - x0, ..Room::default() }),
        Place { page: Some(next.page), bbox: around, sheet_cell: None },
    )
}
