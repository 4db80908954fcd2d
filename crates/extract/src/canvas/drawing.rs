//! A page while it is drawn.

use super::clips::Clips;
use super::drawn::Drawn;
use super::glyphs::Glyphs;
use super::grounds::Grounds;
use super::paint::{FAINT, PAPER, SOLID, Shade, is_same};
use super::paths::{fills_its_box, is_rectangle, segments, subpaths, to_rect};
use super::place::{Placed, visible_part};
use super::settle::{Remarks, settle};
use super::shapes::Shapes;
use crate::limits::Limits;
use crate::model::{Glyph, Page, Rect};
use hayro_interpret::FillRule;
use hayro_interpret::kurbo::{BezPath, Line, Point, Rect as KurboRect, Shape};

/// Text smaller than this (points) has no size: it comes from a damaged instruction.
const SMALLEST_TEXT: f64 = 0.01;
/// Elements of a path up to which it is looked at what of the text it covers; longer ones are drawings.
const MOST_ELEMENTS: usize = 400;
/// A picture that fills this share of a page is a scan of it, and text under it its text layer.
const WHOLE_PAGE: f64 = 0.5;
/// What is thinner than this (points) is a line and covers no text.
const THINNEST_COVER: f64 = 2.0;
/// What a text is given whose characters nothing tells.
pub(crate) const UNKNOWN: &str = "\u{FFFD}";

/// How a character is painted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) shade: Shade,
    /// Whether it is drawn in no way that is seen, as the text layer under a scan is.
    pub(crate) hidden: bool,
    /// Whether what its colour does not show is shown by something else: a mask.
    pub(crate) masked: bool,
    /// Whether its own file cuts it away, beyond the area that its text is given.
    pub(crate) cut_away: bool,
}

/// Collects a page.
pub(crate) struct Canvas {
    clips: Clips,
    glyphs: Glyphs,
    shapes: Shapes,
    grounds: Grounds,
    page: KurboRect,
    /// Showings of text so far.
    runs: u32,
    unknown: u32,
    stopped: bool,
    /// Characters that the file itself says are not shown, or are a watermark.
    said: (u32, u32),
}

impl Canvas {
    /// An empty page.
    pub(crate) fn new(bounds: KurboRect, limits: &Limits) -> Self {
        let size = (bounds.width(), bounds.height());
        Self {
            clips: Clips::new(bounds, limits.paths_per_page),
            glyphs: Glyphs::new(size, limits.glyphs_per_page),
            shapes: Shapes::new(limits.paths_per_page),
            grounds: Grounds::new(size),
            page: bounds,
            runs: 0,
            unknown: 0,
            stopped: false,
            said: (0, 0),
        }
    }

    /// The collected page, what is to be said of its text, and whether a limit cut it.
    pub(crate) fn finish(self, number: u32, width: f64, height: f64) -> (Page, Remarks, bool) {
        let truncated = self.stopped || self.glyphs.truncated || self.shapes.truncated;
        let mut page = Page {
            number,
            width,
            height,
            unknown_glyphs: self.unknown,
            rulings: self.shapes.rulings,
            fills: self.shapes.fills,
            shapes: self.shapes.curves,
            images: self.shapes.images,
            ..Page::default()
        };
        let pictures = if page.images.is_empty() { 0.0 } else { page.image_share().max(f64::MIN_POSITIVE) };
        let (glyphs, mut remarks) = settle(self.glyphs, &mut page.rulings, (width, height), pictures);
        page.glyphs = glyphs;
        remarks.unseen += self.said.0;
        remarks.stamped += self.said.1;
        (page, remarks, truncated)
    }

    /// Whether the page was cut off in the middle of being drawn.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Whether text was set so small that nobody sees it and no character has a place of its own.
    pub(crate) fn has_sizeless_text(&self) -> bool {
        self.glyphs.sizeless
    }

    /// Sets another clip; false once the page has too many, and is drawn no further.
    pub(crate) fn push_clip(&mut self, bounds: KurboRect, exact: bool) -> bool {
        let pushed = self.clips.push(bounds, exact);
        self.stopped |= !pushed;
        pushed
    }

    /// Goes back to the clip before.
    pub(crate) fn pop_clip(&mut self) {
        self.clips.pop();
    }

    /// The next showing of text begins.
    pub(crate) fn begin_run(&mut self) {
        self.runs += 1;
    }

    /// Whether there is room for another character.
    pub(crate) fn admits_glyph(&mut self) -> bool {
        self.glyphs.admit()
    }

    /// Notes characters that the file itself says are not shown, or are a watermark.
    pub(crate) fn leave_out(&mut self, unseen: u32, stamped: u32) {
        self.said = (self.said.0.saturating_add(unseen), self.said.1.saturating_add(stamped));
    }

    /// Draws a character; `has_ink` tells whether one without text leaves a mark.
    pub(crate) fn write(
        &mut self,
        placed: &Placed,
        look: Look,
        text: impl FnOnce() -> String,
        has_ink: impl FnOnce() -> bool,
    ) {
        let hidden = look.hidden;
        if placed.size < SMALLEST_TEXT {
            self.glyphs.sizeless |= !hidden && !text().trim().is_empty();
            return;
        }
        let Some(bbox) = visible_part(placed.bbox, self.clips.current()) else { return };
        let is_seen = hidden || self.shows(look, &bbox);
        let mut text = text();
        if text.trim_matches(|c: char| c.is_whitespace() || c.is_control()).is_empty() {
            if hidden || !is_seen || !has_ink() {
                return;
            }
            self.glyphs.ink_without_text += 1;
            UNKNOWN.clone_into(&mut text);
        } else if !is_seen {
            self.glyphs.unseen.push((bbox, text));
            return;
        } else if !hidden {
            self.unknown += u32::from(text == UNKNOWN);
        }
        let glyph = Glyph { text, bbox, size: placed.size, direction: placed.direction, hidden };
        let (angle, colour, run) = (placed.angle, look.shade.on_paper(), self.runs);
        let covered = if look.cut_away { u16::MAX } else { 0 };
        self.glyphs.push(Drawn { glyph, angle, colour, run, covered, struck: false });
    }

    /// Whether text of a colour can be seen at a place: not where it is the ground's.
    fn shows(&self, look: Look, bbox: &Rect) -> bool {
        let shade = look.shade;
        if shade.opacity < FAINT {
            return false;
        }
        let (x, y) = (bbox.center_x(), bbox.center_y());
        if !shade.plain || look.masked {
            return true;
        }
        self.grounds.colour_at(x, y).is_none_or(|ground| !is_same(shade.rgb, ground))
    }

    /// Whether what is drawn now in a paint hides all that is below; `blended` is what does not, whatever its paint.
    fn is_solid(&self, shade: Shade, blended: bool) -> bool {
        shade.plain && shade.opacity >= SOLID && !blended && self.clips.is_exact()
    }

    /// Draws an area.
    pub(crate) fn fill(&mut self, path: &BezPath, rule: FillRule, shade: Shade, blended: bool) {
        let (clip, solid) = (self.clips.current(), self.is_solid(shade, blended));
        let parts = subpaths(path);
        for part in &parts {
            let bounds = part.bounding_box();
            self.shapes.add_fill(bounds, shade.lightness(), is_rectangle(part), clip);
            self.shapes.add_shape(part, 0.0, clip);
            let full = solid && parts.len() == 1 && fills_its_box(part);
            if full || shade.lightness() < PAPER {
                self.grounds.paint(to_rect(bounds.intersect(clip)), full.then_some(shade.rgb));
            }
        }
        let area = to_rect(path.bounding_box().intersect(clip));
        if !solid || area.width().min(area.height()) < THINNEST_COVER {
            return;
        }
        if let [part] = parts.as_slice()
            && fills_its_box(part)
        {
            self.glyphs.cover(&area, false, &|p| area.contains(p.x, p.y));
        } else if path.elements().len() <= MOST_ELEMENTS {
            let covers = |p: Point| {
                let winding = path.winding(p);
                let inside = if rule == FillRule::EvenOdd { winding % 2 != 0 } else { winding != 0 };
                inside && area.contains(p.x, p.y)
            };
            self.glyphs.cover(&area, false, &covers);
        }
    }

    /// Draws a line of a width in points.
    pub(crate) fn stroke(&mut self, path: &BezPath, width: f64, shade: Shade, blended: bool) {
        let (clip, solid) = (self.clips.current(), self.is_solid(shade, blended));
        self.shapes.add_shape(path, width, clip);
        let lines = segments(path);
        for segment in &lines {
            self.shapes.add_stroke(*segment, width, shade.lightness(), clip);
        }
        if solid && width >= THINNEST_COVER && lines.len() <= MOST_ELEMENTS {
            for line in lines {
                self.cover_by_line(line, width / 2.0, clip);
            }
        }
    }

    /// Notes what a fat line covers.
    fn cover_by_line(&mut self, line: Line, half: f64, clip: KurboRect) {
        let area = to_rect(KurboRect::from_points(line.p0, line.p1).inflate(half, half).intersect(clip));
        let covers = |p: Point| {
            let (along, length) = (line.p1 - line.p0, (line.p1 - line.p0).hypot());
            let (dx, dy) = (p.x - line.p0.x, p.y - line.p0.y);
            let (at, off) = (dx * along.x + dy * along.y, dx * along.y - dy * along.x);
            length > 0.0 && (0.0..=length * length).contains(&at) && off.abs() <= half * length
        };
        self.glyphs.cover(&area, false, &covers);
    }

    /// Draws a picture; `covers` says, where the picture hides what is below, which places it does.
    pub(crate) fn picture(&mut self, bounds: KurboRect, covers: Option<&dyn Fn(Point) -> bool>) {
        let clip = self.clips.current();
        self.shapes.add_image(bounds, clip);
        let area = to_rect(bounds.intersect(clip));
        self.grounds.paint(area, None);
        if let Some(covers) = covers.filter(|_| self.clips.is_exact()) {
            let is_page = area.width() * area.height() >= WHOLE_PAGE * self.page.area();
            self.glyphs.cover(&area, is_page, &|p| area.contains(p.x, p.y) && covers(p));
        }
    }
}
