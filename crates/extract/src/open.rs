//! The way from a file's bytes to tables, whatever the format.

mod pasted;

use crate::debug_svg::{draw, plain};
use crate::error::ExtractError;
use crate::image;
use crate::limits::Limits;
use crate::model::{Diagnostic, Extraction, Format, Page};
use crate::ocr::TextRecognizer;
use crate::options::LayoutOptions;
use crate::scan::{self, Scanned};
use crate::sniff::sniff;
use crate::{flow, ledger, ofd, page, pdf, said, sheet};
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
        format if format.is_sheet() => {
            sheet::read(bytes, format, limits).map(|extraction| said::apply(extraction, &options.hints))
        }
        format => {
            let (extraction, pictures) = flow::read(bytes, format, options, limits)?;
            let extraction = pasted::with_pictures(extraction, &pictures, (options, limits), recognizer)?;
            Ok(said::apply(extraction, &options.hints))
        }
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

/// Whether the file is of a kind that [`decrypted`] opens: a PDF, or one in Microsoft's container.
#[must_use]
pub fn takes_passwords(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF") || sheet::is_container(bytes)
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
    let all = pages.iter_mut().collect();
    read_pictures(bytes, format, (options, limits), (all, &mut diagnostics), recognizer)?;
    Ok(Extraction { format, ..page::assemble(&pages, options, diagnostics) })
}

/// Reads the pages that are pictures.
fn read_pictures(
    bytes: &[u8],
    format: Format,
    how: (&LayoutOptions, &Limits),
    pages: (Vec<&mut Page>, &mut Vec<Diagnostic>),
    recognizer: Option<&dyn TextRecognizer>,
) -> Result<(), ExtractError> {
    let read = if format == Format::Ofd { pasted::read_pages } else { scan::read };
    read(bytes, how, pages, recognizer)
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
    let Scanned { pages, diagnostics } = scan::picture_pages(bytes, options, limits, recognizer)?;
    Ok(Extraction { format, ..page::assemble(&pages, options, diagnostics) })
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
    let only = pages.iter_mut().filter(|page| page.number == page_number);
    read_pictures(bytes, format, (&options, limits), (only.collect(), &mut diagnostics), recognizer)?;
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
/// a picture, and a document that is hardly more than scans pasted into it, a file that shows them; `None` where there is no page to be had. For whoever draws the pages with the same
/// library.
pub fn openable_pdf(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    match sniff(bytes).ok()? {
        Format::Pdf => pdf::openable(bytes),
        format if format.is_picture() => {
            image::as_pdf(bytes, format, &Limits::default()).ok().map(|wrapped| Cow::Owned(wrapped.pdf))
        }
        format if format.has_pages() || format.is_sheet() => None,
        format => {
            let limits = Limits::default();
            let (document, pictures) = flow::read(bytes, format, &LayoutOptions::default(), &limits).ok()?;
            pasted::album_of(&document, &pictures, &limits).map(Cow::Owned)
        }
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
