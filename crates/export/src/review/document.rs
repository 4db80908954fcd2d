//! A document's data beside the page.

use super::folders::data_file;
use super::picture::has_pages;
use super::{data, script};
use crate::error::ExportError;
use crate::file::replace_file;
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
