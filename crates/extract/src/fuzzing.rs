//! Doors for the fuzz targets: each format's reader without the look at the content that chooses it.

use crate::error::ExtractError;
use crate::flow;
use crate::limits::Limits;
use crate::model::{Extraction, Format};
use crate::open;
use crate::options::LayoutOptions;
use crate::sheet::{self, NumberFormat, Reading};

/// Reads any bytes as a PDF file.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub fn read_pdf(bytes: &[u8]) -> Result<Extraction, ExtractError> {
    open::read_pages(bytes, Format::Pdf, &LayoutOptions::default(), &Limits::default(), None)
}

/// Reads any bytes as an OFD file.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub fn read_ofd(bytes: &[u8]) -> Result<Extraction, ExtractError> {
    open::read_pages(bytes, Format::Ofd, &LayoutOptions::default(), &Limits::default(), None)
}

/// Reads any bytes as a workbook of the given format.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub fn read_sheet(bytes: &[u8], format: Format) -> Result<Extraction, ExtractError> {
    sheet::read(bytes, format, &Limits::default())
}

/// Reads any bytes as a document without pages.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub fn read_flow(bytes: &[u8], format: Format) -> Result<Extraction, ExtractError> {
    flow::read(bytes, format, &LayoutOptions::default(), &Limits::default()).map(|(document, _)| document)
}

/// The text that a stored number shows under a number format; `None` when the format is no number's, or shows nothing.
pub fn shown_number(format: &str, value: f64) -> Option<String> {
    match NumberFormat::parse(format).read(value)? {
        Reading::Shown(text) | Reading::Scaled(text) | Reading::Words(text) => Some(text),
        Reading::NotShown => None,
    }
}
