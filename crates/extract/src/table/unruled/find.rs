//! The search for tables without rulings, page by page.

use super::block::{self, Block};
use super::chain::{self, Candidate};
use super::region::{self, Group};
use super::row::{self, Row};
use super::{half_ruled, reread, seams};
use crate::model::{Glyph, Page, Rect, Ruling};
use crate::side_by_side::side_by_side;
use crate::table::page_table::PageTable;

/// Pages with more pieces of text or more rules than this are drawings or maps, and too much to compare with each other.
const MOST_PIECES: usize = 10_000;
/// The first rule of a table reaches at most so many font sizes beyond its texts …
const WIDER: f64 = 6.0;
/// … and lies at most so many above the names of its columns.
const NEAR: f64 = 5.0;
/// Rows of heads of groups above the names of a table's columns.
const MOST_GROUPS: usize = 2;
/// Text below a grid may overlap it by this (points).
const OVERLAP: f64 = 1.0;

/// The tables of a page, and the glyphs that none of them took.
type Found = (Vec<PageTable>, Vec<Glyph>);

/// Finds the tables that have no grid of rulings among the glyphs that no ruled table took, page by page; `found`
/// holds each page's tables and its other glyphs, and is added to.
///
/// Pages that [`is_too_full`] are left as they are; the caller says so.
pub(crate) fn find(pages: &[Page], found: &mut Vec<Found>, threads: usize) {
    let left = pages.iter().zip(std::mem::take(found)).collect();
    let look_at = |(): &mut (), (page, (mut tables, mut rest)): (&Page, Found)| {
        let seen = (!is_too_full(page)).then(|| {
            let frames = find_by_rules(page, &mut tables, &mut rest);
            (frames, groups(&rest))
        });
        (seen, (tables, rest))
    };
    let looked_at = side_by_side(threads, left, || (), look_at);
    let mut search = Search::default();
    for (index, (page, (seen, left))) in pages.iter().zip(looked_at).enumerate() {
        match seen {
            Some((frames, groups)) => search.look_at(index, &frames, groups, &page.rulings),
            None => search.open = false,
        }
        found.push(left);
    }
    let mut used: Vec<Vec<bool>> = found.iter().map(|(_, rest)| vec![false; rest.len()]).collect();
    for chain in search.chains {
        chain::finish(chain, pages, found, &mut used);
    }
    for ((_, rest), used) in found.iter_mut().zip(used) {
        let mut used = used.into_iter();
        rest.retain(|_| used.next() == Some(false));
    }
}

/// The rows of a page's texts, in groups that stand apart from each other.
fn groups(texts: &[Glyph]) -> Vec<Group> {
    let mut rows = row::rows(seams::pieces(texts));
    rows.pop_if(|last| matches!(last.as_slice(), [only] if only.folio));
    region::split(rows)
}

/// What rules show of a page.
pub(crate) struct Frames {
    /// Whether they show any table.
    any: bool,
    /// Whether they show a table that is no grid.
    half_ruled: bool,
    /// Lower edge of the lowest grid.
    lowest: f64,
}

/// Tables found so far, each with its continuations.
#[derive(Default)]
struct Search {
    chains: Vec<Vec<Candidate>>,
    /// Whether the last of them may go on on the next page.
    open: bool,
}

impl Search {
    /// Looks for tables among a page's texts.
    fn look_at(&mut self, page: usize, frames: &Frames, groups: Vec<Group>, rules: &[Ruling]) {
        let last = groups.len().saturating_sub(1);
        for (place, group) in groups.into_iter().enumerate() {
            let before = self.chains.last().filter(|_| self.open && place == 0 && !frames.any);
            let goes_on = before.and_then(|chain| region::continuation(&group, &chain::typical_rows(chain)));
            let joined = goes_on.is_some();
            let Some(rows) =
                goes_on.or_else(|| region::table(&group).map(|rows| with_group_heads(rows, &group.rows, rules)))
            else {
                self.open = self.open && place == 0 && last == 0 && group.rows.is_empty();
                continue;
            };
            let below_all = !frames.any || !frames.half_ruled && frames.lowest <= row::bounds(&rows).y0 + OVERLAP;
            self.open = place == last && below_all && reaches_down(&rows, &group.rows);
            let candidate = Candidate { page, rows };
            match self.chains.last_mut() {
                Some(chain) if joined => chain.push(candidate),
                _ => self.chains.push(vec![candidate]),
            }
        }
    }
}

/// Finds only what rules show on a page: grids that rule part of their table, and tables between horizontal rules.
pub(crate) fn find_by_rules(page: &Page, tables: &mut Vec<PageTable>, rest: &mut Vec<Glyph>) -> Frames {
    reread::mend(page, tables);
    let boxes: Vec<Rect> = tables.iter().map(|t| t.bbox).collect();
    let (others, left) = half_ruled::find(page, std::mem::take(rest), &boxes);
    let half_ruled = !others.is_empty();
    tables.extend(others);
    *rest = left;
    let lowest = boxes.iter().map(|b| b.y1).fold(f64::NEG_INFINITY, f64::max);
    Frames { any: !boxes.is_empty() || half_ruled, half_ruled, lowest }
}

/// A table's rows with the heads of groups of columns above them, which a rule over the whole table tells from its title.
fn with_group_heads(rows: Vec<Row>, all: &[Row], rules: &[Ruling]) -> Vec<Row> {
    let (Some(first), bounds) = (rows.first(), row::bounds(&rows)) else { return rows };
    let top = row::top(first);
    // The table's own first rule: as wide as its texts with their padding, and close above.
    let size = first.iter().map(|b| b.size).fold(0.0, f64::max);
    let (wider, nearer) = (WIDER * size, NEAR * size);
    let wide = |r: &&Ruling| {
        let (left, right, y) = (bounds.x0 - r.bbox.x0, r.bbox.x1 - bounds.x1, r.bbox.center_y());
        let ends = (0.0..=wider).contains(&left) && (0.0..=wider).contains(&right);
        r.horizontal && ends && y < top && y > top - nearer
    };
    let Some(opening) = rules.iter().filter(wide).map(|r| r.bbox.center_y()).reduce(f64::max) else { return rows };
    let inside = |row: &&Row| row::top(row) > opening && row::bottom(row) < top + OVERLAP;
    let heads: Vec<Row> = all.iter().filter(inside).cloned().collect();
    if heads.len() > MOST_GROUPS || heads.iter().flatten().any(|b| b.number) {
        return rows;
    }
    heads.into_iter().chain(rows).collect()
}

/// Whether a page has more on it than can be searched for tables without rulings.
pub(crate) fn is_too_full(page: &Page) -> bool {
    page.rulings.len() > MOST_PIECES || block::is_crowded(&page.glyphs, MOST_PIECES)
}

/// Whether nothing but a page number stands below the table.
fn reaches_down(rows: &[Row], all: &[Row]) -> bool {
    let bottom = row::bounds(rows).y1;
    let below = all.iter().flatten().filter(|b| b.bbox.y0 >= bottom);
    let texts: Vec<&Block> = below.collect();
    texts.len() <= 1 && texts.iter().all(|b| b.number)
}
