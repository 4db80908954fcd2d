//! What a person may have changed is never taken away: a file that differs from what was written last is kept beside the new
//! one, as `name.edited-1.xlsx`, and named.
//!
//! What was written is noted before it gets its name (`.yusuan/written.tsv`), so that a run that is killed leaves no file that a
//! later one would take for somebody else's.

use super::atomic::{FileError, Part, is_absent, remove, replace_file};
use super::names::STATE_FOLDER;
use crate::hash::{sha256_file, sha256_hex};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

/// The note in the state folder.
const NOTE: &str = "written.tsv";

/// Hex digits kept of a hash: what somebody changed is to be noticed, not an attack.
const DIGITS: usize = 16;

/// A file that was kept beside, both names below the output folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptAside {
    /// The name under which it stood.
    pub file: PathBuf,
    /// The name that it has now.
    pub now: PathBuf,
}

/// What stood under a name when it was written: size and time of the file, and the hash of its content; those of all its files
/// for a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    stat: String,
    hashes: String,
}

#[derive(Debug, Default)]
struct Note {
    marks: BTreeMap<String, Vec<Mark>>,
    log: Option<fs::File>,
    kept: Vec<KeptAside>,
}

/// Knows what was written below an output folder, and keeps what was not.
#[derive(Debug)]
pub struct Keeper {
    out: PathBuf,
    is_new: bool,
    note: Mutex<Note>,
}

impl Keeper {
    /// Of an output folder that may be written to. A note that can't be read leaves nothing known.
    pub fn open(out: &Path) -> Self {
        let text = fs::read(out.join(STATE_FOLDER).join(NOTE));
        let is_new = text.as_ref().is_err_and(is_absent);
        let marks = text.map_or_else(|_| BTreeMap::new(), |text| marks(&String::from_utf8_lossy(&text)));
        Self { out: out.to_owned(), is_new, note: Mutex::new(Note { marks, ..Note::default() }) }
    }

    /// The output folder.
    pub(crate) fn out(&self) -> &Path {
        &self.out
    }

    /// Whether nothing was ever noted here.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Takes a file that stands for one that was written here: somebody else knows that it was.
    ///
    /// # Errors
    /// [`FileError`] when the file system refuses.
    pub fn vouch(&self, file: &Path) -> Result<(), FileError> {
        let Ok(hash) = sha256_file(file) else { return Ok(()) };
        self.mark(file, Mark { stat: stat(file), hashes: short(&hash).to_owned() })
    }

    /// The same of the files of a folder.
    pub(crate) fn vouch_all(&self, folder: &Path, files: &[PathBuf]) -> Result<(), FileError> {
        let hashes: Vec<String> =
            files.iter().filter_map(|file| Some(short(&sha256_file(file).ok()?).to_owned())).collect();
        if hashes.is_empty() {
            Ok(())
        } else {
            self.mark(folder, Mark { stat: String::new(), hashes: hashes.join(",") })
        }
    }

    /// The files that were kept beside, in the order of their names.
    pub fn kept(&self) -> Vec<KeptAside> {
        let mut kept = self.lock().kept.clone();
        kept.sort();
        kept
    }

    /// Writes the note anew without what is no more.
    ///
    /// # Errors
    /// [`FileError`] when the file system refuses.
    pub fn close(&self) -> Result<(), FileError> {
        let mut note = self.lock();
        if note.log.take().is_none() {
            return Ok(());
        }
        note.marks.retain(|name, _| self.out.join(name).symlink_metadata().is_ok());
        let mut text = String::new();
        for (name, marks) in &mut note.marks {
            marks.drain(..marks.len().saturating_sub(1));
            text.extend(marks.iter().map(|mark| line(name, mark)));
        }
        replace_file(&self.path(), text.as_bytes())
    }

    /// Writes `bytes` under `target`.
    pub(crate) fn replace(&self, target: &Path, bytes: &[u8]) -> Result<(), FileError> {
        let mut part = Part::create(target)?;
        part.write_all(bytes).map_err(FileError::of(target))?;
        self.commit(part)
    }

    /// Gives a finished file its name.
    pub(crate) fn commit(&self, mut part: Part) -> Result<(), FileError> {
        part.close()?;
        let target = part.target().to_owned();
        let hash = sha256_file(part.unfinished()).map_err(FileError::of(&target))?;
        let mark = Mark { stat: stat(part.unfinished()), hashes: short(&hash).to_owned() };
        if !self.is_ours(&target, &mark) {
            self.keep_aside(&target)?;
        }
        self.mark(&target, mark)?;
        part.commit()
    }

    /// Writes the files of a folder. One mark stands for all of them, since there may be many.
    pub(crate) fn replace_all(&self, folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<(), FileError> {
        let hashes: Vec<String> = files.iter().map(|(_, bytes)| short(&sha256_hex(bytes)).to_owned()).collect();
        let mark = Mark { stat: String::new(), hashes: hashes.join(",") };
        for (target, bytes) in files {
            self.keep_if_changed(folder, target, Some(bytes), &mark)?;
        }
        if !files.is_empty() {
            self.mark(folder, mark)?;
        }
        files.iter().try_for_each(|(target, bytes)| replace_file(target, bytes))
    }

    /// Removes a file of a folder that no longer stands for anything.
    pub(crate) fn remove_of(&self, folder: &Path, target: &Path) -> Result<(), FileError> {
        self.keep_if_changed(folder, target, None, &Mark { stat: String::new(), hashes: String::new() })?;
        remove(target)
    }

    /// Removes a file that no longer stands for anything.
    pub(crate) fn remove(&self, target: &Path) -> Result<(), FileError> {
        if !self.stands_as_written(target) {
            self.keep_aside(target)?;
        }
        remove(target)
    }

    /// Whether nothing stands under the name but what was written last.
    pub(crate) fn stands_as_written(&self, target: &Path) -> bool {
        self.is_ours(target, &Mark { stat: String::new(), hashes: String::new() })
    }

    /// Whether what stands under the name was written here, or is what is written now.
    fn is_ours(&self, target: &Path, now: &Mark) -> bool {
        // An empty file is nobody's work.
        if !fs::symlink_metadata(target).is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0) {
            return true;
        }
        let known = self.lock().marks.get(&self.name(target)).cloned().unwrap_or_default();
        let stat = stat(target);
        if known.iter().any(|mark| mark.stat == stat) {
            return true;
        }
        // What can't be read can't be replaced either, and that will say so.
        let Ok(hash) = sha256_file(target) else { return true };
        known.iter().chain([now]).any(|mark| mark.hashes == short(&hash))
    }

    fn keep_if_changed(&self, folder: &Path, target: &Path, bytes: Option<&[u8]>, now: &Mark) -> Result<(), FileError> {
        let Ok(stands) = fs::read(target) else { return Ok(()) };
        if stands.is_empty() || bytes == Some(&stands) {
            return Ok(());
        }
        let hash = sha256_hex(&stands);
        let known = self.lock().marks.get(&self.name(folder)).cloned().unwrap_or_default();
        let is_ours = known.iter().chain([now]).any(|mark| mark.hashes.split(',').any(|one| one == short(&hash)));
        if is_ours { Ok(()) } else { self.keep_aside(target) }
    }

    /// Gives a file the first free name beside its own.
    fn keep_aside(&self, target: &Path) -> Result<(), FileError> {
        let stem = target.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let extension = target.extension().unwrap_or_default().to_string_lossy().into_owned();
        let name = |number: usize| target.with_file_name(format!("{stem}.edited-{number}.{extension}"));
        // Several names are tried: those before it are of earlier times.
        #[expect(clippy::maybe_infinite_iter, reason = "a folder holds only so many files")]
        let free = (1..).map(name).find(|path| path.symlink_metadata().is_err());
        let Some(free) = free else { return Ok(()) };
        fs::rename(target, &free).map_err(FileError::of(target))?;
        let below = |path: &Path| path.strip_prefix(&self.out).unwrap_or(path).to_owned();
        let kept = KeptAside { file: below(target), now: below(&free) };
        self.lock().kept.push(kept);
        Ok(())
    }

    fn mark(&self, target: &Path, mark: Mark) -> Result<(), FileError> {
        let name = self.name(target);
        let mut note = self.lock();
        if note.marks.get(&name).is_some_and(|marks| marks.last() == Some(&mark)) {
            return Ok(());
        }
        let path = self.path();
        if note.log.is_none() {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(FileError::of(folder))?;
            }
            let opened = fs::File::options().create(true).append(true).open(&path);
            note.log = Some(opened.map_err(FileError::of(&path))?);
        }
        if let Some(log) = &mut note.log {
            log.write_all(line(&name, &mark).as_bytes()).map_err(FileError::of(&path))?;
        }
        note.marks.entry(name).or_default().push(mark);
        Ok(())
    }

    fn name(&self, target: &Path) -> String {
        target.strip_prefix(&self.out).unwrap_or(target).to_string_lossy().replace(['\n', '\t'], "\u{fffd}")
    }

    fn path(&self) -> PathBuf {
        self.out.join(STATE_FOLDER).join(NOTE)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Note> {
        self.note.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn line(name: &str, mark: &Mark) -> String {
    format!("{}\t{}\t{name}\n", mark.stat, mark.hashes)
}

/// The lines that are whole; a kill may have cut the last one.
fn marks(text: &str) -> BTreeMap<String, Vec<Mark>> {
    let mut marks: BTreeMap<String, Vec<Mark>> = BTreeMap::new();
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    for line in whole.lines() {
        let mut parts = line.splitn(3, '\t');
        if let (Some(stat), Some(hashes), Some(name)) = (parts.next(), parts.next(), parts.next()) {
            let mark = Mark { stat: stat.to_owned(), hashes: hashes.to_owned() };
            marks.entry(name.to_owned()).or_default().push(mark);
        }
    }
    marks
}

fn short(hash: &str) -> &str {
    hash.get(..DIGITS).unwrap_or(hash)
}

/// Size and time of a file, which tell cheaply that nobody changed it; a rename keeps both.
fn stat(path: &Path) -> String {
    let told = fs::symlink_metadata(path).ok().and_then(|metadata| {
        let time = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(format!("{}-{}", metadata.len(), time.as_nanos()))
    });
    told.unwrap_or_else(|| "?".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.filter(|name| !name.starts_with('.')).collect();
        names.sort();
        names
    }

    #[test]
    fn what_somebody_changed_is_kept_beside_and_named() {
        let out = tempfile::tempdir().unwrap();
        let target = out.path().join("a.pdf.xlsx");
        let keeper = Keeper::open(out.path());
        assert!(keeper.is_new());
        keeper.replace(&target, b"one").unwrap();
        keeper.replace(&target, b"two").unwrap();
        keeper.close().unwrap();
        assert_eq!((names(out.path()), keeper.kept()), (vec!["a.pdf.xlsx".to_owned()], Vec::new()));
        fs::write(&target, b"mine").unwrap();
        let keeper = Keeper::open(out.path());
        assert!(!keeper.is_new());
        keeper.replace(&target, b"three").unwrap();
        fs::write(&target, b"mine again").unwrap();
        keeper.remove(&target).unwrap();
        assert_eq!(names(out.path()), ["a.pdf.edited-1.xlsx", "a.pdf.edited-2.xlsx"]);
        assert_eq!(fs::read(out.path().join("a.pdf.edited-1.xlsx")).unwrap(), b"mine");
        let kept = keeper.kept();
        assert_eq!((kept.len(), kept[1].now.as_path()), (2, Path::new("a.pdf.edited-2.xlsx")));
    }

    #[test]
    fn a_killed_run_leaves_nothing_that_is_taken_for_somebody_elses() {
        let out = tempfile::tempdir().unwrap();
        let (book, folder) = (out.path().join("a.xlsx"), out.path().join("tables/a"));
        let table = folder.join("01-other.csv");
        let write = |text: &[u8], close: bool| {
            let keeper = Keeper::open(out.path());
            keeper.replace(&book, text).unwrap();
            keeper.replace_all(&folder, &[(table.clone(), text.to_vec())]).unwrap();
            if close {
                keeper.close().unwrap();
            }
            keeper.kept()
        };
        for (text, close) in [("1", true), ("2", false), ("3", false), ("4", true)] {
            assert_eq!(write(text.as_bytes(), close), [], "{text}");
        }
        fs::write(&table, "mine").unwrap();
        assert_eq!(write(b"5", true).len(), 1);
        assert_eq!(names(&folder), ["01-other.csv", "01-other.edited-1.csv"]);
    }

    #[test]
    fn what_is_vouched_for_may_be_replaced() {
        let out = tempfile::tempdir().unwrap();
        let files = ["a.xlsx", "b.xlsx"].map(|name| out.path().join(name));
        for file in &files {
            fs::write(file, "old").unwrap();
        }
        let keeper = Keeper::open(out.path());
        keeper.vouch(&files[0]).unwrap();
        for file in &files {
            keeper.replace(file, b"new").unwrap();
        }
        assert_eq!(names(out.path()), ["a.xlsx", "b.edited-1.xlsx", "b.xlsx"]);
    }
}
