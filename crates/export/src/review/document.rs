//! A document's data beside the page.

use super::folders::{data_file, folder};
use super::picture::has_pages;
use super::{data, script};
use crate::error::ExportError;
use crate::file::{remove, replace_file};
use crate::record::DocumentRecord;
use std::path::Path;

/// Writes the data of one document.
pub(crate) fn write_document(out: &Path, record: &DocumentRecord) -> Result<(), ExportError> {
    let Some(document) = &record.document else { return Ok(()) };
    let pictures = has_pages(out, &record.doc_id);
    let data = data::of(record, document, pictures);
    let script = script::call("openDocument", &data);
    Ok(replace_file(&data_file(out, &record.doc_id), script.as_bytes())?)
}

/// Removes the data of one document: an old page beside new numbers would be taken for theirs. The pictures stay, since
/// they show the file itself, and the file's content names their folder.
pub(crate) fn remove_document(out: &Path, record: &DocumentRecord) -> Result<(), ExportError> {
    if record.doc_id.is_empty() || !folder(out).is_dir() {
        return Ok(());
    }
    Ok(remove(&data_file(out, &record.doc_id))?)
}
