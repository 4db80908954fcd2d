//! The output folder: may results be written to it?

use crate::csv::BOM;
use crate::dataset::{Checks, Dataset, Documents, Facts, Indicators, Panel, Prose, Tables, csv, sqlite};
use crate::error::ExportError;
use crate::file::{STATE_FOLDER, remove, remove_links, replace_file};
use crate::options::{ExportOptions, OutputFormat};
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Whether the folder was written by this program: it holds the state folder, or a `documents.csv` with the contract's
/// header (a copy without hidden files).
pub fn is_output_folder(folder: &Path) -> bool {
    if folder.join(STATE_FOLDER).is_dir() {
        return true;
    }
    let header = csv::header::<Documents>();
    let mut start = Vec::new();
    // The byte order mark may stand before the header.
    let wanted = header.len() + BOM.len();
    let read = fs::File::open(folder.join("documents.csv")).and_then(|f| f.take(wanted as u64).read_to_end(&mut start));
    read.is_ok() && start.strip_prefix(BOM).unwrap_or(&start).starts_with(header.as_bytes())
}

/// Makes sure that results can be written below `out`: called before hours of work, not after. Gives the links that stood where
/// results go and were removed: nothing is written or removed through one.
///
/// # Errors
/// [`ExportError`] when a file can't be written, or when `out` holds other files and `force` is not set.
pub fn prepare(out: &Path, options: &ExportOptions) -> Result<Vec<PathBuf>, ExportError> {
    if !options.force && holds_files(out)? && !is_output_folder(out) {
        return Err(ExportError::ForeignFolder { path: out.to_owned() });
    }
    let removed = remove_links(out, &our_names())?;
    let probe = out.join(STATE_FOLDER).join("probe");
    // The user asked for the folder, not for the probe.
    let refused = |source| ExportError::Io { path: out.to_owned(), source };
    replace_file(&probe, b"").and_then(|()| remove(&probe)).map_err(|error| refused(error.source))?;
    Ok(removed)
}

/// The files over all documents that stand below `out`, in a fixed order.
pub fn combined_files(out: &Path) -> Vec<PathBuf> {
    let files = our_names().into_iter().map(|name| out.join(name));
    files.filter(|path| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())).collect()
}

/// The formats of which files stand below `out`: a run that did not bring them up to date would leave old numbers beside new ones.
pub fn standing_formats(out: &Path) -> BTreeSet<OutputFormat> {
    let is_file = |name: &str| out.join(name).is_file();
    let holds = |name: &str| fs::read_dir(out.join(name)).is_ok_and(|mut entries| entries.next().is_some());
    let standing = [
        (OutputFormat::Csv, holds("tables")),
        (OutputFormat::Xlsx, is_file("overview.xlsx") || holds("workbooks")),
        (OutputFormat::Parquet, is_file("documents.parquet") || is_file("facts.parquet")),
        (OutputFormat::Sqlite, is_file(sqlite::NAME)),
        (OutputFormat::Review, is_file("review/index.html")),
    ];
    standing.into_iter().filter(|(_, stands)| *stands).map(|(format, _)| format).collect()
}

/// Names of files over all documents, and of the folders that hold the parts of a dataset.
fn our_names() -> Vec<String> {
    let datasets =
        [Tables::NAME, Facts::NAME, Indicators::NAME, Prose::NAME, Checks::NAME, Panel::NAME, Documents::NAME];
    let of = |name: &str| [format!("{name}.csv"), format!("{name}.parquet"), name.to_owned()];
    let others =
        ["corrections.csv", "datapackage.json", "overview.xlsx", "parts.json", sqlite::NAME].map(str::to_owned);
    // The folder of the tables one by one is looked at as a whole in any case.
    let mut names: Vec<String> = datasets.into_iter().flat_map(of).chain(others).collect();
    names.sort();
    names
}

/// Whether the folder holds anything but hidden files (file managers leave those everywhere).
fn holds_files(folder: &Path) -> Result<bool, ExportError> {
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(ExportError::io(folder)(error)),
    };
    Ok(entries.any(|entry| entry.is_ok_and(|e| !e.file_name().as_encoded_bytes().starts_with(b"."))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_documents_csv_marks_an_output_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_output_folder(folder.path()));
        fs::write(folder.path().join("documents.csv"), "doc_id,title\n").unwrap();
        assert!(!is_output_folder(folder.path()));
        fs::write(folder.path().join("documents.csv"), format!("\u{feff}{}", csv::header::<Documents>())).unwrap();
        assert!(is_output_folder(folder.path()));
    }
}
