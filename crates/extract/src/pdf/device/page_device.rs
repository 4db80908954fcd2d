//! The page that the interpreter draws on.

use super::clips::Clips;
use super::glyphs::Glyphs;
use super::paint::{FAINT, shade};
use super::paths::{is_rectangle, segments, subpaths};
use super::place::{place, visible_part};
use super::shapes::Shapes;
use crate::limits::Limits;
use crate::model::{Glyph, Page};
use crate::pdf::font::FontBook;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{BezPath, Rect as KurboRect, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

/// Text smaller than this (points) has no size: it comes from a damaged instruction.
const SMALLEST_TEXT: f64 = 0.01;

/// Collects a page.
pub(in crate::pdf) struct PageDevice<'f> {
    fonts: &'f FontBook<'f>,
    clips: Clips,
    glyphs: Glyphs,
    shapes: Shapes,
    stopped: bool,
}

impl<'f> PageDevice<'f> {
    pub(in crate::pdf) fn new(bounds: KurboRect, fonts: &'f FontBook<'f>, limits: &Limits) -> Self {
        Self {
            fonts,
            clips: Clips::new(bounds, limits.paths_per_page),
            glyphs: Glyphs::new(limits.glyphs_per_page),
            shapes: Shapes::new(limits.paths_per_page),
            stopped: false,
        }
    }

    /// The collected page and whether a limit cut it.
    pub(in crate::pdf) fn finish(self, number: u32, width: f64, height: f64) -> (Page, bool) {
        let truncated = self.stopped || self.glyphs.truncated || self.shapes.truncated;
        let page = Page {
            number,
            width,
            height,
            unknown_glyphs: self.glyphs.unknown,
            glyphs: self.glyphs.finish(!self.shapes.images.is_empty()),
            rulings: self.shapes.rulings,
            fills: self.shapes.fills,
            shapes: self.shapes.curves,
            images: self.shapes.images,
        };
        (page, truncated)
    }

    /// Whether the page was cut off in the middle of being drawn.
    pub(in crate::pdf) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Whether text was set so small that nobody sees it and no character has a place of its own.
    pub(in crate::pdf) fn has_sizeless_text(&self) -> bool {
        self.glyphs.sizeless
    }

    fn push_clip(&mut self, bounds: KurboRect) {
        if !self.clips.push(bounds) {
            // The interpreter knows no way to end early; the caller catches this. No panic message is printed.
            self.stopped = true;
            std::panic::resume_unwind(Box::new("page limit"));
        }
    }

    fn add_glyph(&mut self, run: &GlyphRun<'_, '_>, index: usize, props: &DrawProps<'_>, hidden: bool) {
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
        if !hidden && !self.shapes.shows_text(shade(&props.paint).0, &bbox) {
            return;
        }
        let text = self.fonts.text_of(&glyphs[index]);
        if text.trim_matches(|c: char| c.is_whitespace() || c.is_control()).is_empty() {
            return;
        }
        self.glyphs.push(Glyph { text, bbox, size: placed.size, direction: placed.direction, hidden });
    }
}

impl<'a> Device<'a> for PageDevice<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let (lightness, opacity) = shade(&props.paint);
        if opacity < FAINT {
            return;
        }
        let (transform, clip) = (props.transform, self.clips.current());
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            for part in subpaths(path) {
                let part = transform * part;
                self.shapes.add_fill(part.bounding_box(), lightness, is_rectangle(&part), clip);
                self.shapes.note_painted(part.bounding_box(), lightness, clip);
                self.shapes.add_shape(&part, 0.0, clip);
            }
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            let width = f64::from(stroke.line_width) * transform.determinant().abs().sqrt();
            let path = transform * path.clone();
            self.shapes.add_shape(&path, width, clip);
            for segment in segments(&path) {
                self.shapes.add_stroke(segment, width, lightness, clip);
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
        self.clips.pop();
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
        self.shapes.add_image(props.transform.transform_rect_bbox(size), self.clips.current());
    }
}
