//! The place of an output folder's state.

use std::path::{Path, PathBuf};
use yusuan_export::STATE_FOLDER;

/// The folder of a run's state below the output folder.
pub(crate) fn folder(out: &Path) -> PathBuf {
    out.join(STATE_FOLDER)
}
