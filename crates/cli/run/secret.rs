//! Files that their owner alone can read.

use anyhow::{Context, Result};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Replaces a file as a whole by one that nobody else of this machine can read, not even while it is written. Where a system has
/// no such mode its folder decides.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> Result<()> {
    let unfinished = target.with_extension(format!("{}.part", std::process::id()));
    // One that an earlier process of this number left, perhaps readable.
    let _ = fs::remove_file(&unfinished);
    let written = own(&unfinished).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let replaced = written.and_then(|()| fs::rename(&unfinished, target));
    if replaced.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    replaced.with_context(|| target.display().to_string())
}

fn own(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn nobody_else_can_read_it_and_a_failure_leaves_nothing() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.json");
        fs::write(&file, "readable before").unwrap();
        replace(&file, b"1").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"1");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::create_dir(folder.path().join("b.json")).unwrap();
        assert!(replace(&folder.path().join("b.json"), b"1").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
