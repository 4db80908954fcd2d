//! Tables with horizontal rules only: the rules show the table's extent and, mostly, its rows; where they are drawn
//! cell by cell, their ends show the columns as well.

use super::block::Block;
use super::centred::{self, Heads};
use super::column::Columns;
use super::header::{form_rows, header_rows};
use super::layout::{Layout, columns_of};
use super::placed::{Placed, RowRule};
use super::row::{self, Row};
use super::rule_groups::{Group, Level, SAME_END, groups};
use super::span;
use super::{height, place, region, seams};
use crate::model::{Glyph, Page, Rect, Ruling};
use crate::table::grid::Grid;
use crate::table::page_table::PageTable;
use crate::table::ruled::{Line, find_grids};
use crate::text::figures;
use std::collections::BTreeMap;

/// The rows of a table differ in size by no more than this share.
const SAME_SIZE: f64 = 0.04;
/// A level that ends this far (points) inside the table is short: a merged cell goes on there.
const SHORT: f64 = 2.0 * SAME_END;
/// Texts on one level are at most this far (font sizes) from each other.
const LEVEL: f64 = 0.3;
/// So many numbers below each other, a text beside each, are rows.
const LEAST_NAMED: usize = 3;
/// No table prints a figure of more digits: what has more is several.
const MOST_DIGITS: usize = 16;
/// The first row below a head begins at most so many font sizes under its rule.
const NEXT_ROW: f64 = 1.5;
/// Room (points) between a row that a page break cut off and the frame drawn round it.
const MARGIN: f64 = 1.0;

/// Finds tables between horizontal rules.
pub(super) fn find(page: &Page, mut rest: Vec<Glyph>, ruled: &[Rect]) -> (Vec<PageTable>, Vec<Glyph>) {
    let free = |r: &&Ruling| {
        let (x, y) = (r.bbox.center_x(), r.bbox.center_y());
        let near = |b: &Rect| Rect::new(b.x0 - SAME_END, b.y0 - SAME_END, b.x1 + SAME_END, b.y1 + SAME_END);
        r.horizontal && !ruled.iter().any(|b| near(b).contains(x, y))
    };
    let rules: Vec<Ruling> = page.rulings.iter().filter(free).copied().collect();
    let pieces = seams::pieces(&rest);
    let mut used = vec![false; rest.len()];
    let mut tables = Vec::new();
    for group in groups(&rules, &pieces) {
        let Some(layout) = lay_out(&group, &pieces, &rest).filter(Layout::is_credible) else { continue };
        if heads_open_rows(&group, &layout, &pieces) {
            continue;
        }
        layout.mark(&mut used);
        tables.push(layout.table(page.number, &rest));
    }
    let mut used = used.into_iter();
    rest.retain(|_| used.next() == Some(false));
    (tables, rest)
}

/// Whether the last rule of a group closes the head of a table, whose rows go on below without any: the last of its three
/// rules is on the next page.
fn heads_open_rows(group: &Group, layout: &Layout, pieces: &[Block]) -> bool {
    let frame = group.frame();
    let size = layout.placed.iter().map(|p| p.block.size).fold(0.0, f64::max);
    let below = |p: &&Block| {
        let inside = p.bbox.x0 >= frame.x0 && p.bbox.x1 <= frame.x1;
        inside && p.bbox.y0 >= frame.y1 - MARGIN && p.bbox.y0 <= frame.y1 + NEXT_ROW * size
    };
    let next: Vec<&Block> = pieces.iter().filter(below).collect();
    let names = layout.placed.iter().all(|p| !p.block.number);
    let same_size = next.iter().all(|p| (p.size - size).abs() <= SAME_SIZE * size);
    names && same_size && next.len() >= 2 && next.iter().any(|p| p.number)
}

/// Rows that a page break cut off from their rules: above the first and below the last level of the page, where that
/// level is short or the texts stand in the table's columns.
fn open_rows(group: &Group, pieces: &[Block], ends: &[f64]) -> Rect {
    let mut frame = group.frame();
    let inner: Vec<&Block> = pieces.iter().filter(|p| p.is_inside(&frame)).collect();
    let size = inner.iter().map(|p| p.size).fold(0.0, f64::max);
    let fits = |p: &&Block| {
        let alone = !ends.iter().any(|e| p.bbox.x0 < e - SAME_END && p.bbox.x1 > e + SAME_END);
        alone && (p.size - size).abs() <= SAME_SIZE * size && p.bbox.x0 >= frame.x0 && p.bbox.x1 <= frame.x1
    };
    let belongs = |level: Option<&Level>, outer: &[&Block]| {
        let short = level.is_some_and(|l| l.from > frame.x0 + SHORT || l.to < frame.x1 - SHORT);
        let enough = if short { 1 } else { 2 };
        outer.len() >= enough && outer.iter().all(fits) && (short || outer.iter().all(|p| !p.colon))
    };
    let above: Vec<&Block> = pieces.iter().filter(|p| p.bbox.center_y() < frame.y0).collect();
    let below: Vec<&Block> = pieces.iter().filter(|p| p.bbox.center_y() > frame.y1).collect();
    let (up, down) = (belongs(group.levels.first(), &above), belongs(group.levels.last(), &below));
    if up {
        frame.y0 = above.iter().map(|p| p.bbox.y0).fold(frame.y0, f64::min) - MARGIN;
    }
    if down {
        frame.y1 = below.iter().map(|p| p.bbox.y1).fold(frame.y1, f64::max) + MARGIN;
    }
    frame
}

/// Lays out the texts between a group of rules.
fn lay_out(group: &Group, pieces: &[Block], glyphs: &[Glyph]) -> Option<Layout> {
    let within = |frame: &Rect| -> Vec<Block> { pieces.iter().filter(|p| p.is_inside(frame)).cloned().collect() };
    let mut inner = within(&group.frame());
    let ends = group.ends();
    let by_cells = group.is_drawn_by_cells();
    let heads = if by_cells { None } else { centred::columns(group, &row::rows(inner.clone())) };
    if let Some(heads) = heads {
        return by_heads(group, &heads, inner, glyphs);
    }
    if by_cells {
        let frame = open_rows(group, pieces, &ends);
        let pieces = part_at_ends(within(&frame), group, glyphs);
        if !holds_rows(&group.heights(), &ends, &pieces, glyphs) {
            return by_frames(&group.lines(), &ends, &frame, pieces);
        }
        inner = part_at_ends(inner, group, glyphs);
    }
    let rows = row::rows(inner);
    let several = rows.iter().filter(|r| r.len() >= 2).count();
    if several == 0 || region::is_running_text(&rows) {
        return None;
    }
    let columns = Some(columns_of(&rows)).filter(|c| !by_cells || !drawn(&rows, c, &ends));
    let columns = columns.unwrap_or_else(|| Columns::ruled(&ends, &rows));
    let header = header_rows(&rows, &columns);
    let form = form_rows(&rows, &columns, header);
    (columns.len() >= 2).then(|| Layout::of_rows(&rows, columns, header, form))
}

/// Lays out the texts in the columns that centred heads show: a row between every two rules, or rows of texts where several
/// stand there.
fn by_heads(group: &Group, heads: &Heads, inner: Vec<Block>, glyphs: &[Glyph]) -> Option<Layout> {
    let (above, below): (Vec<Block>, Vec<Block>) =
        inner.into_iter().partition(|piece| piece.bbox.center_y() < heads.bottom);
    let pieces: Vec<Block> = above.into_iter().chain(seams::part_at(below, &heads.xs, glyphs)).collect();
    let mut layout = if holds_rows(&group.heights(), &heads.xs, &pieces, glyphs) {
        let rows = row::rows(pieces);
        let columns = Columns::ruled(&heads.xs, &rows);
        let header = rows.iter().take_while(|row| row::bottom(row) < heads.bottom).count();
        Layout::of_rows(&rows, columns, header, 0)
    } else {
        by_frames(&group.lines(), &heads.xs, &group.frame(), pieces)?
    };
    let rules: Vec<Ruling> = group.levels.iter().filter(|l| l.y < heads.bottom).flat_map(|l| l.rules.clone()).collect();
    let of_heads = layout.placed.partition_point(|placed| placed.block.bbox.center_y() < heads.bottom);
    centred::give_spans(&mut layout.placed[..of_heads], &layout.columns, &rules);
    Some(layout)
}

/// Parts texts where the rules above and below them both end: over a merged cell of the head the upper one goes on.
fn part_at_ends(pieces: Vec<Block>, group: &Group, glyphs: &[Glyph]) -> Vec<Block> {
    let parted = pieces.into_iter().flat_map(|piece| {
        let ends = group.ends_around(piece.bbox.center_y());
        seams::part_at(vec![piece], &ends, glyphs)
    });
    parted.collect()
}

/// Whether the ends of rules are the columns: no text of the body reaches over one, and no two of a row stand between two.
fn drawn(rows: &[Row], shown: &Columns, ends: &[f64]) -> bool {
    let crosses = |b: &Block| ends.iter().any(|e| b.bbox.x0 < e - SAME_END && b.bbox.x1 > e + SAME_END);
    let column = |b: &Block| ends.partition_point(|e| *e <= b.bbox.center_x());
    let fits = |row: &Row| {
        let columns: Vec<usize> = row.iter().map(column).collect();
        !row.iter().any(crosses) && columns.windows(2).all(|pair| pair[0] != pair[1])
    };
    ends.len() > 2 && rows.iter().skip(header_rows(rows, shown).max(1)).all(fits)
}

/// Whether rows stand between two rules without rules of their own: numbers below each other that are no parts of one, in
/// several columns, or with a text beside each.
pub(super) fn holds_rows(levels: &[f64], ends: &[f64], pieces: &[Block], glyphs: &[Glyph]) -> bool {
    let interval = |b: &Block| levels.partition_point(|y| *y <= b.bbox.center_y());
    let column = |b: &Block| ends.partition_point(|e| *e <= b.bbox.center_x());
    let mut stacks: BTreeMap<(usize, usize), Vec<&Block>> = BTreeMap::new();
    for piece in pieces.iter().filter(|b| b.number) {
        stacks.entry((interval(piece), column(piece))).or_default().push(piece);
    }
    stacks.retain(|_, stack| stack.len() >= 2);
    let text =
        |b: &Block| -> String { b.glyphs.iter().filter_map(|&i| glyphs.get(i)).map(|g| g.text.as_str()).collect() };
    let apart = |stack: &[&Block]| {
        let mut texts: Vec<(f64, String)> = stack.iter().map(|b| (b.bbox.y0, text(b))).collect();
        texts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let digits: usize = texts.iter().map(|(_, text)| text.chars().filter(|c| figures::is_digit(*c)).count()).sum();
        let whole: String = texts.iter().map(|(_, text)| text.as_str()).collect();
        let one = texts.first().is_some_and(|(_, first)| !figures::is_whole(first)) && figures::is_whole(&whole);
        digits > MOST_DIGITS || !one && texts.windows(2).any(|pair| !figures::may_be_parts(&pair[0].1, &pair[1].1))
    };
    let named = |number: &Block| {
        let beside = |p: &&Block| !p.number && interval(p) == interval(number) && column(p) != column(number);
        let level = |p: &Block| (p.bbox.center_y() - number.bbox.center_y()).abs() <= LEVEL * number.size;
        figures::is_whole(&text(number)) && pieces.iter().filter(beside).any(level)
    };
    let all_named = |stack: &[&Block]| stack.iter().all(|number| named(number));
    let several = |is: &dyn Fn(&[&Block]) -> bool| {
        let mut before: Option<usize> = None;
        stacks
            .iter()
            .filter(|(_, stack)| is(stack))
            .any(|((interval, _), _)| before.replace(*interval) == Some(*interval))
    };
    let long = |stack: &&Vec<&Block>| stack.len() >= LEAST_NAMED && all_named(stack);
    several(&apart) || several(&all_named) || stacks.values().any(|stack| long(&stack))
}

/// Rules that were drawn cell by cell: their ends are the columns, their gaps the merged cells.
pub(super) fn by_frames(horizontal: &[Line], ends: &[f64], frame: &Rect, pieces: Vec<Block>) -> Option<Layout> {
    let vertical: Vec<Line> = ends.iter().map(|&at| Line { at, from: frame.y0, to: frame.y1 }).collect();
    let grid = find_grids(horizontal, &vertical).into_iter().next()?;
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
    let form = form_rows(&rows, columns, header_rows(&rows, columns));
    for (index, row) in rows.into_iter().enumerate() {
        let covered =
            |c: usize| placed.iter().any(|p: &Placed| p.row + p.row_span > index && (p.first..=p.last).contains(&c));
        let taken: Vec<bool> = (0..columns.len()).map(covered).collect();
        let rule = RowRule { columns, taken: &taken, header: false, has_header: false, form: index < form };
        let mut found = span::place_row(index, row, &rule);
        span::adopt_merged(&mut found, &place::above(&placed, index, columns.len()));
        for one in &mut found {
            let middle = columns.touched(one.block.bbox.center_x(), one.block.bbox.center_x()).0;
            let cell = grid.owner.get(index * grid.cols() + middle).map(|&c| grid.cells[c]);
            one.row_span = cell.filter(|c| c.row == index).map_or(1, |c| c.row_span);
        }
        placed.extend(found);
    }
    height::end_above_next(&mut placed);
    placed
}
