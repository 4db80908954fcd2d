//! One document: its datasets, and what is to be known of its reading.

use crate::call::beside;
use crate::dataset::Dataset;
use crate::diagnostic::Diagnostic;
use crate::error::raise;
use crate::reader::reader;
use crate::source::Source;
use pyo3::prelude::*;
use std::sync::Arc;
use yusuan_cli::embed::in_words;
use yusuan_export::DocumentRecord;

/// A disclosure as it was read.
#[pyclass(frozen, module = "yusuan")]
pub(crate) struct Document {
    record: DocumentRecord,
}

/// Reads one file.
#[pyfunction]
#[pyo3(signature = (file, /, *, name = None, password = None, isolate = true))]
pub(crate) fn read(
    py: Python<'_>,
    file: &Bound<'_, PyAny>,
    name: Option<String>,
    password: Option<String>,
    isolate: bool,
) -> PyResult<Document> {
    let source = Source::of(file, name)?;
    let path = source.path.as_deref();
    let reader = reader(isolate).map_err(|failure| raise(py, &failure, path, None))?;
    let (bytes, name) = (Arc::clone(&source.bytes), source.name.clone());
    let read = beside(py, &reader, move |reader| reader.document(&name, &bytes, password.as_deref()))?;
    let record = read.map_err(|failure| raise(py, &failure, path, None))?;
    Ok(Document { record })
}

#[pymethods]
impl Document {
    #[getter]
    fn source(&self) -> &str {
        &self.record.source
    }

    #[getter]
    fn doc_id(&self) -> &str {
        &self.record.doc_id
    }

    #[getter]
    fn format(&self) -> &str {
        &self.record.format
    }

    #[getter]
    fn status(&self) -> &'static str {
        self.record.status.as_str()
    }

    #[getter]
    fn loss(&self) -> String {
        in_words(&self.record.error)
    }

    #[getter]
    fn region(&self) -> &str {
        self.record.document.as_ref().map_or("", |document| &document.identity.region)
    }

    #[getter]
    fn department(&self) -> &str {
        self.record.document.as_ref().map_or("", |document| &document.identity.department)
    }

    #[getter]
    fn year(&self) -> Option<i32> {
        self.record.document.as_ref()?.identity.year
    }

    #[getter]
    fn kind(&self) -> Option<&'static str> {
        Some(self.record.document.as_ref()?.identity.kind?.as_str())
    }

    #[getter]
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let document = self.record.document.as_ref();
        document.map_or_else(Vec::new, |document| document.diagnostics.iter().map(Diagnostic::of).collect())
    }

    #[getter]
    fn documents(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "documents", &self.record)
    }

    #[getter]
    fn tables(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "tables", &self.record)
    }

    #[getter]
    fn facts(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "facts", &self.record)
    }

    #[getter]
    fn indicators(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "indicators", &self.record)
    }

    #[getter]
    fn prose(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "prose", &self.record)
    }

    #[getter]
    fn checks(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "checks", &self.record)
    }

    #[getter]
    fn panel(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "panel", &self.record)
    }

    fn __repr__(&self) -> String {
        let record = &self.record;
        let document = record.document.as_ref();
        let tables = document.map_or(0, |document| document.statements.len());
        let facts: usize = document.map_or(0, |document| document.statements.iter().map(|s| s.facts.len()).sum());
        format!("<yusuan.Document {:?}: {}, {tables} tables, {facts} facts>", record.source, record.status.as_str())
    }
}
