//! Spreadsheets: worksheets to tables.

use crate::document::{Extraction, Format};
use crate::error::ExtractError;
use crate::limits::Limits;

/// Recognises a spreadsheet format from the bytes; `None` when it is none.
///
/// # Errors
/// When the container is a spreadsheet's but encrypted.
pub fn sniff(_bytes: &[u8]) -> Result<Option<Format>, ExtractError> {
    Ok(None)
}

/// Reads a workbook's visible cells.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub fn read(_bytes: &[u8], _format: Format, _limits: &Limits) -> Result<Extraction, ExtractError> {
    Ok(Extraction::default())
}
