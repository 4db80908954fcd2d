//! A document's data beside the page.

use super::folders::{address, data_file};
use super::picture::has_any_pages;
use super::{data, script};
use crate::error::ExportError;
use crate::file::replace_file;
use crate::record::DocumentRecord;
use std::path::Path;

/// Writes the data of one document.
pub(crate) fn write_document(out: &Path, record: &DocumentRecord) -> Result<(), ExportError> {
    let Some(document) = &record.document else { return Ok(()) };
    let pictures = has_any_pages(out, &record.doc_id);
    let data = data::of(record, document, pictures);
    let script = script::call("openDocument", &data);
    replace_file(&data_file(out, &record.doc_id), script.as_bytes())?;
    Ok(replace_file(&out.join(address(&record.doc_id)), leading_page(&record.doc_id).as_bytes())?)
}

/// The data of one document as its page reads it, JSON that is safe wherever it stands on a page; `null` where there is no
/// document.
pub fn review_data(out: &Path, record: &DocumentRecord) -> String {
    let data = |document| script::json(&data::of(record, document, has_any_pages(out, &record.doc_id)));
    record.document.as_ref().map_or_else(|| "null".to_owned(), data)
}

/// A page that leads to the document's place on the review page.
fn leading_page(doc_id: &str) -> String {
    format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"refresh\" content=\"0; url=../index.html#/{doc_id}\">\n\
         <a href=\"../index.html#/{doc_id}\">{doc_id}</a>\n"
    )
}
