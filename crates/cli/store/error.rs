//! Reasons why the state of an output folder can't be used.

use crate::language::said;
use std::path::PathBuf;
use thiserror::Error;
use yusuan_export::FileError;

/// Reasons, in words for the user.
#[derive(Debug, Error)]
pub(crate) enum StoreError {
    /// Nothing here was written by a run that ended.
    #[error("{}", said::not_finished(path.display()))]
    NotFinished { path: PathBuf },
    /// Another form of the state, from an older or newer program.
    #[error("{}", said::of_other_version(path.display()))]
    OtherVersion { path: PathBuf },
    /// A file of the state is cut off or changed.
    #[error("{}", said::damaged(path.display(), detail))]
    Damaged { path: PathBuf, detail: String },
    /// The file system refused.
    #[error("{}", said::no_access(path.display(), reason(source)))]
    Io { path: PathBuf, source: std::io::Error },
}

impl StoreError {
    /// Adds the path to what the file system said.
    pub(super) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

impl From<FileError> for StoreError {
    fn from(FileError { path, source }: FileError) -> Self {
        Self::Io { path, source }
    }
}

/// The usual refusals in words for the user; the system's own words stay beside them for who must look them up.
fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    let words = match error.kind() {
        Kind::NotFound => said::file_absent(),
        Kind::PermissionDenied => said::no_permission(),
        Kind::StorageFull => said::disk_full(),
        Kind::QuotaExceeded => said::over_quota(),
        Kind::ReadOnlyFilesystem => said::read_only(),
        _ => return error.to_string(),
    };
    said::beside_system(words, error)
}
