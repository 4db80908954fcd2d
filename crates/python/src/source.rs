//! What a caller gives: a path, or the bytes of a file.

use crate::error::raise;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes};
use std::path::PathBuf;
use std::sync::Arc;
use yusuan_cli::embed::read_file;

/// A file in memory.
pub(crate) struct Source {
    pub(crate) bytes: Arc<Vec<u8>>,
    /// Its path as it was given, for exceptions.
    pub(crate) path: Option<String>,
    /// Its name in the results.
    pub(crate) name: String,
}

impl Source {
    /// Reads the file where a path was given. `name` is that of bytes.
    pub(crate) fn of(given: &Bound<'_, PyAny>, name: Option<String>) -> PyResult<Self> {
        if let Some(bytes) = bytes(given)? {
            return Ok(Self { bytes: Arc::new(bytes), path: None, name: name.unwrap_or_default() });
        }
        let path: PathBuf = given.extract()?;
        let shown = path.to_string_lossy().into_owned();
        let read = given.py().detach(|| read_file(&path));
        let bytes = read.map_err(|failure| raise(given.py(), &failure, Some(&shown), None))?;
        let of_file = || path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok(Self { bytes: Arc::new(bytes), name: name.unwrap_or_else(of_file), path: Some(shown) })
    }
}

/// The bytes, where it is `bytes`, `bytearray` or `memoryview`.
fn bytes(given: &Bound<'_, PyAny>) -> PyResult<Option<Vec<u8>>> {
    if let Ok(bytes) = given.cast::<PyBytes>() {
        return Ok(Some(bytes.as_bytes().to_vec()));
    }
    if let Ok(bytes) = given.cast::<PyByteArray>() {
        return Ok(Some(bytes.to_vec()));
    }
    if given.get_type().name()? == "memoryview" {
        return Ok(Some(given.call_method0("tobytes")?.cast_into::<PyBytes>()?.as_bytes().to_vec()));
    }
    Ok(None)
}
