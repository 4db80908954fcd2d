//! The cuts of a page break: rows whose text goes on over the page, merged cells whose rest stands on the next page.

use super::reads_on::{CutSigns, starts_code};
use crate::model::{Cell, RawTable};
use crate::text;
use std::collections::BTreeSet;

/// What became of the continuation's first row.
pub(super) struct Carried {
    /// Cells of the continuation that went into cells of the table.
    pub(super) absorbed: Vec<bool>,
    /// 1 when the continuation's first row is the rest of the table's last row.
    pub(super) rows_shared: usize,
}

/// Carries the rests of cut cells back into the table.
pub(super) fn carry(table: &mut RawTable, next: &RawTable, signs: &CutSigns<'_>) -> Carried {
    let mut carried = Carried { absorbed: vec![false; next.cells.len()], rows_shared: 0 };
    if table.rows == 0 || next.rows == 0 {
        return carried;
    }
    if is_cut_row(table, next, signs) {
        join_cut_row(table, next, &mut carried);
    } else {
        extend_spans(table, next, signs, &mut carried);
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
fn is_cut_row(table: &RawTable, next: &RawTable, signs: &CutSigns<'_>) -> bool {
    let last = table.rows - 1;
    let above = |cell: &Cell| {
        table.cells.iter().find(|c| c.row + c.row_span > last && c.col == cell.col && c.col_span == cell.col_span)
    };
    let row: Vec<&Cell> = next.cells.iter().filter(|c| c.row == 0).collect();
    let filled: Vec<&&Cell> = row.iter().filter(|c| !c.text.is_empty()).collect();
    !filled.is_empty()
        && filled.len() * 2 <= row.len().max(2)
        && row.iter().all(|c| above(c).is_some())
        && filled.iter().all(|c| above(c).is_some_and(|a| was_broken(a, c, signs)))
}

/// Whether a cell's text was broken for want of room and goes on in `rest`.
fn was_broken(cell: &Cell, rest: &Cell, signs: &CutSigns<'_>) -> bool {
    // One full line followed by a short rest is a broken label; two labels of one line each are two rows.
    let short_rest = rest.text.chars().count() <= 3;
    (has_several_lines(cell) || short_rest) && signs.allow(cell, rest)
}

/// A text of fewer characters is a label, not a paragraph.
const PARAGRAPH: usize = 40;
/// A text box higher than this (points) holds more than one line.
const ONE_LINE: f64 = 18.0;

fn has_several_lines(cell: &Cell) -> bool {
    cell.place.bbox.is_some_and(|b| b.height() > ONE_LINE)
}

/// A merged cell cut by the page break goes on in the first row of the next page: blank there, or with the rest of its
/// text, or (set in the middle of the whole cell) with all of its text. Cells are taken from the left: as soon as
/// one begins something new, all to its right belong to that.
fn extend_spans(table: &mut RawTable, next: &RawTable, signs: &CutSigns<'_>, carried: &mut Carried) {
    if next.cells.iter().all(|c| c.row != 0 || c.text.is_empty()) {
        return;
    }
    let rows = table.rows;
    let parted = parted_columns(table, next, signs);
    // First row before the break and rows behind it of the merged cells that go on behind it.
    let mut groups: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (index, cell) in next.cells.iter().enumerate().filter(|(_, c)| c.row == 0) {
        let ends_here = |c: &&mut Cell| c.row + c.row_span == rows && c.col == cell.col && c.col_span == cell.col_span;
        let Some(home) = table.cells.iter_mut().find(ends_here) else { continue };
        let parted = parted.contains(&cell.col);
        if home.row_span == 1 && cell.row_span == 1 && !parted {
            continue;
        }
        let goes_on = match (home.text.is_empty(), cell.text.is_empty()) {
            (_, true) => true,
            // Set in the middle of the whole cell: then the larger part of it is behind the break.
            (true, false) => parted || home.row_span > 1 && height(home) <= LARGER * height_behind(next, cell.row_span),
            // A paragraph of the same extent as a merged name to its left goes on as that does.
            (false, false) => {
                let paragraph = has_several_lines(home) && home.text.chars().count() >= PARAGRAPH;
                let grouped = groups.contains(&(home.row, cell.row_span));
                has_several_lines(home) && signs.allow(home, cell)
                    || parted
                    || paragraph && grouped && !starts_code(&cell.text)
            }
        };
        if !goes_on {
            return;
        }
        if home.text.is_empty() != cell.text.is_empty() {
            groups.insert((home.row, cell.row_span));
        }
        if home.text.is_empty() && !cell.text.is_empty() {
            home.place = cell.place;
        }
        append_text(home, &cell.text);
        home.row_span += cell.row_span;
        carried.absorbed[index] = true;
    }
}

/// A cell's part behind a page break counts as the larger one from this share of the other on; boxes of texts are
/// smaller than their cells.
const LARGER: f64 = 1.4;

fn height(cell: &Cell) -> f64 {
    cell.place.bbox.map_or(0.0, |b| b.height())
}

/// Height of the first rows of a page's table.
fn height_behind(next: &RawTable, rows: usize) -> f64 {
    let within = next.cells.iter().filter(|c| c.row + c.row_span <= rows);
    within.filter_map(|c| c.place.bbox).reduce(|a, b| a.union(&b)).map_or(0.0, |b| b.height())
}

/// So many merged cells in a column show that its cells stand for groups of rows.
const GROUPS: usize = 3;

/// The columns, from the left, whose last cell before the break and first behind it are one, though each has but one
/// row: where cells mostly stand for groups of rows, and the two rows complete each other. A name before the break and
/// none behind it is a group's, parted into one row and one; some programs leave the amount before the break and
/// take a name that has no room there along to the next page, or take along all texts of the group.
fn parted_columns(table: &RawTable, next: &RawTable, signs: &CutSigns<'_>) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    let (mut left_behind, mut taken_along) = (0, 0);
    for behind in next.cells.iter().filter(|c| c.row == 0) {
        let ends_here =
            |c: &&Cell| c.row + c.row_span == table.rows && (c.col, c.col_span) == (behind.col, behind.col_span);
        let Some(before) = table.cells.iter().find(ends_here) else { break };
        let (named, names) = (!before.text.is_empty(), !behind.text.is_empty());
        if before.row_span > 1 && !names {
            continue;
        }
        // Where a name and its amount were taken along, so was what stands blank beside them.
        let goes_along = taken_along >= 2 && !named && names;
        let is_group = goes_along || holds_groups(table, next, behind.col);
        if named && names && !signs.allow_parted(before, behind) || !is_group {
            break;
        }
        left_behind += usize::from(named && !names);
        taken_along += usize::from(!named && names);
        out.insert(behind.col);
    }
    if left_behind >= 1 || taken_along >= 2 { out } else { BTreeSet::new() }
}

/// Whether most texts of a column stand in cells of several rows.
fn holds_groups(table: &RawTable, next: &RawTable, col: usize) -> bool {
    let texts = || table.cells.iter().chain(&next.cells).filter(|c| c.col == col && !c.text.is_empty());
    let merged = texts().filter(|c| c.row_span > 1).count();
    merged >= GROUPS && 2 * merged >= texts().count()
}
