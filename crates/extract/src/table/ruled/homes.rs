//! The cell that a glyph belongs to: the one that it stands in, or the one that its overflowing run starts in.

use super::home::Home;
use super::whole_figures::keep_whole;
use crate::model::{Direction, Glyph};
use crate::table::grid::Grid;

/// Glyphs of one line have their lower edges within this share of the font size.
const SAME_LINE: f64 = 0.25;
/// A glyph right behind another overlaps it, or leaves a gap, of less than this (font sizes).
const CLOSE: f64 = 0.3;
/// A glyph stands across an edge when this share of its width is on either side.
const ACROSS: f64 = 0.2;

/// Share of a text that reaches over the outer border that must stand inside.
const INSIDE: f64 = 0.3;

/// Assigns each glyph by its centre, then mends figures that stand over a line and runs of text that overflow their cell.
pub(super) fn assign(grids: &[Grid], glyphs: &[Glyph]) -> Vec<Home> {
    let mut homes = by_centre(grids, glyphs);
    keep_whole(grids, glyphs, &mut homes);
    mend_overflow(grids, glyphs, &mut homes);
    homes
}

/// The cell that the middle of each glyph stands in.
pub(super) fn by_centre(grids: &[Grid], glyphs: &[Glyph]) -> Vec<Home> {
    glyphs
        .iter()
        .map(|glyph| {
            let (x, y) = (glyph.bbox.center_x(), glyph.bbox.center_y());
            let area = |g: &Grid| g.bbox().width() * g.bbox().height();
            let innermost = grids
                .iter()
                .enumerate()
                .filter(|(_, g)| g.bbox().contains(x, y))
                .min_by(|(_, a), (_, b)| area(a).total_cmp(&area(b)));
            innermost.and_then(|(i, g)| g.cell_at(x, y).map(|cell| (i, cell)))
        })
        .collect()
}

/// Text that overflows its cell goes to the cell where it starts; a number that overflows is set flush right and goes
/// to the cell where it ends. Only a run with a glyph that stands across the edge overflows.
fn mend_overflow(grids: &[Grid], glyphs: &[Glyph], homes: &mut [Home]) {
    let mut start = 0;
    while start < glyphs.len() {
        let mut end = start + 1;
        while end < glyphs.len() && follows(&glyphs[end - 1], &glyphs[end]) {
            end += 1;
        }
        // A code that overflows into the next cell ends where that cell's own words begin.
        let word = |g: &Glyph| g.text.chars().all(|c| c.is_ascii_alphanumeric());
        if word(&glyphs[start])
            && let Some(cut) = (start + 1..end).find(|i| !word(&glyphs[*i]) && homes[*i] != homes[start])
            && glyphs[cut].text.chars().all(char::is_alphabetic)
        {
            end = cut;
        }
        let run = start..end;
        if overflows(grids, &glyphs[run.clone()], &homes[run.clone()]) {
            let number = glyphs[run.clone()].iter().all(|g| g.text.chars().all(|c| "0123456789.,-%".contains(c)));
            let at_right = number && is_flush_right(grids, &glyphs[run.clone()], homes[start], homes[end - 1]);
            let home = if at_right { homes[end - 1] } else { homes[start] };
            homes[run].fill(home);
        } else if homes[run.clone()].contains(&None) {
            take_in(glyphs, homes, run);
        }
        start = end;
    }
}

/// Text that reaches over the outer border belongs whole to the cell in which it begins or ends, where a good part of
/// it stands inside.
fn take_in(glyphs: &[Glyph], homes: &mut [Home], run: std::ops::Range<usize>) {
    let width = |i: usize| glyphs[i].bbox.width();
    let all: f64 = run.clone().map(width).sum();
    let inside: f64 = run.clone().filter(|&i| homes[i].is_some()).map(width).sum();
    if inside == 0.0 || inside < INSIDE * all {
        return;
    }
    let first = run.clone().find_map(|i| homes[i]);
    let mut home = first;
    for i in run {
        homes[i] = homes[i].or(home);
        home = homes[i];
    }
}

/// Whether a run that reaches over several cells keeps closer to the right edge of its last than to the left edge of
/// its first.
fn is_flush_right(grids: &[Grid], glyphs: &[Glyph], first: Home, last: Home) -> bool {
    let frame = |home: Home| home.map(|(g, c)| grids[g].cell_box(&grids[g].cells[c]));
    match (frame(first), frame(last), glyphs.first(), glyphs.last()) {
        (Some(first), Some(last), Some(a), Some(b)) => (last.x1 - b.bbox.x1).abs() < (a.bbox.x0 - first.x0).abs(),
        _ => false,
    }
}

/// Whether a glyph was drawn right behind another on the same line.
pub(super) fn follows(a: &Glyph, b: &Glyph) -> bool {
    let size = a.size.max(Glyph::SMALLEST);
    let gap = b.bbox.x0 - a.bbox.x1;
    a.direction == Direction::Right
        && b.direction == Direction::Right
        && (a.bbox.y1 - b.bbox.y1).abs() < SAME_LINE * size
        && gap > -CLOSE * size
        && gap < CLOSE * size
}

/// Whether a run of glyphs crosses from one cell into a neighbour in the same grid row, through a glyph.
fn overflows(grids: &[Grid], glyphs: &[Glyph], homes: &[Home]) -> bool {
    homes.windows(2).enumerate().any(|(i, pair)| {
        let (Some((g, a)), Some((h, b))) = (pair[0], pair[1]) else {
            return false;
        };
        if g != h || a == b {
            return false;
        }
        let edge = grids[g].cell_box(&grids[g].cells[a]).x1;
        let crosses = |glyph: &Glyph| {
            let margin = ACROSS * glyph.bbox.width();
            glyph.bbox.x0 < edge - margin && glyph.bbox.x1 > edge + margin
        };
        crosses(&glyphs[i]) || crosses(&glyphs[i + 1])
    })
}
