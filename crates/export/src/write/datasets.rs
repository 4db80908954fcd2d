//! The datasets over all documents, with the workbook and the review page's list that stand beside them.

use super::report::ExportReport;
use super::sink::{Sink, Wanted, sinks};
use crate::dataset::sqlite::{self, Database};
use crate::dataset::{Checks, Documents, Facts, Indicators, Panel, Prose, Tables};
use crate::dictionary::package;
use crate::error::ExportError;
use crate::file::{FileError, Keeper, Part, STATE_FOLDER, replace_file};
use crate::options::{ExportOptions, OutputFormat};
use crate::output_folder::combined_files;
use crate::record::DocumentRecord;
use crate::review;
use crate::xlsx::BatchWorkbook;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The description of the files.
const PACKAGE: &str = "datapackage.json";

/// Writes the datasets over all records, ordered by source.
///
/// # Errors
/// [`ExportError`] when a file can't be written.
pub fn write_datasets(
    keeper: &Arc<Keeper>,
    records: &[DocumentRecord],
    options: &ExportOptions,
) -> Result<ExportReport, ExportError> {
    let mut ordered: Vec<&DocumentRecord> = records.iter().collect();
    ordered.sort_by(|a, b| a.source.cmp(&b.source));
    let mut writer = DatasetWriter::begin(keeper, options)?;
    ordered.into_iter().try_for_each(|record| writer.append(record))?;
    writer.finish()
}

/// Writes the datasets document by document: memory does not grow with their number.
///
/// The files get their names all at once in [`finish`](Self::finish); a writer that is dropped before leaves the files of
/// the run before as they are.
pub struct DatasetWriter {
    /// Knows what stands in the folder; parts of an archive have names of their own and replace nothing.
    keeper: Option<Arc<Keeper>>,
    /// Where the description of the CSV files goes, where they are written.
    package: Option<PathBuf>,
    sinks: Vec<Box<dyn Sink>>,
    database: Option<Database>,
    overview: Option<BatchWorkbook>,
    /// The review page and the list of corrections; a part of an archive has neither.
    closing: Option<review::Closing>,
    last: Option<String>,
}

impl DatasetWriter {
    /// Opens the files below the output folder.
    ///
    /// # Errors
    /// [`ExportError`] when a file can't be made.
    pub fn begin(keeper: &Arc<Keeper>, options: &ExportOptions) -> Result<Self, ExportError> {
        let out = keeper.out();
        let wanted = Wanted {
            csv: options.concerns(OutputFormat::Csv),
            byte_order_mark: options.byte_order_mark,
            parquet: options.writes(OutputFormat::Parquet),
        };
        let overview = begin_overview(out, options)?;
        let package = Some(out.join(PACKAGE)).filter(|package| wanted.csv || package.is_file());
        let database =
            options.writes(OutputFormat::Sqlite).then(|| begin_database(&out.join(sqlite::NAME))).transpose()?;
        let closing = options.concerns(OutputFormat::Review).then(|| review::Closing::new(out, options));
        Ok(Self {
            keeper: Some(Arc::clone(keeper)),
            package,
            sinks: sinks(out, wanted)?,
            database,
            overview,
            closing,
            last: None,
        })
    }

    /// The review page says these sentences of the program, Chinese and English, in the language of its reader.
    #[must_use]
    pub fn saying(mut self, sentences: &'static [(&'static str, &'static str)]) -> Self {
        if let Some(closing) = &mut self.closing {
            closing.say(sentences);
        }
        self
    }

    /// Opens the Parquet files alone below `folder`: one part of an archive that is written in parts.
    ///
    /// # Errors
    /// [`ExportError`] when a file can't be made.
    pub fn begin_parts(folder: &Path) -> Result<Self, ExportError> {
        let wanted = Wanted { csv: false, byte_order_mark: false, parquet: true };
        Ok(Self {
            keeper: None,
            package: None,
            sinks: sinks(folder, wanted)?,
            database: None,
            overview: None,
            closing: None,
            last: None,
        })
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
        if let Some(database) = &self.database {
            append_to_database(database, record)?;
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
        if let Some(database) = self.database {
            parts.push(database.end()?);
        }
        for sink in self.sinks {
            parts.extend(sink.end()?);
        }
        if let (Some(closing), Some(keeper)) = (&self.closing, &self.keeper) {
            closing.write(keeper)?;
        }
        if let Some(target) = &self.package {
            replace_file(target, package(&beside(target, &parts)).as_bytes())?;
        }
        let keeper = self.keeper.as_deref();
        parts.into_iter().try_for_each(|part| commit(keeper, part))?;
        Ok(ExportReport { datasets, ..ExportReport::default() })
    }
}

/// The files over all documents that stand beside the package, or will when `parts` have their names.
fn beside(package: &Path, parts: &[Part]) -> Vec<String> {
    let Some(out) = package.parent() else { return Vec::new() };
    let page = Some(out.join("review/index.html")).filter(|page| page.is_file());
    let files = combined_files(out).into_iter().chain(page).chain(parts.iter().map(|part| part.target().to_owned()));
    let name = |file: PathBuf| Some(file.strip_prefix(out).ok()?.to_str()?.to_owned());
    let names: BTreeSet<String> = files.filter_map(name).collect();
    names.into_iter().collect()
}

/// Begins the database with the tables of all datasets; those that others refer to come first.
fn begin_database(target: &Path) -> Result<Database, ExportError> {
    let database = Database::begin(target)?;
    database.table::<Documents>()?;
    database.table::<Tables>()?;
    database.table::<Facts>()?;
    database.table::<Indicators>()?;
    database.table::<Prose>()?;
    database.table::<Checks>()?;
    database.table::<Panel>()?;
    Ok(database)
}

fn append_to_database(database: &Database, record: &DocumentRecord) -> Result<(), ExportError> {
    database.append::<Documents>(record)?;
    database.append::<Tables>(record)?;
    database.append::<Facts>(record)?;
    database.append::<Indicators>(record)?;
    database.append::<Prose>(record)?;
    database.append::<Checks>(record)?;
    database.append::<Panel>(record)
}

/// Gives a file its name. Parquet files are for programs alone: nobody changes one by hand.
fn commit(keeper: Option<&Keeper>, part: Part) -> Result<(), FileError> {
    let keeper = keeper.filter(|_| part.target().extension().is_none_or(|extension| extension != "parquet"));
    match keeper {
        Some(keeper) => keeper.commit(part),
        None => part.commit(),
    }
}

/// Begins the workbook over all documents.
fn begin_overview(out: &Path, options: &ExportOptions) -> Result<Option<BatchWorkbook>, ExportError> {
    let target = out.join("overview.xlsx");
    if options.writes(OutputFormat::Xlsx) {
        let review = options.writes(OutputFormat::Review) || review::stands(out);
        return BatchWorkbook::begin(&target, &scratch(out)?, review).map(Some);
    }
    Ok(None)
}

/// The folder for what a run keeps while it writes.
fn scratch(out: &Path) -> Result<PathBuf, ExportError> {
    let folder = out.join(STATE_FOLDER);
    fs::create_dir_all(&folder).map_err(ExportError::io(&folder))?;
    Ok(folder)
}
