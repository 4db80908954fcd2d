//! The end of a run: the page with its list of documents, and the corrections that were applied.

use super::corrections::Applied;
use super::index::Index;
use crate::error::ExportError;
use crate::file::Keeper;
use crate::options::{ExportOptions, OutputFormat};
use crate::record::DocumentRecord;
use std::path::{Path, PathBuf};

/// What is written at the end.
pub(crate) struct Closing {
    out: PathBuf,
    index: Option<Index>,
    applied: Applied,
    byte_order_mark: bool,
    sentences: Sentences,
}

/// Sentences of the program, Chinese and English.
pub(crate) type Sentences = &'static [(&'static str, &'static str)];

impl Closing {
    /// Nothing yet.
    pub(crate) fn new(out: &Path, options: &ExportOptions) -> Self {
        let index = options.writes(OutputFormat::Review).then(Index::default);
        let applied = Applied::default();
        Self { out: out.to_owned(), index, applied, byte_order_mark: options.byte_order_mark, sentences: &[] }
    }

    /// The page says these sentences in English too.
    pub(crate) fn say(&mut self, sentences: Sentences) {
        self.sentences = sentences;
    }

    /// Adds a document.
    pub(crate) fn add(&mut self, record: &DocumentRecord) {
        if let Some(index) = &mut self.index {
            index.add(record);
        }
        self.applied.add(record);
    }

    /// Writes both; the page only where it is wanted.
    pub(crate) fn write(&self, keeper: &Keeper) -> Result<(), ExportError> {
        self.applied.write(keeper, self.byte_order_mark)?;
        self.index.as_ref().map_or(Ok(()), |index| index.write(&self.out, self.sentences))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentStatus;
    use crate::review::assets::ASSETS;
    use crate::review::write_document;
    use yusuan_extract::{Cell, Extraction, RawTable};
    use yusuan_normalize::Context;

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
            superseded_by: String::new(),
            rivals: Vec::new(),
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
        closing.write(&Keeper::open(out.path())).unwrap();
        let page: u64 = ASSETS.iter().map(|(name, _)| size(&out.path().join("review").join(name))).sum();
        let list = std::fs::read_to_string(out.path().join("review/documents.js")).unwrap();
        assert_eq!(list.matches("\"docId\"").count(), 300);
        assert!(page > 20_000 && page + (list.len() as u64) < 300_000, "{page} and {}", list.len());
        let data = std::fs::read_to_string(out.path().join("review/000000000000012b/data.js")).unwrap();
        assert!(data.contains("\"value\":\"30000\"") && data.contains("\\u003c/script>"), "{data}");
    }
}
