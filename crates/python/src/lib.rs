//! The native half of the Python module `yusuan`: files in, Arrow out.
//!
//! The other half (`python/yusuan`) says what users see: the names, their documentation and the types. Here is what needs the
//! libraries: files are read in workers, as the command line reads them, with the interpreter's lock released; datasets leave
//! through the Arrow `PyCapsule` interface, so that pandas, polars, pyarrow and DuckDB take the memory as it is.
#![allow(
    clippy::elidable_lifetime_names,
    clippy::needless_pass_by_value,
    clippy::doc_link_with_quotes,
    clippy::struct_field_names,
    reason = "what Python calls takes its arguments as pyo3 gives them, and its docstrings print lists as Python does"
)]

mod arrow;
mod call;
mod dataset;
mod diagnostic;
mod document;
mod error;
mod folder;
mod frames;
mod reader;
mod source;
mod stream;
mod table;
mod tables;

use pyo3::prelude::*;
use std::ffi::OsString;
use std::path::PathBuf;

/// The functions and classes that the Python half hands on.
#[pymodule]
#[pyo3(name = "_native")]
mod native {
    #[pymodule_export]
    use super::dataset::Dataset;
    #[pymodule_export]
    use super::diagnostic::Diagnostic;
    #[pymodule_export]
    use super::document::{Document, from_bytes, read, settle};
    #[pymodule_export]
    use super::folder::{Folder, open};
    #[pymodule_export]
    use super::stream::Stream;
    #[pymodule_export]
    use super::table::{Cell, Table};
    #[pymodule_export]
    use super::tables::{Tables, tables};
    #[pymodule_export]
    use super::{run, run_again_as};
}

/// Runs a command line and gives its exit status.
#[pyfunction]
fn run(py: Python<'_>, words: Vec<OsString>) -> u8 {
    py.detach(|| yusuan_cli::embed::command_line(words))
}

/// Says what starts the program anew, for its workers.
#[pyfunction]
fn run_again_as(file: PathBuf, words: Vec<OsString>) {
    yusuan_cli::embed::run_again_as(file, words);
}
