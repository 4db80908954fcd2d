//! A table whose outline and columns a person drew: where the columns are is told, what stands in them is read.

use super::block::{self, Block};
use super::centred;
use super::column::Columns;
use super::half_ruled::{by_frames, holds_rows};
use super::header::header_rows;
use super::layout::Layout;
use super::row::{self, Row};
use super::seams;
use crate::model::{Glyph, Rect, Ruling};
use crate::table::page_table::PageTable;
use crate::table::ruled::Line;
use crate::text::figures;

/// A gap at a drawn line parts a text where it is wider than the others of the text by this (font sizes).
const WIDER: f64 = 0.1;
/// Figures on both sides of a drawn line are two where they stand further apart than this (font sizes).
const APART: f64 = 0.15;
/// Share of a glyph's width that may hang over a drawn line beside it.
const OVERHANG: f64 = 0.4;

/// What a person drew on a page, with the rulings there.
pub(in crate::table) struct Sketch<'a> {
    pub(in crate::table) page: u32,
    /// The table's outline.
    pub(in crate::table) area: Rect,
    /// x of its columns' boundaries, the outer ones too.
    pub(in crate::table) xs: &'a [f64],
    /// y of its rows' boundaries; empty where nobody drew any.
    pub(in crate::table) ys: &'a [f64],
    /// How many rows are its header, where that was said.
    pub(in crate::table) header: Option<usize>,
    /// The rulings inside the outline.
    pub(in crate::table) rulings: &'a [Ruling],
    /// The horizontal ones as whole lines, with the outline's upper and lower edge.
    pub(in crate::table) horizontal: &'a [Line],
}

/// The glyphs of the texts whose middle stands inside the area: a text is never cut at its edge.
pub(in crate::table) fn inside(glyphs: &[Glyph], area: &Rect) -> Vec<bool> {
    let mut inside: Vec<bool> = glyphs.iter().map(|g| area.contains(g.bbox.center_x(), g.bbox.center_y())).collect();
    for piece in block::pieces(glyphs) {
        let is_in = piece.is_inside(area);
        for index in piece.glyphs {
            if let Some(slot) = inside.get_mut(index) {
                *slot = is_in;
            }
        }
    }
    inside
}

/// The table of some glyphs, and whether each is part of it.
pub(in crate::table) fn table(sketch: &Sketch<'_>, glyphs: &[Glyph]) -> Option<(PageTable, Vec<bool>)> {
    let inner = sketch.xs.get(1..sketch.xs.len().saturating_sub(1)).unwrap_or_default();
    let pieces: Vec<Block> = seams::pieces(glyphs).into_iter().flat_map(|piece| part(piece, inner, glyphs)).collect();
    if pieces.is_empty() {
        return None;
    }
    let mut layout = lay_out(sketch, pieces, glyphs)?;
    if let (Some(first), Some(last)) = (layout.ys.first().copied(), layout.ys.last().copied()) {
        let count = layout.ys.len();
        layout.ys[0] = first.min(sketch.area.y0);
        layout.ys[count - 1] = last.max(sketch.area.y1);
    }
    let mut used = vec![false; glyphs.len()];
    layout.mark(&mut used);
    Some((layout.table(sketch.page, glyphs), used))
}

fn lay_out(sketch: &Sketch<'_>, pieces: Vec<Block>, glyphs: &[Glyph]) -> Option<Layout> {
    let levels: Vec<f64> = sketch.horizontal.iter().map(|line| line.at).collect();
    // Rules between all rows divide it; those below the head and above the total do not.
    let by_rules = sketch.horizontal.len() > 2 && !holds_rows(&levels, sketch.xs, &pieces, glyphs);
    if !sketch.ys.is_empty() || by_rules {
        return by_frames(sketch.horizontal, sketch.xs, &sketch.area, pieces);
    }
    let mut rows = row::rows(pieces);
    if let Some(wanted) = sketch.header {
        join_header(&mut rows, wanted);
    }
    let columns = Columns::ruled(sketch.xs, &rows);
    let header = sketch.header.unwrap_or_else(|| header_rows(&rows, &columns)).min(rows.len());
    let mut layout = Layout::of_rows(&rows, columns, header, 0);
    let heads = layout.placed.partition_point(|placed| placed.row < header);
    centred::give_spans(&mut layout.placed[..heads], &layout.columns, sketch.rulings);
    Some(layout)
}

/// Joins the closest of the rows above the first figures until as many are left as were said.
fn join_header(rows: &mut Vec<Row>, wanted: usize) {
    // Years name columns.
    let is_year =
        |block: &Block| block.figure.len() == 4 && ["19", "20"].iter().any(|century| block.figure.starts_with(century));
    let is_body = |row: &Row| row.iter().any(|block| block.number && !is_year(block));
    let mut lines = rows.iter().position(is_body).unwrap_or(0);
    while lines > wanted.max(1) {
        let gap = |at: &usize| row::top(&rows[at + 1]) - row::bottom(&rows[*at]);
        let Some(at) = (0..lines - 1).min_by(|a, b| gap(a).total_cmp(&gap(b))) else { return };
        let next = rows.remove(at + 1);
        rows[at].extend(next);
        rows[at].sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
        lines -= 1;
    }
}

/// Parts a text at the drawn lines that run between two of its words or figures.
fn part(piece: Block, lines: &[f64], glyphs: &[Glyph]) -> Vec<Block> {
    let mut order = piece.glyphs.clone();
    let left = |i: usize| glyphs.get(i).map_or(0.0, |g| g.bbox.x0);
    order.sort_by(|a, b| left(*a).total_cmp(&left(*b)));
    let mut rest = Block { glyphs: order, ..piece };
    let mut parts = Vec::new();
    for x in lines {
        let Some(at) = seam(&rest, *x, glyphs) else { continue };
        let mut split = block::split(&rest, at, glyphs).into_iter();
        if let (Some(before), Some(behind)) = (split.next(), split.next()) {
            parts.push(before);
            rest = behind;
        }
    }
    parts.push(rest);
    parts
}

/// How many glyphs of a text stand before a line that parts it.
fn seam(piece: &Block, x: f64, glyphs: &[Glyph]) -> Option<usize> {
    let own: Vec<&Glyph> = piece.glyphs.iter().filter_map(|&i| glyphs.get(i)).collect();
    let at = own.iter().position(|g| g.bbox.center_x() > x).filter(|at| *at > 0)?;
    let (before, behind) = (own.get(at - 1)?, own.get(at)?);
    let clear =
        before.bbox.x1 - x <= OVERHANG * before.bbox.width() && x - behind.bbox.x0 <= OVERHANG * behind.bbox.width();
    let gap = |pair: &[&Glyph]| pair[1].bbox.x0 - pair[0].bbox.x1;
    let own_gap = behind.bbox.x0 - before.bbox.x1;
    let others = own.windows(2).enumerate().filter(|(i, _)| i + 1 != at).map(|(_, pair)| gap(pair));
    let widest = others.fold(0.0, f64::max);
    let figure = |g: &Glyph| g.text.chars().all(figures::is_number_part);
    let parts = match (figure(before), figure(behind)) {
        (true, true) => own_gap > APART * piece.size,
        (a, b) if a != b => true,
        _ => own_gap > widest + WIDER * piece.size,
    };
    (clear && parts).then_some(at)
}
