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
use pdf::PicturePage;

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

/// A picture that stands in another file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) bytes: Vec<u8>,
    /// Width and height (points) in which it is shown, where they are known.
    pub(crate) size: Option<(f64, f64)>,
}

/// Pictures laid into one PDF file, a page for each.
pub(crate) struct Album {
    pub(crate) pdf: Vec<u8>,
    /// Which picture each page shows.
    pub(crate) laid: Vec<usize>,
}

/// Lays pictures into one PDF file; those that can't be are left out.
pub(crate) fn album(pictures: &[Shown], limits: &Limits) -> Album {
    let (mut pages, mut laid) = (Vec::new(), Vec::new());
    for (index, Shown { bytes, size }) in pictures.iter().enumerate() {
        let Some(format) = format_of(bytes) else { continue };
        let Ok((own, _)) = pages_of(bytes, format, limits) else { continue };
        for mut page in own {
            page.show_in(*size);
            pages.push(page);
            laid.push(index);
        }
    }
    Album { pdf: pdf::document(&pages), laid }
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
    let (pages, cut) = pages_of(bytes, format, limits)?;
    let message = "图片文件不完整，可能没有下载完整，缺少的部分没有读到".to_owned();
    let remark = Diagnostic { code: DiagnosticCode::CutOff, place: None, message };
    Ok(Wrapped { pdf: pdf::document(&pages), remarks: cut.then_some(remark).into_iter().collect() })
}

/// The pages of a picture, and whether something of it is missing.
fn pages_of(bytes: &[u8], format: Format, limits: &Limits) -> Result<(Vec<PicturePage>, bool), ExtractError> {
    match format {
        Format::Jpeg => jpeg::page(bytes, limits).map(|(page, cut)| (vec![page], cut)),
        Format::Png => png::page(bytes, limits).map(|(page, cut)| (vec![page], cut)),
        _ => tiff::pages(bytes, limits),
    }
}

#[cfg(test)]
mod tests;
