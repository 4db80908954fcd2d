//! The review page: what people look at to see for themselves. `review/index.html` opens from the disk, without a server and
//! without a network; each document is a folder of its own beside it (its data as a script, since a page on the disk
//! may not fetch files, and its pages as pictures), loaded when somebody opens it.
//!
//! Pictures are made where the document's bytes are in hand ([`draw_pages`]); everything else comes from the record.

pub(crate) mod corrections;
mod data;
mod index;
mod picture;
mod script;

pub use picture::{draw_pages, has_pages};

use crate::error::ExportError;
use crate::record::DocumentRecord;
use crate::replace::{remove, replace};
use crate::write::{ExportOptions, OutputFormat};
use corrections::Applied;
use index::Index;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use yusuan_normalize::FactFlag;

/// The files of the page itself, in the order in which the page loads its scripts.
const ASSETS: &[(&str, &str)] = &[
    ("index.html", include_str!("assets/index.html")),
    ("review.css", include_str!("assets/review.css")),
    ("format.js", include_str!("assets/format.js")),
    ("store.js", include_str!("assets/store.js")),
    ("model.js", include_str!("assets/model.js")),
    ("list.js", include_str!("assets/list.js")),
    ("page.js", include_str!("assets/page.js")),
    ("table.js", include_str!("assets/table.js")),
    ("detail.js", include_str!("assets/detail.js")),
    ("document.js", include_str!("assets/document.js")),
    ("main.js", include_str!("assets/main.js")),
];

/// The folder of the page.
fn folder(out: &Path) -> PathBuf {
    out.join("review")
}

/// The folder of one document's files. Files with the same bytes share it.
fn document_folder(out: &Path, doc_id: &str) -> PathBuf {
    // A doc_id is hex digits; one from a foreign record must not lead elsewhere.
    let plain: String = doc_id.chars().filter(char::is_ascii_alphanumeric).collect();
    folder(out).join(plain)
}

/// What stands at the end of a run: the page with its list of documents, and the corrections that were applied.
pub(crate) struct Closing {
    out: PathBuf,
    index: Option<Index>,
    applied: Applied,
    byte_order_mark: bool,
}

impl Closing {
    /// Nothing yet.
    pub(crate) fn new(out: &Path, options: &ExportOptions) -> Self {
        let index = options.formats.contains(&OutputFormat::Review).then(Index::default);
        let applied = Applied::default();
        Self { out: out.to_owned(), index, applied, byte_order_mark: options.byte_order_mark }
    }

    /// Adds a document.
    pub(crate) fn add(&mut self, record: &DocumentRecord) {
        if let Some(index) = &mut self.index {
            index.add(record);
        }
        self.applied.add(record);
    }

    /// Writes both, and removes the page of an earlier run where none is wanted.
    pub(crate) fn write(&self) -> Result<(), ExportError> {
        self.applied.write(&self.out, self.byte_order_mark)?;
        self.index.as_ref().map_or_else(|| remove_index(&self.out), |index| index.write(&self.out))
    }
}

/// Whether the data of a document is there, so that it need not be written again.
pub fn has_document(out: &Path, doc_id: &str) -> bool {
    document_folder(out, doc_id).join("data.js").is_file()
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

/// Writes the data of one document.
pub(crate) fn write_document(out: &Path, record: &DocumentRecord) -> Result<(), ExportError> {
    let Some(document) = &record.document else { return Ok(()) };
    let folder = document_folder(out, &record.doc_id);
    let pictures = has_pages(out, &record.doc_id);
    let data = data::of(record, document, pictures);
    replace(&folder.join("data.js"), script::call("openDocument", &data).as_bytes())
}

/// Removes the data of one document: an old page beside new numbers would be taken for theirs. The pictures stay, since
/// they show the file itself, and the file's content names their folder.
pub(crate) fn remove_document(out: &Path, record: &DocumentRecord) -> Result<(), ExportError> {
    if record.doc_id.is_empty() || !folder(out).is_dir() {
        return Ok(());
    }
    remove(&document_folder(out, &record.doc_id).join("data.js"))
}

/// Removes the page itself.
fn remove_index(out: &Path) -> Result<(), ExportError> {
    if !folder(out).is_dir() {
        return Ok(());
    }
    let names = ASSETS.iter().map(|(name, _)| *name).chain([index::LIST]);
    names.map(|name| folder(out).join(name)).try_for_each(|path| remove(&path))
}

/// Whether a reader should look at the figure again. Rounding is no doubt, and a correction settles one.
fn is_doubtful(flags: &[FactFlag]) -> bool {
    flags.iter().any(|flag| !matches!(flag, FactFlag::Rounded | FactFlag::Corrected))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentStatus;
    use yusuan_extract::{Cell, Extraction, RawTable};
    use yusuan_normalize::Context;

    #[test]
    fn the_page_loads_exactly_its_own_files() {
        let page = ASSETS[0].1;
        let sources = page.matches("src=\"").count() + page.matches("<link ").count();
        // The list of documents comes on top of the scripts and the style.
        assert_eq!(sources, ASSETS.len());
        for (name, _) in &ASSETS[1..] {
            assert!(page.contains(&format!("\"{name}\"")), "{name}");
        }
    }

    #[test]
    fn the_page_asks_for_nothing_from_the_network() {
        for (name, text) in ASSETS {
            let text = text.replace("http://www.w3.org/2000/svg", "");
            for word in ["http:", "https:", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "fetch("] {
                assert!(!text.contains(word), "{name} has {word}");
            }
        }
    }

    /// A document with one small table, as a conversion would leave it.
    fn record(number: usize) -> DocumentRecord {
        let rows =
            [["2024年部门支出总表", "", ""], ["科目名称", "合计（万元）", "基本支出（万元）"], ["</script>", "3", "2"]];
        let cells = rows.iter().enumerate().flat_map(|(row, texts)| {
            texts.iter().enumerate().map(move |(col, text)| Cell {
                row,
                col,
                row_span: 1,
                col_span: 1,
                text: (*text).to_owned(),
                ..Cell::default()
            })
        });
        let table = RawTable { pages: vec![1], rows: 3, cols: 3, cells: cells.collect(), ..RawTable::default() };
        let extraction = Extraction { tables: vec![table], ..Extraction::default() };
        let source = format!("某某省/某某市/某某市科学技术协会（本级）第{number}号/2024年部门预算公开说明及附表.pdf");
        DocumentRecord {
            doc_id: format!("{number:016x}"),
            document: Some(yusuan_normalize::normalize(extraction, &Context::for_source(&source))),
            source,
            format: "pdf".to_owned(),
            bytes: 1,
            sha256: String::new(),
            status: DocumentStatus::Ok,
            error: String::new(),
            source_url: String::new(),
        }
    }

    fn size(path: &Path) -> u64 {
        std::fs::metadata(path).map_or(0, |metadata| metadata.len())
    }

    #[test]
    fn three_hundred_documents_are_a_small_list_and_a_file_set_each() {
        let out = tempfile::tempdir().unwrap();
        let mut options = ExportOptions::default();
        options.formats.insert(OutputFormat::Review);
        let records: Vec<_> = (0..300).map(record).collect();
        let mut closing = Closing::new(out.path(), &options);
        for record in &records {
            write_document(out.path(), record).unwrap();
            closing.add(record);
        }
        closing.write().unwrap();
        let page: u64 = ASSETS.iter().map(|(name, _)| size(&out.path().join("review").join(name))).sum();
        let list = std::fs::read_to_string(out.path().join("review/documents.js")).unwrap();
        assert_eq!(list.matches("\"docId\"").count(), 300);
        assert!(page > 20_000 && page + (list.len() as u64) < 300_000, "{page} and {}", list.len());
        let data = std::fs::read_to_string(out.path().join("review/000000000000012b/data.js")).unwrap();
        assert!(data.contains("\"value\":\"30000\"") && data.contains("\\u003c/script>"), "{data}");
        // Without the format, an old page would stand beside new numbers.
        options.formats.remove(&OutputFormat::Review);
        Closing::new(out.path(), &options).write().unwrap();
        remove_document(out.path(), &records[299]).unwrap();
        assert!(!out.path().join("review/index.html").exists());
        assert!(!out.path().join("review/000000000000012b/data.js").exists());
    }

    #[test]
    fn a_foreign_id_does_not_lead_out_of_the_folder() {
        assert_eq!(document_folder(Path::new("o"), "../../x"), Path::new("o/review/x"));
    }
}
