//! A dataset of one document: its rows as one Arrow batch.

use crate::{arrow, frames};
use arrow_array::{RecordBatch, RecordBatchIterator};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use yusuan_export::{ArrowRows, DocumentRecord};

/// Rows of a dataset of one document, taken without a copy by whatever knows the Arrow PyCapsule interface.
///
/// >>> import duckdb, polars, pyarrow, yusuan
/// >>> facts = yusuan.read("samples/三门峡市科学技术协会2024年部门预算.pdf").facts
/// >>> facts.name, len(facts), facts.columns[:3]
/// ('facts', 233, ['doc_id', 'source', 'sheet'])
/// >>> pyarrow.table(facts).num_rows, polars.DataFrame(facts).height, len(facts.to_pandas())
/// (233, 233, 233)
/// >>> duckdb.sql("SELECT count(*) FROM facts").fetchall()
/// [(233,)]
#[pyclass(frozen, module = "yusuan")]
pub(crate) struct Dataset {
    /// Its name, as its files are called.
    #[pyo3(get)]
    name: &'static str,
    batch: RecordBatch,
}

impl Dataset {
    /// The rows of a document; the names are those of the files.
    pub(crate) fn of(py: Python<'_>, name: &'static str, record: &DocumentRecord) -> PyResult<Self> {
        let batch = py.detach(|| {
            let mut rows = ArrowRows::of(name)?;
            rows.append(record);
            Some(rows.take())
        });
        let batch = batch.transpose().map_err(arrow::refused)?;
        Ok(Self { name, batch: batch.unwrap_or_else(|| RecordBatch::new_empty(arrow_schema::Schema::empty().into())) })
    }
}

#[pymethods]
impl Dataset {
    /// Names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("<yusuan.Dataset {}: {} rows × {} columns>", self.name, self.batch.num_rows(), self.batch.num_columns())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        arrow::schema(py, &self.batch.schema())
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        // The interface lets a producer answer in its own types.
        drop(requested_schema);
        arrow::array(py, &self.batch)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        arrow::stream(py, Box::new(batches))
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
