//! Titles and notes: which texts around a worksheet's tables are they?

use super::regions::Region;
use super::view::{SeenCell, View};
use crate::model::CaptionSide;
use std::collections::BTreeMap;

/// Most rows of titles above a table, and of notes below it.
const MOST_CAPTION_ROWS: usize = 6;
/// Most blank rows between a table and its captions, and between those.
const MOST_GAP: usize = 2;
/// A text longer than this is a paragraph, not a title.
const LONGEST_TITLE: usize = 80;
/// What may stand above a title is short: 附件1, 附表2-1.
const LONGEST_NUMBER: usize = 12;

/// The band of tables (those side by side) that a row of texts belongs to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Owner {
    /// Top row of the band.
    pub(super) band: usize,
    pub(super) side: CaptionSide,
}

impl Owner {
    /// The table of the band that a caption cell belongs to: the one under (over) it, else the first.
    pub(super) fn of(&self, regions: &[Region], cell: &SeenCell) -> Option<(usize, CaptionSide)> {
        let band: Vec<usize> = (0..regions.len()).filter(|index| regions[*index].top == self.band).collect();
        let last = cell.col + cell.col_span - 1;
        let over = band.iter().find(|index| cell.col <= regions[**index].right && last >= regions[**index].left);
        over.or(band.first()).map(|index| (*index, self.side))
    }
}

/// Shares out the rows between tables.
pub(super) fn caption_rows(view: &View, regions: &[Region]) -> BTreeMap<usize, Owner> {
    let mut bands: Vec<Region> = vec![];
    for region in regions {
        match bands.last_mut() {
            Some(band) if region.top <= band.bottom => {
                band.bottom = band.bottom.max(region.bottom);
                band.right = band.right.max(region.right);
            }
            _ => bands.push(*region),
        }
    }
    let has_text = |row: &usize| {
        view.pieces[*row].iter().any(|p| view.cells[p.cell].row == *row && !view.cells[p.cell].text.is_empty())
    };
    let mut owners = BTreeMap::new();
    for (index, band) in bands.iter().enumerate() {
        let from = index.checked_sub(1).map_or(0, |before| bands[before].bottom + 1);
        let rows: Vec<usize> = (from..band.top).filter(has_text).collect();
        let notes = if index == 0 { 0 } else { notes_before(view, &rows, from, *band) };
        if index > 0 {
            let note = |row: &usize| (*row, Owner { band: bands[index - 1].top, side: CaptionSide::Below });
            owners.extend(rows[..notes].iter().map(note));
        }
        let titles = titles_above(view, &rows[notes..], *band);
        let title = |row: &usize| (*row, Owner { band: band.top, side: CaptionSide::Above });
        owners.extend(rows[rows.len() - titles..].iter().map(title));
    }
    if let Some(last) = bands.last() {
        let rows: Vec<usize> = (last.bottom + 1..view.rows.len()).filter(has_text).collect();
        let notes = close_rows(&rows, last.bottom + 1);
        let note = |row: &usize| (*row, Owner { band: last.top, side: CaptionSide::Below });
        owners.extend(rows[..notes].iter().map(note));
    }
    owners
}

/// How many of the rows, top to bottom, follow each other closely from `from` on.
fn close_rows(rows: &[usize], mut from: usize) -> usize {
    let close = |row: &&usize| {
        let near = **row - from < MOST_GAP;
        from = **row + 1;
        near
    };
    rows.iter().take(MOST_CAPTION_ROWS).take_while(close).count()
}

/// How many of the text rows between two tables are notes of the upper one: those that touch it, up to a blank row;
/// without any blank row, those above the lower table's title.
fn notes_before(view: &View, rows: &[usize], from: usize, below: Region) -> usize {
    let touching = rows.iter().enumerate().take_while(|(index, row)| **row == from + index).count();
    let parted = touching < rows.len() || from + touching < below.top;
    if parted { touching } else { touching - titles_above(view, rows, below) }
}

/// How many of the text rows above a table, counted from below, are its titles.
fn titles_above(view: &View, rows: &[usize], table: Region) -> usize {
    let (mut expected, mut titled, mut count) = (table.top, false, 0);
    for row in rows.iter().rev().take(MOST_CAPTION_ROWS) {
        let cells = || view.pieces[*row].iter().map(|p| &view.cells[p.cell]).filter(|c| !c.text.is_empty());
        let longest = cells().map(|cell| cell.text.chars().count()).max().unwrap_or(0);
        // A number has no colon; a note of a table further up has one (注：…).
        let is_number = longest <= LONGEST_NUMBER && !cells().any(|cell| cell.text.contains(['：', ':']));
        if expected - row - 1 > MOST_GAP || longest > LONGEST_TITLE || titled && !is_number {
            break;
        }
        // A single cell merged over the table's width is a title; above it only its number can follow.
        titled |= cells().count() == 1 && cells().any(|c| c.col_span > 1 && c.col + c.col_span > table.right);
        (expected, count) = (*row, count + 1);
    }
    count
}
