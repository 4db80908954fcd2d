//! The files of the state: one gets its name only once its bytes are on the disk.

use super::error::StoreError;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Tells the unfinished files of the threads of one process apart.
static COUNTER: AtomicU64 = AtomicU64::new(0);

/// Writes `bytes` under `target`: beside it first, forced to the disk, then renamed. A run that is killed or a machine
/// that loses its power leaves the old file or the new one, never half of one.
pub(crate) fn write(target: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let part = folder.join(format!(".{}-{number}.part", std::process::id()));
    let written = write_whole(&part, bytes).and_then(|()| fs::rename(&part, target));
    written.map_err(|error| {
        // Why it failed matters, not whether the remainder could be removed as well.
        let _ = fs::remove_file(&part);
        StoreError::io(target)(error)
    })
}

fn write_whole(part: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = fs::File::create(part)?;
    file.write_all(bytes)?;
    file.sync_data()
}

/// Whether a name is that of an unfinished file, left by a run that was killed.
pub(crate) fn is_unfinished(name: &str) -> bool {
    name.strip_suffix(".part").is_some_and(|name| name.starts_with('.'))
}
