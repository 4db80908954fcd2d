//! The way from a file's bytes to tables, whatever the format.

use crate::debug_svg::{draw, plain};
use crate::error::ExtractError;
use crate::image::{self, Wrapped};
use crate::limits::Limits;
use crate::model::{Diagnostic, DiagnosticCode, Extraction, Format, Page};
use crate::ocr::{self, TextRecognizer};
use crate::options::LayoutOptions;
use crate::sniff::sniff;
use crate::{canvas, flow, ledger, ofd, page, pdf, sheet};
use std::borrow::Cow;

/// Reads a file's bytes, whatever the format.
///
/// # Errors
/// [`ExtractError`] when nothing could be read; a file read in part is a success with diagnostics.
pub fn from_bytes(bytes: &[u8], limits: &Limits) -> Result<Extraction, ExtractError> {
    read(bytes, &LayoutOptions::default(), limits)
}

/// Reads a file's bytes with a say in which pages and whether tables are joined over them.
///
/// # Errors
/// As [`from_bytes`].
pub fn read(bytes: &[u8], options: &LayoutOptions, limits: &Limits) -> Result<Extraction, ExtractError> {
    read_with(bytes, options, limits, None)
}

/// As [`read`], with what reads the text of scanned pages.
///
/// # Errors
/// As [`from_bytes`].
pub fn read_with(
    bytes: &[u8],
    options: &LayoutOptions,
    limits: &Limits,
    recognizer: Option<&dyn TextRecognizer>,
) -> Result<Extraction, ExtractError> {
    check_size(bytes, limits)?;
    let mut extraction = match sniff(bytes)? {
        format if format.is_picture() => read_picture(bytes, format, options, limits, recognizer),
        format if format.has_pages() => read_pages(bytes, format, options, limits, recognizer),
        format if format.is_sheet() => sheet::read(bytes, format, limits),
        format => flow::read(bytes, format, options, limits),
    }?;
    extraction.strays = ledger::outside(&extraction.lines);
    Ok(extraction)
}

/// A plain copy of an encrypted file that a password opens; `None` where it does not, or where there is nothing to open.
/// Workbooks whose structure alone is protected, and PDF files that need no password to be read, are read as they are.
pub fn decrypted(bytes: &[u8], password: &str, limits: &Limits) -> Option<Vec<u8>> {
    check_size(bytes, limits).ok()?;
    if bytes.starts_with(b"%PDF") { pdf::decrypted(bytes, password) } else { sheet::decrypted(bytes, password, limits) }
}

fn check_size(bytes: &[u8], limits: &Limits) -> Result<(), ExtractError> {
    let size = bytes.len() as u64;
    if bytes.is_empty() {
        Err(ExtractError::Empty)
    } else if size > limits.file_bytes {
        Err(ExtractError::LimitExceeded { what: "文件字节数", value: size, limit: limits.file_bytes })
    } else {
        Ok(())
    }
}

/// Reads bytes as a file with pages, whatever they look like.
///
/// # Errors
/// As [`from_bytes`].
pub(crate) fn read_pages(
    bytes: &[u8],
    format: Format,
    options: &LayoutOptions,
    limits: &Limits,
    recognizer: Option<&dyn TextRecognizer>,
) -> Result<Extraction, ExtractError> {
    let (mut pages, mut diagnostics) = pages_of(bytes, format, options, limits)?;
    if format != Format::Ofd {
        read_scans(bytes, limits, (pages.iter_mut().collect(), &mut diagnostics), recognizer)?;
    }
    Ok(Extraction { format, ..page::assemble(&pages, options, diagnostics) })
}

fn pages_of(
    bytes: &[u8],
    format: Format,
    options: &LayoutOptions,
    limits: &Limits,
) -> Result<(Vec<Page>, Vec<Diagnostic>), ExtractError> {
    let read = if format == Format::Ofd { ofd::read_pages } else { pdf::read_pages };
    read(bytes, options, limits)
}

/// Reads a picture as the scanned pages of a file.
fn read_picture(
    bytes: &[u8],
    format: Format,
    options: &LayoutOptions,
    limits: &Limits,
    recognizer: Option<&dyn TextRecognizer>,
) -> Result<Extraction, ExtractError> {
    let Wrapped { pdf, remarks } = image::as_pdf(bytes, format, limits)?;
    let mut extraction = read_pages(&pdf, Format::Pdf, options, limits, recognizer)?;
    extraction.format = format;
    extraction.diagnostics.extend(remarks);
    Ok(extraction)
}

/// What is to be said of a scanned page whose text another program made.
fn layer_trusted(page: &Page) -> Option<Diagnostic> {
    let layered = canvas::is_scan(page) && page.glyphs.iter().any(|glyph| glyph.hidden);
    let message = LAYER_TRUSTED.to_owned();
    let place = Some(format!("第 {} 页", page.number));
    layered.then_some(Diagnostic { code: DiagnosticCode::LayerTrusted, place, message })
}

/// What is to be said of a scanned page that was read though it has a text layer, and of one that can't be.
const LAYER_LEFT_OUT: &str = "本页是图片，文件自带的识别文字未采用，已按图片重新识别";
const LAYER_TRUSTED: &str = "本页是图片，文字来自文件自带的识别结果，未经核对";
const TOO_FULL: &str = "本页是图片，墨点过多，无法识别文字";

/// Reads the pages that are pictures, where there is something to read them; says so of the others.
fn read_scans(
    bytes: &[u8],
    limits: &Limits,
    (mut pages, diagnostics): (Vec<&mut Page>, &mut Vec<Diagnostic>),
    recognizer: Option<&dyn TextRecognizer>,
) -> Result<(), ExtractError> {
    let looked_at = |page: &Page| (canvas::is_scan(page) && recognizer.is_some()) || canvas::may_be_scan(page);
    let scans: Vec<u32> = pages.iter().filter(|page| looked_at(page)).map(|page| page.number).collect();
    if recognizer.is_none() {
        diagnostics.extend(pages.iter().filter_map(|page| layer_trusted(page)));
    }
    if scans.is_empty() {
        return Ok(());
    }
    pdf::pictures(bytes, &scans, limits, |number, picture| {
        let Some(page) = pages.iter_mut().find(|page| page.number == number) else { return };
        let stamped = canvas::may_be_scan(page);
        if stamped && !ocr::is_written(&picture) {
            return;
        }
        let place = Some(format!("第 {number} 页"));
        let layered = page.glyphs.iter().any(|glyph| glyph.hidden);
        let read = recognizer.map(|recognizer| ocr::read_page(page, &picture, recognizer));
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

/// Draws one page of a PDF or OFD file or a picture as SVG with what the table engine saw and found on it: glyphs as text, shading, rulings in
/// grey, images dashed; each table's outline in blue and the text box of each cell in red with its grid position
/// (row.column, 0-based). Lengths are points. `None` where there is no such page.
///
/// # Errors
/// As [`from_bytes`].
pub fn debug_svg(
    bytes: &[u8],
    page_number: u32,
    limits: &Limits,
    recognizer: Option<&dyn TextRecognizer>,
) -> Result<Option<String>, ExtractError> {
    let format = sniff(bytes)?;
    if !format.has_pages() && !format.is_picture() {
        return Ok(None);
    }
    check_size(bytes, limits)?;
    let opened = if format == Format::Ofd { Some(Cow::Borrowed(bytes)) } else { openable_pdf(bytes) };
    let Some(opened) = opened else { return Ok(None) };
    let bytes: &[u8] = &opened;
    // The whole document, since a page's table may go on with one of the page before.
    let options = LayoutOptions::default();
    let (mut pages, mut diagnostics) = pages_of(bytes, format, &options, limits)?;
    if format != Format::Ofd {
        let only = pages.iter_mut().filter(|page| page.number == page_number);
        read_scans(bytes, limits, (only.collect(), &mut diagnostics), recognizer)?;
    }
    let tables = page::assemble(&pages, &options, diagnostics).tables;
    Ok(pages.iter().find(|page| page.number == page_number).map(|page| draw(page, &tables)))
}

/// Draws the pages of a file that no library here draws from its own bytes (OFD), each as SVG, and gives them to `sink` one
/// after the other: areas, lines, pictures, and characters where they were read. Lengths are points. Other formats give none.
///
/// # Errors
/// As [`from_bytes`].
pub fn drawn_pages(bytes: &[u8], limits: &Limits, mut sink: impl FnMut(String)) -> Result<(), ExtractError> {
    check_size(bytes, limits)?;
    if sniff(bytes)? != Format::Ofd {
        return Ok(());
    }
    ofd::pictured_pages(bytes, limits, |page, pictures| sink(plain(page, pictures)))
}

/// The bytes that the page reader opens: a PDF file's own or, where it refuses those, a copy with its structure rebuilt; for
/// a picture a file that shows it; `None` where there is no page to be had. For whoever draws the pages with the same
/// library.
pub fn openable_pdf(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    match sniff(bytes).ok()? {
        Format::Pdf => pdf::openable(bytes),
        format if format.is_picture() => {
            image::as_pdf(bytes, format, &Limits::default()).ok().map(|wrapped| Cow::Owned(wrapped.pdf))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_checked_first() {
        assert!(matches!(from_bytes(b"", &Limits::default()), Err(ExtractError::Empty)));
        let limits = Limits { file_bytes: 3, ..Limits::default() };
        assert!(matches!(from_bytes(b"1234", &limits), Err(ExtractError::LimitExceeded { value: 4, limit: 3, .. })));
    }
}
