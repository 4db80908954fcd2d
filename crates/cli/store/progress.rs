//! The progress of the run at work in an output folder: a note for `yusuan status`.

use super::folder::folder;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use yusuan_export::replace_file;

/// What a run is doing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// Process that runs.
    pub(crate) pid: u32,
    /// Seconds since 1970.
    pub(crate) began: i64,
    /// Seconds since 1970.
    pub(crate) at: i64,
    /// What it is doing.
    pub(crate) phase: String,
    /// Files of this phase done.
    pub(crate) done: u64,
    /// Files of this phase in all.
    pub(crate) total: u64,
}

impl Progress {
    /// What a run noted last; `None` where there is no note, or none that can be understood.
    pub(crate) fn read(out: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(path(out)).ok()?).ok()
    }

    /// Notes it. A note that can't be written is missed by `yusuan status` alone.
    pub(crate) fn note(&self, out: &Path) {
        if let Ok(text) = serde_json::to_vec(self) {
            let _ = replace_file(&path(out), &text);
        }
    }

    /// Removes the note: the run is over, and what it found stands in the manifest.
    pub(crate) fn clear(out: &Path) {
        let _ = std::fs::remove_file(path(out));
    }
}

fn path(out: &Path) -> PathBuf {
    folder(out).join("progress.json")
}
