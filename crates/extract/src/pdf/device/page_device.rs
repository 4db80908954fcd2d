//! The page that the interpreter draws on.

use super::groups::Groups;
use super::place::place;
use crate::canvas::{Canvas, FAINT, Look, PATTERN, Remarks, SOLID, Shade, fills_its_box};
use crate::limits::Limits;
use crate::model::Page;
use crate::pdf::font::FontBook;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{BezPath, Point, Rect as KurboRect, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};

/// Collects a page.
pub(in crate::pdf) struct PageDevice<'f> {
    fonts: &'f FontBook<'f>,
    canvas: Canvas,
    groups: Groups,
}

impl<'f> PageDevice<'f> {
    pub(in crate::pdf) fn new(bounds: KurboRect, fonts: &'f FontBook<'f>, limits: &Limits) -> Self {
        Self { fonts, canvas: Canvas::new(bounds, limits), groups: Groups::new() }
    }

    /// The collected page, what is to be said of its text, and whether a limit cut it.
    pub(in crate::pdf) fn finish(self, number: u32, width: f64, height: f64) -> (Page, Remarks, bool) {
        self.canvas.finish(number, width, height)
    }

    /// Whether the page was cut off in the middle of being drawn.
    pub(in crate::pdf) fn is_stopped(&self) -> bool {
        self.canvas.is_stopped()
    }

    /// Whether text was set so small that nobody sees it and no character has a place of its own.
    pub(in crate::pdf) fn has_sizeless_text(&self) -> bool {
        self.canvas.has_sizeless_text()
    }

    fn push_clip(&mut self, bounds: KurboRect, exact: bool) {
        if !self.canvas.push_clip(bounds, exact) {
            // The interpreter knows no way to end early; the caller catches this. No panic message is printed.
            std::panic::resume_unwind(Box::new("page limit"));
        }
    }

    fn add_glyph(&mut self, run: &GlyphRun<'_, '_>, index: usize, look: Look, props: &DrawProps<'_>) {
        if !self.canvas.admits_glyph() {
            return;
        }
        let glyphs = run.glyphs();
        let vertical = run.writing_mode() == WritingMode::Vertical;
        let placed = place(&glyphs[index], glyphs.get(index + 1), props.transform, vertical);
        let fonts = self.fonts;
        self.canvas.write(&placed, look, || fonts.text_of(&glyphs[index]), || fonts.has_ink(&glyphs[index]));
    }

    fn shade(&self, paint: &Paint<'_>) -> Shade {
        let opacity = self.groups.opacity();
        match paint {
            Paint::Color(color) => {
                let [r, g, b, a] = color.to_rgba().components();
                Shade { rgb: [r, g, b], opacity: a * opacity, plain: true }
            }
            Paint::Pattern(_) => Shade { rgb: [PATTERN; 3], opacity, plain: false },
        }
    }

    /// Whether what is drawn now hides nothing that is below, whatever its paint.
    fn is_blended(&self, props: &DrawProps<'_>) -> bool {
        props.blend_mode != BlendMode::Normal || props.soft_mask.is_some() || !self.groups.is_plain()
    }
}

impl<'a> Device<'a> for PageDevice<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let shade = self.shade(&props.paint);
        if shade.opacity < FAINT {
            return;
        }
        let blended = self.is_blended(&props);
        let path = props.transform * path.clone();
        if let DrawMode::Fill(rule) | DrawMode::FillAndStroke(rule, _) = mode {
            self.canvas.fill(&path, *rule, shade, blended);
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            let scale = props.transform.determinant().abs().sqrt();
            self.canvas.stroke(&path, f64::from(stroke.line_width) * scale, shade, blended);
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
        self.canvas.pop_clip();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.groups.push(opacity, mask.is_some(), blend);
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let hidden = matches!(mode, DrawMode::Invisible);
        let shade = self.shade(&props.paint);
        let look = Look { shade, hidden, masked: props.soft_mask.is_some(), cut_away: false };
        self.canvas.begin_run();
        for index in 0..run.glyphs().len() {
            self.add_glyph(run, index, look, &props);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        if self.groups.opacity() < FAINT {
            return;
        }
        // The transform maps pixels, not the unit square.
        let size = KurboRect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let bounds = props.transform.transform_rect_bbox(size);
        let whole = self.groups.is_plain() && self.groups.opacity() >= SOLID;
        if whole && is_opaque(&image) && props.transform.determinant() != 0.0 {
            let back = props.transform.inverse();
            self.canvas.picture(bounds, Some(&|p: Point| size.contains(back * p)));
        } else {
            self.canvas.picture(bounds, None);
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
