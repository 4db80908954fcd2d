//! The rows at the head: which name the columns, and which are a form's labels and values?

use super::block::Block;
use super::column::Columns;
use super::row::{self, Row};

/// A row that names columns names at least so many.
const NAMED: usize = 3;
/// Rows that the header of a table without numbers has at most.
const MOST_LEVELS: usize = 4;

/// The header: rows of several texts above the first that holds a number, where they name most columns (a form's first
/// rows do not). In a table without numbers only a header of several levels is known as one, by naming them all.
pub(super) fn header_rows(rows: &[Row], columns: &Columns) -> usize {
    let end = row::leading_rows(rows);
    let mut named = vec![false; columns.len()];
    for block in rows[..end].iter().flatten() {
        let (first, last) = columns.touched(block.bbox.x0, block.bbox.x1);
        named[first] |= first == last;
    }
    let named = named.iter().filter(|n| **n).count();
    let numbers = rows.iter().flatten().any(|b| b.number);
    let levels = (2..=MOST_LEVELS).contains(&end) && named == columns.len();
    if numbers && 5 * named >= 3 * columns.len() || levels { end } else { 0 }
}

/// How many rows at the head of a table without header are a form's labels and values: those above the first that names
/// most columns, each on its own. None where no row does.
pub(super) fn form_rows(rows: &[Row], columns: &Columns, header: usize) -> usize {
    let names = |row: &Row| {
        let own = |b: &&Block| {
            let (first, last) = columns.touched(b.bbox.x0, b.bbox.x1);
            first == last
        };
        let named = row.iter().filter(own).count();
        !row.iter().any(|b| b.number) && named >= NAMED && 5 * named >= 3 * columns.len()
    };
    if header > 0 { 0 } else { rows.iter().position(names).unwrap_or(0) }
}
