//! How does a dataset come to its files? Document by document, so that memory does not grow with their number.

use super::parquet::ParquetFile;
use super::{Dataset, checks, documents, facts, indicators, prose, tables};
use crate::csv::{self, CsvFile};
use crate::error::ExportError;
use crate::record::DocumentRecord;
use crate::replace::{Part, remove};
use std::path::Path;

/// Which files of a dataset are wanted.
// Four questions that have nothing to do with each other; an enum each would say no more.
#[expect(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) csv: bool,
    pub(crate) byte_order_mark: bool,
    pub(crate) parquet: bool,
    /// Whether the files of an earlier run that are not wanted now are removed: beside new ones they would be taken for
    /// this run's.
    pub(crate) remove_others: bool,
}

/// One dataset on its way to its files.
pub(crate) trait Sink: Send {
    /// Adds the rows of one input file.
    fn append(&mut self, record: &DocumentRecord) -> Result<(), ExportError>;

    /// Ends the files; they don't have their final names yet.
    fn end(self: Box<Self>) -> Result<Vec<Part>, ExportError>;
}

/// All datasets. `documents` comes last: while it is old, a reader of the folder knows that the run is not complete.
pub(crate) fn sinks(out: &Path, wanted: Wanted) -> Result<Vec<Box<dyn Sink>>, ExportError> {
    Ok(vec![
        sink::<tables::Tables>(out, wanted)?,
        sink::<facts::Facts>(out, wanted)?,
        sink::<indicators::Indicators>(out, wanted)?,
        sink::<prose::Prose>(out, wanted)?,
        sink::<checks::Checks>(out, wanted)?,
        sink::<documents::Documents>(out, wanted)?,
    ])
}

fn sink<D: Dataset>(out: &Path, wanted: Wanted) -> Result<Box<dyn Sink>, ExportError> {
    let name = |extension: &str| out.join(format!("{}.{extension}", D::NAME));
    let csv = if wanted.csv { Some(CsvFile::begin::<D>(&name("csv"), wanted.byte_order_mark)?) } else { None };
    let parquet = if wanted.parquet { Some(ParquetFile::<D>::begin(&name("parquet"))?) } else { None };
    if wanted.remove_others && !wanted.parquet {
        remove(&name("parquet"))?;
    }
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
            rows.iter().try_for_each(|row| file.write(csv::line::<D>(row)))?;
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
