//! Tables without rulings: columns from the gaps between texts, rows from the order in which they were drawn.

mod block;
mod column;
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
        let ruled = !(boxes.is_empty() && others.is_empty());
        tables.extend(others);
        *rest = left;
        let groups = region::split(row::rows(block::pieces(rest)));
        let last = groups.len().saturating_sub(1);
        for (place, group) in groups.into_iter().enumerate() {
            let before = chains.last().and_then(|chain| chain.last()).filter(|_| open && place == 0 && !ruled);
            let goes_on = before.and_then(|candidate| region::continuation(&group, &candidate.rows));
            let joined = goes_on.is_some();
            let Some(rows) = goes_on.or_else(|| region::table(&group)) else {
                open = open && place == 0 && last == 0 && group.rows.is_empty();
                continue;
            };
            open = place == last && !ruled && reaches_down(&rows, &group.rows);
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
    let columns = columns_of(&all);
    if columns.len() < 2 {
        return;
    }
    // A continuation repeats the header, if anything; labels without numbers that follow are no header.
    let most = chain.first().map_or(0, |first| header_rows(&first.rows));
    for candidate in chain {
        let header = header_rows(&candidate.rows).min(most);
        let layout = Layout::of_rows(&candidate.rows, columns.clone(), header);
        if !layout.is_credible() {
            continue;
        }
        layout.mark(&mut used[candidate.page]);
        let (tables, rest) = &mut found[candidate.page];
        tables.push(layout.table(pages[candidate.page].number, rest));
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
        let header = header_rows(rows);
        let placed = place_all(rows, &columns, header, &height::centers(rows));
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
    /// Lays out rows in columns that only texts show.
    fn of_rows(rows: &[Row], columns: Columns, header: usize) -> Self {
        let placed = place_all(rows, &columns, header, &height::centers(rows));
        let ys = height::boundaries(&placed, rows.len());
        Self { placed, columns, ys }
    }

    /// Whether texts and columns fit: at least two columns hold texts of their own (or rules show them), and most texts stand inside.
    fn is_credible(&self) -> bool {
        let own = |col: usize| self.placed.iter().any(|p| p.first == col && p.last == col);
        let apart = self.columns.exact || (0..self.columns.len()).filter(|&col| own(col)).count() >= 2;
        apart && self.placed.len() >= 2 && self.certainty() >= 0.5
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

/// The header: rows of several texts above the first that holds a number. A table without numbers shows none.
fn header_rows(rows: &[Row]) -> usize {
    let body = |row: &Row| row.len() < 2 || row.iter().any(|b| b.number);
    let Some(end) = rows.iter().position(body) else { return 0 };
    if rows.iter().flatten().any(|b| b.number) { end } else { 0 }
}

/// Rows at the head that hold several texts and no number.
fn leading_rows(rows: &[Row]) -> usize {
    rows.iter().position(|row| row.len() < 2 || row.iter().any(|b| b.number)).unwrap_or(0)
}

/// Places the texts of all rows, top to bottom.
fn place_all(rows: &[Row], columns: &Columns, header: usize, centers: &[f64]) -> Vec<Placed> {
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
        let rule = RowRule { columns, taken: &taken, header: index < header, has_header: header > 0 };
        let mut found = span::place_row(index, row.clone(), &rule);
        span::adopt_merged(&mut found, &above(&placed, index));
        for one in &mut found {
            one.row_span = height::row_span(one, rows, columns, centers);
        }
        placed.extend(found);
    }
    height::settle(&mut placed);
    placed
}

/// The cells that end right above a row.
fn above(placed: &[Placed], row: usize) -> Vec<Placed> {
    placed.iter().filter(|p| p.row + p.row_span == row).cloned().collect()
}

/// Whether a block's text stands inside a box.
fn inside(block: &Block, frame: &Rect) -> bool {
    frame.contains(block.bbox.center_x(), block.bbox.center_y())
}
