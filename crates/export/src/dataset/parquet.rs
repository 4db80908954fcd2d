//! A dataset as a Parquet file.

use super::arrow::Rows;
use super::column::Dataset;
use crate::error::ExportError;
use crate::file::Part;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use std::path::{Path, PathBuf};

/// Rows gathered before they are handed over.
const BATCH: usize = 8_192;
/// Rows of a row group: what a reader can skip at once, and what is held in memory, compressed.
const ROW_GROUP: usize = 131_072;
/// Columns that are asked for one value, whose values are hashes: smallest and largest say nothing of what lies between, so
/// that a row group tells by a Bloom filter whether it holds the value.
const LOOKED_UP: [&str; 2] = ["doc_id", "body_id"];
/// How often a Bloom filter may say that a row group holds a value that it does not.
const FALSE_HITS: f64 = 0.01;

/// A Parquet file being written.
pub(crate) struct ParquetFile<D: Dataset> {
    target: PathBuf,
    writer: ArrowWriter<Part>,
    rows: Rows<D>,
}

impl<D: Dataset> ParquetFile<D> {
    pub(crate) fn begin(target: &Path) -> Result<Self, ExportError> {
        let rows = Rows::new();
        let writer = ArrowWriter::try_new(Part::create(target)?, rows.schema(), Some(properties::<D>()))
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

/// Fixed properties: nothing of the run enters the file. Each page has its smallest and largest values in the page index, so
/// that engines skip by year, province (`region_code`) or table type inside a row group too.
fn properties<D: Dataset>() -> WriterProperties {
    let all = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_created_by(concat!("yusuan ", env!("CARGO_PKG_VERSION")).to_owned());
    let names = D::columns().iter().map(|column| column.name);
    let looked_up = names.filter(|name| LOOKED_UP.contains(name));
    looked_up.fold(all, |all, name| all.set_column_bloom_filter_fpp(ColumnPath::from(name), FALSE_HITS)).build()
}
