//! Datasets and tables as CSV: RFC 4180, `\n`, exact numbers, and no text that a spreadsheet would run.

use crate::dataset::{Dataset, Value};
use crate::error::ExportError;
use crate::replace::Part;
use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};
use yusuan_normalize::Statement;

/// The UTF-8 byte order mark: without it Excel reads Chinese as the system's old code page.
pub(crate) const BOM: &[u8] = "\u{feff}".as_bytes();

/// The header line of a dataset.
pub(crate) fn header<D: Dataset>() -> String {
    let mut line = D::columns().iter().map(|column| column.name).collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

/// A dataset's CSV file being written.
pub(crate) struct CsvFile {
    target: PathBuf,
    writer: ::csv::Writer<Part>,
}

impl CsvFile {
    /// Opens the file and writes its header.
    pub(crate) fn begin<D: Dataset>(target: &Path, byte_order_mark: bool) -> Result<Self, ExportError> {
        let mut part = Part::create(target)?;
        let mark = if byte_order_mark { BOM } else { b"" };
        part.write_all(mark)
            .and_then(|()| part.write_all(header::<D>().as_bytes()))
            .map_err(ExportError::io(target))?;
        Ok(Self { target: target.to_owned(), writer: ::csv::Writer::from_writer(part) })
    }

    /// Adds a row.
    pub(crate) fn write<'a>(&mut self, fields: impl Iterator<Item = Cow<'a, str>>) -> Result<(), ExportError> {
        for field in fields {
            self.writer.write_field(field.as_bytes()).map_err(|error| io_error(&self.target, error))?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(|error| io_error(&self.target, error))
    }

    /// Ends the file, which does not have its final name yet.
    pub(crate) fn end(self) -> Result<Part, ExportError> {
        let failed =
            |error: ::csv::IntoInnerError<::csv::Writer<Part>>| ExportError::io(&self.target)(error.into_error());
        let mut part = self.writer.into_inner().map_err(failed)?;
        part.close()?;
        Ok(part)
    }
}

fn io_error(target: &Path, error: ::csv::Error) -> ExportError {
    let source = match error.into_kind() {
        ::csv::ErrorKind::Io(source) => source,
        other => std::io::Error::other(format!("{other:?}")),
    };
    ExportError::io(target)(source)
}

/// One row's fields.
pub(crate) fn line<'r, D: Dataset>(row: &'r D::Row<'_>) -> impl Iterator<Item = Cow<'r, str>> {
    D::columns().iter().map(move |column| field((column.value)(row)))
}

/// One table as laid out in print: the positions that a merged cell covers repeat its text, so that every row stands
/// alone. A table without a grid is the sentence that declares it empty.
pub(crate) fn table(statement: &Statement) -> Vec<u8> {
    let raw = &statement.raw;
    let text = |slot: &Option<usize>| slot.and_then(|cell| raw.cells.get(cell)).map_or("", |cell| &cell.text);
    let cover = raw.cover();
    let mut lines: Vec<Vec<_>> =
        cover.iter().map(|row| row.iter().map(|slot| neutralize(text(slot))).collect()).collect();
    if lines.is_empty() && !statement.empty_note.is_empty() {
        lines.push(vec![neutralize(&statement.empty_note)]);
    }
    write_lines(&lines)
}

fn write_lines(lines: &[Vec<Cow<'_, str>>]) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for line in lines {
        // A row without columns has nothing to say, and the writer would not know how to write it.
        if !line.is_empty() {
            writer.write_record(line.iter().map(|field| field.as_bytes())).expect("writing to memory does not fail");
        }
    }
    writer.into_inner().expect("writing to memory does not fail")
}

fn field(value: Value<'_>) -> Cow<'_, str> {
    match value {
        Value::Empty => Cow::Borrowed(""),
        Value::Text(Cow::Borrowed(text)) => neutralize(text),
        Value::Text(Cow::Owned(text)) => Cow::Owned(neutralize(&text).into_owned()),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Decimal(number) => Cow::Owned(number.to_string()),
        Value::Boolean(yes) => Cow::Borrowed(if yes { "true" } else { "false" }),
    }
}

/// Puts an apostrophe before a text that a spreadsheet would run as a formula on opening the file (CWE-1236).
///
/// Numbers stay as they are, and so do rows of dashes and single signs: `-` and `--` are the usual marks for "nothing" in
/// these tables, `=` is the operator of an indicator, and no spreadsheet takes them for a formula.
///
/// ```
/// assert_eq!(yusuan_export::neutralize("=1+1"), "'=1+1");
/// assert_eq!(yusuan_export::neutralize("-1,234.50"), "-1,234.50");
/// assert_eq!(yusuan_export::neutralize("-"), "-");
/// ```
pub fn neutralize(text: &str) -> Cow<'_, str> {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let sign_alone = text.len() == 1 && !text.starts_with(['\t', '\r']);
    if risky && !sign_alone && !is_number(text) && !text.chars().all(|c| c == '-') {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

/// Whether the text is a sign, digits with separators, and perhaps a percent sign: nothing that could be run.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
    let whole_first = digits.starts_with(|c: char| c.is_ascii_digit());
    let points = digits.bytes().filter(|b| *b == b'.').count();
    whole_first && points <= 1 && digits.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralized() {
        for text in ["=cmd|' /C calc'!A0", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "-工资", "-1.2.3"] {
            assert_eq!(neutralize(text), format!("'{text}"));
        }
    }

    #[test]
    fn numbers_and_marks_for_nothing_are_left_alone() {
        for text in ["-1", "+5.5%", "-1,234.50", "-", "--", "", "工资=奖金", "—", "2060702", "01"] {
            assert_eq!(neutralize(text), text);
        }
    }

    #[test]
    fn fields_are_quoted_as_rfc_4180_asks() {
        let line = ["a", "1,2", "say \"x\"", "two\nlines"].map(Cow::Borrowed).to_vec();
        let written = String::from_utf8(write_lines(&[line, vec![Cow::Borrowed(""); 2]])).unwrap();
        assert_eq!(written, "a,\"1,2\",\"say \"\"x\"\"\",\"two\nlines\"\n,\n");
    }
}
