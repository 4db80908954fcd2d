//! Tables that run on over pages, and the lines of text around a table.

use super::ruled::PageTable;
use super::{Caption, CaptionSide, Place, RawTable, page_break};
use crate::geometry::Rect;
use crate::layout::OpenLine;

/// A table with what is needed to decide whether the next page goes on with it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fragment {
    pub(crate) table: RawTable,
    /// Column boundaries on the last page.
    xs: Vec<f64>,
    /// Box on the last page.
    pub(crate) bbox: Rect,
    /// Texts of the lines above on the first page itself (nothing borrowed from the page before).
    own_above: Vec<String>,
    /// Whether lines of text stand below on the last page.
    text_below: bool,
}

/// Most lines of text above (below) a table that are handed on as its captions.
const MOST_CAPTIONS: usize = 10;
/// Column boundaries this close (points) are the same on two pages.
const SAME_COLUMN: f64 = 4.0;

impl Fragment {
    pub(crate) fn new(found: PageTable) -> Self {
        Self { table: found.table, xs: found.xs, bbox: found.bbox, own_above: Vec::new(), text_below: false }
    }

    pub(crate) fn first_page(&self) -> u32 {
        self.table.pages.first().copied().unwrap_or(0)
    }

    fn last_page(&self) -> u32 {
        self.table.pages.last().copied().unwrap_or(0)
    }
}

/// Gives each table the lines above and below it on its page. Where a table starts a page, the last lines of the page
/// before are its captions as well: a heading is often left behind.
pub(crate) fn attach_captions(fragments: &mut [Fragment], lines: &[OpenLine]) {
    let boxes: Vec<(u32, Rect)> = fragments.iter().map(|f| (f.first_page(), f.bbox)).collect();
    for (index, fragment) in fragments.iter_mut().enumerate() {
        let (page, bbox) = boxes[index];
        let on_page = |p: u32| boxes.iter().filter(move |(q, _)| *q == p).map(|(_, b)| *b);
        let ceiling = on_page(page).map(|b| b.y1).filter(|y| *y <= bbox.y0 + 1.0).fold(f64::NEG_INFINITY, f64::max);
        let floor = on_page(page).map(|b| b.y0).filter(|y| *y >= bbox.y1 - 1.0).fold(f64::INFINITY, f64::min);
        let here = || lines.iter().filter(move |l| l.page == page && !l.running);
        let middle = |l: &OpenLine| l.run.bbox.center_y();
        let mut above: Vec<&OpenLine> =
            here().filter(|l| middle(l) < bbox.y0 && middle(l) > ceiling).collect();
        let below: Vec<&OpenLine> = here().filter(|l| middle(l) > bbox.y1 && middle(l) < floor).collect();
        fragment.own_above = above.iter().map(|l| l.run.text.clone()).collect();
        fragment.text_below = !below.is_empty();
        if above.is_empty() && ceiling.is_infinite() && page > 1 {
            let last = on_page(page - 1).map(|b| b.y1).fold(f64::NEG_INFINITY, f64::max);
            let before: Vec<&OpenLine> =
                lines.iter().filter(|l| l.page == page - 1 && !l.running && middle(l) > last).collect();
            above = before[before.len().saturating_sub(3)..].to_vec();
        }
        let above = &above[above.len().saturating_sub(MOST_CAPTIONS)..];
        let below = &below[..below.len().min(MOST_CAPTIONS)];
        fragment.table.captions = above
            .iter()
            .map(|l| caption(l, CaptionSide::Above))
            .chain(below.iter().map(|l| caption(l, CaptionSide::Below)))
            .collect();
    }
}

fn caption(line: &OpenLine, side: CaptionSide) -> Caption {
    let place = Place { page: Some(line.page), bbox: Some(line.run.bbox), sheet_cell: None };
    Caption { text: line.run.text.clone(), place, side }
}

/// Joins each table with its continuations on the following pages.
pub(crate) fn over_pages(fragments: Vec<Fragment>) -> Vec<Fragment> {
    let last_on_page = |i: usize, all: &[Fragment]| all.get(i + 1).is_none_or(|n| n.first_page() != all[i].first_page());
    let lasts: Vec<bool> = (0..fragments.len()).map(|i| last_on_page(i, &fragments)).collect();
    let mut out: Vec<Fragment> = Vec::new();
    let mut previous_is_last = false;
    let mut previous_page = 0;
    for (index, fragment) in fragments.into_iter().enumerate() {
        let first_on_page = fragment.first_page() != previous_page;
        previous_page = fragment.first_page();
        let open = previous_is_last && first_on_page;
        previous_is_last = lasts[index];
        match out.last_mut() {
            Some(table) if open && goes_on(table, &fragment) => append(table, fragment),
            _ => out.push(fragment),
        }
    }
    out
}

/// Whether a page's first table goes on with the last table of the page before.
fn goes_on(table: &Fragment, next: &Fragment) -> bool {
    if next.first_page() != table.last_page() + 1 || table.text_below {
        return false;
    }
    // A title of its own makes a table of its own; captions printed again on each page do not.
    if column_map(table, next).is_none() || starts_anew(&table.table, &next.table) {
        return false;
    }
    let repeats_captions = next.own_above.iter().all(|t| table.own_above.contains(t));
    // A program that prints the title again on every page prints the header again too; forms with one title and
    // different contents are several tables.
    next.own_above.is_empty() || (repeats_captions && same_first_row(&table.table, &next.table))
}

/// Whether two tables open with the same row of texts.
fn same_first_row(a: &RawTable, b: &RawTable) -> bool {
    let texts = |t: &RawTable| -> Vec<String> { t.cells.iter().filter(|c| c.row == 0).map(|c| squash(&c.text)).collect() };
    texts(a) == texts(b)
}

/// Whether the next grid opens with a caption inside it: one cell over the whole width where the first table has
/// another.
fn starts_anew(table: &RawTable, next: &RawTable) -> bool {
    let banner = |t: &RawTable| {
        t.cells.first().filter(|c| t.cols > 2 && c.col_span == t.cols && !c.text.is_empty()).map(|c| c.text.clone())
    };
    match (banner(table), banner(next)) {
        (Some(a), Some(b)) => a != b,
        (None, Some(_)) | (Some(_), None) | (None, None) => false,
    }
}

/// Maps the next page's column boundaries onto the table's, or the other way round: for both, the position of each
/// boundary in the union. `None` when the columns differ.
fn column_map(table: &Fragment, next: &Fragment) -> Option<(Vec<usize>, Vec<usize>)> {
    let (a, b) = (&table.xs, &next.xs);
    let (a0, b0) = (a.first()?, b.first()?);
    let (width_a, width_b) = (a.last()? - a0, b.last()? - b0);
    let scale = if width_b > 0.0 { width_a / width_b } else { return None };
    // Pages of another size print the same table at another scale, but nothing changes its proportions.
    if !(0.5..=2.0).contains(&scale) {
        return None;
    }
    let shifted: Vec<f64> = b.iter().map(|x| a0 + (x - b0) * scale).collect();
    let near = |list: &[f64], x: f64| list.iter().position(|y| (x - y).abs() <= SAME_COLUMN);
    let missing_in_a = shifted.iter().filter(|x| near(a, **x).is_none()).count();
    let missing_in_b = a.iter().filter(|x| near(&shifted, **x).is_none()).count();
    if missing_in_a > 0 && missing_in_b > 0 {
        return None;
    }
    let union = if missing_in_a > 0 { &shifted } else { a };
    let index = |list: &[f64]| list.iter().map(|x| near(union, *x)).collect::<Option<Vec<usize>>>();
    let (map_a, map_b) = (index(a)?, index(&shifted)?);
    let ascending = |m: &[usize]| m.windows(2).all(|w| w[0] < w[1]);
    (ascending(&map_a) && ascending(&map_b)).then_some((map_a, map_b))
}

/// Appends a continuation to a table.
fn append(table: &mut Fragment, next: Fragment) {
    let Some((map_a, map_b)) = column_map(table, &next) else { return };
    let cols = map_a.iter().chain(&map_b).max().copied().unwrap_or(0);
    spread(&mut table.table, &map_a, cols);
    let mut added = next.table;
    spread(&mut added, &map_b, cols);
    let skip = repeated_header(&table.table, &added);
    drop_rows(&mut added, skip);
    let carried = page_break::carry(&mut table.table, &added, &table.xs);
    let offset = table.table.rows - carried.rows_shared;
    for (index, mut cell) in added.cells.into_iter().enumerate() {
        if !carried.absorbed[index] {
            cell.row += offset;
            table.table.cells.push(cell);
        }
    }
    table.table.rows = offset + added.rows;
    table.table.cells.sort_by_key(|c| (c.row, c.col));
    table.table.pages.extend(added.pages);
    table.table.confidence = table.table.confidence.min(added.confidence);
    table.table.captions.retain(|c| c.side == CaptionSide::Above);
    table.table.captions.extend(added.captions.into_iter().filter(|c| c.side == CaptionSide::Below));
    if map_b.len() > map_a.len() {
        let (a0, b0) = (table.xs[0], next.xs[0]);
        let scale = (table.xs[table.xs.len() - 1] - a0) / (next.xs[next.xs.len() - 1] - b0).max(1.0);
        table.xs = next.xs.iter().map(|x| a0 + (x - b0) * scale).collect();
    }
    table.text_below = next.text_below;
    table.bbox = next.bbox;
}

/// Moves a table's cells onto a wider set of columns.
fn spread(table: &mut RawTable, map: &[usize], cols: usize) {
    for cell in &mut table.cells {
        let end = map[(cell.col + cell.col_span).min(map.len() - 1)];
        cell.col = map[cell.col.min(map.len() - 1)];
        cell.col_span = end.saturating_sub(cell.col).max(1);
    }
    table.cols = cols;
}

/// Number of rows at the head of `next` that repeat the head of `table`.
fn repeated_header(table: &RawTable, next: &RawTable) -> usize {
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

fn drop_rows(table: &mut RawTable, rows: usize) {
    table.cells.retain(|c| c.row >= rows);
    for cell in &mut table.cells {
        cell.row -= rows;
    }
    table.rows -= rows;
}

