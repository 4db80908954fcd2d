//! What a page break cut: rows whose text goes on over the page, merged cells whose rest stands on the next page.

use super::{Cell, RawTable};
use crate::text;

/// What became of the continuation's first row.
pub(super) struct Carried {
    /// Cells of the continuation that went into cells of the table.
    pub(super) absorbed: Vec<bool>,
    /// 1 when the continuation's first row is the rest of the table's last row.
    pub(super) rows_shared: usize,
}

/// A text box higher than this (points) holds more than one line.
const ONE_LINE: f64 = 18.0;
/// A line that leaves less room than this (points) in its cell was broken for want of room.
const NO_ROOM: f64 = 14.0;

/// Carries the rests of cut cells back into the table. `xs` are the table's column boundaries.
pub(super) fn carry(table: &mut RawTable, next: &RawTable, xs: &[f64]) -> Carried {
    let mut carried = Carried { absorbed: vec![false; next.cells.len()], rows_shared: 0 };
    if table.rows == 0 || next.rows == 0 {
        return carried;
    }
    if is_cut_row(table, next, xs) {
        join_cut_row(table, next, &mut carried);
    } else {
        extend_spans(table, next, &mut carried);
    }
    carried
}

/// Joins a row that the page break cut in two.
fn join_cut_row(table: &mut RawTable, next: &RawTable, carried: &mut Carried) {
    let last = table.rows - 1;
    for (index, cell) in next.cells.iter().enumerate().filter(|(_, c)| c.row == 0) {
        let home = table.cells.iter_mut().find(|c| c.row + c.row_span > last && c.col == cell.col);
        let Some(home) = home else { continue };
        append_text(home, &cell.text);
        // A cell that goes on below the cut row goes on in the table.
        home.row_span += cell.row_span - 1;
        carried.absorbed[index] = true;
    }
    carried.rows_shared = 1;
}

fn append_text(home: &mut Cell, rest: &str) {
    if text::separates(&home.text, rest, false) {
        home.text.push(' ');
    }
    home.text.push_str(rest);
}

/// The signs of a cut row: the same cells as in the row before; every text of it goes on with a text that was broken
/// for want of room; no number among them, since a number is never half a row.
fn is_cut_row(table: &RawTable, next: &RawTable, xs: &[f64]) -> bool {
    let last = table.rows - 1;
    let above = |cell: &Cell| {
        table.cells.iter().find(|c| c.row + c.row_span > last && c.col == cell.col && c.col_span == cell.col_span)
    };
    let row: Vec<&Cell> = next.cells.iter().filter(|c| c.row == 0).collect();
    let filled: Vec<&&Cell> = row.iter().filter(|c| !c.text.is_empty()).collect();
    !filled.is_empty()
        && filled.len() * 2 <= row.len().max(2)
        && row.iter().all(|c| above(c).is_some())
        && filled.iter().all(|c| above(c).is_some_and(|a| was_broken(a, xs, &c.text)))
}

/// Whether a cell's text was broken for want of room, so that `rest` may be its end.
fn was_broken(cell: &Cell, xs: &[f64], rest: &str) -> bool {
    let (Some(bbox), Some(x0), Some(x1)) = (cell.place.bbox, xs.get(cell.col), xs.get(cell.col + cell.col_span)) else {
        return false;
    };
    let full = (x1 - x0) - bbox.width() < NO_ROOM;
    let several_lines = bbox.height() > ONE_LINE;
    // One full line followed by a short rest is a broken label; two labels of one line each are two rows.
    let short_rest = rest.chars().count() <= 3;
    !cell.text.is_empty() && full && (several_lines || short_rest) && !ends_sentence(&cell.text) && !is_numeric(rest)
}

fn is_numeric(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', ';', '！', '？', '：'])
}

/// A merged cell cut by the page break goes on in the first row of the next page: blank there, or with the rest of its
/// text, or (set in the middle of the whole cell) with all of its text. Cells are taken from the left: as soon as
/// one begins something new, all to its right belong to that.
fn extend_spans(table: &mut RawTable, next: &RawTable, carried: &mut Carried) {
    if next.cells.iter().all(|c| c.row != 0 || c.text.is_empty()) {
        return;
    }
    let rows = table.rows;
    for (index, cell) in next.cells.iter().enumerate().filter(|(_, c)| c.row == 0) {
        let ends_here = |c: &&mut Cell| c.row + c.row_span == rows && c.col == cell.col && c.col_span == cell.col_span;
        let Some(home) = table.cells.iter_mut().find(ends_here) else { continue };
        if home.row_span == 1 && cell.row_span == 1 {
            continue;
        }
        let all_cells_before = index > 0 && carried.absorbed[..index].iter().any(|a| *a);
        let goes_on = match (home.text.is_empty(), cell.text.is_empty()) {
            (_, true) => true,
            (true, false) => home.row_span > 1,
            (false, false) => (cell.col == 0 || all_cells_before) && is_unfinished(home),
        };
        if !goes_on {
            return;
        }
        append_text(home, &cell.text);
        home.row_span += cell.row_span;
        carried.absorbed[index] = true;
    }
}

/// A long text of several lines that does not end like a sentence.
fn is_unfinished(cell: &Cell) -> bool {
    cell.text.chars().count() >= 12 && cell.place.bbox.is_some_and(|b| b.height() > ONE_LINE) && !ends_sentence(&cell.text)
}
