//! What tells that a file changed since it was read.

use std::path::Path;
use std::time::SystemTime;

/// Size and time of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    time: Option<SystemTime>,
}

impl Stamp {
    /// That of a file; `None` where there is none.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        Some(Self { size: metadata.len(), time: metadata.modified().ok() })
    }
}
