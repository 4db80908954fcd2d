//! How does a file get its final name? Only whole: written beside the target, then renamed.

use crate::error::ExportError;
use std::ffi::OsString;
use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Writes `bytes` under `target`, replacing what was there; a failure leaves the old file as it was.
pub(crate) fn replace(target: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let mut part = Part::create(target)?;
    part.write_all(bytes).map_err(ExportError::io(target))?;
    part.close()?;
    part.commit()
}

/// A file on its way to its final name: written beside the target, stored, renamed. One that is given up leaves nothing.
#[derive(Debug)]
pub(crate) struct Part {
    file: Option<fs::File>,
    unfinished: PathBuf,
    target: PathBuf,
    committed: bool,
}

impl Part {
    /// Opens the file beside its target.
    pub(crate) fn create(target: &Path) -> Result<Self, ExportError> {
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(ExportError::io(folder))?;
        }
        let unfinished = part_name(target);
        let file = fs::File::create(&unfinished).map_err(ExportError::io(target))?;
        Ok(Self { file: Some(file), unfinished, target: target.to_owned(), committed: false })
    }

    /// Makes sure that the data is really stored: a full disk or a lost network drive may only be reported now.
    pub(crate) fn close(&mut self) -> Result<(), ExportError> {
        match self.file.take() {
            Some(file) => file.sync_data().map_err(ExportError::io(&self.target)),
            None => Ok(()),
        }
    }

    /// Gives the file its final name.
    pub(crate) fn commit(mut self) -> Result<(), ExportError> {
        self.close()?;
        fs::rename(&self.unfinished, &self.target).map_err(ExportError::io(&self.target))?;
        self.committed = true;
        Ok(())
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(bytes),
            None => Err(std::io::Error::other("已关闭")),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Seek for Part {
    fn seek(&mut self, position: SeekFrom) -> std::io::Result<u64> {
        match &mut self.file {
            Some(file) => file.seek(position),
            None => Err(std::io::Error::other("已关闭")),
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.committed {
            // The reason for giving up matters to the user, not whether the remainder could be removed as well.
            let _ = fs::remove_file(&self.unfinished);
        }
    }
}

/// Removes a file that no longer stands for anything; one that isn't there is no failure.
pub(crate) fn remove(target: &Path) -> Result<(), ExportError> {
    match fs::remove_file(target) {
        Err(error) if !is_absent(&error) => Err(ExportError::io(target)(error)),
        _ => Ok(()),
    }
}

/// Whether the error says that there is nothing under the name.
pub(crate) fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

/// A name in the same folder (a rename must not cross file systems), hidden so that no reader takes it for a result.
/// It is short on purpose: the target's name may already be as long as the file system allows.
fn part_name(target: &Path) -> PathBuf {
    let mut name = OsString::from(".yusuan-");
    name.push(crate::place::short_hash(target.as_os_str().as_encoded_bytes()));
    name.push(format!("-{}.part", std::process::id()));
    target.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a/b/x.csv");
        replace(&target, b"1").unwrap();
        replace(&target, b"22").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"22");
        assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_write_names_the_target_and_leaves_no_part() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("taken");
        fs::create_dir_all(target.join("below")).unwrap();
        let error = replace(&target, b"1").unwrap_err();
        assert!(error.to_string().contains("taken"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_part_that_is_given_up_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("x.csv");
        replace(&target, b"old").unwrap();
        let mut part = Part::create(&target).unwrap();
        part.write_all(b"half").unwrap();
        drop(part);
        assert_eq!(fs::read(&target).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn removing_what_is_not_there_is_no_failure() {
        let folder = tempfile::tempdir().unwrap();
        remove(&folder.path().join("none/x.csv")).unwrap();
        let file = folder.path().join("y");
        fs::write(&file, b"1").unwrap();
        remove(&file).unwrap();
        assert!(!file.exists());
    }
}
