//! The datasets over all documents, with the workbook and the review page's list that stand beside them.

use super::report::ExportReport;
use super::scratch::scratch;
use super::sink::{Sink, Wanted, sinks};
use crate::dataset::sqlite::{self, Database};
use crate::dataset::{Checks, Documents, Facts, Indicators, Panel, Prose, Tables};
use crate::dictionary::package;
use crate::error::ExportError;
use crate::file::{FileError, Keeper, Part, replace_file};
use crate::options::{ExportOptions, OutputFormat};
use crate::output_folder::combined_files;
use crate::record::DocumentRecord;
use crate::review;
use crate::xlsx::BatchWorkbook;
use rayon::ThreadPool;
use std::collections::BTreeSet;
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
    /// Where workbook and database are written beside the files of the datasets.
    pool: Option<ThreadPool>,
}

/// Stack of a thread that writes rows.
const STACK: usize = 8 << 20;

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
            pool: None,
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

    /// Writes on so many threads: workbook and database on one, the files of the datasets on another.
    #[must_use]
    pub fn on_threads(mut self, threads: usize) -> Self {
        let wanted = threads > 1 && (self.overview.is_some() || self.database.is_some());
        // A system without room for more threads has the work done on the caller's.
        let pool = || rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().ok();
        self.pool = wanted.then(pool).flatten();
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
            pool: None,
        })
    }

    /// Adds the rows of one input file. Files come in the order of their sources.
    ///
    /// # Errors
    /// [`ExportError::OutOfOrder`], or another when the rows can't be written.
    pub fn append(&mut self, record: &DocumentRecord) -> Result<(), ExportError> {
        self.append_all(std::slice::from_ref(record))
    }

    /// The same of several.
    ///
    /// # Errors
    /// As of one.
    pub fn append_all(&mut self, records: &[DocumentRecord]) -> Result<(), ExportError> {
        for record in records {
            if let Some(after) = self.last.replace(record.source.clone()).filter(|last| *last > record.source) {
                return Err(ExportError::OutOfOrder { source_name: record.source.clone(), after });
            }
        }
        let Self { sinks, database, overview, closing, pool, .. } = self;
        let rows = || records.iter().try_for_each(|record| sinks.iter_mut().try_for_each(|sink| sink.append(record)));
        let books = || {
            records.iter().try_for_each(|record| {
                if let Some(closing) = closing {
                    closing.add(record);
                }
                if let Some(overview) = overview {
                    overview.append(record)?;
                }
                database.as_mut().map_or(Ok(()), |database| append_to_database(database, record))
            })
        };
        let (books, rows) = both(pool.as_ref(), books, rows);
        books.and(rows)
    }

    /// Ends all files, and only then gives each its name.
    ///
    /// # Errors
    /// [`ExportError`] when a file can't be written.
    pub fn finish(self) -> Result<ExportReport, ExportError> {
        let datasets = self.sinks.len();
        let Self { sinks, database, overview, .. } = self;
        let books = || {
            let overview = overview.map(BatchWorkbook::end).transpose()?;
            let database = database.map(Database::end).transpose()?;
            Ok(overview.into_iter().chain(database))
        };
        let files = || sinks.into_iter().map(Sink::end).collect::<Result<Vec<_>, _>>();
        let (books, files) = both(self.pool.as_ref(), books, files);
        let parts: Vec<Part> = books?.chain(files?.into_iter().flatten()).collect();
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

/// What both give, side by side where there is a pool for it.
fn both<A: Send, B: Send>(
    pool: Option<&ThreadPool>,
    first: impl FnOnce() -> Result<A, ExportError> + Send,
    second: impl FnOnce() -> Result<B, ExportError> + Send,
) -> (Result<A, ExportError>, Result<B, ExportError>) {
    match pool {
        Some(pool) => pool.join(first, second),
        None => (first(), second()),
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
