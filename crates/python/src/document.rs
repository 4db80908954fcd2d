//! One document: its datasets, and what is to be known of its reading.

use crate::call::beside;
use crate::dataset::Dataset;
use crate::diagnostic::Diagnostic;
use crate::error::raise;
use crate::reader::reader;
use crate::source::Source;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::sync::Arc;
use yusuan_cli::embed::{in_words, not_started, packed, settled, unpacked, unread};
use yusuan_export::DocumentRecord;

/// A disclosure as it was read: its datasets, and what is to be known of the reading.
///
/// Datasets are those of the output folder, with the columns of docs/data-dictionary.md: `documents`, `tables`, `facts`,
/// `indicators`, `prose`, `checks`, `panel`.
///
/// >>> import yusuan
/// >>> document = yusuan.read("samples/三门峡市科学技术协会2024年部门预算.pdf")
/// >>> document
/// <yusuan.Document "三门峡市科学技术协会2024年部门预算.pdf": ok, 12 tables, 233 facts>
/// >>> len(document.facts), len(document.checks) > 0
/// (233, True)
/// >>> document.loss, [diagnostic.code for diagnostic in document.diagnostics if diagnostic.loses_content]
/// ('', [])
#[pyclass(frozen, module = "yusuan")]
pub(crate) struct Document {
    record: DocumentRecord,
}

/// Reads a file: its amounts in yuan with their meaning and places, indicators, prose, checks.
///
/// `file` is a path or the file's bytes; `name` is what bytes are called in the results, and may tell region, year and
/// kind as a file's name does. `password` opens what is encrypted. With `isolate=False` the file is read in this process:
/// a little quicker, but a file that takes all memory takes the process along.
///
/// >>> import yusuan
/// >>> yusuan.read("samples/三门峡市科学技术协会2024年部门预算.pdf").year
/// 2024
/// >>> from pathlib import Path
/// >>> document = yusuan.read(Path("samples/焦作市科学技术协会2023年部门预算.xlsx").read_bytes(), name="焦作市2023年部门预算.xlsx")
/// >>> document.source, document.format
/// ('焦作市2023年部门预算.xlsx', 'xlsx')
///
/// Raises `Error` where nothing could be read; with `errors="keep"` that is a document with `status` `failed` or `unsupported`
/// instead, whose one row of `documents` says why. What was read only in part has `status` `partial`, and `loss` says what is
/// missing.
#[pyfunction]
#[pyo3(signature = (file, /, *, name = None, password = None, isolate = true, errors = "raise"))]
pub(crate) fn read(
    py: Python<'_>,
    file: &Bound<'_, PyAny>,
    name: Option<String>,
    password: Option<String>,
    isolate: bool,
    errors: &str,
) -> PyResult<Document> {
    if !["raise", "keep"].contains(&errors) {
        return Err(PyValueError::new_err("errors is \"raise\" or \"keep\""));
    }
    let source = Source::of(file, name)?;
    let path = source.path.as_deref();
    let reader = match reader(isolate) {
        Ok(reader) => reader,
        Err(error) if errors == "raise" => return Err(raise(py, &not_started(&error), path, None)),
        Err(error) => return Ok(Document { record: unread(&source.name, &source.bytes, &error) }),
    };
    let (bytes, name) = (Arc::clone(&source.bytes), source.name.clone());
    let read = beside(py, &reader, move |reader| Ok(reader.document(&name, &bytes, password.as_deref())))?;
    match read.map_err(|failure| raise(py, &failure, path, None))? {
        (_, Some(failure)) if errors == "raise" => Err(raise(py, &failure, path, None)),
        (record, _) => Ok(Document { record }),
    }
}

/// Tells documents that were read apart, in other processes or on other machines, of each other, as a conversion does with
/// its own: copies, sister files, last year's documents, the units of a department, versions. Gives them in the order of their
/// sources. All that may belong together must be among them: those of a region, say.
///
/// >>> import yusuan
/// >>> from pathlib import Path
/// >>> files = sorted(Path("samples").glob("*.xls*"))
/// >>> [document.source for document in yusuan.settle([yusuan.read(file) for file in files])]
/// ['凉山州科学技术协会2024年部门预算.xls', '焦作市科学技术协会2023年部门预算.xlsx']
#[pyfunction]
#[pyo3(signature = (documents, /))]
pub(crate) fn settle(py: Python<'_>, documents: Vec<Bound<'_, Document>>) -> Vec<Document> {
    let records: Vec<DocumentRecord> = documents.iter().map(|document| document.get().record.clone()).collect();
    let settled = py.detach(|| settled(records));
    settled.into_iter().map(|record| Document { record }).collect()
}

/// A document from the bytes that `Document.to_bytes` gave.
#[pyfunction]
#[pyo3(signature = (data, /))]
pub(crate) fn from_bytes(py: Python<'_>, data: &[u8]) -> PyResult<Document> {
    let record = py.detach(|| unpacked(data)).map_err(|failure| raise(py, &failure, None, None))?;
    Ok(Document { record })
}

#[pymethods]
impl Document {
    /// The file's name in the results.
    #[getter]
    fn source(&self) -> &str {
        &self.record.source
    }

    /// The first 16 hex digits of the SHA-256 of the file's bytes.
    #[getter]
    fn doc_id(&self) -> &str {
        &self.record.doc_id
    }

    /// The format, told by content: `pdf`, `xlsx` …
    #[getter]
    fn format(&self) -> &str {
        &self.record.format
    }

    /// `ok`, or `partial` where something was lost; `failed` or `unsupported` where failures were kept, `duplicate` after `settle`.
    #[getter]
    fn status(&self) -> &'static str {
        self.record.status.as_str()
    }

    /// What was lost, or why nothing was read, in words; empty where all is well.
    #[getter]
    fn loss(&self) -> String {
        in_words(&self.record.error)
    }

    /// The region's code of six digits (GB/T 2260); empty where it is not known.
    #[getter]
    fn region_code(&self) -> &str {
        self.record.document.as_ref().map_or("", |document| &document.identity.region_code)
    }

    /// Whose disclosure it is: the region's full name.
    #[getter]
    fn region(&self) -> &str {
        self.record.document.as_ref().map_or("", |document| &document.identity.region)
    }

    /// Whose disclosure it is: the department or unit.
    #[getter]
    fn department(&self) -> &str {
        self.record.document.as_ref().map_or("", |document| &document.identity.department)
    }

    /// The fiscal year.
    #[getter]
    fn year(&self) -> Option<i32> {
        self.record.document.as_ref()?.identity.year
    }

    /// `budget`, `final_accounts` …
    #[getter]
    fn kind(&self) -> Option<&'static str> {
        Some(self.record.document.as_ref()?.identity.kind?.as_str())
    }

    /// What the reader had to say.
    #[getter]
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let document = self.record.document.as_ref();
        document.map_or_else(Vec::new, |document| document.diagnostics.iter().map(Diagnostic::of).collect())
    }

    /// One row: whose it is, and what became of it.
    #[getter]
    fn documents(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "documents", &self.record)
    }

    /// One row a table: type, unit, pages.
    #[getter]
    fn tables(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "tables", &self.record)
    }

    /// One row an amount.
    #[getter]
    fn facts(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "facts", &self.record)
    }

    /// One row an indicator of performance.
    #[getter]
    fn indicators(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "indicators", &self.record)
    }

    /// One row an amount of the narrative.
    #[getter]
    fn prose(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "prose", &self.record)
    }

    /// One row an identity that was tried.
    #[getter]
    fn checks(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "checks", &self.record)
    }

    /// One row a standard quantity.
    #[getter]
    fn panel(&self, py: Python<'_>) -> PyResult<Dataset> {
        Dataset::of(py, "panel", &self.record)
    }

    /// The document as bytes, for another process; pickle uses them.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| packed(&self.record)).map_err(|failure| raise(py, &failure, None, None))?;
        Ok(PyBytes::new(py, &bytes))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((py.import("yusuan")?.getattr("from_bytes")?, (self.to_bytes(py)?,)))
    }

    fn __repr__(&self) -> String {
        let record = &self.record;
        let document = record.document.as_ref();
        let tables = document.map_or(0, |document| document.statements.len());
        let facts: usize = document.map_or(0, |document| document.statements.iter().map(|s| s.facts.len()).sum());
        format!("<yusuan.Document {:?}: {}, {tables} tables, {facts} facts>", record.source, record.status.as_str())
    }
}
