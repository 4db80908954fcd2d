//! A table without rulings with its continuations on the following pages.

use super::block::Block;
use super::layout::{self, Layout};
use super::row::Row;
use super::{boxed_header, centred, header};
use crate::model::{Glyph, Page};
use crate::table::page_table::PageTable;

/// Rows of a table on a page.
pub(super) struct Candidate {
    /// Index of the page.
    pub(super) page: usize,
    pub(super) rows: Vec<Row>,
}

/// The rows of a table's first and last pages.
pub(super) fn typical_rows(chain: &[Candidate]) -> Vec<Row> {
    let last = chain.len().saturating_sub(2).max(1);
    chain.iter().take(1).chain(chain.iter().skip(last)).flat_map(|c| c.rows.iter().cloned()).collect()
}

/// Lays out a table and its continuations; their columns are found together, since one page may lack a column's text.
pub(super) fn finish(
    chain: Vec<Candidate>,
    pages: &[Page],
    found: &mut [(Vec<PageTable>, Vec<Glyph>)],
    used: &mut [Vec<bool>],
) {
    let all = distinct_rows(&chain);
    let boxed = chain.first().and_then(|first| boxed_header::find(&found[first.page].0, &first.rows));
    let header = boxed.zip(chain.first()).map(|(index, first)| found[first.page].0.remove(index));
    let columns =
        header.as_ref().map_or_else(|| layout::columns_of(&all), |header| boxed_header::columns(header, &all));
    if columns.len() < 2 {
        return;
    }
    // A continuation repeats the header, if anything; labels without numbers that follow are no header.
    let most = chain.first().map_or(0, |first| header::header_rows(&first.rows, &columns));
    let mut form = if boxed.is_none() { header::form_rows(&all, &columns, most) } else { 0 };
    let lay_out = |candidate: Candidate| {
        let header = header::header_rows(&candidate.rows, &columns).min(most);
        let own = form.min(candidate.rows.len());
        form -= own;
        let mut layout = Layout::of_rows(&candidate.rows, columns.clone(), header, own);
        let heads = layout.placed.partition_point(|placed| placed.row < header);
        centred::give_spans(&mut layout.placed[..heads], &columns, &pages[candidate.page].rulings);
        (candidate.page, layout)
    };
    let layouts: Vec<(usize, Layout)> = chain.into_iter().map(lay_out).collect();
    // A form's section that merges most columns shows them as little as one text does; another page may.
    let apart = layouts.iter().any(|(_, layout)| layout.has_columns());
    let mut header = header;
    for (page, layout) in layouts {
        let (tables, rest) = &mut found[page];
        let header = header.take();
        if !apart || !layout.fits() {
            tables.extend(header);
            continue;
        }
        layout.mark(&mut used[page]);
        let body = layout.table(pages[page].number, rest);
        tables.push(header.into_iter().fold(body, |body, header| boxed_header::join(header, body)));
    }
}

/// Texts of a repeated header stand within this (points) of the first one's.
const SAME_PLACE: f64 = 0.1;

/// The rows of a table over its pages, each repeated header once.
fn distinct_rows(chain: &[Candidate]) -> Vec<Row> {
    let Some((first, others)) = chain.split_first() else { return Vec::new() };
    let same =
        |a: &Block, b: &Block| (a.bbox.x0 - b.bbox.x0).abs() < SAME_PLACE && (a.bbox.x1 - b.bbox.x1).abs() < SAME_PLACE;
    let repeats = |(a, b): &(&Row, &Row)| a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b));
    let mut out = first.rows.clone();
    for candidate in others {
        let header = candidate.rows.iter().zip(&first.rows).take_while(repeats).count();
        out.extend(candidate.rows.iter().skip(header).cloned());
    }
    out
}
