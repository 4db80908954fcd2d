//! Pictures of a document's pages for the review page.

use crate::worker::contain;
use std::path::Path;
use yusuan_export::PagesDrawn;

/// Draws the pages for the review page. Without pictures the page still shows everything else and says that they are
/// missing, so no failure of theirs is the document's; a disk that refuses will refuse the results too, and be told then.
pub(super) fn draw_pages(out: &Path, doc_id: &str, bytes: &[u8], drawn: &PagesDrawn, threads: usize) {
    if let Ok(Err(error)) | Err(error) =
        contain(|| yusuan_export::draw_pages(out, doc_id, bytes, drawn, threads).map_err(|error| error.to_string()))
    {
        tracing::warn!(doc_id, error, "no pictures");
    }
}
