//! The folder for what a run keeps while it writes.

use crate::error::ExportError;
use crate::file::STATE_FOLDER;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder below `out`, made where it isn't there.
pub(super) fn scratch(out: &Path) -> Result<PathBuf, ExportError> {
    let folder = out.join(STATE_FOLDER);
    fs::create_dir_all(&folder).map_err(ExportError::io(&folder))?;
    Ok(folder)
}
