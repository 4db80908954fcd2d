//! The lines, areas and pictures of a page while it is drawn.

use super::paint::PAPER;
use super::paths::{STRAIGHT, is_shape, to_rect};
use crate::model::{Fill, Rect, Ruling};
use hayro_interpret::kurbo::{BezPath, Line, Rect as KurboRect, Shape};

/// A filled shape thinner than this (points) is a line. Office programs draw borders of up to 2.25 pt as rectangles.
const LINE_THICKNESS: f64 = 3.0;
/// A picture as thin as a line is one from this length (in thickest lines) on; shorter ones are specks.
const LONG_PICTURE: f64 = 4.0;
/// What is shorter than this (points) in both directions leaves no mark.
const SHORTEST: f64 = 0.05;
/// A stroke is straight as well that leaves its axis by this share of its length.
const SLANT: f64 = 0.002;
/// A stroke on the edge of its clip is seen this far (points) beyond it.
const OVER_CLIP: f64 = 0.5;
/// Curves smaller than this (points) are bullets and rounded corners.
const SMALLEST_SHAPE: f64 = 3.0;
/// Shapes kept of a page; more of them say nothing more.
const MOST_SHAPES: usize = 5_000;

/// What is drawn besides text; `clip` is always what of the page can be drawn on.
#[derive(Default)]
pub(super) struct Shapes {
    pub(super) rulings: Vec<Ruling>,
    pub(super) fills: Vec<Fill>,
    /// Boxes of paths that are mostly curved or slanted.
    pub(super) curves: Vec<Rect>,
    pub(super) images: Vec<Rect>,
    paths: usize,
    most_paths: usize,
    /// Whether the limit left paths out.
    pub(super) truncated: bool,
}

impl Shapes {
    pub(super) fn new(most_paths: usize) -> Self {
        Self { most_paths, ..Self::default() }
    }

    /// Counts a path; false once the page has too many.
    fn admit(&mut self) -> bool {
        self.paths += 1;
        let admitted = self.paths <= self.most_paths;
        self.truncated |= !admitted;
        admitted
    }

    /// Records one filled subpath.
    pub(super) fn add_fill(&mut self, bounds: KurboRect, lightness: f64, rectangular: bool, clip: KurboRect) {
        let rect = to_rect(bounds.intersect(clip));
        let (width, height) = (rect.width(), rect.height());
        if width.max(height) < SHORTEST || !self.admit() {
            return;
        }
        let thin = width.min(height) <= LINE_THICKNESS;
        if thin && lightness < PAPER {
            self.rulings.push(Ruling { bbox: rect, horizontal: width >= height });
            // A dot where borders cross belongs to the lines in both directions.
            if width.max(height) <= LINE_THICKNESS {
                self.rulings.push(Ruling { bbox: rect, horizontal: width < height });
            }
        } else if !thin && rectangular {
            self.fills.push(Fill { bbox: rect, lightness });
        }
    }

    /// Records a path that is mostly curved or slanted.
    pub(super) fn add_shape(&mut self, path: &BezPath, width: f64, clip: KurboRect) {
        let seen = path.bounding_box().inflate(width / 2.0, width / 2.0).intersect(clip);
        let rect = to_rect(seen);
        let large = rect.width().min(rect.height()) >= SMALLEST_SHAPE;
        if large && self.curves.len() < MOST_SHAPES && is_shape(path) {
            self.curves.push(rect);
        }
    }

    /// Records one stroked segment if it is horizontal or vertical.
    pub(super) fn add_stroke(&mut self, stroke: Line, width: f64, lightness: f64, clip: KurboRect) {
        let (dx, dy) = ((stroke.p1.x - stroke.p0.x).abs(), (stroke.p1.y - stroke.p0.y).abs());
        let straight = dx.min(dy) <= STRAIGHT.max(SLANT * dx.max(dy));
        if !straight || lightness >= PAPER || !self.admit() {
            return;
        }
        let half = width / 2.0;
        let bounds = KurboRect::from_points(stroke.p0, stroke.p1);
        // A short stroke that is wider than long is a thin rectangle drawn as one fat line.
        let along_x = dx >= dy;
        let bounds = if along_x { bounds.inflate(0.0, half) } else { bounds.inflate(half, 0.0) };
        let rect = to_rect(bounds.intersect(clip.inflate(OVER_CLIP, OVER_CLIP)));
        if rect.width().max(rect.height()) < SHORTEST {
            return;
        }
        let horizontal = rect.width() >= rect.height();
        if rect.width().min(rect.height()) <= LINE_THICKNESS {
            self.rulings.push(Ruling { bbox: rect, horizontal });
        } else {
            self.fills.push(Fill { bbox: rect, lightness });
        }
    }

    /// Records a picture. Some producers paint borders as pictures of one pixel's height or width.
    pub(super) fn add_image(&mut self, bounds: KurboRect, clip: KurboRect) {
        let rect = to_rect(bounds.intersect(clip));
        let thin = rect.width().min(rect.height()) <= LINE_THICKNESS;
        if thin && rect.width().max(rect.height()) > LONG_PICTURE * LINE_THICKNESS {
            self.rulings.push(Ruling { bbox: rect, horizontal: rect.width() >= rect.height() });
        } else if !thin {
            self.images.push(rect);
        }
    }
}
