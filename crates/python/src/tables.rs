//! The tables of one file, in the order in which they stand there.

use crate::call::beside;
use crate::diagnostic::Diagnostic;
use crate::error::raise;
use crate::reader::reader;
use crate::source::Source;
use crate::table::{File, Table};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use std::sync::Arc;
use yusuan_cli::embed::{Failure, not_started};

/// The tables of a file, in the order in which they stand there: a sequence of `Table`.
#[pyclass(frozen, sequence, module = "yusuan")]
pub(crate) struct Tables {
    tables: Vec<Py<Table>>,
    /// The format, told by content.
    #[pyo3(get)]
    format: &'static str,
    /// The pages that were read.
    #[pyo3(get)]
    pages: Vec<u32>,
    diagnostics: Vec<yusuan_extract::Diagnostic>,
}

/// Finds the tables of a file, with no knowledge of what they say.
///
/// `file` is a path or the file's bytes. `pages` are the pages to look at, all by default; a table that goes on on the next
/// page is one table unless `join_pages` is false. `isolate` as for `read`.
///
/// >>> import yusuan
/// >>> tables = yusuan.tables("samples/三门峡市科学技术协会2024年部门预算.pdf", pages=[6])
/// >>> tables[0]
/// <yusuan.Table 35 × 4 on page 6>
/// >>> tables[0].rows[2]
/// ['一、一般公共预算', '377.6', '一、一般公共服务', '']
/// >>> tables[0].to_pandas().shape == tables[0].to_polars().shape == tables[0].shape
/// True
///
/// Raises `Error` where nothing could be read, and with `code` `no_page` where a page is not there.
#[pyfunction]
#[pyo3(signature = (file, /, *, password = None, pages = None, join_pages = true, isolate = true))]
pub(crate) fn tables(
    py: Python<'_>,
    file: &Bound<'_, PyAny>,
    password: Option<String>,
    pages: Option<Vec<u32>>,
    join_pages: bool,
    isolate: bool,
) -> PyResult<Tables> {
    let source = Source::of(file, None)?;
    let path = source.path.clone();
    let wanted = pages.unwrap_or_default();
    let reader = reader(isolate).map_err(|error| raise(py, &not_started(&error), path.as_deref(), None))?;
    let (bytes, ranges) = (Arc::clone(&source.bytes), wanted.iter().map(|page| (*page, *page)).collect());
    let its_password = password.clone();
    let found = beside(py, &reader, move |reader| reader.tables(&bytes, ranges, join_pages, its_password))?;
    let extraction = found.map_err(|failure| raise(py, &failure, path.as_deref(), None))?;
    let is_there = |page: u32| extraction.pages.iter().any(|summary| summary.number == page);
    if let Some(page) = wanted.into_iter().find(|page| !is_there(*page)) {
        let failure = Failure { code: "no_page", words: format!("there is no page {page}") };
        return Err(raise(py, &failure, path.as_deref(), Some(page)));
    }
    let file = Arc::new(File { bytes: source.bytes, path: source.path, password, reader });
    let table = |raw| Py::new(py, Table { raw, file: Arc::clone(&file) });
    Ok(Tables {
        format: extraction.format.as_str(),
        pages: extraction.pages.iter().map(|page| page.number).collect(),
        diagnostics: extraction.diagnostics,
        tables: extraction.tables.into_iter().map(table).collect::<PyResult<_>>()?,
    })
}

#[pymethods]
impl Tables {
    /// What the reader had to say.
    #[getter]
    fn diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.iter().map(Diagnostic::of).collect()
    }

    fn __len__(&self) -> usize {
        self.tables.len()
    }

    fn __getitem__(&self, py: Python<'_>, index: isize) -> PyResult<Py<Table>> {
        let from_end = if index < 0 { self.tables.len() } else { 0 };
        let table = from_end.checked_add_signed(index).and_then(|index| self.tables.get(index));
        table.map(|table| table.clone_ref(py)).ok_or_else(|| PyIndexError::new_err("no such table"))
    }

    fn __repr__(&self) -> String {
        format!("<yusuan.Tables: {}>", self.tables.len())
    }
}
