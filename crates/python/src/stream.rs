//! A dataset over all documents of a folder: read from the stored results while it is taken, so that memory does not grow
//! with their number.

use crate::error::raise;
use crate::{arrow, frames};
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::path::PathBuf;
use yusuan_cli::embed::{Records, records};
use yusuan_export::ArrowRows;

/// Rows handed over at a time.
const BATCH: usize = 8_192;

/// Rows of a dataset over all documents of a folder. They are read from the folder while they are taken, batch by batch,
/// each time anew: DuckDB, polars and `pyarrow.RecordBatchReader.from_stream` need no room for all of them.
#[pyclass(frozen, module = "yusuan")]
pub(crate) struct Stream {
    /// Its name, as its files are called.
    #[pyo3(get)]
    name: &'static str,
    folder: PathBuf,
}

impl Stream {
    pub(crate) fn new(name: &'static str, folder: PathBuf) -> Self {
        Self { name, folder }
    }

    fn schema(&self) -> Option<SchemaRef> {
        ArrowRows::of(self.name).map(|rows| rows.schema())
    }
}

#[pymethods]
impl Stream {
    /// Names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        let fields = self.schema().map(|schema| schema.fields().clone());
        fields.iter().flat_map(|fields| fields.iter()).map(|field| field.name().clone()).collect()
    }

    fn __repr__(&self) -> String {
        format!("<yusuan.Stream {} of {}>", self.name, self.folder.display())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = self.schema();
        arrow::schema(py, schema.as_deref().unwrap_or(&arrow_schema::Schema::empty()))
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer answer in its own types.
        drop(requested_schema);
        let shown = self.folder.to_string_lossy();
        let found = py.detach(|| records(&self.folder));
        let records = found.map_err(|failure| raise(py, &failure, Some(&shown), None))?;
        match ArrowRows::of(self.name) {
            Some(rows) => arrow::stream(py, Box::new(Batches { records, schema: rows.schema(), rows, is_over: false })),
            None => Err(arrow::refused(ArrowError::SchemaError(self.name.to_owned()))),
        }
    }

    /// As a `pyarrow.Table`.
    fn to_arrow<'py>(this: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frames::made("arrow", this.as_any())
    }

    /// As a `pandas.DataFrame`: amounts are exact `Decimal`, whole numbers stay whole where some are missing. Needs pyarrow.
    fn to_pandas<'py>(this: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frames::made("pandas", this.as_any())
    }

    /// As a `polars.DataFrame`.
    fn to_polars<'py>(this: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frames::made("polars", this.as_any())
    }
}

/// Batches made of records as they are asked for.
struct Batches {
    records: Records,
    schema: SchemaRef,
    rows: ArrowRows,
    is_over: bool,
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over && self.rows.rows() < BATCH {
            match self.records.next() {
                Some(Ok(record)) => self.rows.append(&record),
                Some(Err(failure)) => {
                    self.is_over = true;
                    return Some(Err(ArrowError::ExternalError(failure.words.into())));
                }
                None => self.is_over = true,
            }
        }
        (self.rows.rows() > 0).then(|| self.rows.take())
    }
}

impl RecordBatchReader for Batches {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}
