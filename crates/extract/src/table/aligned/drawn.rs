//! Rules that printers draw with characters: rows of dashes, colons and bars under each other.

use super::line;
use super::piece::Piece;
use crate::model::{Glyph, Rect, Ruling};

/// Bytes of a row of dashes that is a rule; a shorter one is a dash.
const SHORTEST_RULE: usize = 5;
/// Marks under each other that are an upright rule.
const FEWEST_MARKS: usize = 5;
/// Blank (font sizes) beside a mark that is a rule.
const BLANK_BESIDE: f64 = 0.3;
/// Marks under each other are off by less than this (font sizes).
const SAME_PLACE: f64 = 0.1;
/// Half the thickness (points) of a rule drawn with characters.
const HALF_THICKNESS: f64 = 0.25;

/// Rules, and what printers draw of dashes in their place.
pub(super) fn with_drawn(rules: &[&Ruling], glyphs: &[Glyph]) -> Vec<Ruling> {
    let mut out: Vec<Ruling> = rules.iter().map(|r| **r).collect();
    let dashes: Vec<usize> =
        (0..glyphs.len()).filter(|&i| line::is_upright(&glyphs[i]) && "-_=—–―─═".contains(&glyphs[i].text)).collect();
    for piece in line::lines(glyphs, &dashes).iter().flat_map(|l| &l.pieces).filter(|p| is_drawn_rule(p)) {
        let (b, y) = (piece.bbox, piece.bbox.center_y());
        out.push(Ruling { bbox: Rect::new(b.x0, y - HALF_THICKNESS, b.x1, y + HALF_THICKNESS), horizontal: true });
    }
    out
}

/// Rows of dashes and the like that printers draw for rules; these are no text.
pub(super) fn is_drawn_rule(piece: &Piece) -> bool {
    let mut marks = piece.text.chars().filter(|c| *c != ' ').peekable();
    marks.peek().is_some() && piece.text.len() >= SHORTEST_RULE && marks.all(|c| "-_=—–―─═".contains(c))
}

/// Glyphs that stand for vertical rules: colons or bars at one place of many lines, with a blank at least on one side.
pub(super) fn drawn_uprights(glyphs: &[Glyph], chosen: &[usize]) -> Vec<usize> {
    let mut marks: Vec<usize> = Vec::new();
    for level in line::levels(glyphs, chosen) {
        for (at, &index) in level.iter().enumerate() {
            let glyph = &glyphs[index];
            if !matches!(glyph.text.as_str(), ":" | "|" | "!" | "│" | "¦") {
                continue;
            }
            let blank = BLANK_BESIDE * glyph.size;
            let left = at.checked_sub(1).is_none_or(|i| glyph.bbox.x0 - glyphs[level[i]].bbox.x1 > blank);
            let right = level.get(at + 1).is_none_or(|&i| glyphs[i].bbox.x0 - glyph.bbox.x1 > blank);
            // A colon behind a label has a blank behind it as well; a rule has blanks before it on most lines.
            if left || right {
                marks.push(index);
            }
        }
    }
    let x = |i: usize| glyphs[i].bbox.center_x();
    let near =
        |a: usize, b: usize| (x(a) - x(b)).abs() < SAME_PLACE * glyphs[a].size && glyphs[a].text == glyphs[b].text;
    let column = |a: usize| marks.iter().filter(|&&b| near(a, b)).count();
    marks.iter().copied().filter(|&i| column(i) >= FEWEST_MARKS).collect()
}
