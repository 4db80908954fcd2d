//! CSV as everything here writes it: RFC 4180, `\n`, and no text that a spreadsheet would run.

use crate::error::ExportError;
use crate::file::Part;
use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The UTF-8 byte order mark: without it Excel reads Chinese as the system's old code page.
pub(crate) const BOM: &[u8] = "\u{feff}".as_bytes();

/// A CSV file being written row by row.
pub(crate) struct CsvFile {
    target: PathBuf,
    writer: ::csv::Writer<Part>,
}

impl CsvFile {
    /// Opens the file and writes its header line.
    pub(crate) fn begin(target: &Path, header: &str, byte_order_mark: bool) -> Result<Self, ExportError> {
        let mut part = Part::create(target)?;
        part.write_all(&marked(header.as_bytes().to_vec(), byte_order_mark)).map_err(ExportError::io(target))?;
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

/// The bytes of a CSV file, with the byte order mark where it is wanted.
pub(crate) fn marked(bytes: Vec<u8>, byte_order_mark: bool) -> Vec<u8> {
    if byte_order_mark { [BOM, &bytes].concat() } else { bytes }
}

/// Lines of fields, each as it stands.
pub(crate) fn lines<F: AsRef<str>>(lines: &[Vec<F>]) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for line in lines {
        // A row without columns has nothing to say, and the writer would not know how to write it.
        if !line.is_empty() {
            writer
                .write_record(line.iter().map(|field| field.as_ref().as_bytes()))
                .expect("writing to memory does not fail");
        }
    }
    writer.into_inner().expect("writing to memory does not fail")
}

/// Puts an apostrophe before a text that a spreadsheet would run as a formula on opening the file (CWE-1236), and leaves out
/// the characters that nobody sees and programs obey: control characters but for the line break.
///
/// Full-width ＝＋－＠ are what input methods write for their ASCII kin, and spreadsheets take them for these. Numbers stay as
/// they are, and so do rows of dashes and single signs: `-` and `--` are the usual marks for "nothing" in these tables, `=` is
/// the operator of an indicator, and no spreadsheet takes them for a formula.
///
/// ```
/// assert_eq!(yusuan_export::neutralize("=1+1"), "'=1+1");
/// assert_eq!(yusuan_export::neutralize("-1,234.50"), "-1,234.50");
/// assert_eq!(yusuan_export::neutralize("-"), "-");
/// ```
pub fn neutralize(text: &str) -> Cow<'_, str> {
    let clean = without_controls(text);
    // A blank before it does not keep every program from running it.
    let begins = clean.trim_start();
    let risky = text.starts_with(['\t', '\r']) || begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let sign_alone = begins.chars().nth(1).is_none() && !text.starts_with(['\t', '\r']);
    if risky && !sign_alone && !is_number(begins) && !begins.chars().all(|c| matches!(c, '-' | '－')) {
        return Cow::Owned(format!("'{clean}"));
    }
    clean
}

/// The text without control characters: a tab is a blank, a carriage return (with or without a line break) a line break.
fn without_controls(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| c.is_control() && c != '\n';
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    Cow::Owned(lines.chars().filter(|c| !obeyed(*c)).collect())
}

/// Whether the text is a sign, digits with separators, and perhaps a percent sign, in ASCII or full width: nothing that could
/// be run.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+', '－', '＋']).unwrap_or(text);
    let digits = digits.strip_suffix(['%', '％']).unwrap_or(digits);
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let is_point = |c: char| matches!(c, '.' | '．');
    let points = digits.chars().filter(|c| is_point(*c)).count();
    let all = digits.chars().all(|c| is_digit(c) || is_point(c) || matches!(c, ',' | '，'));
    digits.starts_with(is_digit) && points <= 1 && all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralized() {
        for text in [
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-1-1",
            "@SUM(A1)",
            "-工资",
            "-1.2.3",
            "＝1+1",
            "＋A1",
            "－A1",
            "＠SUM(A1)",
            " =1",
        ] {
            assert_eq!(neutralize(text), format!("'{text}"));
        }
        for (text, safe) in [("\t=1", "' =1"), ("\r=1", "'\n=1"), ("\u{1}=1+1", "'=1+1"), ("\u{9b}@A1", "'@A1")] {
            assert_eq!(neutralize(text), safe);
        }
    }

    #[test]
    fn control_characters_are_left_out() {
        assert_eq!(neutralize("a\u{1b}[31mb\u{7f}\u{0}"), "a[31mb");
        assert_eq!(neutralize("甲\r\n乙\t丙\n丁"), "甲\n乙 丙\n丁");
    }

    #[test]
    fn numbers_and_marks_for_nothing_are_left_alone() {
        for text in [
            "-1",
            "+5.5%",
            "-1,234.50",
            "-",
            "--",
            "",
            "工资=奖金",
            "—",
            "2060702",
            "01",
            "－",
            "－－",
            "－1,234.50",
            "－１２．５",
            "＝",
        ] {
            assert_eq!(neutralize(text), text);
        }
    }

    #[test]
    fn fields_are_quoted_as_rfc_4180_asks() {
        let line = vec!["a", "1,2", "say \"x\"", "two\nlines"];
        let written = String::from_utf8(lines(&[line, vec![""; 2]])).unwrap();
        assert_eq!(written, "a,\"1,2\",\"say \"\"x\"\"\",\"two\nlines\"\n,\n");
    }
}
