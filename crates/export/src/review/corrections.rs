//! `corrections.csv`: what a reviewer changed, read before a run and written after it.

use crate::csv::{BOM, neutralize};
use crate::error::ExportError;
use crate::record::DocumentRecord;
use crate::replace::{remove, replace};
use std::collections::BTreeMap;
use std::path::Path;
use thiserror::Error;
use yusuan_normalize::Correction;

/// The file in the output folder.
const NAME: &str = "corrections.csv";

/// The contract's columns.
const COLUMNS: [&str; 9] = ["doc_id", "table_id", "row", "col", "printed", "corrected", "by", "at", "note"];

/// Those without which a correction says nothing.
const NEEDED: usize = 6;

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
    let at = COLUMNS.map(|column| header.iter().position(|name| name.trim() == column));
    if let Some(missing) = (0..NEEDED).find(|column| at[*column].is_none()) {
        return Err(CorrectionsError::Column { column: COLUMNS[missing] });
    }
    let mut corrections: BTreeMap<String, Vec<Correction>> = BTreeMap::new();
    for row in reader.records() {
        let row = row.map_err(format)?;
        let line = Line { row: &row, at: &at };
        let correction = Correction {
            table_id: line.text(1),
            row: line.number(2)?,
            col: line.number(3)?,
            printed: line.text(4),
            corrected: line.text(5),
            by: line.text(6),
            at: line.text(7),
            note: line.text(8),
            refusal: String::new(),
        };
        corrections.entry(line.text(0)).or_default().push(correction);
    }
    Ok(corrections)
}

/// One line of the file.
struct Line<'a> {
    row: &'a ::csv::StringRecord,
    at: &'a [Option<usize>; 9],
}

impl Line<'_> {
    fn text(&self, column: usize) -> String {
        let text = self.at[column].and_then(|at| self.row.get(at)).unwrap_or_default().trim();
        plain(text).to_owned()
    }

    fn number(&self, column: usize) -> Result<u32, CorrectionsError> {
        let line = self.row.position().map_or(0, ::csv::Position::line);
        let number = self.text(column).parse().ok().filter(|number| *number > 0);
        number.ok_or(CorrectionsError::Number { line, column: COLUMNS[column] })
    }
}

/// The text without the apostrophe that keeps spreadsheets from running it.
fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(inner) if neutralize(inner) == text => inner,
        _ => text,
    }
}

/// The corrections that were applied, document by document.
#[derive(Default)]
pub(super) struct Applied {
    lines: Vec<[String; 9]>,
}

impl Applied {
    /// Adds a document's.
    pub(super) fn add(&mut self, record: &DocumentRecord) {
        let all = record.document.iter().flat_map(|document| &document.corrections);
        for c in all.filter(|correction| correction.is_applied()) {
            let fields =
                [&record.doc_id, &c.table_id, &c.row.to_string(), &c.col.to_string(), &c.printed, &c.corrected];
            let rest = [&c.by, &c.at, &c.note];
            let mut fields = fields.into_iter().chain(rest).map(|field| neutralize(field).into_owned());
            self.lines.push(std::array::from_fn(|_| fields.next().unwrap_or_default()));
        }
    }

    /// Writes the list; without any correction there is no such file.
    pub(super) fn write(&self, out: &Path, byte_order_mark: bool) -> Result<(), ExportError> {
        if self.lines.is_empty() {
            return remove(&out.join(NAME));
        }
        let mut bytes = if byte_order_mark { BOM.to_vec() } else { Vec::new() };
        let mut writer = ::csv::Writer::from_writer(&mut bytes);
        writer.write_record(COLUMNS).expect("writing to memory does not fail");
        for line in &self.lines {
            writer.write_record(line).expect("writing to memory does not fail");
        }
        writer.flush().expect("writing to memory does not fail");
        drop(writer);
        replace(&out.join(NAME), &bytes)
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
    fn a_wrong_file_is_refused_with_the_place() {
        assert_eq!(read_corrections(b"a,b\n1,2\n"), Err(CorrectionsError::Column { column: "doc_id" }));
        assert_eq!(read("ab,t01,0,3,1,2,,,\n"), Err(CorrectionsError::Number { line: 2, column: "row" }));
        assert_eq!(read("ab,t01,1,x,1,2,,,\n"), Err(CorrectionsError::Number { line: 2, column: "col" }));
        assert_eq!(read_corrections(&[0xd6, 0xd0, 0xff]), Err(CorrectionsError::Encoding));
        assert_eq!(read_corrections(b""), Err(CorrectionsError::Column { column: "doc_id" }));
    }
}
