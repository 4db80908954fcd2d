//! Drawings of pages: as they are, for the review page, and with what the table engine saw and found.

use crate::worker::contain;
use std::path::Path;
use yusuan_extract::{ExtractError, LayoutOptions, Limits};

/// Draws the pages for the review page. Without pictures the page still shows everything else and says that they are
/// missing, so no failure of theirs is the document's; a disk that refuses will refuse the results too, and be told then.
pub(super) fn draw_pages(out: &Path, doc_id: &str, bytes: &[u8]) {
    if let Ok(Err(error)) | Err(error) =
        contain(|| yusuan_export::draw_pages(out, doc_id, bytes).map_err(|error| error.to_string()))
    {
        tracing::warn!(doc_id, error, "no pictures");
    }
}

/// Draws one page of a PDF with its tables; `None` where there is no such page.
pub(super) fn sketch(bytes: &[u8], page: u32, limits: &Limits) -> Result<Option<String>, ExtractError> {
    if yusuan_extract::sniff(bytes)? != yusuan_extract::Format::Pdf {
        return Ok(None);
    }
    // The whole document, since a page's table may go on with one of the page before.
    let tables = yusuan_extract::from_bytes(bytes, limits)?.tables;
    let options = LayoutOptions::default().with_pages(vec![(page, page)]);
    let pages = yusuan_extract::pdf::pages(bytes, &options, limits)?;
    Ok(pages.first().map(|page| yusuan_extract::debug_svg(page, &tables)))
}
