//! What the file system says of a file: it tells whether the file changed since it was read, so that a hundred thousand
//! known files need not be read again every night.

use crate::remote::Tag;
use serde::{Deserialize, Serialize};
use std::fs::Metadata;

/// What identifies a file's state. The time of the last change of status can't be set by a program, unlike that of the
/// last change of content: a file written again under its old size and date is noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stat {
    size: u64,
    inode: u64,
    device: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    /// What object storage tells a content by.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    etag: String,
}

/// A file changed less than this before it was read may change again within the same tick of the file system's clock;
/// it is read once more next time (git calls such files racily clean).
const FRESH_SECONDS: i64 = 2;

impl Stat {
    /// What the file system says now; `None` where it says too little.
    #[cfg(unix)]
    #[allow(clippy::unnecessary_wraps, reason = "other systems say too little")]
    pub(crate) fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self {
            size: metadata.size(),
            inode: metadata.ino(),
            device: metadata.dev(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            etag: String::new(),
        })
    }

    #[cfg(not(unix))]
    pub(crate) fn of(_metadata: &Metadata) -> Option<Self> {
        None
    }

    /// What object storage says of an object; `None` where it has nothing to tell its content by.
    pub(crate) fn of_object(tag: &Tag) -> Option<Self> {
        let (size, modified, etag) = (tag.size, (tag.modified, 0), tag.etag.clone());
        (!etag.is_empty()).then_some(Self { size, inode: 0, device: 0, modified, changed: (0, 0), etag })
    }

    /// Itself, if it is old enough at `now` (seconds since 1970) to be trusted.
    pub(crate) fn if_trusted(self, now: i64) -> Option<Self> {
        (self.changed.0 + FRESH_SECONDS <= now).then_some(self)
    }
}

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_file_just_changed_is_not_trusted() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let stat = Stat::of(&file.as_file().metadata().unwrap()).unwrap();
        let changed = stat.changed.0;
        assert_eq!(stat.clone().if_trusted(changed + 1), None);
        assert_eq!(stat.clone().if_trusted(changed + 2), Some(stat));
    }
}
