//! Printed numbers among the glyphs of a page, before anybody puts lines together: a number is seen, or not, as a whole.

use super::drawn::Drawn;
use std::ops::Range;

/// Characters of one number stand no farther apart than this (font sizes) …
const APART: f64 = 0.4;
/// … and on one line, give or take this (font sizes).
const LEVEL: f64 = 0.3;

/// The runs of characters, one after the other in drawing order, that are numbers; all others are runs of one.
pub(super) fn words(drawn: &[Drawn]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for index in 0..drawn.len() {
        match out.last_mut() {
            Some(last) if index > 0 && go_on(&drawn[index - 1], &drawn[index]) => last.end = index + 1,
            _ => out.push(index..index + 1),
        }
    }
    out
}

/// Whether a character goes on with the number of the one drawn before it.
fn go_on(before: &Drawn, next: &Drawn) -> bool {
    let (a, b, size) = (&before.glyph.bbox, &next.glyph.bbox, before.glyph.size.max(next.glyph.size));
    let (along, across) = if a.overlap_y(b) > a.overlap_x(b) {
        (-a.overlap_x(b), (a.center_y() - b.center_y()).abs())
    } else {
        (-a.overlap_y(b), (a.center_x() - b.center_x()).abs())
    };
    before.is_figure()
        && next.is_figure()
        && before.glyph.direction == next.glyph.direction
        && along < APART * size
        && across < LEVEL * size
}
