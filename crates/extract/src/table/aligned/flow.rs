//! Columns of running text: articles in two of them are read one after the other.

use super::line::{self, Line};
use super::piece::Piece;
use crate::model::{Glyph, Rect, Ruling};

/// Running text fills a line of at least so many font sizes.
const PROSE: f64 = 13.0;
/// Lines of running text that each side of a gutter needs.
const LEAST: usize = 4;
/// Columns of text are split again at most so often: three splits make four columns.
const DEPTH: usize = 3;
/// Lines of one column of text begin within this (font sizes) of each other.
const SAME_START: f64 = 0.3;
/// The gutter is this far (font sizes) left of the column that it bounds.
const GUTTER: f64 = 0.4;
/// A rule as long as this share of the page parts head or foot from it.
const WHOLE_WIDTH: f64 = 0.98;
/// Font size (points) where no text tells it.
const USUAL_SIZE: f64 = 10.0;

/// Splits the glyphs of a page into flows of text, each a list of glyph indices.
pub(super) fn flows(glyphs: &[Glyph], rules: &[&Ruling], width: f64) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..glyphs.len()).filter(|&i| line::is_upright(&glyphs[i])).collect();
    let mut out = Vec::new();
    split(glyphs, &Area { chosen: all, rules, width, depth: DEPTH }, &mut out);
    out
}

/// Part of a page that may be split.
struct Area<'a> {
    chosen: Vec<usize>,
    rules: &'a [&'a Ruling],
    width: f64,
    depth: usize,
}

fn split(glyphs: &[Glyph], area: &Area<'_>, out: &mut Vec<Vec<usize>>) {
    let lines = line::lines(glyphs, &area.chosen);
    let gutter = if area.depth == 0 { None } else { gutter(&lines, area) };
    let Some(gutter) = gutter else {
        out.push(area.chosen.clone());
        return;
    };
    for band in bands(&lines, &gutter, area) {
        let inside = |i: &&usize| {
            let y = glyphs[**i].bbox.center_y();
            y >= band.from && y < band.to
        };
        let chosen: Vec<usize> = area.chosen.iter().filter(inside).copied().collect();
        if !band.divided {
            out.push(chosen);
            continue;
        }
        let (left, right) = chosen.into_iter().partition(|&i| glyphs[i].bbox.center_x() < gutter.x);
        for chosen in [left, right] {
            split(glyphs, &Area { chosen, depth: area.depth - 1, ..*area }, out);
        }
    }
}

/// A gap between two columns of running text.
struct Gutter {
    x: f64,
}

/// Finds the gutter that most running text keeps to.
fn gutter(lines: &[Line], area: &Area<'_>) -> Option<Gutter> {
    let prose: Vec<&Piece> = lines.iter().flat_map(|l| &l.pieces).filter(|p| is_prose(p)).collect();
    let size = prose.first().map_or(USUAL_SIZE, |p| p.size);
    let mut starts: Vec<f64> = prose.iter().map(|p| p.bbox.x0).collect();
    starts.sort_by(f64::total_cmp);
    let mut best: Option<(usize, f64)> = None;
    for &start in &starts {
        let x = start - GUTTER * size;
        let right = prose.iter().filter(|p| (p.bbox.x0 - start).abs() < SAME_START * size).count();
        let left = prose.iter().filter(|p| p.bbox.x1 < x).count();
        let score = right.min(left);
        let crossing = prose.iter().filter(|p| p.bbox.x0 < x && p.bbox.x1 > x).count();
        // Bands of the page's whole width may stand above and below; they must not be most of the text.
        if score >= LEAST && crossing < prose.len() / 2 && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, x));
        }
    }
    let (_, x) = best?;
    let found = Gutter { x };
    bands(lines, &found, area).iter().any(|b| b.divided).then_some(found)
}

fn is_prose(piece: &Piece) -> bool {
    !piece.is_value() && !piece.leader && piece.bbox.width() >= PROSE * piece.size && piece.text.contains(' ')
}

/// A horizontal part of the page.
struct Band {
    from: f64,
    to: f64,
    divided: bool,
}

/// Cuts the page where texts or rules stand across the gutter. A band is divided when running text stands on both sides.
fn bands(lines: &[Line], gutter: &Gutter, area: &Area<'_>) -> Vec<Band> {
    let across = |b: &Rect| b.x0 < gutter.x && b.x1 > gutter.x;
    let mut marks: Vec<(f64, f64)> = Vec::new();
    marks.extend(lines.iter().flat_map(|l| &l.pieces).filter(|p| across(&p.bbox)).map(|p| (p.bbox.y0, p.bbox.y1)));
    // A rule across is a table's, unless it only parts head or foot from the page.
    let long = |r: &&&Ruling| r.horizontal && across(&r.bbox) && r.bbox.width() < WHOLE_WIDTH * area.width;
    marks.extend(area.rules.iter().filter(long).map(|r| (r.bbox.y0, r.bbox.y1)));
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out = Vec::new();
    let mut from = f64::NEG_INFINITY;
    for (top, bottom) in marks.into_iter().chain([(f64::INFINITY, f64::INFINITY)]) {
        if top > from {
            push(&mut out, band(lines, gutter, from, top));
        }
        push(&mut out, Band { from: top, to: bottom, divided: false });
        from = bottom.max(from);
    }
    out
}

/// A part of the page that nothing stands across in.
fn band(lines: &[Line], gutter: &Gutter, from: f64, to: f64) -> Band {
    let here = || {
        let within = move |p: &&Piece| p.bbox.center_y() >= from && p.bbox.center_y() < to;
        lines.iter().flat_map(|l| &l.pieces).filter(within)
    };
    let left = here().filter(|p| is_prose(p) && p.bbox.x1 < gutter.x).count();
    let right = here().filter(|p| is_prose(p) && p.bbox.x0 > gutter.x).count();
    let divided = left.min(right) >= LEAST || left.max(right) >= 3 * LEAST && left.min(right) >= 2;
    Band { from, to, divided }
}

/// Adds a band; an undivided one widens the last if that is undivided too.
fn push(out: &mut Vec<Band>, band: Band) {
    match out.last_mut() {
        Some(last) if !last.divided && !band.divided => last.to = last.to.max(band.to),
        _ if band.to > band.from => out.push(band),
        _ => {}
    }
}
