//! The one door to PDF pages, so that the crate behind it can be swapped and tested alone.

use super::content::{self, Fault};
use super::device::PageDevice;
use super::digits::DigitGlyph;
use super::font::{FontBook, FontNames};
use super::guard;
use crate::canvas::{PageState, Remarks};
use crate::limits::Limits;
use crate::model::Page;
use crate::options::LayoutOptions;
use crate::side_by_side::side_by_side;
use hayro_interpret::TransformExt;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, Rect as KurboRect};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, RenderContent, interpret_page,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Pages by hayro-interpret (docs/dependencies.md says why).
pub(super) struct HayroReader {
    pdf: Pdf,
    /// What the file's streams say of its fonts.
    fonts: FontNames,
}

/// What was had of a page.
pub(super) struct ReadPage {
    pub(super) page: Page,
    pub(super) state: PageState,
    pub(super) remarks: Remarks,
    /// The glyphs of digits on it, but for those that its reader had met on another page.
    pub(super) digits: Vec<DigitGlyph>,
}

/// What a thread knows of a document from one page to the next.
struct Kept<'a> {
    cache: InterpreterCache<'a>,
    fonts: FontBook<'a>,
}

/// What a page is read with.
struct Shared<'s, 'a> {
    cache: &'s InterpreterCache<'a>,
    fonts: &'s FontBook<'s>,
    limits: &'s Limits,
}

impl HayroReader {
    pub(super) fn new(pdf: Pdf, fonts: FontNames) -> Self {
        Self { pdf, fonts }
    }

    /// The file.
    pub(super) fn pdf(&self) -> &Pdf {
        &self.pdf
    }

    /// Number of pages.
    pub(super) fn page_count(&self) -> usize {
        self.pdf.pages().len()
    }

    /// Reads the pages with the given 0-based indices, on the threads of the options: each with how much of it was read, in that
    /// order.
    pub(super) fn read_pages(&self, indices: &[usize], limits: &Limits, options: &LayoutOptions) -> Vec<ReadPage> {
        let prepare = || Kept { cache: InterpreterCache::new(), fonts: FontBook::new(&self.pdf, &self.fonts) };
        let begun = AtomicUsize::new(0);
        // Threads are at several pages at once: told is the furthest.
        let tell = |index: usize| {
            let furthest = indices.get(begun.fetch_add(1, Ordering::Relaxed)).copied().unwrap_or(index);
            options.on_page.tell(furthest as u32 + 1, indices.len());
        };
        let read = side_by_side(options.threads, indices.to_vec(), prepare, |kept, index| {
            tell(index);
            self.kept_page(kept, index, limits)
        });
        read.into_iter().flatten().collect()
    }

    fn kept_page<'a>(&'a self, kept: &mut Kept<'a>, index: usize, limits: &Limits) -> Option<ReadPage> {
        let page = self.pdf.pages().get(index)?;
        Some(self.read_page(page, index, &Shared { cache: &kept.cache, fonts: &kept.fonts, limits }))
    }

    fn read_page<'a>(&'a self, page: &PdfPage<'a>, index: usize, shared: &Shared<'_, 'a>) -> ReadPage {
        let read = self.upright_page(page, index, shared);
        ReadPage { digits: shared.fonts.new_digits(), ..read }
    }

    fn upright_page<'a>(&'a self, page: &PdfPage<'a>, index: usize, shared: &Shared<'_, 'a>) -> ReadPage {
        let read = self.draw_page(page, index, shared, 0.0);
        let skew = read.remarks.skew;
        if skew == 0.0 {
            return read;
        }
        // Drawn again upright. Lines that were upright under the skewed text would be turned by that; then the page
        // stays as it is, and only its text is askew.
        let mut upright = self.draw_page(page, index, shared, skew);
        let ruled = |page: &Page| page.rulings.iter().map(|r| r.bbox.width().max(r.bbox.height())).sum::<f64>();
        if ruled(&upright.page) < ruled(&read.page) {
            return read;
        }
        upright.page.skew = skew;
        upright
    }

    /// Draws a page, turned back by `skew` degrees about its middle.
    fn draw_page<'a>(&'a self, page: &PdfPage<'a>, index: usize, shared: &Shared<'_, 'a>, skew: f64) -> ReadPage {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let number = index as u32 + 1;
        if !width.is_finite() || !height.is_finite() {
            // Nothing has a place on such a page, and a size that is no number could not be stored.
            let nothing = PageDevice::new(KurboRect::ZERO, shared.fonts, shared.limits);
            let (page, remarks, _) = nothing.finish(number, 0.0, 0.0);
            return ReadPage { page, state: PageState::Lost, remarks, digits: Vec::new() };
        }
        let bounds = KurboRect::new(0.0, 0.0, width, height);
        let font_lost = Arc::new(AtomicBool::new(false));
        let upright = Affine::rotate_about(-skew.to_radians(), bounds.center());
        let transform = upright * page.initial_transform(true).to_kurbo();
        let mut device = PageDevice::new(bounds, shared.fonts, shared.limits);
        let condition = guard::content(page);
        if condition == guard::Content::Bomb {
            let (page, remarks, _) = device.finish(number, width, height);
            return ReadPage { page, state: PageState::TooLarge, remarks, digits: Vec::new() };
        }
        // One broken page must not cost the others; what it drew before is kept.
        let done = catch_unwind(AssertUnwindSafe(|| {
            let settings = settings(&font_lost);
            let mut context = Context::new(transform, bounds, shared.cache, self.pdf.xref(), settings);
            interpret_page(page, &mut context, &mut device);
        }));
        let (stopped, sizeless) = (device.is_stopped(), device.has_sizeless_text());
        let (drawn, remarks, truncated) = device.finish(number, width, height);
        let fault = || catch_unwind(AssertUnwindSafe(|| content::fault(page))).unwrap_or(Some(Fault::Garbled));
        let state = match done {
            Err(_) if !stopped => PageState::Lost,
            _ if truncated => PageState::Truncated,
            _ if condition == guard::Content::Damaged => PageState::Damaged,
            _ if font_lost.load(Ordering::Relaxed) => PageState::Incomplete,
            _ if sizeless => PageState::Garbled,
            _ => match fault() {
                Some(Fault::Garbled) => PageState::Garbled,
                Some(Fault::Missing) => PageState::Incomplete,
                None => PageState::Whole,
            },
        };
        ReadPage { page: drawn, state, remarks, digits: Vec::new() }
    }
}

/// How a page is interpreted; `font_lost` is set where a font can't be read and another one stands in for it, whose
/// characters are a guess.
fn settings(font_lost: &Arc<AtomicBool>) -> InterpreterSettings {
    let font_lost = Arc::clone(font_lost);
    InterpreterSettings {
        // Form fields and stamps are part of what a reader of the page sees.
        render_content: RenderContent::all(),
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                font_lost.store(true, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    }
}
