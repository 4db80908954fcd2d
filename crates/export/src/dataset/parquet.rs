//! A dataset as a Parquet file.

use super::arrow::Rows;
use super::column::Dataset;
use crate::error::ExportError;
use crate::file::Part;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use std::path::{Path, PathBuf};

/// Rows gathered before they are handed over.
const BATCH: usize = 8_192;
/// Rows of a row group: what a reader can skip at once, and what is held in memory, compressed.
const ROW_GROUP: usize = 131_072;

/// A Parquet file being written.
pub(crate) struct ParquetFile<D: Dataset> {
    target: PathBuf,
    writer: ArrowWriter<Part>,
    rows: Rows<D>,
}

impl<D: Dataset> ParquetFile<D> {
    pub(crate) fn begin(target: &Path) -> Result<Self, ExportError> {
        let rows = Rows::new();
        let writer = ArrowWriter::try_new(Part::create(target)?, rows.schema(), Some(properties()))
            .map_err(ExportError::parquet(target))?;
        Ok(Self { target: target.to_owned(), writer, rows })
    }

    pub(crate) fn write(&mut self, row: &D::Row<'_>) -> Result<(), ExportError> {
        self.rows.push(row);
        if self.rows.len() >= BATCH { self.hand_over() } else { Ok(()) }
    }

    pub(crate) fn end(mut self) -> Result<Part, ExportError> {
        self.hand_over()?;
        let mut part = self.writer.into_inner().map_err(ExportError::parquet(&self.target))?;
        part.close()?;
        Ok(part)
    }

    fn hand_over(&mut self) -> Result<(), ExportError> {
        let batch = self.rows.take().map_err(Into::into);
        batch.and_then(|batch| self.writer.write(&batch)).map_err(ExportError::parquet(&self.target))
    }
}

/// Fixed properties: nothing of the run enters the file.
fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_created_by(concat!("yusuan ", env!("CARGO_PKG_VERSION")).to_owned())
        .build()
}
