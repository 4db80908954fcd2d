//! `corrections.csv`: what a reviewer changed, read before a run and written after it.

use crate::csv::{self, BOM, marked, neutralize};
use crate::error::ExportError;
use crate::file::Keeper;
use crate::record::DocumentRecord;
use std::collections::BTreeMap;
use thiserror::Error;
use yusuan_normalize::Correction;

/// The file in the output folder.
const NAME: &str = "corrections.csv";

/// The contract's columns.
pub(super) const COLUMNS: [&str; 9] = ["doc_id", "table_id", "row", "col", "printed", "corrected", "by", "at", "note"];

/// Those without which a correction says nothing.
const NEEDED: [&str; 6] = ["doc_id", "table_id", "row", "col", "printed", "corrected"];

/// Why a file of corrections can't be used.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum CorrectionsError {
    /// It is not UTF-8.
    #[error("不是 UTF-8 编码；在 Excel 中请另存为“CSV UTF-8（逗号分隔）”")]
    Encoding,
    /// It is no table.
    #[error("不是 CSV：{detail}")]
    Format {
        /// What the reader said.
        detail: String,
    },
    /// A column is missing.
    #[error("缺少 {column} 列")]
    Column {
        /// The column's name.
        column: &'static str,
    },
    /// A row or column is no number.
    #[error("第 {line} 行的 {column} 不是正整数")]
    Number {
        /// Line in the file, the header being the first.
        line: u64,
        /// The column's name.
        column: &'static str,
    },
}

/// Reads a file of corrections: for each `doc_id` its corrections in the file's order.
///
/// # Errors
/// [`CorrectionsError`] when the file is no table of corrections; one wrong line refuses the file, since what else in it
/// went wrong can't be known.
pub fn read_corrections(bytes: &[u8]) -> Result<BTreeMap<String, Vec<Correction>>, CorrectionsError> {
    let text = std::str::from_utf8(bytes.strip_prefix(BOM).unwrap_or(bytes)).map_err(|_| CorrectionsError::Encoding)?;
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let format = |error: ::csv::Error| CorrectionsError::Format { detail: error.to_string() };
    let header = reader.headers().map_err(format)?.clone();
    if let Some(column) = NEEDED.into_iter().find(|column| position(&header, column).is_none()) {
        return Err(CorrectionsError::Column { column });
    }
    let mut corrections: BTreeMap<String, Vec<Correction>> = BTreeMap::new();
    for row in reader.records() {
        let row = row.map_err(format)?;
        let line = Line { header: &header, row: &row };
        corrections.entry(line.text("doc_id")).or_default().push(line.correction()?);
    }
    Ok(corrections)
}

/// Where the column stands in the file.
fn position(header: &::csv::StringRecord, column: &str) -> Option<usize> {
    header.iter().position(|name| name.trim() == column)
}

/// One line of the file.
struct Line<'a> {
    header: &'a ::csv::StringRecord,
    row: &'a ::csv::StringRecord,
}

impl Line<'_> {
    fn correction(&self) -> Result<Correction, CorrectionsError> {
        Ok(Correction {
            table_id: self.text("table_id"),
            row: self.number("row")?,
            col: self.number("col")?,
            printed: self.text("printed"),
            corrected: self.text("corrected"),
            by: self.text("by"),
            at: self.text("at"),
            note: self.text("note"),
            refusal: String::new(),
        })
    }

    fn text(&self, column: &str) -> String {
        let text = position(self.header, column).and_then(|at| self.row.get(at)).unwrap_or_default().trim();
        plain(text).to_owned()
    }

    fn number(&self, column: &'static str) -> Result<u32, CorrectionsError> {
        let line = self.row.position().map_or(0, ::csv::Position::line);
        let number = self.text(column).parse().ok().filter(|number| *number > 0);
        number.ok_or(CorrectionsError::Number { line, column })
    }
}

/// The text without the apostrophe that keeps spreadsheets from running it.
fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(inner) if neutralize(inner) == text => inner,
        _ => text,
    }
}

/// The file that says these corrections, as [`read_corrections`] reads it.
pub fn corrections_csv(corrections: &BTreeMap<String, Vec<Correction>>) -> Vec<u8> {
    let line = |doc_id: &str, correction: &Correction| {
        COLUMNS.map(|column| neutralize(&field(doc_id, correction, column)).into_owned()).to_vec()
    };
    let header = COLUMNS.map(str::to_owned).to_vec();
    let lines = corrections.iter().flat_map(|(doc_id, all)| all.iter().map(|one| line(doc_id, one)));
    marked(csv::lines(&[header].into_iter().chain(lines).collect::<Vec<_>>()), true)
}

/// The corrections that were applied, document by document.
#[derive(Default)]
pub(super) struct Applied {
    lines: Vec<Vec<String>>,
}

impl Applied {
    /// Adds a document's.
    pub(super) fn add(&mut self, record: &DocumentRecord) {
        let all = record.document.iter().flat_map(|document| &document.corrections);
        for correction in all.filter(|correction| correction.is_applied()) {
            let fields = COLUMNS.map(|column| field(&record.doc_id, correction, column));
            self.lines.push(fields.iter().map(|field| neutralize(field).into_owned()).collect());
        }
    }

    /// Writes the list; without any correction there is no such file.
    pub(super) fn write(&self, keeper: &Keeper, byte_order_mark: bool) -> Result<(), ExportError> {
        let target = keeper.out().join(NAME);
        if self.lines.is_empty() {
            // A list that was not written here waits to be used.
            return if keeper.stands_as_written(&target) { Ok(keeper.remove(&target)?) } else { Ok(()) };
        }
        let header = COLUMNS.map(str::to_owned).to_vec();
        let bytes = csv::lines(&[&[header], self.lines.as_slice()].concat());
        Ok(keeper.replace(&target, &marked(bytes, byte_order_mark))?)
    }
}

/// What a column says of a correction.
fn field(doc_id: &str, correction: &Correction, column: &str) -> String {
    match column {
        "doc_id" => doc_id.to_owned(),
        "table_id" => correction.table_id.clone(),
        "row" => correction.row.to_string(),
        "col" => correction.col.to_string(),
        "printed" => correction.printed.clone(),
        "corrected" => correction.corrected.clone(),
        "by" => correction.by.clone(),
        "at" => correction.at.clone(),
        "note" => correction.note.clone(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "doc_id,table_id,row,col,printed,corrected,by,at,note\n";

    fn read(lines: &str) -> Result<BTreeMap<String, Vec<Correction>>, CorrectionsError> {
        read_corrections(format!("\u{feff}{HEADER}{lines}").as_bytes())
    }

    #[test]
    fn lines_are_read_by_document() {
        let read =
            read("ab,t01,5,3,\"1,234\",'-工资,甲,2024-05-01,\nab,t02,1,1,'-1,-1,,,\ncd,t01,1,2,,3,,,x\n").unwrap();
        assert_eq!(read.keys().collect::<Vec<_>>(), ["ab", "cd"]);
        let first = &read["ab"][0];
        assert_eq!((first.row, first.col, first.printed.as_str()), (5, 3, "1,234"));
        // The apostrophe before a text that could be a formula goes; one that is printed stays.
        assert_eq!((first.corrected.as_str(), read["ab"][1].printed.as_str()), ("-工资", "'-1"));
        assert_eq!(read["cd"][0].note, "x");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let extraction = yusuan_extract::Extraction::default();
        let mut document = yusuan_normalize::normalize(extraction, &yusuan_normalize::Context::default());
        let applied = read("ab,t01,5,3,\"1,234\",'-工资,\"甲,\"\"乙\"\"\",2024-05-01,'=1\n").unwrap();
        document.corrections = applied["ab"].clone();
        let record = DocumentRecord {
            doc_id: "ab".to_owned(),
            source: String::new(),
            format: String::new(),
            bytes: 0,
            sha256: String::new(),
            status: crate::record::DocumentStatus::Ok,
            error: String::new(),
            source_url: String::new(),
            superseded_by: String::new(),
            rivals: Vec::new(),
            document: Some(document),
        };
        let out = tempfile::tempdir().unwrap();
        let mut written = Applied::default();
        written.add(&record);
        let keeper = Keeper::open(out.path());
        written.write(&keeper, true).unwrap();
        assert_eq!(read_corrections(&std::fs::read(out.path().join(NAME)).unwrap()), Ok(applied));
        Applied::default().write(&keeper, true).unwrap();
        assert!(!out.path().join(NAME).exists());
    }

    #[test]
    fn a_wrong_file_is_refused_with_the_place() {
        assert_eq!(read_corrections(b"a,b\n1,2\n"), Err(CorrectionsError::Column { column: "doc_id" }));
        assert_eq!(read("ab,t01,0,3,1,2,,,\n"), Err(CorrectionsError::Number { line: 2, column: "row" }));
        assert_eq!(read("ab,t01,1,x,1,2,,,\n"), Err(CorrectionsError::Number { line: 2, column: "col" }));
        assert_eq!(read_corrections(&[0xd6, 0xd0, 0xff]), Err(CorrectionsError::Encoding));
        assert_eq!(read_corrections(b""), Err(CorrectionsError::Column { column: "doc_id" }));
    }
}
