//! The two halves of reading a PDF file, one after the other, for benchmarks.

use crate::error::ExtractError;
use crate::limits::Limits;
use crate::model::{Diagnostic, Extraction, Page};
use crate::options::LayoutOptions;
use crate::{page, pdf};

/// What a file's pages draw.
pub struct Pages(Vec<Page>, Vec<Diagnostic>);

/// Reads what the pages of a PDF file draw.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub fn pages(bytes: &[u8], options: &LayoutOptions) -> Result<Pages, ExtractError> {
    pdf::read_pages(bytes, options, &Limits::default()).map(|(pages, diagnostics)| Pages(pages, diagnostics))
}

/// Finds the tables of pages.
pub fn tables(pages: &Pages, options: &LayoutOptions) -> Extraction {
    page::assemble(&pages.0, options, pages.1.clone())
}
