//! The one door to PDF pages, so that the crate behind it can be swapped and tested alone.

use super::content::{self, Fault};
use super::device::PageDevice;
use super::font::{FontBook, FontNames};
use super::guard;
use crate::canvas::{PageState, Remarks};
use crate::limits::Limits;
use crate::model::Page;
use hayro_interpret::TransformExt;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, Rect as KurboRect};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, RenderContent, interpret_page,
};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
}

/// What the pages of a document share while they are read.
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

    /// Reads the pages with the given 0-based indices in that order; `sink` gets each with how much of it was read. Gives
    /// the digits that a font's map of characters must have mistaken for others.
    pub(super) fn read_pages(
        &self,
        indices: &[usize],
        limits: &Limits,
        mut sink: impl FnMut(ReadPage),
    ) -> BTreeSet<char> {
        let cache = InterpreterCache::new();
        let fonts = FontBook::new(&self.pdf, &self.fonts);
        let shared = Shared { cache: &cache, fonts: &fonts, limits };
        for &index in indices {
            if let Some(page) = self.pdf.pages().get(index) {
                sink(self.read_page(page, index, &shared));
            }
        }
        fonts.mistaken_digits()
    }

    fn read_page<'a>(&'a self, page: &PdfPage<'a>, index: usize, shared: &Shared<'_, 'a>) -> ReadPage {
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
            return ReadPage { page, state: PageState::Lost, remarks };
        }
        let bounds = KurboRect::new(0.0, 0.0, width, height);
        let font_lost = Arc::new(AtomicBool::new(false));
        let upright = Affine::rotate_about(-skew.to_radians(), bounds.center());
        let transform = upright * page.initial_transform(true).to_kurbo();
        let mut device = PageDevice::new(bounds, shared.fonts, shared.limits);
        let condition = guard::content(page);
        if condition == guard::Content::Bomb {
            let (page, remarks, _) = device.finish(number, width, height);
            return ReadPage { page, state: PageState::TooLarge, remarks };
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
        ReadPage { page: drawn, state, remarks }
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
