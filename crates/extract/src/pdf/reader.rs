//! The one door to PDF pages, so that the crate behind it can be swapped and tested alone.

use super::content::{self, Fault};
use super::device::PageDevice;
use super::font::FontBook;
use super::guard;
use super::structure::{self, Soundness};
use crate::document::{Diagnostic, DiagnosticCode};
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::page::Page;
use hayro_interpret::TransformExt;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect as KurboRect;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, RenderContent, interpret_page,
};
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Something that can hand out positioned pages.
pub trait PageReader {
    /// Number of pages.
    fn page_count(&self) -> usize;

    /// Reads the pages with the given 0-based indices in that order; `sink` gets each with how much of it was read.
    fn read_pages(&self, indices: &[usize], limits: &Limits, sink: &mut dyn FnMut(Page, PageState));
}

/// How much of a page was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageState {
    /// All of it.
    Whole,
    /// As much as the limits allow.
    Truncated,
    /// What a damaged content still gives; something may be missing.
    Damaged,
    /// All but the instructions that mean nothing, as after damage; something may be missing.
    Garbled,
    /// All but what is written in fonts, or drawn by forms, that the file does not hold or that can't be read.
    Incomplete,
    /// Nothing: its content is larger than any page's.
    TooLarge,
    /// What came before the reader failed.
    Lost,
}

/// Pages by hayro-interpret (docs/dependencies.md says why).
pub struct HayroReader {
    pdf: Pdf,
}

/// Opens a file, repairing its structure where that is needed.
pub(super) fn open(bytes: &[u8]) -> Result<(HayroReader, Vec<Diagnostic>), ExtractError> {
    let mut diagnostics = Vec::new();
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) if !pdf.pages().is_empty() => pdf,
        Err(LoadPdfError::Decryption(error)) => return Err(decryption(error)),
        Ok(_) | Err(_) => {
            let copy = structure::rewrite(bytes).and_then(|copy| Pdf::new(copy).ok());
            let copy = copy.filter(|pdf| !pdf.pages().is_empty());
            copy.ok_or_else(|| refusal(bytes))?
        }
    };
    guard::check(&pdf)?;
    match structure::soundness(bytes) {
        Soundness::Sound => {}
        Soundness::Rebuilt => diagnostics.push(Diagnostic {
            code: DiagnosticCode::Repaired,
            place: None,
            message: "文件的交叉引用表有误，已重建，内容无损".to_owned(),
        }),
        Soundness::CutOff => diagnostics.push(Diagnostic {
            code: DiagnosticCode::CutOff,
            place: None,
            message: "文件结尾缺失，可能下载不完整，后面的内容可能已丢失，请重新下载".to_owned(),
        }),
    }
    Ok((HayroReader { pdf }, diagnostics))
}

/// The bytes that can be opened: the file's own, or a copy with its structure rebuilt.
pub(super) fn openable(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    let opens = |bytes: &[u8]| Pdf::new(bytes.to_vec()).is_ok_and(|pdf| !pdf.pages().is_empty());
    if opens(bytes) {
        return Some(Cow::Borrowed(bytes));
    }
    structure::rewrite(bytes).filter(|copy| opens(copy)).map(Cow::Owned)
}

/// Why a file that neither reader opens was refused.
fn refusal(bytes: &[u8]) -> ExtractError {
    if structure::is_encrypted(bytes) {
        return ExtractError::Encrypted;
    }
    ExtractError::Damaged { detail: "找不到可读的页面".to_owned() }
}

/// Why decryption failed.
fn decryption(error: DecryptionError) -> ExtractError {
    match error {
        DecryptionError::PasswordProtected => ExtractError::Encrypted,
        _ => ExtractError::Damaged { detail: "加密信息有误或不受支持".to_owned() },
    }
}

impl PageReader for HayroReader {
    fn page_count(&self) -> usize {
        self.pdf.pages().len()
    }

    fn read_pages(&self, indices: &[usize], limits: &Limits, sink: &mut dyn FnMut(Page, PageState)) {
        let cache = InterpreterCache::new();
        let fonts = FontBook::new(&self.pdf);
        for &index in indices {
            if let Some(page) = self.pdf.pages().get(index) {
                let (page, state) = self.read_page(page, index, &Shared { cache: &cache, fonts: &fonts, limits });
                sink(page, state);
            }
        }
    }
}

/// What the pages of a document share while they are read.
struct Shared<'s, 'a> {
    cache: &'s InterpreterCache<'a>,
    fonts: &'s FontBook<'s>,
    limits: &'s Limits,
}

impl HayroReader {
    fn read_page<'a>(&'a self, page: &PdfPage<'a>, index: usize, shared: &Shared<'_, 'a>) -> (Page, PageState) {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let bounds = KurboRect::new(0.0, 0.0, width, height);
        let font_lost = Arc::new(AtomicBool::new(false));
        let transform = page.initial_transform(true).to_kurbo();
        let mut device = PageDevice::new(bounds, shared.fonts, shared.limits);
        let condition = guard::content(page);
        if condition == guard::Content::Bomb {
            return (device.finish(index as u32 + 1, width, height).0, PageState::TooLarge);
        }
        // One broken page must not cost the others; what it drew before is kept.
        let done = catch_unwind(AssertUnwindSafe(|| {
            let settings = settings(&font_lost);
            let mut context = Context::new(transform, bounds, shared.cache, self.pdf.xref(), settings);
            interpret_page(page, &mut context, &mut device);
        }));
        let (stopped, sizeless) = (device.is_stopped(), device.has_sizeless_text());
        let (drawn, truncated) = device.finish(index as u32 + 1, width, height);
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
        (drawn, state)
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
