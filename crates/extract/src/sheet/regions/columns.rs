//! The columns of a table's rows: which belong to it? Two tables side by side are two regions.

use super::row::{Row, is_boxed};
use super::spans::Span;
use crate::sheet::view::{Piece, View};

/// A rectangle of the view, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) top: usize,
    pub(crate) bottom: usize,
    pub(crate) left: usize,
    pub(crate) right: usize,
    /// Found by its borders.
    pub(crate) boxed: bool,
}

/// Finds the columns of a span of rows; two tables side by side are two regions.
pub(super) fn split_columns(view: &View, rows: &[Row], span: Span) -> Vec<Region> {
    let used = used_columns(view, rows, span);
    let mut regions: Vec<Region> = vec![];
    for (left, right) in groups(&used) {
        let region = Region { top: span.top, bottom: span.bottom, left, right, boxed: span.boxed };
        match regions.last_mut() {
            // A blank column inside a table is a spacer; only beside something that is a table itself it parts two.
            Some(before) if !parts_two(view, *before, region) => before.right = right,
            _ => regions.push(region),
        }
    }
    let wide_enough =
        |region: &Region| (region.top..=region.bottom).any(|row| pieces_in(view, row, *region).count() > 1);
    regions.into_iter().map(|region| trim_rows(view, region)).filter(wide_enough).collect()
}

/// Which columns belong to the table: the boxed ones, and those next to them that are filled in a third of the rows
/// (the outer columns of tables whose sides are open). What stands further off are remarks beside the table.
fn used_columns(view: &View, rows: &[Row], span: Span) -> Vec<bool> {
    let mut drawn = vec![false; view.cols.len()];
    let mut filled = vec![0_usize; view.cols.len()];
    for (row, form) in rows.iter().enumerate().take(span.bottom + 1).skip(span.top) {
        for piece in &view.pieces[row] {
            let cell = &view.cells[piece.cell];
            let is_drawn = form.boxed > 0 && is_boxed(view, row, *piece);
            for col in piece.left..=piece.right {
                drawn[col] |= is_drawn;
                filled[col] += usize::from(!cell.text.is_empty());
            }
        }
    }
    if !span.boxed {
        return filled.iter().map(|count| *count > 0).collect();
    }
    let height = span.bottom - span.top + 1;
    let (Some(mut left), Some(mut right)) = (drawn.iter().position(|d| *d), drawn.iter().rposition(|d| *d)) else {
        return drawn;
    };
    let joins = |col: usize| 3 * filled[col] >= height;
    while left > 0 && joins(left - 1) {
        left -= 1;
        drawn[left] = true;
    }
    while right + 1 < drawn.len() && joins(right + 1) {
        right += 1;
        drawn[right] = true;
    }
    for col in left..=right {
        drawn[col] |= filled[col] > 0;
    }
    drawn
}

/// First and last index of each run of true.
fn groups(used: &[bool]) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = vec![];
    for (col, _) in used.iter().enumerate().filter(|(_, used)| **used) {
        match groups.last_mut() {
            Some((_, last)) if *last + 1 == col => *last = col,
            _ => groups.push((col, col)),
        }
    }
    groups
}

fn pieces_in(view: &View, row: usize, region: Region) -> impl Iterator<Item = &Piece> {
    view.pieces[row].iter().filter(move |piece| piece.left <= region.right && piece.right >= region.left)
}

/// Whether what stands on both sides of a blank column is two tables. One whose rows have no labels of their own goes
/// on with those before it, and so does one with figures beside columns of nothing but labels.
fn parts_two(view: &View, left: Region, right: Region) -> bool {
    let labels_alone = is_labels(view, left, left.right) && has_figures(view, right);
    let has_labels = (right.left..=right.right.min(right.left + 1)).any(|col| is_labels(view, right, col));
    is_substantial(view, left) && is_substantial(view, right) && has_labels && !labels_alone
}

/// Whether words stand in a column in half of the rows that have anything beside the header.
fn is_labels(view: &View, region: Region, col: usize) -> bool {
    let texts =
        |row: usize| pieces_in(view, row, region).map(|p| (p, &view.cells[p.cell])).filter(|(_, c)| !c.text.is_empty());
    let words = |row: usize| texts(row).any(|(p, c)| p.left <= col && p.right >= col && !c.is_numeric());
    let body: Vec<usize> = (region.top..=region.bottom).filter(|row| texts(*row).next().is_some()).skip(1).collect();
    2 * body.iter().filter(|row| words(**row)).count() >= body.len()
}

fn has_figures(view: &View, region: Region) -> bool {
    (region.top..=region.bottom).any(|row| pieces_in(view, row, region).any(|p| view.cells[p.cell].is_numeric()))
}

/// Whether a part of a table could stand alone: a header and a row under it, at least two columns wide.
fn is_substantial(view: &View, region: Region) -> bool {
    let texts = |row| pieces_in(view, row, region).filter(|p| !view.cells[p.cell].text.is_empty()).count();
    region.right > region.left && (region.top..=region.bottom).filter(|row| texts(*row) >= 2).count() >= 2
}

/// Cuts off rows at both ends in which a side-by-side table has nothing.
fn trim_rows(view: &View, mut region: Region) -> Region {
    let is_empty = |row: usize| pieces_in(view, row, region).next().is_none();
    let top = (region.top..region.bottom).find(|row| !is_empty(*row)).unwrap_or(region.top);
    let bottom = (top..=region.bottom).rev().find(|row| !is_empty(*row)).unwrap_or(region.bottom);
    (region.top, region.bottom) = (top, bottom);
    region
}
