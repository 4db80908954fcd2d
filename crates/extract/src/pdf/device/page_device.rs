//! The page that the interpreter draws on.

use super::clips::Clips;
use super::drawn::Drawn;
use super::glyphs::Glyphs;
use super::grounds::Grounds;
use super::groups::Groups;
use super::paint::{FAINT, PAPER, SOLID, Shade, is_same};
use super::paths::{fills_its_box, is_rectangle, segments, subpaths, to_rect};
use super::place::{place, visible_part};
use super::settle::{Remarks, settle};
use super::shapes::Shapes;
use crate::limits::Limits;
use crate::model::{Glyph, Page, Rect};
use crate::pdf::font::FontBook;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{BezPath, Point, Rect as KurboRect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, SoftMask, StrokeProps,
};

/// Text smaller than this (points) has no size: it comes from a damaged instruction.
const SMALLEST_TEXT: f64 = 0.01;
/// Elements of a path up to which it is looked at what of the text it covers; longer ones are drawings.
const MOST_ELEMENTS: usize = 400;
/// A picture that fills this share of a page is a scan of it, and text under it its text layer.
const WHOLE_PAGE: f64 = 0.5;
/// What a text is given that is drawn but blank in its font's own words.
const UNKNOWN: &str = "\u{FFFD}";
/// What is thinner than this (points) is a line and covers no text.
const THINNEST_COVER: f64 = 2.0;

/// Collects a page.
pub(in crate::pdf) struct PageDevice<'f> {
    fonts: &'f FontBook<'f>,
    clips: Clips,
    glyphs: Glyphs,
    shapes: Shapes,
    grounds: Grounds,
    groups: Groups,
    page: KurboRect,
    /// Showings of text so far.
    runs: u32,
    unknown: u32,
    stopped: bool,
}

impl<'f> PageDevice<'f> {
    pub(in crate::pdf) fn new(bounds: KurboRect, fonts: &'f FontBook<'f>, limits: &Limits) -> Self {
        let size = (bounds.width(), bounds.height());
        Self {
            fonts,
            clips: Clips::new(bounds, limits.paths_per_page),
            glyphs: Glyphs::new(size, limits.glyphs_per_page),
            shapes: Shapes::new(limits.paths_per_page),
            grounds: Grounds::new(size),
            groups: Groups::new(),
            page: bounds,
            runs: 0,
            unknown: 0,
            stopped: false,
        }
    }

    /// The collected page, what is to be said of its text, and whether a limit cut it.
    pub(in crate::pdf) fn finish(self, number: u32, width: f64, height: f64) -> (Page, Remarks, bool) {
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
        let (glyphs, remarks) = settle(self.glyphs, &mut page.rulings, (width, height), pictures);
        page.glyphs = glyphs;
        (page, remarks, truncated)
    }

    /// Whether the page was cut off in the middle of being drawn.
    pub(in crate::pdf) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Whether text was set so small that nobody sees it and no character has a place of its own.
    pub(in crate::pdf) fn has_sizeless_text(&self) -> bool {
        self.glyphs.sizeless
    }

    fn push_clip(&mut self, bounds: KurboRect, exact: bool) {
        if !self.clips.push(bounds, exact) {
            // The interpreter knows no way to end early; the caller catches this. No panic message is printed.
            self.stopped = true;
            std::panic::resume_unwind(Box::new("page limit"));
        }
    }

    fn add_glyph(&mut self, run: &GlyphRun<'_, '_>, index: usize, shade: Shade, props: &DrawProps<'_>, hidden: bool) {
        if !self.glyphs.admit() {
            return;
        }
        let glyphs = run.glyphs();
        let vertical = run.writing_mode() == WritingMode::Vertical;
        let placed = place(&glyphs[index], glyphs.get(index + 1), props.transform, vertical);
        if placed.size < SMALLEST_TEXT {
            self.glyphs.sizeless |= !hidden && !self.fonts.text_of(&glyphs[index]).trim().is_empty();
            return;
        }
        let Some(bbox) = visible_part(placed.bbox, self.clips.current()) else { return };
        let is_seen = hidden || self.shows(shade, &bbox, props);
        let mut text = self.fonts.text_of(&glyphs[index]);
        if text.trim_matches(|c: char| c.is_whitespace() || c.is_control()).is_empty() {
            if hidden || !is_seen || !self.fonts.has_ink(&glyphs[index]) {
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
        let (angle, colour, run) = (placed.angle, shade.on_paper(), self.runs);
        self.glyphs.push(Drawn { glyph, angle, colour, run, covered: 0, struck: false });
    }

    /// Whether text of a colour can be seen at a place: not where it is the ground's.
    fn shows(&self, shade: Shade, bbox: &Rect, props: &DrawProps<'_>) -> bool {
        if shade.opacity < FAINT {
            return false;
        }
        let (x, y) = (bbox.center_x(), bbox.center_y());
        if !shade.plain || props.soft_mask.is_some() {
            return true;
        }
        self.grounds.colour_at(x, y).is_none_or(|ground| !is_same(shade.rgb, ground))
    }

    /// Whether what is drawn now hides all that is below.
    fn is_solid(&self, shade: Shade, props: &DrawProps<'_>) -> bool {
        shade.plain
            && shade.opacity >= SOLID
            && props.blend_mode == BlendMode::Normal
            && props.soft_mask.is_none()
            && self.groups.is_plain()
            && self.clips.is_exact()
    }

    fn fill(&mut self, path: &BezPath, rule: FillRule, shade: Shade, solid: bool) {
        let clip = self.clips.current();
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

    fn stroke(&mut self, path: &BezPath, stroke: &StrokeProps, scale: f64, shade: Shade, solid: bool) {
        let clip = self.clips.current();
        let width = f64::from(stroke.line_width) * scale;
        self.shapes.add_shape(path, width, clip);
        let lines = segments(path);
        for segment in &lines {
            self.shapes.add_stroke(*segment, width, shade.lightness(), clip);
        }
        if solid && width >= THINNEST_COVER && lines.len() <= MOST_ELEMENTS {
            for line in lines {
                let half = width / 2.0;
                let area = to_rect(KurboRect::from_points(line.p0, line.p1).inflate(half, half).intersect(clip));
                let covers = |p: Point| {
                    let (along, length) = (line.p1 - line.p0, (line.p1 - line.p0).hypot());
                    let (dx, dy) = (p.x - line.p0.x, p.y - line.p0.y);
                    let (at, off) = (dx * along.x + dy * along.y, dx * along.y - dy * along.x);
                    length > 0.0 && (0.0..=length * length).contains(&at) && off.abs() <= half * length
                };
                self.glyphs.cover(&area, false, &covers);
            }
        }
    }
}

impl<'a> Device<'a> for PageDevice<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let shade = Shade::of(&props.paint, self.groups.opacity());
        if shade.opacity < FAINT {
            return;
        }
        let solid = self.is_solid(shade, &props);
        let path = props.transform * path.clone();
        if let DrawMode::Fill(rule) | DrawMode::FillAndStroke(rule, _) = mode {
            self.fill(&path, *rule, shade, solid);
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            self.stroke(&path, stroke, props.transform.determinant().abs().sqrt(), shade, solid);
        }
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        let exact = fills_its_box(&clip_path.path);
        self.push_clip(clip_path.path.bounding_box(), exact);
    }

    fn push_clip_rect(&mut self, rect: &KurboRect) {
        self.push_clip(*rect, true);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.groups.push(opacity, mask.is_some(), blend);
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let hidden = matches!(mode, DrawMode::Invisible);
        let shade = Shade::of(&props.paint, self.groups.opacity());
        self.runs += 1;
        for index in 0..run.glyphs().len() {
            self.add_glyph(run, index, shade, &props, hidden);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        if self.groups.opacity() < FAINT {
            return;
        }
        // The transform maps pixels, not the unit square.
        let size = KurboRect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let (bounds, clip) = (props.transform.transform_rect_bbox(size), self.clips.current());
        self.shapes.add_image(bounds, clip);
        self.grounds.paint(to_rect(bounds.intersect(clip)), None);
        let whole = self.groups.is_plain() && self.groups.opacity() >= SOLID && self.clips.is_exact();
        if whole && is_opaque(&image) && props.transform.determinant() != 0.0 {
            let area = to_rect(bounds.intersect(clip));
            let is_page = area.width() * area.height() >= WHOLE_PAGE * self.page.area();
            let back = props.transform.inverse();
            self.glyphs.cover(&area, is_page, &|p| area.contains(p.x, p.y) && size.contains(back * p));
        }
    }
}

/// Whether a picture hides what is under it: it has no mask.
fn is_opaque(image: &Image<'_, '_>) -> bool {
    match image {
        Image::Stencil(_) => false,
        Image::Raster(raster) => {
            let stream = raster.stream();
            let keys = [b"SMask".as_slice(), b"Mask", b"SMaskInData"];
            keys.iter().all(|key| !stream.dict().contains_key(key))
        }
    }
}
