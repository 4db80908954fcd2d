//! The rows of a dataset, from the files of the last finished run, one at a time: nothing of them is kept in memory.

use csv::{ReaderBuilder, StringRecord};
use std::fs::File;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The byte order mark that programs want before Chinese.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Calls with the values of the named columns of every row until told to break. A file or column that is not there has no values.
pub(super) fn each_row(
    out: &Path,
    dataset: &str,
    columns: &[&str],
    mut work: impl FnMut(&Row<'_>) -> ControlFlow<()>,
) -> csv::Result<()> {
    for file in files(out, dataset) {
        if read(&file, columns, &mut work)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// The values of a row.
pub(super) struct Row<'a> {
    record: &'a StringRecord,
    places: &'a [Option<usize>],
}

impl<'a> Row<'a> {
    /// The value of the column with this number among those that were named.
    pub(super) fn get(&self, number: usize) -> &'a str {
        let place = self.places.get(number).copied().flatten();
        place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    /// The same without the sign that keeps spreadsheets from running a text.
    pub(super) fn text(&self, number: usize) -> &'a str {
        let text = self.get(number);
        text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
    }
}

/// One file, or the parts of the dataset by year and province.
fn files(out: &Path, dataset: &str) -> Vec<PathBuf> {
    let whole = out.join(format!("{dataset}.csv"));
    if whole.is_file() {
        return vec![whole];
    }
    let parts = WalkDir::new(out.join(dataset)).sort_by_file_name().into_iter().filter_map(Result::ok);
    parts.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|e| e == "csv")).collect()
}

fn read(
    file: &Path,
    columns: &[&str],
    work: &mut impl FnMut(&Row<'_>) -> ControlFlow<()>,
) -> csv::Result<ControlFlow<()>> {
    let mut file = BufReader::with_capacity(256 << 10, File::open(file)?);
    let mut mark = [0; 3];
    let has_mark = file.read_exact(&mut mark).is_ok() && mark == *MARK;
    let start: &[u8] = if has_mark { &[] } else { &mark };
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(start.chain(file));
    let header = reader.headers()?.clone();
    let places: Vec<Option<usize>> =
        columns.iter().map(|name| header.iter().position(|column| column == *name)).collect();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record)? {
        if work(&Row { record: &record, places: &places }).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}
