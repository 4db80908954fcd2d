//! Glyphs that are drawn twice.

use super::drawn::Drawn;
use std::collections::BTreeMap;

/// A glyph drawn again within this many font sizes is the same one. Fake bold shifts by a few hundredths.
const SAME_SPOT: f64 = 0.12;
/// Least side (points) of the squares that spots are looked up by.
const SMALLEST_SQUARE: f64 = 2.0;

/// Drops glyphs that are drawn again in (nearly) the same spot: fake bold, and fill followed by stroke.
pub(super) fn remove_doubles(glyphs: &mut Vec<Drawn>) {
    // Spots of one text by square; a square's side is more than the distance that counts as the same spot.
    let mut kept: BTreeMap<(i64, i64, &str), Vec<usize>> = BTreeMap::new();
    let mut doubled = vec![false; glyphs.len()];
    for (index, drawn) in glyphs.iter().enumerate() {
        let glyph = &drawn.glyph;
        let near = SAME_SPOT * glyph.size;
        let side = near.max(SMALLEST_SQUARE);
        let (column, row) = ((glyph.bbox.x0 / side).floor() as i64, (glyph.bbox.y0 / side).floor() as i64);
        let is_near = |other: &usize| {
            let other = &glyphs[*other].glyph.bbox;
            (other.x0 - glyph.bbox.x0).abs() <= near && (other.y0 - glyph.bbox.y0).abs() <= near
        };
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
        let mut squares = around.filter_map(|(dx, dy)| kept.get(&(column + dx, row + dy, glyph.text.as_str())));
        if squares.any(|spots| spots.iter().any(is_near)) {
            doubled[index] = true;
        } else {
            kept.entry((column, row, glyph.text.as_str())).or_default().push(index);
        }
    }
    let mut doubled = doubled.into_iter();
    glyphs.retain(|_| doubled.next() == Some(false));
}
