//! Which files does a run write?

use crate::csv;
use crate::dataset::sink::{Sink, Wanted, sinks};
use crate::dictionary::package;
use crate::error::ExportError;
use crate::place::{STATE_FOLDER, is_output_folder, tables_folder, workbook_path};
use crate::record::DocumentRecord;
use crate::replace::{Part, is_absent, remove, replace};
use crate::review;
use crate::xlsx::{self, BatchWorkbook};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use yusuan_normalize::{MoneyUnit, NormalizedDocument, TableType};

/// A kind of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OutputFormat {
    /// One CSV per table.
    Csv,
    /// One workbook per document.
    Xlsx,
    /// The datasets as Parquet, beside their CSV.
    Parquet,
    /// The review page: `review/index.html` with the data of every document. Pictures of pages are made by
    /// [`draw_pages`](crate::draw_pages), where the bytes are in hand.
    Review,
}

/// What to write, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExportOptions {
    /// Kinds of output per document. The datasets are always written: `documents.csv` says what became of every file.
    pub formats: BTreeSet<OutputFormat>,
    /// Whether CSV files start with a byte order mark.
    pub byte_order_mark: bool,
    /// What the table sheets of workbooks show amounts in; as printed where nothing is said.
    pub unit: Option<MoneyUnit>,
    /// Whether a folder that holds other files may be written to.
    pub force: bool,
    /// Whether only `formats` are written and everything else in the folder stays: for making some outputs again. Otherwise
    /// the CSV datasets are always written, and outputs of an earlier run that are not asked for now are removed.
    pub only_formats: bool,
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self {
            formats: BTreeSet::from([OutputFormat::Csv, OutputFormat::Xlsx, OutputFormat::Parquet]),
            byte_order_mark: true,
            unit: None,
            force: false,
            only_formats: false,
        }
    }
}

impl ExportOptions {
    /// Whether files of this kind are written, or removed where they are old.
    fn concerns(&self, format: OutputFormat) -> bool {
        !self.only_formats || self.formats.contains(&format)
    }
}

/// How much was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ExportReport {
    /// Datasets.
    pub datasets: usize,
    /// Table files.
    pub tables: usize,
    /// Workbooks.
    pub workbooks: usize,
}

/// Writes a whole run below `out`, replacing an earlier run's files.
///
/// # Errors
/// [`ExportError`] when a file can't be written, or when `out` holds other files and `force` is not set.
pub fn write(out: &Path, records: &[DocumentRecord], options: &ExportOptions) -> Result<ExportReport, ExportError> {
    prepare(out, options)?;
    let mut report = ExportReport::default();
    for record in records {
        let written = write_document(out, record, options)?;
        report.tables += written.tables;
        report.workbooks += written.workbooks;
    }
    report.datasets = write_datasets(out, records, options)?.datasets;
    Ok(report)
}

/// Makes sure that results can be written below `out`: called before hours of work, not after.
///
/// # Errors
/// As [`write()`].
pub fn prepare(out: &Path, options: &ExportOptions) -> Result<(), ExportError> {
    if !options.force && holds_files(out)? && !is_output_folder(out) {
        return Err(ExportError::ForeignFolder { path: out.to_owned() });
    }
    let probe = out.join(STATE_FOLDER).join("probe");
    replace(&probe, b"").and_then(|()| remove(&probe)).map_err(|error| match error {
        // The user asked for the folder, not for the probe.
        ExportError::Io { source, .. } => ExportError::Io { path: out.to_owned(), source },
        other => other,
    })
}

/// Writes the tables and the workbook of one document, and removes those of an earlier run that no longer stand.
///
/// # Errors
/// [`ExportError`] when a file can't be written; [`ExportError::is_about_one_document`] tells whether others still can.
pub fn write_document(
    out: &Path,
    record: &DocumentRecord,
    options: &ExportOptions,
) -> Result<ExportReport, ExportError> {
    let mut report = ExportReport::default();
    if options.concerns(OutputFormat::Csv) {
        report.tables = write_tables(out, record, options)?;
    }
    if options.concerns(OutputFormat::Xlsx) {
        report.workbooks = write_workbook(out, record, options)?;
    }
    if options.concerns(OutputFormat::Review) {
        write_review(out, record, options)?;
    }
    Ok(report)
}

fn write_tables(out: &Path, record: &DocumentRecord, options: &ExportOptions) -> Result<usize, ExportError> {
    let folder = tables_folder(out, &record.source);
    let document = record.document.as_ref();
    let written = document.filter(|_| options.formats.contains(&OutputFormat::Csv));
    let names = written.map_or_else(Vec::new, table_names);
    remove_stale_tables(&folder, &names)?;
    for (name, statement) in names.iter().zip(document.iter().flat_map(|d| &d.statements)) {
        replace(&folder.join(name), &with_mark(csv::table(statement), options))?;
    }
    Ok(names.len())
}

/// The review page's data of one document, removed where the page is no longer wanted.
fn write_review(out: &Path, record: &DocumentRecord, options: &ExportOptions) -> Result<(), ExportError> {
    if options.formats.contains(&OutputFormat::Review) {
        review::write_document(out, record)
    } else {
        review::remove_document(out, record)
    }
}

fn write_workbook(out: &Path, record: &DocumentRecord, options: &ExportOptions) -> Result<usize, ExportError> {
    let workbook = workbook_path(out, &record.source);
    match record.document.as_ref().filter(|_| options.formats.contains(&OutputFormat::Xlsx)) {
        None => remove(&workbook).map(|()| 0),
        Some(document) => {
            let bytes = xlsx::workbook(record, document, options.unit)
                .map_err(|source| ExportError::Workbook { source_name: record.source.clone(), source })?;
            replace(&workbook, &bytes).map(|()| 1)
        }
    }
}

/// Writes the datasets over all records, ordered by source.
///
/// # Errors
/// [`ExportError`] when a file can't be written.
pub fn write_datasets(
    out: &Path,
    records: &[DocumentRecord],
    options: &ExportOptions,
) -> Result<ExportReport, ExportError> {
    let mut ordered: Vec<&DocumentRecord> = records.iter().collect();
    ordered.sort_by(|a, b| a.source.cmp(&b.source));
    let mut writer = DatasetWriter::begin(out, options)?;
    ordered.into_iter().try_for_each(|record| writer.append(record))?;
    writer.finish()
}

/// Writes the datasets document by document: memory does not grow with their number.
///
/// The files get their names all at once in [`finish`](Self::finish); a writer that is dropped before leaves the files of
/// the run before as they are.
pub struct DatasetWriter {
    /// Where the description of the CSV files goes, where they are written.
    package: Option<PathBuf>,
    sinks: Vec<Box<dyn Sink>>,
    overview: Option<BatchWorkbook>,
    /// The review page and the list of corrections; a part of an archive has neither.
    closing: Option<review::Closing>,
    last: Option<String>,
}

impl DatasetWriter {
    /// Opens the files below `out`.
    ///
    /// # Errors
    /// [`ExportError`] when a file can't be made.
    pub fn begin(out: &Path, options: &ExportOptions) -> Result<Self, ExportError> {
        let wanted = Wanted {
            csv: !options.only_formats || options.formats.contains(&OutputFormat::Csv),
            byte_order_mark: options.byte_order_mark,
            parquet: options.formats.contains(&OutputFormat::Parquet),
            remove_others: !options.only_formats,
        };
        let target = out.join("overview.xlsx");
        let overview = if options.formats.contains(&OutputFormat::Xlsx) {
            Some(BatchWorkbook::begin(&target, &scratch(out)?)?)
        } else {
            if !options.only_formats {
                remove(&target)?;
            }
            None
        };
        let package = wanted.csv.then(|| out.join("datapackage.json"));
        let closing = options.concerns(OutputFormat::Review).then(|| review::Closing::new(out, options));
        Ok(Self { package, sinks: sinks(out, wanted)?, overview, closing, last: None })
    }

    /// Opens the Parquet files alone below `folder`: one part of an archive that is written in parts.
    ///
    /// # Errors
    /// [`ExportError`] when a file can't be made.
    pub fn begin_parts(folder: &Path) -> Result<Self, ExportError> {
        let wanted = Wanted { csv: false, byte_order_mark: false, parquet: true, remove_others: false };
        Ok(Self { package: None, sinks: sinks(folder, wanted)?, overview: None, closing: None, last: None })
    }

    /// Adds the rows of one input file. Files come in the order of their sources.
    ///
    /// # Errors
    /// [`ExportError::OutOfOrder`], or another when the rows can't be written.
    pub fn append(&mut self, record: &DocumentRecord) -> Result<(), ExportError> {
        if let Some(last) = &self.last
            && *last > record.source
        {
            return Err(ExportError::OutOfOrder { source_name: record.source.clone(), after: last.clone() });
        }
        self.last = Some(record.source.clone());
        if let Some(closing) = &mut self.closing {
            closing.add(record);
        }
        if let Some(overview) = &mut self.overview {
            overview.append(record)?;
        }
        self.sinks.iter_mut().try_for_each(|sink| sink.append(record))
    }

    /// Ends all files, and only then gives each its name.
    ///
    /// # Errors
    /// [`ExportError`] when a file can't be written.
    pub fn finish(self) -> Result<ExportReport, ExportError> {
        let datasets = self.sinks.len();
        let mut parts = Vec::new();
        if let Some(overview) = self.overview {
            parts.push(overview.end()?);
        }
        for sink in self.sinks {
            parts.extend(sink.end()?);
        }
        if let Some(closing) = &self.closing {
            closing.write()?;
        }
        if let Some(target) = &self.package {
            replace(target, package().as_bytes())?;
        }
        parts.into_iter().try_for_each(Part::commit)?;
        Ok(ExportReport { datasets, ..ExportReport::default() })
    }
}

/// The folder for what a run keeps while it writes.
fn scratch(out: &Path) -> Result<PathBuf, ExportError> {
    let folder = out.join(STATE_FOLDER);
    fs::create_dir_all(&folder).map_err(ExportError::io(&folder))?;
    Ok(folder)
}

fn with_mark(bytes: Vec<u8>, options: &ExportOptions) -> Vec<u8> {
    if options.byte_order_mark { [csv::BOM, &bytes].concat() } else { bytes }
}

/// `NN-<table_type>.csv` for every table, in order; the number keeps two tables of one type apart.
fn table_names(document: &NormalizedDocument) -> Vec<String> {
    let numbered = document.statements.iter().enumerate();
    numbered.map(|(index, s)| format!("{:02}-{}.csv", index + 1, s.table_type.as_str())).collect()
}

/// Removes the tables of an earlier run: an old number beside new ones would be taken for one of them. Files of other
/// names are somebody else's and stay.
fn remove_stale_tables(folder: &Path, current: &[String]) -> Result<(), ExportError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if is_absent(&error) => return Ok(()),
        Err(error) => return Err(ExportError::io(folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(ExportError::io(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_table_name(&name) && !current.contains(&name) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

fn is_table_name(name: &str) -> bool {
    let Some((number, rest)) = name.split_once('-') else { return false };
    let Some(id) = rest.strip_suffix(".csv") else { return false };
    let numbered = number.len() >= 2 && number.bytes().all(|b| b.is_ascii_digit());
    numbered && TableType::ALL.iter().any(|table_type| table_type.as_str() == id)
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
