//! Tables with horizontal rules only: the rules show the table's extent and, mostly, its rows; where they are drawn
//! cell by cell, their ends show the columns as well.

use super::super::grid::{self, Grid};
use super::super::ruled::PageTable;
use super::super::rulings::{self, Line};
use super::Layout;
use super::block::{self, Block};
use super::column::Columns;
use super::row::{self, Row};
use super::span::{self, Placed, RowRule};
use crate::geometry::Rect;
use crate::page::{Glyph, Page, Ruling};
use std::collections::BTreeMap;

/// Ends of rules this close (points) are one boundary: rules are drawn to the border's middle or to its edge.
const SAME_END: f64 = 2.6;
/// Text whose size exceeds the rows' by this share is a heading between two tables.
const HEADING: f64 = 1.15;

/// Finds tables between horizontal rules.
pub(super) fn find(page: &Page, rest: Vec<Glyph>, ruled: &[Rect]) -> (Vec<PageTable>, Vec<Glyph>) {
    let free = |r: &&Ruling| {
        let (x, y) = (r.bbox.center_x(), r.bbox.center_y());
        let near = |b: &Rect| Rect::new(b.x0 - SAME_END, b.y0 - SAME_END, b.x1 + SAME_END, b.y1 + SAME_END);
        r.horizontal && !ruled.iter().any(|b| near(b).contains(x, y))
    };
    let rules: Vec<Ruling> = page.rulings.iter().filter(free).copied().collect();
    let pieces = block::pieces(&rest);
    let mut used = vec![false; rest.len()];
    let mut tables = Vec::new();
    for group in groups(&rules, &pieces) {
        let Some(layout) = lay_out(&group, &pieces).filter(Layout::is_credible) else { continue };
        layout.mark(&mut used);
        tables.push(layout.table(page.number, &rest));
    }
    let mut index = 0;
    let mut rest = rest;
    rest.retain(|_| {
        index += 1;
        !used[index - 1]
    });
    (tables, rest)
}

/// Rules at one height.
#[derive(Debug, Clone)]
struct Level {
    y: f64,
    from: f64,
    to: f64,
    rules: Vec<Ruling>,
}

/// Levels of one table, top to bottom.
struct Group {
    levels: Vec<Level>,
}

impl Group {
    fn frame(&self) -> Rect {
        let (from, to) = extent(&self.levels);
        match (self.levels.first(), self.levels.last()) {
            (Some(a), Some(b)) => Rect::new(from - SAME_END, a.y, to + SAME_END, b.y),
            _ => Rect::default(),
        }
    }

    /// Whether rules of the whole width open and close the table. Levels below the last of those belong to something
    /// else (an underlined word, a footnote's rule).
    fn is_framed(&mut self) -> bool {
        if self.levels.len() >= 3 && self.is_drawn_by_cells() {
            // A page break may leave the last row open where a merged cell goes on.
            return true;
        }
        let (from, to) = extent(&self.levels);
        let whole = |l: &Level| l.from <= from + SAME_END && l.to >= to - SAME_END;
        while self.levels.last().is_some_and(|l| !whole(l)) {
            self.levels.pop();
        }
        self.levels.len() >= 2 && self.levels.first().is_some_and(whole)
    }

    /// Whether the rules were drawn cell by cell: on many levels one rule begins where another ends (below a merged
    /// cell it may be one rule).
    fn is_drawn_by_cells(&self) -> bool {
        let abut =
            |a: &Ruling, b: &Ruling| (a.bbox.x1 - b.bbox.x0).abs() <= SAME_END && b.bbox.x1 - a.bbox.x1 > SAME_END;
        let by_cells = |level: &&Level| level.rules.iter().any(|a| level.rules.iter().any(|b| abut(a, b)));
        4 * self.levels.iter().filter(by_cells).count() > self.levels.len()
    }

    /// Where rules end, outer ends included.
    fn ends(&self) -> Vec<f64> {
        let mut ends: Vec<f64> =
            self.levels.iter().flat_map(|l| &l.rules).flat_map(|r| [r.bbox.x0, r.bbox.x1]).collect();
        ends.sort_by(f64::total_cmp);
        let mut out: Vec<f64> = Vec::new();
        for end in ends {
            if out.last().is_none_or(|last| end - last > SAME_END) {
                out.push(end);
            }
        }
        out
    }
}

fn extent(levels: &[Level]) -> (f64, f64) {
    let from = levels.iter().map(|l| l.from).fold(f64::INFINITY, f64::min);
    (from, levels.iter().map(|l| l.to).fold(f64::NEG_INFINITY, f64::max))
}

/// Groups the rules of a page to tables.
fn groups(rules: &[Ruling], pieces: &[Block]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for level in levels(rules) {
        match groups.last_mut() {
            Some(group) if goes_on(group, &level, pieces) => group.levels.push(level),
            _ => groups.push(Group { levels: vec![level] }),
        }
    }
    groups.retain_mut(Group::is_framed);
    groups
}

fn levels(rules: &[Ruling]) -> Vec<Level> {
    let mut sorted: Vec<&Ruling> = rules.iter().collect();
    sorted.sort_by(|a, b| a.bbox.center_y().total_cmp(&b.bbox.center_y()));
    let mut out: Vec<Level> = Vec::new();
    for rule in sorted {
        let y = rule.bbox.center_y();
        match out.last_mut() {
            Some(level) if y - level.y <= SAME_END => {
                level.from = level.from.min(rule.bbox.x0);
                level.to = level.to.max(rule.bbox.x1);
                level.rules.push(*rule);
            }
            _ => out.push(Level { y, from: rule.bbox.x0, to: rule.bbox.x1, rules: vec![*rule] }),
        }
    }
    out
}

/// Whether a level belongs to the table above: it keeps to the table's width, and no heading stands between.
fn goes_on(group: &Group, level: &Level, pieces: &[Block]) -> bool {
    let (from, to) = extent(&group.levels);
    let within = level.from >= from - SAME_END && level.to <= to + SAME_END || shares_ends(group, level);
    let Some(last) = group.levels.last() else { return false };
    let band = Rect::new(from, last.y, to, level.y);
    let above = Rect::new(from, group.levels[0].y, to, last.y);
    let largest = |frame: &Rect| pieces.iter().filter(|p| super::inside(p, frame)).map(|p| p.size).fold(0.0, f64::max);
    let (here, before) = (largest(&band), largest(&above));
    within && here > 0.0 && (before == 0.0 || here <= HEADING * before)
}

/// Whether a level reaches beyond the table only because merged cells leave the levels above short.
fn shares_ends(group: &Group, level: &Level) -> bool {
    let ends = group.ends();
    let at = |x: f64| ends.iter().any(|e| (e - x).abs() <= SAME_END);
    level.rules.iter().filter(|r| at(r.bbox.x0) && at(r.bbox.x1)).count() >= 2
}

/// Rows that a page break cut off from their rules: above the first and below the last level of the page, where that
/// level is short or the texts stand in the table's columns.
fn open_rows(group: &Group, pieces: &[Block], ends: &[f64]) -> Rect {
    let mut frame = group.frame();
    let inner: Vec<&Block> = pieces.iter().filter(|p| super::inside(p, &frame)).collect();
    let size = inner.iter().map(|p| p.size).fold(0.0, f64::max);
    let fits = |p: &&Block| {
        let alone = !ends.iter().any(|e| p.bbox.x0 < e - SAME_END && p.bbox.x1 > e + SAME_END);
        alone && (p.size - size).abs() <= 0.04 * size && p.bbox.x0 >= frame.x0 && p.bbox.x1 <= frame.x1
    };
    let belongs = |level: Option<&Level>, outer: &[&Block]| {
        let short = level.is_some_and(|l| l.from > frame.x0 + 2.0 * SAME_END || l.to < frame.x1 - 2.0 * SAME_END);
        let enough = if short { 1 } else { 2 };
        outer.len() >= enough && outer.iter().all(fits) && (short || outer.iter().all(|p| !p.colon))
    };
    let above: Vec<&Block> = pieces.iter().filter(|p| p.bbox.center_y() < frame.y0).collect();
    let below: Vec<&Block> = pieces.iter().filter(|p| p.bbox.center_y() > frame.y1).collect();
    let (up, down) = (belongs(group.levels.first(), &above), belongs(group.levels.last(), &below));
    if up {
        frame.y0 = above.iter().map(|p| p.bbox.y0).fold(frame.y0, f64::min) - 1.0;
    }
    if down {
        frame.y1 = below.iter().map(|p| p.bbox.y1).fold(frame.y1, f64::max) + 1.0;
    }
    frame
}

/// Lays out the texts between a group of rules.
fn lay_out(group: &Group, pieces: &[Block]) -> Option<Layout> {
    let within = |frame: &Rect| -> Vec<Block> { pieces.iter().filter(|p| super::inside(p, frame)).cloned().collect() };
    let inner = within(&group.frame());
    let ends = group.ends();
    if group.is_drawn_by_cells() {
        let frame = open_rows(group, pieces, &ends);
        let pieces = within(&frame);
        if !holds_rows(group, &ends, &pieces) {
            return by_frames(group, &ends, &frame, pieces);
        }
    }
    let rows = row::rows(inner);
    let several = rows.iter().filter(|r| r.len() >= 2).count();
    if several == 0 || super::region::is_running_text(&rows) {
        return None;
    }
    let columns = super::columns_of(&rows);
    let header = super::header_rows(&rows, &columns);
    let form = super::form_rows(&rows, &columns, header);
    (columns.len() >= 2).then(|| Layout::of_rows(&rows, columns, header, form))
}

/// Whether rows stand between two rules without rules of their own: amounts below each other in several columns.
fn holds_rows(group: &Group, ends: &[f64], pieces: &[Block]) -> bool {
    let place = |b: &Block| {
        let (x, y) = (b.bbox.center_x(), b.bbox.center_y());
        (group.levels.partition_point(|l| l.y <= y), ends.partition_point(|e| *e <= x))
    };
    let mut stacked: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for piece in pieces.iter().filter(|b| b.number) {
        *stacked.entry(place(piece)).or_default() += 1;
    }
    stacked.values().filter(|n| **n >= 2).count() >= 2
}

/// The rules were drawn cell by cell: their ends are the columns, their gaps the merged cells.
fn by_frames(group: &Group, ends: &[f64], frame: &Rect, pieces: Vec<Block>) -> Option<Layout> {
    let rules: Vec<Ruling> = group.levels.iter().flat_map(|l| l.rules.iter().copied()).collect();
    let (horizontal, _) = rulings::whole_lines(&rules);
    let vertical: Vec<Line> = ends.iter().map(|&at| Line { at, from: frame.y0, to: frame.y1 }).collect();
    let grid = grid::find_grids(&horizontal, &vertical).into_iter().next()?;
    let mut rows: Vec<Row> = vec![Vec::new(); grid.rows()];
    for piece in pieces {
        let Some(cell) = grid.cell_at(piece.bbox.center_x(), piece.bbox.center_y()) else { continue };
        let cell = grid.cells[cell];
        rows[cell.row].push(piece);
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
    }
    let columns = Columns::ruled(&grid.xs, &rows);
    let placed = place(&grid, rows, &columns);
    Some(Layout { placed, columns, ys: grid.ys.clone() })
}

/// Places the texts in the grid's rows; a text that its column's missing rules join to rows below spans them.
fn place(grid: &Grid, rows: Vec<Row>, columns: &Columns) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    let form = super::form_rows(&rows, columns, super::header_rows(&rows, columns));
    for (index, row) in rows.into_iter().enumerate() {
        let covered =
            |c: usize| placed.iter().any(|p: &Placed| p.row + p.row_span > index && (p.first..=p.last).contains(&c));
        let taken: Vec<bool> = (0..columns.len()).map(covered).collect();
        let rule = RowRule { columns, taken: &taken, header: false, has_header: false, form: index < form };
        let mut found = span::place_row(index, row, &rule);
        span::adopt_merged(&mut found, &super::above(&placed, index, columns.len()));
        for one in &mut found {
            let middle = columns.touched(one.block.bbox.center_x(), one.block.bbox.center_x()).0;
            let cell = grid.owner.get(index * grid.cols() + middle).map(|&c| grid.cells[c]);
            one.row_span = cell.filter(|c| c.row == index).map_or(1, |c| c.row_span);
        }
        placed.extend(found);
    }
    super::height::settle(&mut placed);
    placed
}
