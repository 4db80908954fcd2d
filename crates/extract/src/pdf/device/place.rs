//! The place and size of a glyph.

use super::paths::to_rect;
use crate::model::{Direction, Glyph, Rect};
use hayro_interpret::font::{Glyph as PdfGlyph, PositionedGlyph};
use hayro_interpret::kurbo::{Affine, Point, Rect as KurboRect, Vec2};

/// Units of a font's own coordinates to its size.
const UNITS: f64 = 1000.0;
/// A glyph without a width of its own is at most this many font sizes wide.
const WIDEST: f64 = 2.0;
/// Share of its width and of its height that must be left of a glyph for it to be seen.
const SEEN: f64 = 0.2;
/// A clip cuts text only this far (points) beyond its edge.
const OVER_CLIP: f64 = 0.5;

/// Where and how large a glyph is.
pub(super) struct Placed {
    pub(super) bbox: Rect,
    pub(super) size: f64,
    pub(super) direction: Direction,
    /// Degrees by which its line is turned clockwise from rightwards.
    pub(super) angle: f64,
}

/// Computes a glyph's box: from the origin along the advance, [`Glyph::ASCENT`] above and [`Glyph::DESCENT`] below the
/// baseline.
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
    let along = unit(right);
    let upward = unit(up);
    let corner_a = origin - upward * (Glyph::DESCENT * size);
    let corner_b = origin + along * width + upward * (Glyph::ASCENT * size);
    let direction = if vertical { Direction::Down } else { direction_of(along) };
    let angle = along.y.atan2(along.x).to_degrees();
    Placed { bbox: Rect::new(corner_a.x, corner_a.y, corner_b.x, corner_b.y), size, direction, angle }
}

/// The part of a glyph's box that a clip leaves to be seen; `None` when next to nothing is. A glyph mostly inside keeps
/// its whole box. One that hangs out of its cell keeps the part in the cell, which says whose text it is.
pub(super) fn visible_part(bbox: Rect, clip: KurboRect) -> Option<Rect> {
    let clip = to_rect(clip.inflate(OVER_CLIP, OVER_CLIP));
    let (w, h) = (bbox.overlap_x(&clip), bbox.overlap_y(&clip));
    if w < SEEN * bbox.width() || h < SEEN * bbox.height() || w < 0.0 || h < 0.0 {
        return None;
    }
    if clip.contains(bbox.center_x(), bbox.center_y()) {
        return Some(bbox);
    }
    Some(Rect::new(bbox.x0.max(clip.x0), bbox.y0.max(clip.y0), bbox.x1.min(clip.x1), bbox.y1.min(clip.y1)))
}

fn unit(v: Vec2) -> Vec2 {
    let length = v.hypot();
    if length > 0.0 { v / length } else { Vec2::ZERO }
}

/// The axis nearest to a direction.
fn direction_of(along: Vec2) -> Direction {
    if along.x.abs() >= along.y.abs() {
        if along.x >= 0.0 { Direction::Right } else { Direction::Left }
    } else if along.y > 0.0 {
        Direction::Down
    } else {
        Direction::Up
    }
}
