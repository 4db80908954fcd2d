//! The files of one document: its tables, its workbook, its data for the review page.

use super::report::ExportReport;
use super::scratch::scratch;
use super::tables::{vouch_tables, write_tables, written_tables};
use crate::error::ExportError;
use crate::file::{Keeper, workbook_path};
use crate::options::{ExportOptions, OutputFormat};
use crate::record::DocumentRecord;
use crate::{review, xlsx};
use std::path::{Path, PathBuf};

/// Writes the tables and the workbook of one document in the formats that are wanted, and removes those of an earlier run that no
/// longer stand; what somebody changed is kept beside.
///
/// # Errors
/// [`ExportError`] when a file can't be written; [`ExportError::is_about_one_document`] tells whether others still can.
pub fn write_document(
    keeper: &Keeper,
    record: &DocumentRecord,
    options: &ExportOptions,
) -> Result<ExportReport, ExportError> {
    let mut report = ExportReport::default();
    if options.writes(OutputFormat::Csv) {
        report.tables = write_tables(keeper, record, options)?;
    }
    if options.writes(OutputFormat::Xlsx) {
        report.workbooks = write_workbook(keeper, record, options)?;
    }
    if options.writes(OutputFormat::Review) {
        review::write_document(keeper.out(), record)?;
    }
    Ok(report)
}

/// The files that belong to one source and stand below `out`: its workbook, its tables, and, where its `doc_id` is given, its
/// data for the review page.
pub fn document_files(out: &Path, source: &str, doc_id: Option<&str>) -> Vec<PathBuf> {
    let mut files = written_tables(out, source);
    let others = [Some(workbook_path(out, source)), doc_id.map(|doc_id| review::data_file(out, doc_id))];
    files.extend(others.into_iter().flatten().filter(|path| path.symlink_metadata().is_ok()));
    files
}

/// Takes the tables and the workbook of a source for written here, where somebody else knows that nobody changed them.
///
/// # Errors
/// [`ExportError`] when the file system refuses.
pub fn vouch_document(keeper: &Keeper, source: &str) -> Result<(), ExportError> {
    vouch_tables(keeper, source)?;
    Ok(keeper.vouch(&workbook_path(keeper.out(), source))?)
}

fn write_workbook(keeper: &Keeper, record: &DocumentRecord, options: &ExportOptions) -> Result<usize, ExportError> {
    let workbook = workbook_path(keeper.out(), &record.source);
    let Some(document) = &record.document else {
        keeper.remove(&workbook)?;
        return Ok(0);
    };
    let bytes = xlsx::workbook((record, document), options.unit, &scratch(keeper.out())?)
        .map_err(|source| ExportError::Workbook { source_name: record.source.clone(), source })?;
    keeper.replace(&workbook, &bytes)?;
    Ok(1)
}
