//! Tables that run on over pages, and the lines of text around a table.

use super::page_break::{self, CutSigns, Cuts};
use super::ruled::PageTable;
use super::{Caption, CaptionSide, Cell, Place, RawTable};
use crate::geometry::Rect;
use crate::open_line::OpenLine;
use crate::text::{self, TextRun};
use std::collections::BTreeSet;

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
    /// Cells whose text may be cut by a page break.
    cuts: Cuts,
}

/// Most lines of text above (below) a table that are handed on as its captions.
const MOST_CAPTIONS: usize = 10;
/// Column boundaries this close (points) are the same on two pages.
const SAME_COLUMN: f64 = 4.0;

impl Fragment {
    pub(crate) fn new(found: PageTable) -> Self {
        Self {
            table: found.table,
            xs: found.xs,
            bbox: found.bbox,
            own_above: Vec::new(),
            text_below: false,
            cuts: found.cuts,
        }
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
        let mut above: Vec<&OpenLine> = here().filter(|l| middle(l) < bbox.y0 && middle(l) > ceiling).collect();
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
        let above = captions(above, CaptionSide::Above, bbox.width());
        fragment.table.captions = above.into_iter().chain(captions(below, CaptionSide::Below, bbox.width())).collect();
    }
}

/// Makes captions of lines. A centred line that fills most of the table's width and the line centred right below it in
/// the same size are one title, broken for want of room.
fn captions(lines: &[&OpenLine], side: CaptionSide, width: f64) -> Vec<Caption> {
    let mut out: Vec<Caption> = Vec::new();
    let mut previous: Option<&OpenLine> = None;
    for line in lines {
        let wrapped = previous.is_some_and(|p| is_wrapped(p, line, width));
        match out.last_mut() {
            Some(last) if wrapped => {
                last.text.push_str(&line.run.text);
                last.place.bbox = last.place.bbox.map(|b| b.union(&line.run.bbox));
            }
            _ => {
                let place = Place { page: Some(line.page), bbox: Some(line.run.bbox), sheet_cell: None };
                out.push(Caption { text: line.run.text.clone(), place, side });
            }
        }
        previous = Some(line);
    }
    out
}

fn is_wrapped(line: &OpenLine, next: &OpenLine, width: f64) -> bool {
    let (a, b, size) = (&line.run.bbox, &next.run.bbox, line.run.size);
    line.page == next.page
        && (line.run.size - next.run.size).abs() < 0.03 * size
        && (a.center_x() - b.center_x()).abs() < 0.5 * size
        && b.y0 - a.y1 < 0.9 * size
        && b.y0 > a.center_y()
        && a.width() > b.width()
        && a.width() > 0.55 * width
}

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
        match out.last_mut() {
            Some(table) if open && follows(table, &fragment, blank) && goes_on(table, &fragment) => {
                append(table, fragment, lines);
            }
            _ => out.push(fragment),
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

/// Whether a page's first table goes on with the last table of the page before.
fn goes_on(table: &Fragment, next: &Fragment) -> bool {
    if table.text_below {
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
    let texts =
        |t: &RawTable| -> Vec<String> { t.cells.iter().filter(|c| c.row == 0).map(|c| squash(&c.text)).collect() };
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
        _ => false,
    }
}

/// How the columns of two pages fit together.
struct ColumnMap {
    /// x of the boundaries of both, in the first table's coordinates.
    union: Vec<f64>,
    /// For each boundary of the table its position in the union.
    table: Vec<usize>,
    /// For each boundary of the next page's grid its position in the union.
    next: Vec<usize>,
}

/// Fits the next page's columns to the table's; `None` when they are other columns.
///
/// The same columns stand at the same place, or shifted (odd and even pages), or at another scale (pages of another
/// size). A page may lack some: a merged row shows fewer, and some programs draw nothing beside a merged cell that
/// runs on. Rows of a form may even have different columns, but the outer edges stay.
fn column_map(table: &Fragment, next: &Fragment) -> Option<ColumnMap> {
    let (a, b) = (&table.xs, &next.xs);
    let (a0, a1, b0, b1) = (*a.first()?, *a.last()?, *b.first()?, *b.last()?);
    let scale = (a1 - a0) / (b1 - b0).max(1.0);
    let at_scale: Vec<f64> = b.iter().map(|x| a0 + (x - b0) * scale).collect();
    if subset(b, a) && b.len() >= 3 || subset(a, b) && a.len() >= 3 {
        return merge_boundaries(a, b);
    }
    // A wide scale range would make any two tables of as many columns the same.
    let same_scale = (0.7..=1.4).contains(&scale);
    if same_scale && (subset(&at_scale, a) || subset(a, &at_scale)) {
        return merge_boundaries(a, &at_scale);
    }
    let same_edges = (a0 - b0).abs() <= SAME_COLUMN && (a1 - b1).abs() <= SAME_COLUMN;
    if same_edges { merge_boundaries(a, b) } else { None }
}

fn position(list: &[f64], x: f64) -> Option<usize> {
    list.iter().position(|y| (x - y).abs() <= SAME_COLUMN)
}

fn subset(part: &[f64], whole: &[f64]) -> bool {
    part.iter().all(|x| position(whole, *x).is_some())
}

/// Unites two lists of boundaries.
fn merge_boundaries(a: &[f64], b: &[f64]) -> Option<ColumnMap> {
    let mut union: Vec<f64> = a.to_vec();
    union.extend(b.iter().copied().filter(|x| position(a, *x).is_none()));
    union.sort_by(f64::total_cmp);
    let index = |list: &[f64]| list.iter().map(|x| position(&union, *x)).collect::<Option<Vec<usize>>>();
    let (table, next) = (index(a)?, index(b)?);
    let ascending = |m: &[usize]| m.windows(2).all(|w| w[0] < w[1]);
    (ascending(&table) && ascending(&next)).then_some(ColumnMap { union, table, next })
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
    let skip = repeated_header(&table.table, &added);
    drop_rows(&mut added, skip);
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
    table.table.confidence = table.table.confidence.min(added.confidence);
    table.table.captions.retain(|c| c.side == CaptionSide::Above);
    table.table.captions.extend(added.captions.into_iter().filter(|c| c.side == CaptionSide::Below));
    table.xs = columns.union;
    table.cuts = cuts.lowered(offset);
    table.text_below = next.text_below;
    table.bbox = next.bbox;
}

/// Deals with columns that the continuation does not show: some programs draw no borders beside a merged cell that goes
/// on, but centre its text on a later page. A text there is that of the cell if it has none yet, else a new merged
/// cell's. Returns the new cells; the others are extended by `added` rows.
fn fill_beside(table: &mut RawTable, next: &Beside<'_>, lines: &mut Vec<OpenLine>) -> Vec<Cell> {
    let (Some(&first), Some(&last)) = (next.columns.first(), next.columns.last()) else { return Vec::new() };
    let rows = table.rows;
    let mut new = Vec::new();
    for cell in table.cells.iter_mut().filter(|c| c.row + c.row_span == rows) {
        if cell.col + cell.col_span > first && cell.col < last {
            continue;
        }
        let (x0, x1) = (next.xs[cell.col], next.xs[cell.col + cell.col_span]);
        let (text, place) = take_text(lines, next, (x0, x1));
        if text.is_empty() || cell.text.is_empty() {
            cell.row_span += next.rows;
            if !text.is_empty() {
                (cell.text, cell.place) = (text, place);
            }
        } else {
            new.push(Cell { row: rows, row_span: next.rows, text, place, ..cell.clone() });
        }
    }
    new
}

/// A continuation that lacks columns.
struct Beside<'a> {
    page: u32,
    bbox: Rect,
    /// Rows that it adds.
    rows: usize,
    /// Its column boundaries as positions in `xs`.
    columns: &'a [usize],
    /// All column boundaries.
    xs: &'a [f64],
}

/// Takes the lines that stand beside the continuation between two x.
fn take_text(lines: &mut Vec<OpenLine>, next: &Beside<'_>, (x0, x1): (f64, f64)) -> (String, Place) {
    let beside = |run: &TextRun| {
        let (x, y) = (run.bbox.center_x(), run.bbox.center_y());
        y > next.bbox.y0 && y < next.bbox.y1 && x > x0 && x < x1
    };
    let mut runs: Vec<TextRun> = Vec::new();
    lines.retain_mut(|line| line.page != next.page || line.take(beside, &mut runs));
    let around = runs.iter().map(|r| r.bbox).reduce(|a, b| a.union(&b));
    (text::join_lines(&runs, x1 - x0), Place { page: Some(next.page), bbox: around, sheet_cell: None })
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
