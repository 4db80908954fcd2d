//! What the interpreter draws, turned into a positioned page.

use super::font::FontBook;
use crate::geometry::Rect;
use crate::limits::Limits;
use crate::page::{Direction, Fill, Glyph, Page, Ruling};
use std::collections::BTreeMap;

use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect as KurboRect, Shape, Vec2};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};

/// A filled shape thinner than this (points) is a line. Office programs draw borders of up to 2.25 pt as rectangles.
const LINE_THICKNESS: f64 = 3.0;
/// Shapes lighter than this are the colour of paper and make no edge.
const PAPER: f64 = 0.97;
/// A glyph drawn again within this many font sizes is the same one. Fake bold shifts by a few hundredths.
const SAME_SPOT: f64 = 0.12;
/// Text lighter than this is not seen on paper.
const INVISIBLE: f64 = 0.995;
/// Painted areas that are kept; with more of them no text is taken for invisible.
const MOST_PAINTED: usize = 20_000;
/// Clips allowed for each path allowed: many programs clip each cell and each word of it.
const CLIPS_TO_PATHS: usize = 2;
/// Curves smaller than this (points) are bullets and rounded corners.
const SMALLEST_SHAPE: f64 = 3.0;
/// Shapes kept of a page; more of them say nothing more.
const MOST_SHAPES: usize = 5_000;
/// Strokes and fills below this opacity are not seen.
const FAINT: f32 = 0.05;

/// Text smaller than this (points) has no size: it comes from a damaged instruction.
const SMALLEST_TEXT: f64 = 0.01;

/// Collects a page.
pub(super) struct PageDevice<'f> {
    page: Page,
    fonts: &'f FontBook<'f>,
    /// Bounding boxes of the clips in force; the last is the intersection of all.
    clips: Vec<KurboRect>,
    glyph_limit: usize,
    path_limit: usize,
    paths: usize,
    /// Boxes of what was painted in other colours than paper's: white text is seen on these only.
    painted: Vec<Rect>,
    /// Clips set so far; a form that draws itself in ever more copies sets one for each.
    clips_set: usize,
    truncated: bool,
    stopped: bool,
    /// Whether text was set in no size at all.
    sizeless: bool,
    invisible: Vec<Glyph>,
}

impl<'f> PageDevice<'f> {
    pub(super) fn new(bounds: KurboRect, fonts: &'f FontBook<'f>, limits: &Limits) -> Self {
        Self {
            page: Page::default(),
            fonts,
            clips: vec![bounds],
            glyph_limit: limits.glyphs_per_page,
            path_limit: limits.paths_per_page,
            paths: 0,
            painted: Vec::new(),
            clips_set: 0,
            truncated: false,
            stopped: false,
            sizeless: false,
            invisible: Vec::new(),
        }
    }

    /// The collected page and whether a limit cut it.
    pub(super) fn finish(mut self, number: u32, width: f64, height: f64) -> (Page, bool) {
        self.page.number = number;
        self.page.width = width;
        self.page.height = height;
        // Invisible text counts only as the text layer under a scanned picture.
        if self.page.glyphs.is_empty() && !self.page.images.is_empty() {
            self.page.glyphs = std::mem::take(&mut self.invisible);
        }
        remove_doubles(&mut self.page.glyphs);
        (self.page, self.truncated)
    }

    fn clip(&self) -> KurboRect {
        self.clips.last().copied().unwrap_or(KurboRect::ZERO)
    }

    /// Whether the page was cut off in the middle of being drawn.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Whether text was set so small that nobody sees it and no character has a place of its own.
    pub(super) fn has_sizeless_text(&self) -> bool {
        self.sizeless
    }

    fn push_clip(&mut self, bounds: KurboRect) {
        self.clips_set += 1;
        if self.clips_set > CLIPS_TO_PATHS * self.path_limit {
            // The interpreter knows no way to end early; the caller catches this. No panic message is printed.
            (self.truncated, self.stopped) = (true, true);
            std::panic::resume_unwind(Box::new("page limit"));
        }
        let clip = self.clip().intersect(bounds);
        self.clips.push(clip);
    }

    /// Counts a shape; false once the page has too many.
    fn admit_path(&mut self) -> bool {
        self.paths += 1;
        let admitted = self.paths <= self.path_limit;
        self.truncated |= !admitted;
        admitted
    }

    fn add_glyph(&mut self, run: &GlyphRun<'_, '_>, index: usize, props: &DrawProps<'_>, hidden: bool) {
        if self.page.glyphs.len() + self.invisible.len() >= self.glyph_limit {
            self.truncated = true;
            return;
        }
        let glyphs = run.glyphs();
        let vertical = run.writing_mode() == WritingMode::Vertical;
        let placed = place(&glyphs[index], glyphs.get(index + 1), props.transform, vertical);
        if placed.size < SMALLEST_TEXT {
            self.sizeless |= !hidden && !self.fonts.text_of(&glyphs[index]).trim().is_empty();
            return;
        }
        let Some(bbox) = visible_part(placed.bbox, self.clip()) else { return };
        if !hidden && !self.is_seen(shade(&props.paint).0, &bbox) {
            return;
        }
        let text = self.fonts.text_of(&glyphs[index]);
        if text.trim_matches(|c: char| c.is_whitespace() || c.is_control()).is_empty() {
            return;
        }
        if text == "\u{FFFD}" && !hidden {
            self.page.unknown_glyphs += 1;
        }
        let glyph = Glyph { text, bbox, size: placed.size, direction: placed.direction, hidden };
        if hidden { self.invisible.push(glyph) } else { self.page.glyphs.push(glyph) }
    }

    /// Records one filled subpath.
    fn add_fill(&mut self, bounds: KurboRect, lightness: f64, rectangular: bool) {
        let seen = bounds.intersect(self.clip());
        let rect = to_rect(seen);
        let (width, height) = (rect.width(), rect.height());
        if width.max(height) < 0.05 || !self.admit_path() {
            return;
        }
        let thin = width.min(height) <= LINE_THICKNESS;
        if thin && lightness < PAPER {
            self.page.rulings.push(Ruling { bbox: rect, horizontal: width >= height });
            // A dot where borders cross belongs to the lines in both directions.
            if width.max(height) <= LINE_THICKNESS {
                self.page.rulings.push(Ruling { bbox: rect, horizontal: width < height });
            }
        } else if !thin && rectangular {
            self.page.fills.push(Fill { bbox: rect, lightness });
        }
    }

    /// Notes an area that is not the colour of paper.
    fn note_painted(&mut self, bounds: KurboRect, lightness: f64) {
        if lightness < PAPER && self.painted.len() < MOST_PAINTED {
            self.painted.push(to_rect(bounds.intersect(self.clip())));
        }
    }

    /// Whether text of a colour can be seen at a place: white text on bare paper can't.
    fn is_seen(&self, lightness: f64, bbox: &Rect) -> bool {
        let under = |r: &Rect| r.contains(bbox.center_x(), bbox.center_y());
        lightness < INVISIBLE
            || self.painted.len() >= MOST_PAINTED
            || self.painted.iter().any(under)
            || self.page.images.iter().any(under)
    }

    /// Records a path that is mostly curved or slanted.
    fn add_shape(&mut self, path: &BezPath, width: f64) {
        let seen = path.bounding_box().inflate(width / 2.0, width / 2.0).intersect(self.clip());
        let rect = to_rect(seen);
        let large = rect.width().min(rect.height()) >= SMALLEST_SHAPE;
        if large && self.page.shapes.len() < MOST_SHAPES && is_shape(path) {
            self.page.shapes.push(rect);
        }
    }

    /// Records one stroked segment if it is horizontal or vertical.
    fn add_stroke(&mut self, from: Point, to: Point, width: f64, lightness: f64) {
        let (dx, dy) = ((to.x - from.x).abs(), (to.y - from.y).abs());
        let straight = dx.min(dy) <= 0.5_f64.max(0.002 * dx.max(dy));
        if !straight || lightness >= PAPER || !self.admit_path() {
            return;
        }
        let half = width / 2.0;
        let bounds = KurboRect::from_points(from, to);
        // A short stroke that is wider than long is a thin rectangle drawn as one fat line.
        let along_x = dx >= dy;
        let bounds = if along_x { bounds.inflate(0.0, half) } else { bounds.inflate(half, 0.0) };
        let clip = self.clip().inflate(0.5, 0.5);
        let rect = to_rect(bounds.intersect(clip));
        if rect.width().max(rect.height()) < 0.05 {
            return;
        }
        let horizontal = rect.width() >= rect.height();
        if rect.width().min(rect.height()) <= LINE_THICKNESS {
            self.page.rulings.push(Ruling { bbox: rect, horizontal });
        } else {
            self.page.fills.push(Fill { bbox: rect, lightness });
        }
    }
}

impl<'a> Device<'a> for PageDevice<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let (lightness, opacity) = shade(&props.paint);
        if opacity < FAINT {
            return;
        }
        let transform = props.transform;
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            for part in subpaths(path) {
                let part = transform * part;
                self.add_fill(part.bounding_box(), lightness, is_rectangle(&part));
                self.note_painted(part.bounding_box(), lightness);
                self.add_shape(&part, 0.0);
            }
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            let width = f64::from(stroke.line_width) * transform.determinant().abs().sqrt();
            let path = transform * path.clone();
            self.add_shape(&path, width);
            for (from, to) in segments(&path) {
                self.add_stroke(from, to, width, lightness);
            }
        }
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.push_clip(clip_path.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &KurboRect) {
        self.push_clip(*rect);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let hidden = matches!(mode, DrawMode::Invisible);
        for index in 0..run.glyphs().len() {
            self.add_glyph(run, index, &props, hidden);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        // The transform maps pixels, not the unit square.
        let size = KurboRect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let bounds = props.transform.transform_rect_bbox(size).intersect(self.clip());
        let rect = to_rect(bounds);
        let thin = rect.width().min(rect.height()) <= LINE_THICKNESS;
        if thin && rect.width().max(rect.height()) > 4.0 * LINE_THICKNESS {
            // Some producers paint borders as one-pixel pictures.
            self.page.rulings.push(Ruling { bbox: rect, horizontal: rect.width() >= rect.height() });
        } else if !thin {
            self.page.images.push(rect);
        }
    }
}

/// Where and how large a glyph is.
struct Placed {
    bbox: Rect,
    size: f64,
    direction: Direction,
}

/// Computes a glyph's box: from the origin along the advance, 0.88 em above and 0.12 em below the baseline (the frame
/// that Chinese fonts draw their characters in).
fn place(glyph: &PositionedGlyph<'_>, next: Option<&PositionedGlyph<'_>>, page: Affine, vertical: bool) -> Placed {
    let transform = page * glyph.transform();
    let origin = transform * Point::ZERO;
    let up = (transform * Point::new(0.0, 1000.0)) - origin;
    let right = (transform * Point::new(1000.0, 0.0)) - origin;
    let size = up.hypot();
    let units = match &**glyph {
        PdfGlyph::Outline(outline) => outline.advance_width(),
        PdfGlyph::Type3(_) => None,
    };
    let step = next.map(|n| ((page * n.transform()) * Point::ZERO - origin).hypot());
    let width = match units {
        Some(units) if !vertical => {
            let plain = f64::from(units) / 1000.0 * size;
            let stretched = f64::from(units) / 1000.0 * right.hypot();
            // A substitute font is squeezed to the declared width, which must not count twice; text scaled by the
            // page (Tz) is. The distance to the next glyph tells which it is.
            let near = |d: f64| step.map_or(f64::INFINITY, |s| (s - d).abs());
            if near(stretched) < near(plain) { stretched } else { plain }
        }
        Some(_) => size,
        None => step.filter(|s| *s > 0.0 && *s < 2.0 * size).unwrap_or(size / 2.0),
    };
    let along = unit(right);
    let upward = unit(up);
    let corner_a = origin - upward * (0.12 * size);
    let corner_b = origin + along * width + upward * (0.88 * size);
    let direction = if vertical { Direction::Down } else { direction_of(along) };
    Placed { bbox: Rect::new(corner_a.x, corner_a.y, corner_b.x, corner_b.y), size, direction }
}

/// The part of a glyph's box that a clip leaves to be seen; `None` when next to nothing is. A glyph mostly inside keeps
/// its whole box. One that hangs out of its cell keeps the part in the cell, which says whose text it is.
fn visible_part(bbox: Rect, clip: KurboRect) -> Option<Rect> {
    const SEEN: f64 = 0.2;
    let clip = to_rect(clip.inflate(0.5, 0.5));
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

/// Lightness (0–1) and opacity of a paint. A pattern counts as middle grey.
fn shade(paint: &Paint<'_>) -> (f64, f32) {
    match paint {
        Paint::Color(color) => {
            let [r, g, b, a] = color.to_rgba().components();
            (f64::from(0.299 * r + 0.587 * g + 0.114 * b), a)
        }
        Paint::Pattern(_) => (0.5, 1.0),
    }
}

/// Splits a path at its MoveTo elements.
fn subpaths(path: &BezPath) -> Vec<BezPath> {
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
fn segments(path: &BezPath) -> Vec<(Point, Point)> {
    let mut out = Vec::new();
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => (start, last) = (p, p),
            PathEl::LineTo(p) => {
                out.push((last, p));
                last = p;
            }
            PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => last = p,
            PathEl::ClosePath => {
                out.push((last, start));
                last = start;
            }
        }
    }
    out
}

/// Whether a path is mostly curved or slanted. Rounded boxes run along the axes for the most part.
fn is_shape(path: &BezPath) -> bool {
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
            PathEl::LineTo(_) if dx.min(dy) <= 0.5 => along += dx.max(dy),
            _ => other += dx.hypot(dy),
        }
        last = to;
    }
    other > along
}

/// Whether all segments run along the axes.
fn is_rectangle(path: &BezPath) -> bool {
    let curved = path.elements().iter().any(|e| matches!(e, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
    !curved && segments(path).iter().all(|(a, b)| (a.x - b.x).abs() < 0.1 || (a.y - b.y).abs() < 0.1)
}

fn to_rect(r: KurboRect) -> Rect {
    if r.width() < 0.0 || r.height() < 0.0 || !r.is_finite() {
        return Rect::default();
    }
    Rect::new(r.x0, r.y0, r.x1, r.y1)
}

/// Drops glyphs that are drawn again in (nearly) the same spot: fake bold, and fill followed by stroke.
fn remove_doubles(glyphs: &mut Vec<Glyph>) {
    // Spots of one text by square; a square's side is more than the distance that counts as the same spot.
    let mut kept: BTreeMap<(i64, i64, &str), Vec<usize>> = BTreeMap::new();
    let mut doubled = vec![false; glyphs.len()];
    for (index, glyph) in glyphs.iter().enumerate() {
        let near = SAME_SPOT * glyph.size;
        let side = near.max(2.0);
        let (column, row) = ((glyph.bbox.x0 / side).floor() as i64, (glyph.bbox.y0 / side).floor() as i64);
        let is_near = |other: &usize| {
            let other = &glyphs[*other].bbox;
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
    let mut index = 0;
    glyphs.retain(|_| {
        index += 1;
        !doubled[index - 1]
    });
}
