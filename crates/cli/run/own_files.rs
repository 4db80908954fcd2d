//! The output files that belong to one source.

use crate::inputs::Fingerprint;
use crate::store::Entry;
use std::path::{Path, PathBuf};
use yusuan_export::document_files;

/// The output files that belong to a source alone.
pub(super) fn own_files(out: &Path, entry: &Entry) -> Vec<PathBuf> {
    // A copy has no page of its own: the one that its content names belongs to the first file of that content.
    let content = entry.content.as_ref().filter(|_| entry.record.is_none());
    let doc_id = content.map(Fingerprint::doc_id);
    document_files(out, &entry.source, doc_id.as_deref())
}
