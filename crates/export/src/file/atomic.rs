//! A file's way to its final name. It gets it only whole: written beside the target, stored, then renamed.

use super::names::STATE_FOLDER;
use crate::hash::short_hash;
use std::fs;
use std::io::{BufWriter, Error, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use thiserror::Error as ThisError;

/// Ends the name of an unfinished file.
const UNFINISHED: &str = ".part";

/// Tells the unfinished files of the threads of one process apart.
static COUNTER: AtomicU64 = AtomicU64::new(0);

/// The file system's refusal and the path that it concerns.
#[derive(Debug, ThisError)]
#[error("{}：{source}", path.display())]
pub struct FileError {
    /// The file or folder concerned.
    pub path: PathBuf,
    /// What the system said.
    pub source: Error,
}

impl FileError {
    /// Adds the path to what the file system said.
    pub(super) fn of(path: &Path) -> impl FnOnce(Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self { path, source }
    }
}

/// Writes `bytes` under `target`, replacing what was there: beside it first, forced to the disk, then renamed. A failure,
/// a kill or a loss of power leaves the old file or the new one, never half of one.
///
/// # Errors
/// [`FileError`] when the file system refuses.
pub fn replace_file(target: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut part = Part::create(target)?;
    part.write_all(bytes).map_err(FileError::of(target))?;
    part.commit()
}

/// The same for what is written piece by piece by `fill`.
///
/// # Errors
/// [`FileError`] when the file system refuses, or `fill` fails.
pub fn replace_file_with(
    target: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), FileError> {
    let mut part = BufWriter::new(Part::create(target)?);
    fill(&mut part).and_then(|()| part.flush()).map_err(FileError::of(target))?;
    let (part, _) = part.into_parts();
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
    pub(crate) fn create(target: &Path) -> Result<Self, FileError> {
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(FileError::of(folder))?;
        }
        let unfinished = part_name(target);
        let file = create_new(&unfinished).map_err(FileError::of(target))?;
        Ok(Self { file: Some(file), unfinished, target: target.to_owned(), committed: false })
    }

    /// Makes sure that the data is really stored: a full disk or a lost network drive may only be reported now.
    pub(crate) fn close(&mut self) -> Result<(), FileError> {
        match self.file.take() {
            Some(file) => file.sync_data().map_err(FileError::of(&self.target)),
            None => Ok(()),
        }
    }

    /// The file's final name.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Its name until then.
    pub(crate) fn unfinished(&self) -> &Path {
        &self.unfinished
    }

    /// Gives the file its final name.
    pub(crate) fn commit(mut self) -> Result<(), FileError> {
        self.close()?;
        fs::rename(&self.unfinished, &self.target).map_err(FileError::of(&self.target))?;
        self.committed = true;
        Ok(())
    }
}

/// Makes a file that is not there yet. What stands under its name (a rest of a process that had this one's number, or a link
/// that leads elsewhere) goes first.
fn create_new(path: &Path) -> std::io::Result<fs::File> {
    let open = || fs::File::options().write(true).create_new(true).open(path);
    match open() {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            open()
        }
        outcome => outcome,
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(bytes),
            None => Err(Error::other("已关闭")),
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
            None => Err(Error::other("已关闭")),
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
pub(crate) fn remove(target: &Path) -> Result<(), FileError> {
    match fs::remove_file(target) {
        Err(error) if !is_absent(&error) => Err(FileError::of(target)(error)),
        _ => Ok(()),
    }
}

/// Whether the error says that there is nothing under the name.
pub(crate) fn is_absent(error: &Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

/// A name in the same folder (a rename must not cross file systems), hidden so that no reader takes it for a result.
/// It is short on purpose: the target's name may already be as long as the file system allows.
fn part_name(target: &Path) -> PathBuf {
    let hash = short_hash(target.as_os_str().as_encoded_bytes());
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    target.with_file_name(format!("{STATE_FOLDER}-{hash}-{}-{number}{UNFINISHED}", std::process::id()))
}

/// Whether a file's name is that of an unfinished file, left by a run that was killed.
pub fn is_unfinished(name: &str) -> bool {
    let rest = name.strip_suffix(UNFINISHED).and_then(|name| name.strip_prefix(STATE_FOLDER));
    rest.is_some_and(|rest| rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a/b/x.csv");
        replace_file(&target, b"1").unwrap();
        replace_file(&target, b"22").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"22");
        assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_write_names_the_target_and_leaves_no_part() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("taken");
        fs::create_dir_all(target.join("below")).unwrap();
        let error = replace_file(&target, b"1").unwrap_err();
        let error = crate::ExportError::from(error);
        assert!(error.to_string().contains("taken"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_part_that_is_given_up_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("x.csv");
        replace_file(&target, b"old").unwrap();
        let mut part = Part::create(&target).unwrap();
        part.write_all(b"half").unwrap();
        assert!(is_unfinished(part.unfinished.file_name().unwrap().to_str().unwrap()));
        drop(part);
        assert_eq!(fs::read(&target).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn two_files_on_their_way_to_one_name_do_not_meet() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("x.csv");
        let (mut first, mut second) = (Part::create(&target).unwrap(), Part::create(&target).unwrap());
        first.write_all(b"1").unwrap();
        second.write_all(b"2").unwrap();
        second.commit().unwrap();
        first.commit().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"1");
        assert!(!is_unfinished(".yusuan") && !is_unfinished("x.part") && !is_unfinished(".yusuan-1"));
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
