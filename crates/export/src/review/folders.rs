//! The folders of the review page: its own, and one below it for each document.

use crate::error::ExportError;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A document's data as a script.
const DATA: &str = "data.js";

/// The folder of the page.
pub(super) fn folder(out: &Path) -> PathBuf {
    out.join("review")
}

/// The folder of one document's files. Files with the same bytes share it.
pub(super) fn document_folder(out: &Path, doc_id: &str) -> PathBuf {
    // A doc_id is hex digits; one from a foreign record must not lead elsewhere.
    let plain: String = doc_id.chars().filter(char::is_ascii_alphanumeric).collect();
    folder(out).join(plain)
}

/// The address of a document on the page, below the output folder: a page of its own that leads there, since not every program
/// follows the part of an address behind `#`.
pub(crate) fn address(doc_id: &str) -> String {
    format!("review/{doc_id}/index.html")
}

/// Whether the page stands below `out`.
pub(crate) fn stands(out: &Path) -> bool {
    folder(out).join("index.html").is_file()
}

/// The script with a document's data.
pub(crate) fn data_file(out: &Path, doc_id: &str) -> PathBuf {
    document_folder(out, doc_id).join(DATA)
}

/// Whether the data of a document is there, so that it need not be written again.
pub fn has_document(out: &Path, doc_id: &str) -> bool {
    data_file(out, doc_id).is_file()
}

/// Removes the folders of all documents but those named.
///
/// # Errors
/// [`ExportError`] when the file system refuses.
pub fn keep_documents(out: &Path, kept: &BTreeSet<String>) -> Result<(), ExportError> {
    let entries = match std::fs::read_dir(folder(out)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(ExportError::io(&folder(out))(error)),
    };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        // What is not called like a document is somebody else's.
        let is_document = name.len() == 16 && name.bytes().all(|b| b.is_ascii_hexdigit());
        if is_document && !kept.contains(&name) && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            std::fs::remove_dir_all(entry.path()).map_err(ExportError::io(&entry.path()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_id_does_not_lead_out_of_the_folder() {
        assert_eq!(document_folder(Path::new("o"), "../../x"), Path::new("o/review/x"));
    }
}
