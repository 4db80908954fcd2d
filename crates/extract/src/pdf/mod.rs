//! PDF files: bytes to positioned pages, pages to tables.

mod device;
mod font;
mod reader;
mod structure;

pub use reader::{HayroReader, PageReader};

use crate::document::{Diagnostic, DiagnosticCode, Extraction, Format};
use crate::error::ExtractError;
use crate::layout::{self, LayoutOptions};
use crate::limits::Limits;
use crate::page::Page;

/// Reads a PDF file.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub fn read(bytes: &[u8], options: &LayoutOptions, limits: &Limits) -> Result<Extraction, ExtractError> {
    let (reader, mut diagnostics) = reader::open(bytes)?;
    let pages = read_pages(&reader, options, limits, &mut diagnostics);
    Ok(layout::assemble(Format::Pdf, &pages, options, diagnostics))
}

/// Reads the positioned pages alone, for whoever wants to see what the table engine sees.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub fn pages(bytes: &[u8], options: &LayoutOptions, limits: &Limits) -> Result<Vec<Page>, ExtractError> {
    let (reader, mut diagnostics) = reader::open(bytes)?;
    Ok(read_pages(&reader, options, limits, &mut diagnostics))
}

/// Reads all wanted pages and says what could not be had.
fn read_pages(
    reader: &impl PageReader,
    options: &LayoutOptions,
    limits: &Limits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Page> {
    let count = reader.page_count();
    if count > limits.pages {
        diagnostics.push(Diagnostic {
            code: DiagnosticCode::Truncated,
            place: None,
            message: format!("文件有 {count} 页，超过上限 {}，其余各页未读", limits.pages),
        });
    }
    let mut pages = Vec::new();
    let wanted = (0..count.min(limits.pages)).filter(|i| options.wants_page(*i as u32 + 1));
    let numbers: Vec<usize> = wanted.collect();
    reader.read_pages(&numbers, limits, &mut |page, truncated| {
        let place = Some(format!("第 {} 页", page.number));
        if truncated {
            let message = "本页内容过多，超过上限的部分未读".to_owned();
            diagnostics.push(Diagnostic { code: DiagnosticCode::Truncated, place: place.clone(), message });
        }
        if page.unknown_glyphs > 0 {
            let message = format!("有 {} 个字符无法识别（字体未给出编码）", page.unknown_glyphs);
            diagnostics.push(Diagnostic { code: DiagnosticCode::UnknownGlyphs, place: place.clone(), message });
        }
        if needs_ocr(&page) {
            let message = "本页是图片，没有文字，需要文字识别".to_owned();
            diagnostics.push(Diagnostic { code: DiagnosticCode::NeedsOcr, place, message });
        }
        pages.push(page);
    });
    pages
}

/// A page without text whose pictures cover most of it is a scan.
fn needs_ocr(page: &Page) -> bool {
    page.glyphs.is_empty() && layout::image_share(page) > 0.3
}
