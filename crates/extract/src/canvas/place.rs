//! The place and size of a character, and the part of it that a clip leaves.

use super::paths::to_rect;
use crate::model::{Direction, Glyph, Rect};
use hayro_interpret::kurbo::{Point, Rect as KurboRect, Vec2};

/// Share of its width and of its height that must be left of a glyph for it to be seen.
const SEEN: f64 = 0.2;
/// A clip cuts text only this far (points) beyond its edge.
const OVER_CLIP: f64 = 0.5;

/// Where and how large a glyph is.
pub(crate) struct Placed {
    pub(crate) bbox: Rect,
    pub(crate) size: f64,
    pub(crate) direction: Direction,
    /// Degrees by which its line is turned clockwise from rightwards.
    pub(crate) angle: f64,
}

impl Placed {
    /// A glyph's box: from the origin along the advance, [`Glyph::ASCENT`] above and [`Glyph::DESCENT`] below the
    /// baseline. `right` and `up` are its font's axes; `up` is as long as its size.
    pub(crate) fn new(origin: Point, right: Vec2, up: Vec2, width: f64, direction: Option<Direction>) -> Self {
        let size = up.hypot();
        let along = unit(right);
        let upward = unit(up);
        let corner_a = origin - upward * (Glyph::DESCENT * size);
        let corner_b = origin + along * width + upward * (Glyph::ASCENT * size);
        let direction = direction.unwrap_or_else(|| direction_of(along));
        let angle = along.y.atan2(along.x).to_degrees();
        Self { bbox: Rect::new(corner_a.x, corner_a.y, corner_b.x, corner_b.y), size, direction, angle }
    }
}

/// The part of a glyph's box that a clip leaves to be seen; `None` when next to nothing is. A glyph mostly inside keeps
/// its whole box. One that hangs out of its cell keeps the part in the cell, which says whose text it is.
pub(crate) fn visible_part(bbox: Rect, clip: KurboRect) -> Option<Rect> {
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
pub(crate) fn direction_of(along: Vec2) -> Direction {
    if along.x.abs() >= along.y.abs() {
        if along.x >= 0.0 { Direction::Right } else { Direction::Left }
    } else if along.y > 0.0 {
        Direction::Down
    } else {
        Direction::Up
    }
}
