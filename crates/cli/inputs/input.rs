//! One input file.

use crate::remote::Tag;
use std::path::PathBuf;
use yusuan_normalize::Given;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Where it is from the file system's root, as a text that no other file has.
    pub(crate) place: String,
    /// Its name in the results: relative to the root that it was found under, `/` separated, unique in the run.
    pub(crate) source: String,
    /// Whether the user named the file itself, not a folder or a pattern that it was found in.
    pub(crate) named: bool,
    /// What object storage says of it, where it is there and not on this machine.
    pub(crate) tag: Option<Tag>,
    /// Why it can't be read, where that is known already.
    pub(crate) error: Option<String>,
    /// What a list says of it.
    pub(crate) given: Given,
}
