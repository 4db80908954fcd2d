//! Tables that go on over a page break, and what the pieces are together.

use super::beside::{Beside, fill_beside};
use super::columns::{column_map, spread};
use super::fragment::Fragment;
use super::head;
use super::page_break;
use super::reads_on::CutSigns;
use super::wide;
use crate::model::{CaptionSide, Cell, Place, RawTable};
use crate::text::OpenLine;
use std::collections::BTreeSet;

/// Joins each table with its continuations on the following pages. Lines that turn out to be texts of merged cells
/// are taken from `lines`.
pub(crate) fn over_pages(fragments: Vec<Fragment>, lines: &mut Vec<OpenLine>, blank: &BTreeSet<u32>) -> Vec<Fragment> {
    let last_on_page =
        |i: usize, all: &[Fragment]| all.get(i + 1).is_none_or(|n| n.first_page() != all[i].first_page());
    let lasts: Vec<bool> = (0..fragments.len()).map(|i| last_on_page(i, &fragments)).collect();
    let mut out: Vec<Fragment> = Vec::new();
    let mut previous_is_last = false;
    let mut previous_page = 0;
    for (index, fragment) in fragments.into_iter().enumerate() {
        let first_on_page = fragment.first_page() != previous_page;
        previous_page = fragment.first_page();
        let open = previous_is_last && first_on_page;
        previous_is_last = lasts[index];
        let mut fragment = fragment;
        if let Some(drawn) = fragment.drawn {
            // What a person drew is joined as they say.
            let is_it = |table: &&mut Fragment| table.drawn.is_some_and(|first| first.table == drawn.table);
            let first = out.iter_mut().rev().find(is_it).filter(|_| drawn.goes_on);
            if let Some(same) = first.as_ref().filter(|table| table.xs.len() == fragment.xs.len()) {
                fragment.xs.clone_from(&same.xs);
            }
            match first.filter(|table| column_map(table, &fragment).is_some()) {
                Some(table) => append(table, fragment, lines),
                None => out.push(fragment),
            }
            continue;
        }
        match out.last_mut() {
            Some(table) if open && follows(table, &fragment, blank) && goes_on_below(table, &fragment) => {
                append(table, fragment, lines);
            }
            Some(table) if open && follows(table, &fragment, blank) && goes_on_beside(table, &fragment) => {
                wide::append(table, fragment);
            }
            _ => out.push(with_certainty(fragment, first_on_page)),
        }
    }
    out
}

/// Whether a table stands on the page after another's last, but for blank pages: printers of double-sided reports and
/// programs that break a page too often leave one in the middle of a table.
fn follows(table: &Fragment, next: &Fragment, blank: &BTreeSet<u32>) -> bool {
    let (last, first) = (table.last_page(), next.first_page());
    first > last && (last + 1..first).all(|page| blank.contains(&page))
}

/// How sure a table without head is that opens a page and goes on with none: its page may stand out of its order.
const HEADLESS: f64 = 0.5;

fn with_certainty(mut fragment: Fragment, first_on_page: bool) -> Fragment {
    if first_on_page && fragment.own_above.is_empty() && head::is_headless(&fragment.table) {
        fragment.table.confidence *= HEADLESS;
    }
    fragment
}

/// Whether a page's first table holds further columns of the last table of the page before.
fn goes_on_beside(table: &Fragment, next: &Fragment) -> bool {
    let known = |line: &String| table.own_above.contains(line) || head::is_continuation_mark(line, &table.own_above);
    let first_page = table.table.pages.len() == 1 || table.wide;
    !table.text_below && first_page && next.own_above.iter().all(known) && wide::goes_on_beside(table, next)
}

/// Whether a page's first table goes on with the last table of the page before.
fn goes_on_below(table: &Fragment, next: &Fragment) -> bool {
    let noted = table.notes_below && next.own_above.is_empty() && head::same_first_row(&table.table, &next.table);
    if table.text_below && !noted || table.wide {
        return false;
    }
    // A title of its own makes a table of its own; captions printed again on each page do not.
    let (before, behind) = (&table.table, &next.table);
    if column_map(table, next).is_none()
        || head::starts_anew(before, behind)
        || head::names_other_columns(before, behind)
    {
        return false;
    }
    let known = |line: &String| table.own_above.contains(line);
    let marked = |line: &String| head::is_continuation_mark(line, &table.own_above);
    if next.own_above.iter().any(marked) {
        return next.own_above.iter().all(|line| known(line) || marked(line));
    }
    // A program that prints the title again on every page prints the header again too, or none of its own; forms with
    // one title and different contents are several tables.
    let same_head = head::same_first_row(before, behind) || head::opens_with_figures(before, behind);
    next.own_above.is_empty() || next.own_above.iter().all(known) && same_head
}

/// Appends a continuation to a table.
fn append(table: &mut Fragment, next: Fragment, lines: &mut Vec<OpenLine>) {
    let Some(columns) = column_map(table, &next) else { return };
    let cols = columns.union.len() - 1;
    let next_page = next.first_page();
    spread(&mut table.table, &columns.table, cols);
    let mut added = next.table;
    spread(&mut added, &columns.next, cols);
    let mut cuts = next.cuts.moved(&columns.next, 0);
    let skip = head::repeated_header(&table.table, &added);
    head::drop_rows(&mut added, skip);
    cuts = cuts.moved(&(0..=cols).collect::<Vec<usize>>(), skip);
    let here = table.cuts.moved(&columns.table, 0);
    let carried = page_break::carry(&mut table.table, &added, &CutSigns { table: &here, next: &cuts });
    let offset = table.table.rows - carried.rows_shared;
    let beside = Beside {
        page: next_page,
        bbox: next.bbox,
        rows: added.rows - carried.rows_shared,
        columns: &columns.next,
        xs: &columns.union,
    };
    let new = fill_beside(&mut table.table, &beside, lines);
    table.table.cells.extend(new);
    for (index, mut cell) in added.cells.into_iter().enumerate() {
        if !carried.absorbed[index] {
            cell.row += offset;
            table.table.cells.push(cell);
        }
    }
    table.table.rows = offset + added.rows;
    table.table.cells.sort_by_key(|c| (c.row, c.col));
    fill_holes(&mut table.table);
    table.table.pages.extend(added.pages);
    table.table.strays.extend(added.strays);
    table.table.confidence = table.table.confidence.min(added.confidence);
    // Notes below the first part stay the table's; words that only point overleaf do not.
    let noted = table.notes_below;
    table.table.captions.retain(|c| c.side == CaptionSide::Above || noted);
    table.table.captions.extend(added.captions.into_iter().filter(|c| c.side == CaptionSide::Below));
    table.xs = columns.union;
    table.cuts = cuts.lowered(offset);
    table.text_below = next.text_below;
    table.notes_below = next.notes_below;
    table.bbox = next.bbox;
}

/// Positions that no cell covers become blank cells.
fn fill_holes(table: &mut RawTable) {
    let page = table.pages.last().copied();
    let cover = table.cover();
    let before = table.cells.len();
    for (row, positions) in cover.iter().enumerate() {
        for (col, _) in positions.iter().enumerate().filter(|(_, c)| c.is_none()) {
            let place = Place { page, bbox: None, sheet_cell: None };
            table.cells.push(Cell { row, col, row_span: 1, col_span: 1, place, ..Cell::default() });
        }
    }
    if table.cells.len() > before {
        table.cells.sort_by_key(|c| (c.row, c.col));
    }
}
