//! Paths: their parts and straight segments, and whether one is a rectangle or a drawing.

use crate::model::Rect;
use hayro_interpret::kurbo::{BezPath, Line, PathEl, Point, Rect as KurboRect, Shape};

/// A segment that leaves its axis by no more than this (points) runs along it.
pub(super) const STRAIGHT: f64 = 0.5;
/// Share of its box that a rectangle may leave free.
const FULL: f64 = 0.02;
/// The same for the sides of a rectangle.
const SQUARE: f64 = 0.1;

/// Splits a path at its MoveTo elements.
pub(super) fn subpaths(path: &BezPath) -> Vec<BezPath> {
    let mut parts: Vec<BezPath> = Vec::new();
    for element in path.elements() {
        if matches!(element, PathEl::MoveTo(_)) || parts.is_empty() {
            parts.push(BezPath::new());
        }
        let Some(part) = parts.last_mut() else { continue };
        // A path must begin with MoveTo; what does not is broken and has no place.
        if !part.elements().is_empty() || matches!(element, PathEl::MoveTo(_)) {
            part.push(*element);
        }
    }
    parts.retain(|p| p.elements().len() > 1);
    parts
}

/// The straight segments of a path, closing ones included.
pub(super) fn segments(path: &BezPath) -> Vec<Line> {
    let mut out = Vec::new();
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => (start, last) = (p, p),
            PathEl::LineTo(p) => {
                out.push(Line::new(last, p));
                last = p;
            }
            PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => last = p,
            PathEl::ClosePath => {
                out.push(Line::new(last, start));
                last = start;
            }
        }
    }
    out
}

/// Whether a path is mostly curved or slanted. Rounded boxes run along the axes for the most part.
pub(super) fn is_shape(path: &BezPath) -> bool {
    let (mut along, mut other) = (0.0, 0.0);
    let mut last = Point::ZERO;
    for element in path.elements() {
        let to = match *element {
            PathEl::MoveTo(p) | PathEl::LineTo(p) | PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => p,
            PathEl::ClosePath => continue,
        };
        let (dx, dy) = ((to.x - last.x).abs(), (to.y - last.y).abs());
        match *element {
            PathEl::MoveTo(_) => {}
            PathEl::LineTo(_) if dx.min(dy) <= STRAIGHT => along += dx.max(dy),
            _ => other += dx.hypot(dy),
        }
        last = to;
    }
    other > along
}

/// Whether all segments run along the axes.
pub(super) fn is_rectangle(path: &BezPath) -> bool {
    let curved = path.elements().iter().any(|e| matches!(e, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
    let along_axis = |s: &Line| (s.p0.x - s.p1.x).abs() < SQUARE || (s.p0.y - s.p1.y).abs() < SQUARE;
    !curved && segments(path).iter().all(along_axis)
}

/// Whether a path is a rectangle along the axes and nothing else.
pub(crate) fn fills_its_box(path: &BezPath) -> bool {
    let bounds = path.bounding_box();
    is_rectangle(path) && (path.area().abs() - bounds.area()).abs() <= FULL * bounds.area()
}

/// A rectangle in our own form; one without extent where there is none.
pub(super) fn to_rect(r: KurboRect) -> Rect {
    if r.width() < 0.0 || r.height() < 0.0 || !r.is_finite() {
        return Rect::default();
    }
    Rect::new(r.x0, r.y0, r.x1, r.y1)
}
