//! Tables that run on over pages, and the lines of text around a table.

use super::ruled::PageTable;
use super::{Caption, CaptionSide, Cell, Place, RawTable};
use crate::geometry::Rect;
use crate::layout::OpenLine;
use crate::text;

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
pub(crate) fn over_pages(fragments: Vec<Fragment>, lines: &[OpenLine]) -> Vec<Fragment> {
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
            Some(table) if open && goes_on(table, &fragment, lines) => append(table, fragment),
            _ => out.push(fragment),
        }
    }
    out
}

/// Whether a page's first table goes on with the last table of the page before.
fn goes_on(table: &Fragment, next: &Fragment, lines: &[OpenLine]) -> bool {
    if next.first_page() != table.last_page() + 1 || table.text_below {
        return false;
    }
    // A title of its own makes a table of its own; captions printed again on each page do not.
    let repeats_captions = next.own_above.iter().all(|t| table.own_above.contains(t));
    if !next.own_above.is_empty() && !repeats_captions {
        return false;
    }
    let _ = lines;
    column_map(table, next).is_some() && !starts_anew(&table.table, &next.table)
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
    let mut carried = join_cut_row(&mut table.table, &mut added);
    extend_spans(&mut table.table, &mut added, &mut carried);
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

/// What became of the continuation's first row.
struct Carried {
    /// Cells of the continuation that went into cells of the table.
    absorbed: Vec<bool>,
    /// 1 when the continuation's first row is the rest of the table's last row.
    rows_shared: usize,
}

/// Joins a row that the page break cut in two: the continuation's first row holds only the rest of texts that the
/// last row began.
fn join_cut_row(table: &mut RawTable, next: &mut RawTable) -> Carried {
    let mut carried = Carried { absorbed: vec![false; next.cells.len()], rows_shared: 0 };
    if !is_cut_row(table, next) {
        return carried;
    }
    let last = table.rows - 1;
    for (index, cell) in next.cells.iter().enumerate().filter(|(_, c)| c.row == 0) {
        let home = table.cells.iter_mut().find(|c| c.row + c.row_span > last && c.col == cell.col);
        let Some(home) = home else { continue };
        if !cell.text.is_empty() {
            let gap = text::separates(&home.text, &cell.text, false);
            if gap {
                home.text.push(' ');
            }
            home.text.push_str(&cell.text);
        }
        // A cell that goes on below the cut row goes on in the table.
        home.row_span += cell.row_span - 1;
        carried.absorbed[index] = true;
    }
    carried.rows_shared = 1;
    carried
}

/// The signs of a cut row: same cells as the row before; every text of it follows a text of several lines; nothing
/// in it is a number beside a number.
fn is_cut_row(table: &RawTable, next: &RawTable) -> bool {
    if table.rows == 0 || next.rows < 2 {
        return false;
    }
    let last = table.rows - 1;
    let first_row: Vec<&Cell> = next.cells.iter().filter(|c| c.row == 0).collect();
    let above = |cell: &Cell| {
        table.cells.iter().find(|c| c.row + c.row_span > last && c.col == cell.col && c.col_span == cell.col_span)
    };
    let filled: Vec<&&Cell> = first_row.iter().filter(|c| !c.text.is_empty()).collect();
    let tall = |c: &Cell| c.place.bbox.is_some_and(|b| b.height() > 18.0);
    let goes_on = |c: &Cell| above(c).is_some_and(|a| !a.text.is_empty() && tall(a) && !ends_sentence(&a.text));
    let numeric = |s: &str| s.chars().any(|c| c.is_ascii_digit()) && !s.chars().any(char::is_alphabetic);
    !filled.is_empty()
        && first_row.iter().all(|c| above(c).is_some())
        && filled.iter().all(|c| goes_on(c) && !numeric(&c.text))
        && filled.len() * 2 <= first_row.len().max(2)
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', ';', '！', '？', '：'])
}

/// A merged cell cut by the page break shows an empty rest on the next page: the rest belongs to it.
fn extend_spans(table: &mut RawTable, next: &mut RawTable, carried: &mut Carried) {
    if carried.rows_shared > 0 || table.rows == 0 {
        return;
    }
    let any_text = next.cells.iter().any(|c| c.row == 0 && !c.text.is_empty());
    if !any_text {
        return;
    }
    for (index, cell) in next.cells.iter().enumerate().filter(|(_, c)| c.row == 0 && c.text.is_empty()) {
        let ends_here = |c: &&mut Cell| c.row + c.row_span == table.rows && c.col == cell.col;
        let home = table.cells.iter_mut().find(ends_here);
        if let Some(home) = home
            && home.col_span == cell.col_span
            && !home.text.is_empty()
            && (home.row_span > 1 || cell.row_span > 1)
        {
            home.row_span += cell.row_span;
            carried.absorbed[index] = true;
        }
    }
}
