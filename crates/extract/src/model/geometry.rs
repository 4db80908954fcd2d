//! Rectangles in points from the page's top left as displayed.

use serde::{Deserialize, Serialize};

/// An axis-parallel rectangle in points (1/72 inch); the origin is the displayed page's top left, y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x0: f64,
    /// Top edge.
    pub y0: f64,
    /// Right edge, never left of `x0`.
    pub x1: f64,
    /// Bottom edge, never above `y0`.
    pub y1: f64,
}

impl Rect {
    /// Builds a rectangle from any two opposite corners.
    pub fn new(xa: f64, ya: f64, xb: f64, yb: f64) -> Self {
        Self { x0: xa.min(xb), y0: ya.min(yb), x1: xa.max(xb), y1: ya.max(yb) }
    }

    /// Width in points.
    pub(crate) fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    /// Height in points.
    pub fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    /// Horizontal centre.
    pub(crate) fn center_x(&self) -> f64 {
        f64::midpoint(self.x0, self.x1)
    }

    /// Vertical centre.
    pub(crate) fn center_y(&self) -> f64 {
        f64::midpoint(self.y0, self.y1)
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub(crate) fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// Whether the point lies inside or on the edge.
    pub(crate) fn contains(&self, x: f64, y: f64) -> bool {
        x >= self.x0 && x <= self.x1 && y >= self.y0 && y <= self.y1
    }

    /// Length by which the two overlap horizontally; negative is the gap between them.
    pub(crate) fn overlap_x(&self, other: &Self) -> f64 {
        self.x1.min(other.x1) - self.x0.max(other.x0)
    }

    /// Length by which the two overlap vertically; negative is the gap between them.
    pub fn overlap_y(&self, other: &Self) -> f64 {
        self.y1.min(other.y1) - self.y0.max(other.y0)
    }
}
