//! A finished output folder.

use crate::error::raise;
use crate::stream::Stream;
use pyo3::prelude::*;
use std::path::PathBuf;
use yusuan_cli::embed::records;

/// A folder that a conversion wrote.
#[pyclass(frozen, module = "yusuan")]
pub(crate) struct Folder {
    #[pyo3(get)]
    path: PathBuf,
}

/// Opens a finished output folder.
#[pyfunction]
#[pyo3(signature = (out, /))]
pub(crate) fn open(py: Python<'_>, out: PathBuf) -> PyResult<Folder> {
    let found = py.detach(|| records(&out)).map(drop);
    found.map_err(|failure| raise(py, &failure, Some(&out.to_string_lossy()), None))?;
    Ok(Folder { path: out })
}

#[pymethods]
impl Folder {
    #[getter]
    fn documents(&self) -> Stream {
        Stream::new("documents", self.path.clone())
    }

    #[getter]
    fn tables(&self) -> Stream {
        Stream::new("tables", self.path.clone())
    }

    #[getter]
    fn facts(&self) -> Stream {
        Stream::new("facts", self.path.clone())
    }

    #[getter]
    fn indicators(&self) -> Stream {
        Stream::new("indicators", self.path.clone())
    }

    #[getter]
    fn prose(&self) -> Stream {
        Stream::new("prose", self.path.clone())
    }

    #[getter]
    fn checks(&self) -> Stream {
        Stream::new("checks", self.path.clone())
    }

    #[getter]
    fn panel(&self) -> Stream {
        Stream::new("panel", self.path.clone())
    }

    fn __repr__(&self) -> String {
        format!("<yusuan.Folder {}>", self.path.display())
    }
}
