//! Tables without rulings: columns from the gaps between texts, rows from the order in which they were drawn.

mod block;
mod boxed_header;
mod column;
#[cfg(test)]
mod form_tests;
mod frame;
mod half_ruled;
mod height;
mod region;
mod reread;
mod row;
mod span;
#[cfg(test)]
mod tests;

use self::block::Block;
use self::column::Columns;
use self::row::Row;
use self::span::{Placed, RowRule};
use super::Method;
use super::grid::{Grid, GridCell};
use super::ruled::{self, PageTable};
use crate::geometry::Rect;
use crate::page::{Glyph, Page};

/// Finds the tables that have no grid of rulings among the glyphs that no ruled table took, page by page; `found`
/// holds each page's tables and its other glyphs, and is added to.
///
/// Pages that [`is_too_full`] are left as they are; the caller says so.
pub(crate) fn find(pages: &[Page], found: &mut [(Vec<PageTable>, Vec<Glyph>)]) {
    let mut chains: Vec<Vec<Candidate>> = Vec::new();
    let mut open = false;
    for (index, (page, (tables, rest))) in pages.iter().zip(found.iter_mut()).enumerate() {
        if is_too_full(page) {
            open = false;
            continue;
        }
        reread::mend(page, tables);
        let boxes: Vec<Rect> = tables.iter().map(|t| t.bbox).collect();
        let (others, left) = half_ruled::find(page, std::mem::take(rest), &boxes);
        let half = others.len();
        let ruled = !boxes.is_empty() || half > 0;
        tables.extend(others);
        *rest = left;
        let groups = region::split(row::rows(block::pieces(rest)));
        let last = groups.len().saturating_sub(1);
        for (place, group) in groups.into_iter().enumerate() {
            let before = chains.last().filter(|_| open && place == 0 && !ruled);
            let goes_on = before.and_then(|chain| region::continuation(&group, &typical_rows(chain)));
            let joined = goes_on.is_some();
            let Some(rows) = goes_on.or_else(|| region::table(&group)) else {
                open = open && place == 0 && last == 0 && group.rows.is_empty();
                continue;
            };
            let lowest = boxes.iter().map(|b| b.y1).fold(f64::NEG_INFINITY, f64::max);
            let below_all = !ruled || half == 0 && lowest <= row::bounds(&rows).y0 + 1.0;
            open = place == last && below_all && reaches_down(&rows, &group.rows);
            let candidate = Candidate { page: index, rows };
            match chains.last_mut() {
                Some(chain) if joined => chain.push(candidate),
                _ => chains.push(vec![candidate]),
            }
        }
    }
    let mut used: Vec<Vec<bool>> = found.iter().map(|(_, rest)| vec![false; rest.len()]).collect();
    for chain in chains {
        finish_chain(chain, pages, found, &mut used);
    }
    for ((_, rest), used) in found.iter_mut().zip(&used) {
        let mut index = 0;
        rest.retain(|_| {
            index += 1;
            !used[index - 1]
        });
    }
}

/// Finds only what rules show on a page: grids that rule part of their table, and tables between horizontal rules.
pub(crate) fn find_by_rules(page: &Page, tables: &mut Vec<PageTable>, rest: &mut Vec<Glyph>) {
    reread::mend(page, tables);
    let boxes: Vec<Rect> = tables.iter().map(|t| t.bbox).collect();
    let (others, left) = half_ruled::find(page, std::mem::take(rest), &boxes);
    tables.extend(others);
    *rest = left;
}

/// Whether a page has more on it than can be searched for tables without rulings.
pub(crate) fn is_too_full(page: &Page) -> bool {
    page.rulings.len() > MOST_PIECES || block::is_crowded(&page.glyphs, MOST_PIECES)
}

/// A row that names columns names at least so many.
const NAMED: usize = 3;
/// Rows that the header of a table without numbers has at most.
const MOST_LEVELS: usize = 4;
/// Rows that are looked at for a table's columns.
const MOST_ROWS: usize = 1_000;
/// Pages with more pieces of text or more rules than this are drawings or maps, and too much to compare with each other.
const MOST_PIECES: usize = 10_000;

/// Rows of a table on a page.
struct Candidate {
    /// Index of the page.
    page: usize,
    rows: Vec<Row>,
}

/// The rows of a table's first and last pages.
fn typical_rows(chain: &[Candidate]) -> Vec<Row> {
    let last = chain.len().saturating_sub(2).max(1);
    chain.iter().take(1).chain(chain.iter().skip(last)).flat_map(|c| c.rows.iter().cloned()).collect()
}

/// Whether nothing but a page number stands below the table.
fn reaches_down(rows: &[Row], all: &[Row]) -> bool {
    let bottom = row::bounds(rows).y1;
    let below = all.iter().flatten().filter(|b| b.bbox.y0 >= bottom);
    let texts: Vec<&Block> = below.collect();
    texts.len() <= 1 && texts.iter().all(|b| b.number)
}

/// Lays out a table and its continuations; their columns are found together, since one page may lack a column's text.
fn finish_chain(
    chain: Vec<Candidate>,
    pages: &[Page],
    found: &mut [(Vec<PageTable>, Vec<Glyph>)],
    used: &mut [Vec<bool>],
) {
    let all = distinct_rows(&chain);
    let boxed = chain.first().and_then(|first| boxed_header::find(&found[first.page].0, &first.rows));
    let header = boxed.zip(chain.first()).map(|(index, first)| found[first.page].0.remove(index));
    let columns = header.as_ref().map_or_else(|| columns_of(&all), |header| boxed_header::columns(header, &all));
    if columns.len() < 2 {
        return;
    }
    // A continuation repeats the header, if anything; labels without numbers that follow are no header.
    let most = chain.first().map_or(0, |first| header_rows(&first.rows, &columns));
    let mut form = if boxed.is_none() { form_rows(&all, &columns, most) } else { 0 };
    let lay_out = |candidate: Candidate| {
        let header = header_rows(&candidate.rows, &columns).min(most);
        let own = form.min(candidate.rows.len());
        form -= own;
        (candidate.page, Layout::of_rows(&candidate.rows, columns.clone(), header, own))
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

/// The rows of a table over its pages, each repeated header once.
fn distinct_rows(chain: &[Candidate]) -> Vec<Row> {
    let Some((first, others)) = chain.split_first() else { return Vec::new() };
    let same = |a: &Block, b: &Block| (a.bbox.x0 - b.bbox.x0).abs() < 0.1 && (a.bbox.x1 - b.bbox.x1).abs() < 0.1;
    let repeats = |(a, b): &(&Row, &Row)| a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b));
    let mut out = first.rows.clone();
    for candidate in others {
        let header = candidate.rows.iter().zip(&first.rows).take_while(repeats).count();
        out.extend(candidate.rows.iter().skip(header).cloned());
    }
    out
}

/// The columns of rows, with boundaries as exact as the texts tell.
fn columns_of(rows: &[Row]) -> Columns {
    let rows = &rows[..rows.len().min(MOST_ROWS)];
    let mut columns = column::find(rows);
    if columns.len() >= 2 {
        let header = header_rows(rows, &columns);
        let placed = place_all(rows, &columns, header, form_rows(rows, &columns, header));
        frame::refine(&mut columns, &placed, header, column::typical_size(rows));
    }
    columns
}

/// A table's texts with their places, and the boundaries between them.
struct Layout {
    placed: Vec<Placed>,
    columns: Columns,
    ys: Vec<f64>,
}

impl Layout {
    /// Lays out rows in columns that only texts show; `form`: see [`form_rows`].
    fn of_rows(rows: &[Row], columns: Columns, header: usize, form: usize) -> Self {
        let placed = place_all(rows, &columns, header, form);
        let ys = height::boundaries(&placed, rows.len());
        Self { placed, columns, ys }
    }

    /// Whether texts and columns fit.
    fn is_credible(&self) -> bool {
        self.has_columns() && self.fits()
    }

    /// Whether at least two columns hold texts of their own (or rules show them).
    fn has_columns(&self) -> bool {
        let own = |col: usize| self.placed.iter().any(|p| p.first == col && p.last == col);
        self.columns.exact || (0..self.columns.len()).filter(|&col| own(col)).count() >= 2
    }

    /// Whether most texts stand inside the columns that they have.
    fn fits(&self) -> bool {
        self.placed.len() >= 2 && self.certainty() >= 0.5
    }

    /// Marks the glyphs that the table took.
    fn mark(&self, used: &mut [bool]) {
        for &index in self.placed.iter().flat_map(|p| &p.block.glyphs) {
            used[index] = true;
        }
    }

    /// Makes the table.
    fn table(&self, page: u32, glyphs: &[Glyph]) -> PageTable {
        let (rows, cols) = (self.ys.len() - 1, self.columns.len());
        let mut owner = vec![usize::MAX; rows * cols];
        let mut cells: Vec<(GridCell, Vec<&Glyph>)> = Vec::new();
        for placed in &self.placed {
            let (row, col) = (placed.row, placed.first);
            let cell = GridCell { row, col, row_span: placed.row_span, col_span: placed.last + 1 - col };
            cells.push((cell, placed.block.glyphs.iter().map(|&i| &glyphs[i]).collect()));
            for r in row..row + placed.row_span {
                owner[r * cols + col..=r * cols + placed.last].fill(0);
            }
        }
        for at in (0..rows * cols).filter(|&at| owner[at] == usize::MAX) {
            cells.push((GridCell { row: at / cols, col: at % cols, row_span: 1, col_span: 1 }, Vec::new()));
        }
        cells.sort_by_key(|(cell, _)| (cell.row, cell.col));
        let (grid_cells, contents): (Vec<GridCell>, Vec<Vec<&Glyph>>) = cells.into_iter().unzip();
        let grid = Grid {
            xs: self.columns.xs.clone(),
            ys: self.ys.clone(),
            cells: grid_cells,
            owner: Vec::new(),
            irregular: 0,
        };
        let mut table = ruled::page_table(page, &grid, &contents);
        table.table.method = Method::Unruled;
        table.table.confidence *= self.certainty();
        table
    }

    /// How sure the columns are: no text reaches over a boundary that its range does not hold.
    fn certainty(&self) -> f64 {
        let clear = |p: &&Placed| {
            let b = &p.block.bbox;
            b.x0 >= self.columns.xs[p.first] - 1.0 && b.x1 <= self.columns.xs[p.last + 1] + 1.0
        };
        let share = self.placed.iter().filter(clear).count() as f64 / self.placed.len().max(1) as f64;
        0.85 * share
    }
}

/// The header: rows of several texts above the first that holds a number, where they name most columns (a form's first
/// rows do not). In a table without numbers only a header of several levels is known as one, by naming them all.
fn header_rows(rows: &[Row], columns: &Columns) -> usize {
    let body = |row: &Row| row.len() < 2 || row.iter().any(|b| b.number);
    let Some(end) = rows.iter().position(body) else { return 0 };
    let mut named = vec![false; columns.len()];
    for block in rows[..end].iter().flatten() {
        let (first, last) = columns.touched(block.bbox.x0, block.bbox.x1);
        named[first] |= first == last;
    }
    let named = named.iter().filter(|n| **n).count();
    let numbers = rows.iter().flatten().any(|b| b.number);
    let levels = (2..=MOST_LEVELS).contains(&end) && named == columns.len();
    if numbers && 5 * named >= 3 * columns.len() || levels { end } else { 0 }
}

/// How many rows at the head of a table without header are a form's labels and values: those above the first that names
/// most columns, each on its own. None where no row does.
fn form_rows(rows: &[Row], columns: &Columns, header: usize) -> usize {
    let names = |row: &Row| {
        let own = |b: &&Block| {
            let (first, last) = columns.touched(b.bbox.x0, b.bbox.x1);
            first == last
        };
        let named = row.iter().filter(own).count();
        !row.iter().any(|b| b.number) && named >= NAMED && 5 * named >= 3 * columns.len()
    };
    if header > 0 { 0 } else { rows.iter().position(names).unwrap_or(0) }
}

/// Rows at the head that hold several texts and no number.
fn leading_rows(rows: &[Row]) -> usize {
    rows.iter().position(|row| row.len() < 2 || row.iter().any(|b| b.number)).unwrap_or(0)
}

/// Places the texts of all rows, top to bottom. The first `form` are a form's.
fn place_all(rows: &[Row], columns: &Columns, header: usize, form: usize) -> Vec<Placed> {
    let centers = height::centers(rows);
    let mut placed: Vec<Placed> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let covered =
            |c: usize| placed.iter().any(|p: &Placed| p.row + p.row_span > index && (p.first..=p.last).contains(&c));
        let mut taken: Vec<bool> = (0..columns.len()).map(covered).collect();
        for block in row {
            // A text cannot stand where a cell from above does.
            let (first, last) = columns.touched(block.bbox.x0, block.bbox.x1);
            taken[first..=last].fill(false);
        }
        let rule =
            RowRule { columns, taken: &taken, header: index < header, has_header: header > 0, form: index < form };
        let mut found = span::place_row(index, row.clone(), &rule);
        span::adopt_merged(&mut found, &above(&placed, index, columns.len()));
        if index >= header {
            let headings = placed.partition_point(|p| p.row < header);
            span::adopt_heading(&mut found, &placed[..headings], &rule);
        }
        for one in &mut found {
            one.row_span = height::row_span(one, rows, columns, &centers);
        }
        placed.extend(found);
    }
    height::settle(&mut placed);
    placed
}

/// The cells that end right above a row, and numbers with nothing but blank cells between them and the row.
fn above(placed: &[Placed], row: usize, cols: usize) -> Vec<Placed> {
    let mut hidden = vec![false; cols];
    let mut out = Vec::new();
    for p in placed.iter().rev() {
        let seen = !hidden[p.first..=p.last].contains(&true);
        if p.row + p.row_span == row || seen && p.block.number {
            out.push(p.clone());
        }
        hidden[p.first..=p.last].fill(true);
        if !hidden.contains(&false) {
            break;
        }
    }
    out
}

/// Whether a block's text stands inside a box.
fn inside(block: &Block, frame: &Rect) -> bool {
    frame.contains(block.bbox.center_x(), block.bbox.center_y())
}
