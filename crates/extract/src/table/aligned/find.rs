//! The search for statistics tables on each page.

use super::kind::{Kind, kind_of};
use super::laid::lay_out;
use super::line::{self, Line};
use super::{drawn, flow, region, shared_edges};
use crate::model::{Glyph, Page, Rect, Ruling};
use crate::table::page_table::PageTable;
use crate::table::unruled;

/// Finds tables without a grid on each page; `found` holds each page's tables and its other glyphs, and is added to.
pub(crate) fn find(pages: &[Page], found: &mut [(Vec<PageTable>, Vec<Glyph>)]) {
    for (page, (tables, rest)) in pages.iter().zip(found.iter_mut()) {
        if unruled::is_too_full(page) {
            continue;
        }
        find_on(page, tables, rest);
        unruled::find_by_rules(page, tables, rest);
    }
}

/// Rows of a boxed head.
const MOST_ROWS: usize = 4;
/// The first row below a boxed head overlaps it by at most this (font sizes) …
const OVERLAP: f64 = 0.5;
/// … and stands at most this far (font sizes) below it.
const NEAR: f64 = 4.0;

/// Gives up grids that are only the boxed head of a table whose rows stand below without a grid.
fn release_heads(page: &Page, tables: &mut Vec<PageTable>, rest: &mut Vec<Glyph>) {
    let open: Vec<usize> = (0..rest.len()).filter(|&i| line::is_upright(&rest[i])).collect();
    let lines = line::lines(rest, &open);
    let is_head = |t: &PageTable| {
        let texts = || t.table.cells.iter().filter(|c| !c.text.is_empty());
        let named = texts().all(|c| matches!(kind_of(&c.text), Kind::Words | Kind::Year));
        let below = |l: &&Line| {
            let gap = l.bbox.y0 - t.bbox.y1;
            gap > -OVERLAP * l.size
                && gap < NEAR * l.size
                && l.bbox.x0 > t.bbox.x0 - l.size
                && l.bbox.x1 < t.bbox.x1 + l.size
        };
        let rows: Vec<&Line> = lines.iter().filter(below).collect();
        let strong = |l: &&&Line| l.is_strong() && l.has_value() && l.pieces.len() + 1 >= t.table.cols;
        named && texts().count() > 0 && t.table.rows <= MOST_ROWS && rows.iter().any(|l| strong(&l))
    };
    let (heads, kept): (Vec<PageTable>, Vec<PageTable>) = std::mem::take(tables).into_iter().partition(is_head);
    *tables = kept;
    for head in heads {
        let inside = |g: &&Glyph| head.bbox.contains(g.bbox.center_x(), g.bbox.center_y());
        rest.extend(page.glyphs.iter().filter(inside).cloned());
    }
}

fn find_on(page: &Page, tables: &mut Vec<PageTable>, rest: &mut Vec<Glyph>) {
    release_heads(page, tables, rest);
    let boxes: Vec<Rect> = tables.iter().map(|t| t.bbox).collect();
    let free = |r: &&Ruling| !boxes.iter().any(|b| b.contains(r.bbox.center_x(), r.bbox.center_y()));
    let rules: Vec<&Ruling> = page.rulings.iter().filter(free).collect();
    let mut used = vec![false; rest.len()];
    let rules = drawn::with_drawn(&rules, rest);
    let rules: Vec<&Ruling> = rules.iter().collect();
    for chosen in flow::flows(rest, &rules, page.width) {
        let uprights = drawn::drawn_uprights(rest, &chosen);
        let chosen: Vec<usize> = chosen.into_iter().filter(|i| !uprights.contains(i)).collect();
        let mut lines = line::lines(rest, &chosen);
        for line in &mut lines {
            line.pieces.retain(|p| !drawn::is_drawn_rule(p));
        }
        lines.retain(|l| !l.pieces.is_empty());
        for mut run in region::runs(lines, &rules) {
            shared_edges::cut_at_shared_edges(&mut run);
            let Some((columns, extent)) = region::extent(&run, &rules) else { continue };
            let table = lay_out(&run, &columns, &extent, &rules);
            for &index in table.rows.iter().flatten().flat_map(|e| &e.glyphs) {
                used[index] = true;
            }
            tables.push(table.table(page.number, rest));
        }
    }
    let mut used = used.into_iter();
    rest.retain(|_| used.next() == Some(false));
}
