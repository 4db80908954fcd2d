//! The pictures that scanned pages are made of, as one grey picture for each page: strips put together, masks laid over
//! their grounds, turned as displayed.

mod canvas;
mod seal;

use super::file;
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::model::Picture;
use canvas::Canvas;
use hayro_interpret::TransformExt;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, BezPath, Rect as KurboRect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache,
    InterpreterSettings, LumaData, Paint, SoftMask, interpret_page,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Finest pictures that are of use, in pixels per point (300 dots per inch).
const FINEST: f64 = 300.0 / 72.0;
/// Coarsest picture drawn, in pixels per point: coarser ones are enlarged to it.
const COARSEST: f64 = 100.0 / 72.0;
/// Share of a page's width from which on a picture counts for how fine the page's is.
const BROAD: f64 = 0.3;

/// Gives the pictures of the pages with these 1-based numbers to `sink`, one after the other; a page whose pictures can't
/// be had gives none.
///
/// # Errors
/// As for reading the pages.
pub(crate) fn pictures(
    bytes: &[u8],
    numbers: &[u32],
    limits: &Limits,
    mut sink: impl FnMut(u32, Picture),
) -> Result<(), ExtractError> {
    let (reader, _) = file::open(bytes)?;
    let cache = InterpreterCache::new();
    for number in numbers {
        let index = (*number as usize).saturating_sub(1);
        let Some(page) = reader.pdf().pages().get(index) else { continue };
        let drawn = catch_unwind(AssertUnwindSafe(|| picture(reader.pdf(), page, &cache, limits)));
        if let Ok(Some(picture)) = drawn {
            sink(*number, picture);
        }
    }
    Ok(())
}

fn picture<'a>(pdf: &'a Pdf, page: &PdfPage<'a>, cache: &InterpreterCache<'a>, limits: &Limits) -> Option<Picture> {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    if !(width.is_finite() && height.is_finite() && width >= 1.0 && height >= 1.0) {
        return None;
    }
    let bounds = KurboRect::new(0.0, 0.0, width, height);
    let draw = |scale: f64, device: &mut PictureDevice| {
        let transform = Affine::scale(scale) * page.initial_transform(true).to_kurbo();
        let area = KurboRect::new(0.0, 0.0, width * scale, height * scale);
        let mut context = Context::new(transform, area, cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, device);
    };
    let mut measured = PictureDevice::new(None, bounds, limits);
    draw(1.0, &mut measured);
    let room = (limits.picture_pixels as f64 / (width * height)).sqrt();
    let scale = measured.finest()?.clamp(COARSEST, FINEST).min(room);
    let size = ((width * scale).round() as usize, (height * scale).round() as usize);
    if size.0 == 0 || size.1 == 0 {
        return None;
    }
    let mut drawn = PictureDevice::new(Some(Canvas::new(size.0, size.1)), bounds, limits);
    draw(scale, &mut drawn);
    if drawn.refused {
        return None;
    }
    drawn.canvas.map(|canvas| canvas.finish(scale))
}

/// Collects a page's pictures: first how fine they are, then what they show.
struct PictureDevice<'l> {
    canvas: Option<Canvas>,
    page: KurboRect,
    limits: &'l Limits,
    /// Pixels per point of broad pictures and of the others.
    fineness: (f64, f64),
    /// Whether a picture was larger than any scan, or could not be decoded.
    refused: bool,
}

impl<'l> PictureDevice<'l> {
    fn new(canvas: Option<Canvas>, page: KurboRect, limits: &'l Limits) -> Self {
        Self { canvas, page, limits, fineness: (0.0, 0.0), refused: false }
    }

    fn finest(&self) -> Option<f64> {
        let (broad, other) = self.fineness;
        [broad, other].into_iter().find(|fineness| *fineness > 0.0)
    }

    fn measure(&mut self, image: &Image<'_, '_>, transform: Affine) {
        let spread = transform.determinant().abs().sqrt();
        if spread <= 0.0 || !spread.is_finite() {
            return;
        }
        let size = KurboRect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let shown = transform.transform_rect_bbox(size);
        let broad = shown.width().max(shown.height()) >= BROAD * self.page.width().min(self.page.height());
        let seen = if broad { &mut self.fineness.0 } else { &mut self.fineness.1 };
        *seen = seen.max(1.0 / spread);
    }
}

/// Alpha of a mask, stretched over another picture's pixels.
fn alpha_at(mask: &LumaData, x: usize, y: usize, size: (usize, usize)) -> u8 {
    let (w, h) = (mask.width as usize, mask.height as usize);
    let (x, y) = if (w, h) == size { (x, y) } else { (x * w / size.0.max(1), y * h / size.1.max(1)) };
    mask.data.get(y * w + x).copied().unwrap_or(u8::MAX)
}

impl<'a> Device<'a> for PictureDevice<'_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = u64::from(image.width()) * u64::from(image.height());
        if pixels > self.limits.image_pixels {
            self.refused = true;
            return;
        }
        let Some(canvas) = self.canvas.as_mut() else {
            self.measure(&image, props.transform);
            return;
        };
        // What a decoder gives may be smaller than what is declared, and is stretched then.
        let stretched = |(x, y): (f32, f32)| props.transform * Affine::scale_non_uniform(f64::from(x), f64::from(y));
        let mut shown = false;
        match image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, paint| {
                    shown = true;
                    let ink = match paint {
                        Paint::Color(colour) => colour.to_rgba().components().map(|part| (part * 255.0) as u8),
                        Paint::Pattern(_) => [0, 0, 0, u8::MAX],
                    };
                    let size = (mask.width as usize, mask.height as usize);
                    let colour = |x: usize, y: usize| {
                        let alpha = mask.data.get(y * size.0 + x).copied().unwrap_or(0);
                        ([ink[0], ink[1], ink[2]], alpha)
                    };
                    canvas.paint(size, stretched(mask.scale_factors), colour);
                },
                None,
            ),
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    shown = true;
                    let size = (data.width() as usize, data.height() as usize);
                    let seen = |x, y| alpha.as_ref().map_or(u8::MAX, |mask| alpha_at(mask, x, y, size));
                    match &data {
                        ImageData::Luma(luma) => {
                            let grey = |x: usize, y: usize| {
                                let value = luma.data.get(y * size.0 + x).copied().unwrap_or(u8::MAX);
                                ([value; 3], seen(x, y))
                            };
                            canvas.paint(size, stretched(luma.scale_factors), grey);
                        }
                        ImageData::Rgb(rgb) => {
                            let colour = |x: usize, y: usize| {
                                let at = 3 * (y * size.0 + x);
                                let part = |k: usize| rgb.data.get(at + k).copied().unwrap_or(u8::MAX);
                                ([part(0), part(1), part(2)], seen(x, y))
                            };
                            canvas.paint(size, stretched(rgb.scale_factors), colour);
                        }
                    }
                },
                None,
            ),
        }
        // A picture that can't be decoded would leave white paper, and what it shows would be lost without a word.
        self.refused |= !shown;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
