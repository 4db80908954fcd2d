//! PDF files: pages to tables.

use crate::document::Extraction;
use crate::error::ExtractError;
use crate::limits::Limits;

/// Reads a PDF file.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub fn read(_bytes: &[u8], _limits: &Limits) -> Result<Extraction, ExtractError> {
    Ok(Extraction::default())
}
