//! Which files are meant, and what is each called? Files, folders, patterns and lists become inputs with a source name.

mod naming;
mod search;

pub(crate) use search::find;

use std::path::PathBuf;

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its name in the results: relative to the root that it was found under, `/` separated, unique in the run.
    pub(crate) source: String,
    /// Whether the user named the file itself, not a folder or a pattern that it was found in.
    pub(crate) named: bool,
    /// Why it can't be read, where that is known already.
    pub(crate) error: Option<String>,
}
