//! A finished output folder.

use crate::error::raise;
use crate::stream::Stream;
use pyo3::prelude::*;
use std::path::PathBuf;
use yusuan_cli::embed::records;

/// A folder that a conversion wrote, with its datasets: `documents`, `tables`, `facts`, `indicators`, `prose`, `checks`,
/// `panel`. They come from the results that the folder keeps, whatever formats were written.
#[pyclass(frozen, module = "yusuan")]
pub(crate) struct Folder {
    /// Where it is.
    #[pyo3(get)]
    path: PathBuf,
}

/// Opens a folder that `convert`, or the command `yusuan convert`, has finished.
///
/// >>> import tempfile, yusuan
/// >>> out = tempfile.mkdtemp()
/// >>> try:
/// ...     yusuan.open(out)
/// ... except yusuan.Error as error:
/// ...     error.code
/// 'not_finished'
#[pyfunction]
#[pyo3(signature = (out, /))]
pub(crate) fn open(py: Python<'_>, out: PathBuf) -> PyResult<Folder> {
    let found = py.detach(|| records(&out)).map(drop);
    found.map_err(|failure| raise(py, &failure, Some(&out.to_string_lossy()), None))?;
    Ok(Folder { path: out })
}

#[pymethods]
impl Folder {
    /// One row a file, failed ones too.
    #[getter]
    fn documents(&self) -> Stream {
        Stream::new("documents", self.path.clone())
    }

    /// One row a table.
    #[getter]
    fn tables(&self) -> Stream {
        Stream::new("tables", self.path.clone())
    }

    /// One row an amount.
    #[getter]
    fn facts(&self) -> Stream {
        Stream::new("facts", self.path.clone())
    }

    /// One row an indicator of performance.
    #[getter]
    fn indicators(&self) -> Stream {
        Stream::new("indicators", self.path.clone())
    }

    /// One row an amount of the narrative.
    #[getter]
    fn prose(&self) -> Stream {
        Stream::new("prose", self.path.clone())
    }

    /// One row an identity that was tried.
    #[getter]
    fn checks(&self) -> Stream {
        Stream::new("checks", self.path.clone())
    }

    /// One row a standard quantity of a body and year.
    #[getter]
    fn panel(&self) -> Stream {
        Stream::new("panel", self.path.clone())
    }

    fn __repr__(&self) -> String {
        format!("<yusuan.Folder {}>", self.path.display())
    }
}
