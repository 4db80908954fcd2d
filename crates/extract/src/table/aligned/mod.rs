//! Statistics tables in alphabetic scripts, as agencies print them without a grid: labels with dots that lead to the
//! numbers, numbers under each other, names of columns above, often a rule or two.
//!
//! Chinese tables without rulings are found by [`super::unruled`]: their characters leave no blanks between words, so
//! that gaps mean something else there.

mod body;
mod column;
mod flow;
mod head;
mod line;
mod region;
#[cfg(test)]
mod tests;

use self::body::Body;
use self::column::Column;
use self::head::Head;
use self::line::{Kind, Line, Piece};
use self::region::Extent;
pub(super) use self::region::even_steps;
use super::grid::{Grid, GridCell};
use super::ruled::{self, PageTable};
use super::{Method, unruled};
use crate::geometry::Rect;
use crate::page::{Glyph, Page, Ruling};

/// Share of ideographs above which a document is not of an alphabetic script.
const IDEOGRAPHS: f64 = 0.02;

/// Whether a document is written in an alphabetic script.
pub(crate) fn is_alphabetic(pages: &[Page]) -> bool {
    let mut letters = 0_usize;
    let mut ideographs = 0_usize;
    for c in pages.iter().flat_map(|p| &p.glyphs).filter_map(|g| g.text.chars().next()) {
        letters += usize::from(c.is_alphabetic());
        ideographs +=
            usize::from(matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'));
    }
    letters > 0 && (ideographs as f64) < IDEOGRAPHS * letters as f64
}

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

/// Gives up grids that are only the boxed head of a table whose rows stand below without a grid.
fn release_heads(page: &Page, tables: &mut Vec<PageTable>, rest: &mut Vec<Glyph>) {
    const MOST_ROWS: usize = 4;
    let open: Vec<usize> = (0..rest.len()).filter(|&i| line::is_upright(&rest[i])).collect();
    let lines = line::lines(rest, &open);
    let is_head = |t: &PageTable| {
        let texts = || t.table.cells.iter().filter(|c| !c.text.is_empty());
        let named = texts().all(|c| matches!(line::kind_of(&c.text), Kind::Words | Kind::Year));
        let below = |l: &&Line| {
            let gap = l.bbox.y0 - t.bbox.y1;
            gap > -0.5 * l.size
                && gap < 4.0 * l.size
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
    let rules = with_drawn(&rules, rest);
    let rules: Vec<&Ruling> = rules.iter().collect();
    for chosen in flow::flows(rest, &rules, page.width) {
        let uprights = line::drawn_uprights(rest, &chosen);
        let chosen: Vec<usize> = chosen.into_iter().filter(|i| !uprights.contains(i)).collect();
        let mut lines = line::lines(rest, &chosen);
        for line in &mut lines {
            line.pieces.retain(|p| !line::is_drawn_rule(p));
        }
        lines.retain(|l| !l.pieces.is_empty());
        for mut run in region::runs(lines, &rules) {
            column::cut_at_shared_edges(&mut run);
            let Some((columns, extent)) = region::extent(&run, &rules) else { continue };
            let table = lay_out(&run, &columns, &extent, &rules);
            for &index in table.rows.iter().flatten().flat_map(|e| &e.glyphs) {
                used[index] = true;
            }
            tables.push(table.page_table(page.number, rest));
        }
    }
    let mut index = 0;
    rest.retain(|_| {
        index += 1;
        !used[index - 1]
    });
}

/// Rules, and what printers draw of dashes in their place.
fn with_drawn(rules: &[&Ruling], glyphs: &[Glyph]) -> Vec<Ruling> {
    let mut out: Vec<Ruling> = rules.iter().map(|r| **r).collect();
    let dashes: Vec<usize> =
        (0..glyphs.len()).filter(|&i| line::is_upright(&glyphs[i]) && "-_=—–―─═".contains(&glyphs[i].text)).collect();
    for piece in line::lines(glyphs, &dashes).iter().flat_map(|l| &l.pieces).filter(|p| line::is_drawn_rule(p)) {
        let (b, y) = (piece.bbox, piece.bbox.center_y());
        out.push(Ruling { bbox: Rect::new(b.x0, y - 0.25, b.x1, y + 0.25), horizontal: true });
    }
    out
}

/// Text with the columns that it stands for.
#[derive(Debug, Clone)]
struct Entry {
    glyphs: Vec<usize>,
    bbox: Rect,
    /// Box of its last line.
    bottom: Rect,
    size: f64,
    first: usize,
    last: usize,
    row_span: usize,
}

impl Entry {
    fn new(piece: &Piece, (first, last): (usize, usize)) -> Self {
        let glyphs = piece.glyphs.clone();
        Self { glyphs, bbox: piece.bbox, bottom: piece.bbox, size: piece.size, first, last, row_span: 1 }
    }

    /// Takes in a piece on the same line.
    fn absorb(&mut self, piece: &Piece, last: usize) {
        self.glyphs.extend(&piece.glyphs);
        self.bbox = self.bbox.union(&piece.bbox);
        self.bottom = self.bottom.union(&piece.bbox);
        self.last = self.last.max(last);
    }

    /// Takes in what stands on lines below.
    fn join(&mut self, other: &Self) {
        self.glyphs.extend(&other.glyphs);
        self.bbox = self.bbox.union(&other.bbox);
        self.bottom = other.bottom;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

/// A table with the places of its texts.
struct Laid {
    rows: Vec<Vec<Entry>>,
    xs: Vec<f64>,
}

fn lay_out(run: &[Line], columns: &[Column], extent: &Extent, rules: &[&Ruling]) -> Laid {
    let size = run[extent.body].size;
    let xs = column::boundaries(columns, size);
    let head = Head { lines: &run[extent.head..extent.body], columns, xs: &xs, rules };
    let mut rows = if extent.head < extent.body { head.rows() } else { Vec::new() };
    let body = Body { lines: &run[extent.body..extent.end], columns, xs: &xs };
    rows.extend(body.rows());
    rows.retain(|row| !row.is_empty());
    Laid { rows, xs }
}

impl Laid {
    /// y of the boundaries between rows.
    fn levels(&self) -> Vec<f64> {
        let top = |row: &Vec<Entry>| row.iter().map(|e| e.bbox.y0).fold(f64::INFINITY, f64::min);
        let bottom = |row: &Vec<Entry>| row.iter().map(|e| e.bbox.y1).fold(f64::NEG_INFINITY, f64::max);
        let mut ys: Vec<f64> = self.rows.first().map(|r| top(r) - 1.0).into_iter().collect();
        for pair in self.rows.windows(2) {
            let floor = ys.last().copied().unwrap_or(0.0) + 0.1;
            ys.push(f64::midpoint(bottom(&pair[0]), top(&pair[1])).max(floor));
        }
        let floor = ys.last().copied().unwrap_or(0.0) + 0.1;
        ys.extend(self.rows.last().map(|r| (bottom(r) + 1.0).max(floor)));
        ys
    }

    fn page_table(&self, page: u32, glyphs: &[Glyph]) -> PageTable {
        let cols = self.xs.len().saturating_sub(1);
        let rows = self.rows.len();
        let mut taken = vec![false; rows * cols];
        let mut cells: Vec<(GridCell, Vec<&Glyph>)> = Vec::new();
        for (row, entries) in self.rows.iter().enumerate() {
            for entry in entries {
                let row_span = entry.row_span.clamp(1, rows - row);
                let covered = |r: usize, c: usize| taken.get(r * cols + c).copied().unwrap_or(true);
                let free = (row..row + row_span).all(|r| (entry.first..=entry.last).all(|c| !covered(r, c)));
                let (row_span, last) = if free { (row_span, entry.last) } else { (1, entry.first) };
                for r in row..row + row_span {
                    taken[r * cols + entry.first..=r * cols + last].fill(true);
                }
                let cell = GridCell { row, col: entry.first, row_span, col_span: last + 1 - entry.first };
                cells.push((cell, entry.glyphs.iter().filter_map(|&i| glyphs.get(i)).collect()));
            }
        }
        for at in (0..rows * cols).filter(|&at| !taken[at]) {
            cells.push((GridCell { row: at / cols, col: at % cols, row_span: 1, col_span: 1 }, Vec::new()));
        }
        cells.sort_by_key(|(cell, _)| (cell.row, cell.col));
        let (grid_cells, contents): (Vec<GridCell>, Vec<Vec<&Glyph>>) = cells.into_iter().unzip();
        let grid = Grid { xs: self.xs.clone(), ys: self.levels(), cells: grid_cells, owner: Vec::new(), irregular: 0 };
        let mut table = ruled::page_table(page, &grid, &contents);
        table.table.method = Method::Unruled;
        table.table.confidence *= 0.85;
        table
    }
}
