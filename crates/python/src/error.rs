//! Failures as exceptions of the class `yusuan.Error`.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use yusuan_cli::embed::Failure;

/// The exception for what failed, with the file and, where there is one, the page.
pub(crate) fn raise(py: Python<'_>, failure: &Failure, path: Option<&str>, page: Option<u32>) -> PyErr {
    made(py, failure, path, page).unwrap_or_else(|error| error)
}

fn made(py: Python<'_>, failure: &Failure, path: Option<&str>, page: Option<u32>) -> PyResult<PyErr> {
    let class = py.import("yusuan._error")?.getattr("Error")?;
    let named = PyDict::new(py);
    named.set_item("path", path)?;
    named.set_item("page", page)?;
    named.set_item("code", failure.code)?;
    Ok(PyErr::from_value(class.call((&failure.words,), Some(&named))?))
}
