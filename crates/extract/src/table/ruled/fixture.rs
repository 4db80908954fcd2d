//! Glyphs for tests.

use crate::model::{Direction, Glyph, Rect};

/// The glyphs of a text of half-width characters, 10 points high, that begins at a place.
pub(super) fn write(x: f64, y: f64, text: &str) -> Vec<Glyph> {
    let glyph = |(i, c): (usize, char)| Glyph {
        text: c.to_string(),
        bbox: Rect::new(x + 5.0 * i as f64, y, x + 5.0 * (i + 1) as f64, y + 10.0),
        size: 10.0,
        direction: Direction::Right,
        hidden: false,
    };
    text.chars().enumerate().map(glyph).collect()
}
