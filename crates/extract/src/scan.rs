//! Scanned pages: read from their pictures where there is something to read them, and told of where there is not.

use crate::error::ExtractError;
use crate::image::{self, Wrapped};
use crate::limits::Limits;
use crate::model::{Diagnostic, DiagnosticCode, Page};
use crate::ocr::{self, TextRecognizer};
use crate::options::LayoutOptions;
use crate::{canvas, pdf};

/// What is to be said of a scanned page that was read though it has a text layer, and of one that can't be.
const LAYER_LEFT_OUT: &str = "本页是图片，文件自带的识别文字未采用，已按图片重新识别";
const LAYER_TRUSTED: &str = "本页是图片，文字来自文件自带的识别结果，未经核对";
const TOO_FULL: &str = "本页是图片，墨点过多，无法识别文字";

/// Pages that were read from a picture, and what is to be said of them.
pub(crate) struct Scanned {
    pub(crate) pages: Vec<Page>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The pages that a picture shows (JPEG, PNG, TIFF with one page or many), read as those of a scanned file: for a picture
/// that is a file of its own, and for one inside another document that stands for a page of it. Their numbers count from 1
/// in the picture; tables and lines are had from them by `page::assemble`. Without a recognizer, and where a picture
/// shows nothing that can be read, the diagnostics say so page by page.
///
/// # Errors
/// [`ExtractError`] where the bytes are no picture that is read, are damaged, or larger than any page.
pub(crate) fn picture_pages(
    bytes: &[u8],
    options: &LayoutOptions,
    limits: &Limits,
    recognizer: Option<&dyn TextRecognizer>,
) -> Result<Scanned, ExtractError> {
    let format = image::format_of(bytes).ok_or_else(|| ExtractError::Unsupported { found: "图片".to_owned() })?;
    let Wrapped { pdf, remarks } = image::as_pdf(bytes, format, limits)?;
    let (mut pages, mut diagnostics) = pdf::read_pages(&pdf, options, limits)?;
    read(&pdf, (options, limits), (pages.iter_mut().collect(), &mut diagnostics), recognizer)?;
    diagnostics.extend(remarks);
    Ok(Scanned { pages, diagnostics })
}

/// Reads the pages that are pictures, where there is something to read them; says so of the others.
pub(crate) fn read(
    bytes: &[u8],
    (options, limits): (&LayoutOptions, &Limits),
    (mut pages, diagnostics): (Vec<&mut Page>, &mut Vec<Diagnostic>),
    recognizer: Option<&dyn TextRecognizer>,
) -> Result<(), ExtractError> {
    let looked_at = |page: &Page| (canvas::is_scan(page) && recognizer.is_some()) || canvas::may_be_scan(page);
    let scans: Vec<u32> = pages.iter().filter(|page| looked_at(page)).map(|page| page.number).collect();
    if recognizer.is_none() {
        diagnostics.extend(pages.iter_mut().filter_map(|page| layer_trusted(page)));
    }
    if scans.is_empty() {
        return Ok(());
    }
    let count = pages.len();
    pdf::pictures(bytes, &scans, limits, |number, picture| {
        options.on_page.tell(number, count);
        let Some(page) = pages.iter_mut().find(|page| page.number == number) else { return };
        let stamped = canvas::may_be_scan(page);
        if stamped && !ocr::is_written(&picture) {
            return;
        }
        let place = Some(format!("第 {number} 页"));
        let layered = page.glyphs.iter().any(|glyph| glyph.hidden);
        let read = recognizer.map(|recognizer| ocr::read_page(page, &picture, recognizer));
        page.trusted_layer |= stamped && layered && read.is_none();
        let said = match read {
            Some(true) if layered => Some((DiagnosticCode::LayerLeftOut, LAYER_LEFT_OUT)),
            Some(false) if layered || stamped => Some((DiagnosticCode::NeedsOcr, TOO_FULL)),
            None if stamped && layered => Some((DiagnosticCode::LayerTrusted, LAYER_TRUSTED)),
            None if stamped => Some((DiagnosticCode::NeedsOcr, canvas::NEEDS_OCR)),
            _ => None,
        };
        if read == Some(true) {
            diagnostics.retain(|d| d.code != DiagnosticCode::NeedsOcr || d.place != place);
        }
        let said = said.map(|(code, message)| Diagnostic { code, place, message: message.to_owned() });
        diagnostics.extend(said);
    })
}

/// What is to be said of a scanned page whose text another program made.
fn layer_trusted(page: &mut Page) -> Option<Diagnostic> {
    let layered = canvas::is_scan(page) && page.glyphs.iter().any(|glyph| glyph.hidden);
    page.trusted_layer = layered;
    let message = LAYER_TRUSTED.to_owned();
    let place = Some(format!("第 {} 页", page.number));
    layered.then_some(Diagnostic { code: DiagnosticCode::LayerTrusted, place, message })
}
