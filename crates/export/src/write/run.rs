//! A whole run whose records are all at hand.

use super::datasets::write_datasets;
use super::document::write_document;
use super::report::ExportReport;
use crate::error::ExportError;
use crate::file::Keeper;
use crate::options::ExportOptions;
use crate::output_folder::prepare;
use crate::record::DocumentRecord;
use std::path::Path;
use std::sync::Arc;

/// Writes a whole run below `out`, replacing an earlier run's files.
///
/// # Errors
/// [`ExportError`] when a file can't be written, or when `out` holds other files and `force` is not set.
pub fn write(out: &Path, records: &[DocumentRecord], options: &ExportOptions) -> Result<ExportReport, ExportError> {
    prepare(out, options)?;
    let keeper = Arc::new(Keeper::open(out));
    let mut report = ExportReport::default();
    for record in records {
        let written = write_document(&keeper, record, options)?;
        report.tables += written.tables;
        report.workbooks += written.workbooks;
    }
    report.datasets = write_datasets(&keeper, records, options)?.datasets;
    keeper.close()?;
    Ok(report)
}
