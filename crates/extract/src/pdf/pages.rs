//! The wanted pages of a file, and what could not be had of them.

use super::digits::DigitShapes;
use super::file;
use super::reader::HayroReader;
use crate::canvas;
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::model::{Diagnostic, DiagnosticCode, Page};
use crate::options::LayoutOptions;

/// Reads all wanted pages, and says what could not be had.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub(crate) fn read_pages(
    bytes: &[u8],
    options: &LayoutOptions,
    limits: &Limits,
) -> Result<(Vec<Page>, Vec<Diagnostic>), ExtractError> {
    let (reader, mut diagnostics) = file::open(bytes)?;
    let indices = wanted(&reader, options, limits, &mut diagnostics);
    let mut pages = Vec::new();
    let mut vanished = 0;
    let mut digits = DigitShapes::default();
    for read in reader.read_pages(&indices, limits, options) {
        vanished += read.remarks.unseen;
        diagnostics.extend(canvas::of_page(&read.page, read.state, &read.remarks));
        digits.add(read.digits);
        pages.push(read.page);
    }
    let mistaken = digits.mistaken();
    if !mistaken.is_empty() {
        let digits: Vec<String> = mistaken.iter().map(char::to_string).collect();
        let message = format!("同一字体里有两种字形都读作 {}，又缺别的数字，必有误读", digits.join("、"));
        diagnostics.push(Diagnostic { code: DiagnosticCode::DigitsUnlike, place: None, message });
    }
    canvas::of_document(&mut pages, vanished, &mut diagnostics);
    Ok((pages, diagnostics))
}

/// The 0-based indices of the pages to read.
fn wanted(
    reader: &HayroReader,
    options: &LayoutOptions,
    limits: &Limits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let count = reader.page_count();
    if count > limits.pages {
        diagnostics.push(Diagnostic {
            code: DiagnosticCode::Truncated,
            place: None,
            message: format!("文件有 {count} 页，超过上限 {}，其余各页未读", limits.pages),
        });
    }
    (0..count.min(limits.pages)).filter(|i| options.wants_page(*i as u32 + 1)).collect()
}
