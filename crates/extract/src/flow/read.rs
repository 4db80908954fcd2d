//! A document's way from bytes to tables and lines, and what is said of it on the way.

use super::assemble::assemble;
use super::{doc, docx, html, mhtml, odt, rtf};
use crate::error::ExtractError;
use crate::image::Shown;
use crate::limits::Limits;
use crate::model::{Extraction, Format};
use crate::options::LayoutOptions;

/// Reads a flowing document as it is shown, and the large pictures in it: hidden and deleted text is left out.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub(crate) fn read(
    bytes: &[u8],
    format: Format,
    options: &LayoutOptions,
    limits: &Limits,
) -> Result<(Extraction, Vec<Shown>), ExtractError> {
    let written = match format {
        Format::Docx => docx::read(bytes, limits)?,
        Format::Doc => doc::read(bytes)?,
        Format::Odt => odt::read(bytes, limits)?,
        Format::Rtf => rtf::read(bytes)?,
        Format::Html => html::read(bytes)?,
        Format::Mhtml => mhtml::read(bytes)?,
        _ => return Err(ExtractError::Unsupported { found: "不是文字文档".to_owned() }),
    };
    let mut document = assemble(written.blocks, options);
    document.format = format;
    document.diagnostics = written.diagnostics;
    let is_empty = document.tables.is_empty() && document.lines.is_empty() && document.diagnostics.is_empty();
    if is_empty && written.pictures.is_empty() {
        return Err(ExtractError::Unsupported { found: "空的文档，里面没有文字".to_owned() });
    }
    Ok((document, written.pictures))
}
