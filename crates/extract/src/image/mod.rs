//! Pictures of pages as files: JPEG, PNG, TIFF with one page or many.
//!
//! A picture is laid into a PDF file as it stands, one page for each, so that it is read, drawn and bounded by what does so
//! for scans in PDF files: there is one way for all scanned pages.

mod bounds;
mod jpeg;
mod pdf;
mod png;
mod tiff;

use crate::error::ExtractError;
use crate::limits::Limits;
use crate::model::{Diagnostic, DiagnosticCode, Format};

/// Signatures of pictures that are read.
const SIGNATURES: [(&[u8], Format); 4] = [
    (b"\xff\xd8\xff", Format::Jpeg),
    (b"\x89PNG\r\n\x1a\n", Format::Png),
    (b"II*\0", Format::Tiff),
    (b"MM\0*", Format::Tiff),
];

/// A file laid into a PDF file, and whether something of it is missing.
pub(crate) struct Wrapped {
    pub(crate) pdf: Vec<u8>,
    pub(crate) remarks: Vec<Diagnostic>,
}

/// The format of a picture that is read.
pub(crate) fn format_of(bytes: &[u8]) -> Option<Format> {
    SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)).map(|(_, format)| *format)
}

/// Lays a picture into a PDF file.
///
/// # Errors
/// [`ExtractError`] where it is damaged, larger than any page, or of a kind that is not read.
pub(crate) fn as_pdf(bytes: &[u8], format: Format, limits: &Limits) -> Result<Wrapped, ExtractError> {
    let (pages, cut) = match format {
        Format::Jpeg => jpeg::page(bytes, limits).map(|(page, cut)| (vec![page], cut))?,
        Format::Png => png::page(bytes, limits).map(|(page, cut)| (vec![page], cut))?,
        _ => tiff::pages(bytes, limits)?,
    };
    let message = "图片文件不完整，可能没有下载完整，缺少的部分没有读到".to_owned();
    let remark = Diagnostic { code: DiagnosticCode::CutOff, place: None, message };
    Ok(Wrapped { pdf: pdf::document(&pages), remarks: cut.then_some(remark).into_iter().collect() })
}

#[cfg(test)]
mod tests;
