//! The place and size of a glyph.

use crate::canvas::Placed;
use crate::model::Direction;
use hayro_interpret::font::{Glyph as PdfGlyph, PositionedGlyph};
use hayro_interpret::kurbo::{Affine, Point};

/// Units of a font's own coordinates to its size.
const UNITS: f64 = 1000.0;
/// A glyph without a width of its own is at most this many font sizes wide.
const WIDEST: f64 = 2.0;

/// Computes a glyph's place.
pub(super) fn place(
    glyph: &PositionedGlyph<'_>,
    next: Option<&PositionedGlyph<'_>>,
    page: Affine,
    vertical: bool,
) -> Placed {
    let transform = page * glyph.transform();
    let origin = transform * Point::ZERO;
    let up = (transform * Point::new(0.0, UNITS)) - origin;
    let right = (transform * Point::new(UNITS, 0.0)) - origin;
    let size = up.hypot();
    let units = match &**glyph {
        PdfGlyph::Outline(outline) => outline.advance_width(),
        PdfGlyph::Type3(drawn) => drawn.advance_width().filter(|width| *width > 0.0),
    };
    let step = next.map(|n| ((page * n.transform()) * Point::ZERO - origin).hypot());
    let width = match units {
        Some(units) if !vertical => {
            let plain = f64::from(units) / UNITS * size;
            let stretched = f64::from(units) / UNITS * right.hypot();
            // A substitute font is squeezed to the declared width, which must not count twice; text scaled by the
            // page (Tz) is. The distance to the next glyph tells which it is.
            let near = |d: f64| step.map_or(f64::INFINITY, |s| (s - d).abs());
            if near(stretched) < near(plain) { stretched } else { plain }
        }
        Some(_) => size,
        None => step.filter(|s| *s > 0.0 && *s < WIDEST * size).unwrap_or(size / 2.0),
    };
    Placed::new(origin, right, up, width, vertical.then_some(Direction::Down))
}
