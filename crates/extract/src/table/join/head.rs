//! Heads of a page's first table: that of the table before, or one of its own?

use crate::model::RawTable;

/// Whether two tables open with the same row of texts.
pub(super) fn same_first_row(a: &RawTable, b: &RawTable) -> bool {
    let texts =
        |t: &RawTable| -> Vec<String> { t.cells.iter().filter(|c| c.row == 0).map(|c| squash(&c.text)).collect() };
    texts(a) == texts(b)
}

/// Whether the next grid opens with a caption inside it: one cell over the whole width where the first table has
/// another.
pub(super) fn starts_anew(table: &RawTable, next: &RawTable) -> bool {
    let banner = |t: &RawTable| {
        t.cells.first().filter(|c| t.cols > 2 && c.col_span == t.cols && !c.text.is_empty()).map(|c| c.text.clone())
    };
    match (banner(table), banner(next)) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    }
}

/// Number of rows at the head of `next` that repeat the head of `table`.
pub(super) fn repeated_header(table: &RawTable, next: &RawTable) -> usize {
    let texts = |t: &RawTable, row: usize| -> Vec<(usize, usize, usize, String)> {
        let cells = t.cells.iter().filter(|c| c.row == row);
        cells.map(|c| (c.col, c.col_span, c.row_span, squash(&c.text))).collect()
    };
    let mut rows = 0;
    while rows < table.rows.min(next.rows) && texts(table, rows) == texts(next, rows) {
        rows += 1;
    }
    let has_text = next.cells.iter().any(|c| c.row < rows && !c.text.is_empty());
    // A header's cells end with the header; equal rows that reach into a span are no header.
    let clean = next.cells.iter().all(|c| c.row >= rows || c.row + c.row_span <= rows);
    if has_text && clean { rows } else { 0 }
}

fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

pub(super) fn drop_rows(table: &mut RawTable, rows: usize) {
    table.cells.retain(|c| c.row >= rows);
    for cell in &mut table.cells {
        cell.row -= rows;
    }
    table.rows -= rows;
}
