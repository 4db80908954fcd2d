//! A dataset's way to its files: document by document, so that memory does not grow with their number.

use crate::csv::CsvFile;
use crate::dataset::parquet::ParquetFile;
use crate::dataset::{Checks, Dataset, Documents, Facts, Indicators, Panel, Prose, Tables, csv};
use crate::error::ExportError;
use crate::file::Part;
use crate::record::DocumentRecord;
use std::path::Path;

/// Which files of a dataset are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) csv: bool,
    pub(super) byte_order_mark: bool,
    pub(super) parquet: bool,
}

/// One dataset on its way to its files.
pub(super) trait Sink: Send {
    /// Adds the rows of one input file.
    fn append(&mut self, record: &DocumentRecord) -> Result<(), ExportError>;

    /// Ends the files; they don't have their final names yet.
    fn end(self: Box<Self>) -> Result<Vec<Part>, ExportError>;
}

/// All datasets. `documents` comes last: while it is old, a reader of the folder knows that the run is not complete.
pub(super) fn sinks(out: &Path, wanted: Wanted) -> Result<Vec<Box<dyn Sink>>, ExportError> {
    Ok(vec![
        sink::<Tables>(out, wanted)?,
        sink::<Facts>(out, wanted)?,
        sink::<Indicators>(out, wanted)?,
        sink::<Prose>(out, wanted)?,
        sink::<Checks>(out, wanted)?,
        sink::<Panel>(out, wanted)?,
        sink::<Documents>(out, wanted)?,
    ])
}

fn sink<D: Dataset>(out: &Path, wanted: Wanted) -> Result<Box<dyn Sink>, ExportError> {
    let name = |extension: &str| out.join(format!("{}.{extension}", D::NAME));
    let begin_csv = || CsvFile::begin(&name("csv"), &csv::header::<D>(), wanted.byte_order_mark);
    let csv = if wanted.csv { Some(begin_csv()?) } else { None };
    let parquet = if wanted.parquet { Some(ParquetFile::<D>::begin(&name("parquet"))?) } else { None };
    Ok(Box::new(Files { csv, parquet }))
}

struct Files<D: Dataset> {
    csv: Option<CsvFile>,
    parquet: Option<ParquetFile<D>>,
}

impl<D: Dataset> Sink for Files<D> {
    fn append(&mut self, record: &DocumentRecord) -> Result<(), ExportError> {
        let rows = D::rows(record);
        if let Some(file) = &mut self.csv {
            rows.iter().try_for_each(|row| file.write(csv::fields::<D>(row)))?;
        }
        if let Some(file) = &mut self.parquet {
            rows.iter().try_for_each(|row| file.write(row))?;
        }
        Ok(())
    }

    fn end(self: Box<Self>) -> Result<Vec<Part>, ExportError> {
        let mut parts = Vec::new();
        if let Some(file) = self.parquet {
            parts.push(file.end()?);
        }
        if let Some(file) = self.csv {
            parts.push(file.end()?);
        }
        Ok(parts)
    }
}
