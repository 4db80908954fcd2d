//! The lightness of paints: what of them is seen on paper?

use hayro_interpret::Paint;

/// The lightness of red, green and blue (ITU-R BT.601).
const LIGHTNESS: [f32; 3] = [0.299, 0.587, 0.114];
/// What a pattern counts as: middle grey.
const PATTERN: f64 = 0.5;

/// Shapes lighter than this are the colour of paper and make no edge.
pub(super) const PAPER: f64 = 0.97;
/// Text lighter than this is not seen on paper.
pub(super) const INVISIBLE: f64 = 0.995;
/// Strokes and fills below this opacity are not seen.
pub(super) const FAINT: f32 = 0.05;

/// Lightness (0–1) and opacity of a paint. A pattern counts as middle grey.
pub(super) fn shade(paint: &Paint<'_>) -> (f64, f32) {
    match paint {
        Paint::Color(color) => {
            let [r, g, b, a] = color.to_rgba().components();
            (f64::from(LIGHTNESS[0] * r + LIGHTNESS[1] * g + LIGHTNESS[2] * b), a)
        }
        Paint::Pattern(_) => (PATTERN, 1.0),
    }
}
