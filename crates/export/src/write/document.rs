//! The files of one document: its tables, its workbook, its data for the review page.

use super::report::ExportReport;
use super::tables::{write_tables, written_tables};
use crate::error::ExportError;
use crate::file::{remove, replace_file, workbook_path};
use crate::options::{ExportOptions, OutputFormat};
use crate::record::DocumentRecord;
use crate::{review, xlsx};
use std::path::{Path, PathBuf};

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

/// The files that belong to one source and stand below `out`: its workbook, its tables, and, where its `doc_id` is given, its
/// data for the review page.
pub fn document_files(out: &Path, source: &str, doc_id: Option<&str>) -> Vec<PathBuf> {
    let mut files = written_tables(out, source);
    let others = [Some(workbook_path(out, source)), doc_id.map(|doc_id| review::data_file(out, doc_id))];
    files.extend(others.into_iter().flatten().filter(|path| path.symlink_metadata().is_ok()));
    files
}

fn write_workbook(out: &Path, record: &DocumentRecord, options: &ExportOptions) -> Result<usize, ExportError> {
    let workbook = workbook_path(out, &record.source);
    let Some(document) = record.document.as_ref().filter(|_| options.writes(OutputFormat::Xlsx)) else {
        remove(&workbook)?;
        return Ok(0);
    };
    let bytes = xlsx::workbook(record, document, options.unit)
        .map_err(|source| ExportError::Workbook { source_name: record.source.clone(), source })?;
    replace_file(&workbook, &bytes)?;
    Ok(1)
}

/// The review page's data of one document, removed where the page is no longer wanted.
fn write_review(out: &Path, record: &DocumentRecord, options: &ExportOptions) -> Result<(), ExportError> {
    if options.writes(OutputFormat::Review) {
        review::write_document(out, record)
    } else {
        review::remove_document(out, record)
    }
}
