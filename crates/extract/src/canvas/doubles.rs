//! Glyphs that are drawn twice.

use super::drawn::Drawn;
use super::squares::Squares;
use crate::model::Rect;

/// A glyph drawn again within this many font sizes is the same one. Fake bold shifts by a few hundredths.
const SAME_SPOT: f64 = 0.12;
/// Side (points) of the squares that spots are looked up by.
const SIDE: f64 = 12.0;

/// Drops glyphs that are drawn again in (nearly) the same spot: fake bold, and fill followed by stroke.
pub(super) fn remove_doubles(glyphs: &mut Vec<Drawn>, page: (f64, f64)) {
    let mut kept = Squares::new(page, SIDE);
    let mut doubled = vec![false; glyphs.len()];
    for (index, drawn) in glyphs.iter().enumerate() {
        let (b, near) = (&drawn.glyph.bbox, SAME_SPOT * drawn.glyph.size);
        let is_same = |other: usize| {
            let other = &glyphs[other].glyph;
            (other.bbox.x0 - b.x0).abs() <= near
                && (other.bbox.y0 - b.y0).abs() <= near
                && other.text == drawn.glyph.text
        };
        if kept.near(&Rect::new(b.x0 - near, b.y0 - near, b.x0 + near, b.y0 + near)).any(is_same) {
            doubled[index] = true;
        } else {
            kept.enter(&Rect::new(b.x0, b.y0, b.x0, b.y0), index as u32);
        }
    }
    let mut doubled = doubled.into_iter();
    glyphs.retain(|_| doubled.next() == Some(false));
}
