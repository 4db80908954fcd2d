//! Wide tables: further columns of the same rows on the next page.

use super::fragment::Fragment;
use super::head;
use crate::model::{CaptionSide, RawTable};
use std::collections::BTreeMap;

/// Rows of two pages stand at the same height, from the table's top, within this (points).
const SAME_HEIGHT: f64 = 2.0;
/// Share (in tenths) of the rows that must.
const TENTHS: usize = 8;
/// Rows that a wide table has at least.
const FEWEST_ROWS: usize = 3;

/// Whether a page's table holds further columns of the rows of the table before: names over figures and no labels, in
/// as many rows, which stand at the same heights.
pub(super) fn goes_on_beside(table: &Fragment, next: &Fragment) -> bool {
    let (before, behind) = (&table.table, &next.table);
    let figures = head::figure_columns(behind);
    let filled = |col: &usize| behind.cells.iter().any(|c| c.row > 0 && c.col == *col && !c.text.is_empty());
    let unlabelled = (0..behind.cols).filter(filled).all(|col| figures.contains(&col));
    let labelled = head::figure_columns(before).len() < before.cols;
    let rows = before.rows == behind.rows && before.rows >= FEWEST_ROWS;
    rows && unlabelled && labelled && head::names_columns(behind, &figures) && stand_level(table, next)
}

/// Whether the rows of both stand at the same heights.
fn stand_level(table: &Fragment, next: &Fragment) -> bool {
    let (a, b) = (heights(table), heights(next));
    let level = |(row, y): &(&usize, &f64)| b.get(row).is_some_and(|other| (*y - other).abs() <= SAME_HEIGHT);
    let both = a.keys().filter(|row| b.contains_key(row)).count();
    both > 0 && 10 * a.iter().filter(level).count() >= TENTHS * both && 10 * both >= TENTHS * table.table.rows
}

/// The middle of each row's highest text, below the table's top.
fn heights(fragment: &Fragment) -> BTreeMap<usize, f64> {
    let mut out = BTreeMap::new();
    for cell in fragment.table.cells.iter().filter(|c| c.row_span == 1 && !c.text.is_empty()) {
        let Some(bbox) = cell.place.bbox else { continue };
        let y = bbox.center_y() - fragment.bbox.y0;
        let lowest = out.entry(cell.row).or_insert(y);
        *lowest = y.min(*lowest);
    }
    out
}

/// Puts the further columns beside the table's own.
pub(super) fn append(table: &mut Fragment, next: Fragment) {
    let own: &mut RawTable = &mut table.table;
    let cols = own.cols;
    own.cells.extend(next.table.cells.into_iter().map(|mut cell| {
        cell.col += cols;
        cell
    }));
    own.cells.sort_by_key(|c| (c.row, c.col));
    own.cols += next.table.cols;
    own.pages.extend(next.table.pages);
    own.confidence = own.confidence.min(next.table.confidence);
    own.captions.retain(|c| c.side == CaptionSide::Above);
    own.captions.extend(next.table.captions.into_iter().filter(|c| c.side == CaptionSide::Below));
    table.text_below = next.text_below;
    table.notes_below = next.notes_below;
    table.wide = true;
}
