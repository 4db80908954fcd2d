//! What output files were when they were written: size and time tell cheaply that somebody changed one, hashes tell it surely.

use super::error::StoreError;
use super::folder::folder;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use yusuan_export::{replace_file, sha256_hex};

/// Hex digits kept of a hash: an accident is to be noticed, not an attack.
const DIGITS: usize = 24;

/// Some files as they were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seal {
    /// Hash over their names, sizes and times.
    stat: String,
    /// Hash over their names and contents.
    content: String,
}

/// What a look at sealed files says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Look {
    /// As they were written.
    Same,
    /// Their contents are, but they have other times (a copied folder): the seal as it is to be now.
    Moved(Seal),
    /// Somebody changed, cut, removed or added one.
    Changed,
}

impl Seal {
    /// The files as they are now.
    pub(crate) fn of(out: &Path, files: &[PathBuf]) -> Self {
        Self { stat: stat(out, files), content: content(out, files) }
    }

    /// Compares the files with what they were; by their contents alone where that is asked for.
    pub(crate) fn look(&self, out: &Path, files: &[PathBuf], by_content: bool) -> Look {
        let stat = stat(out, files);
        if stat == self.stat && !by_content {
            return Look::Same;
        }
        match content(out, files) {
            content if content != self.content => Look::Changed,
            _ if stat == self.stat => Look::Same,
            content => Look::Moved(Self { stat, content }),
        }
    }
}

fn stat(out: &Path, files: &[PathBuf]) -> String {
    digest(out, files, |path| {
        let told = fs::symlink_metadata(path).map(|metadata| (metadata.is_file(), metadata.len(), modified(&metadata)));
        format!("{told:?}")
    })
}

fn modified(metadata: &Metadata) -> Option<u128> {
    let time = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(time.as_nanos())
}

fn content(out: &Path, files: &[PathBuf]) -> String {
    digest(out, files, |path| fs::read(path).map_or_else(|error| error.kind().to_string(), |bytes| sha256_hex(&bytes)))
}

fn digest(out: &Path, files: &[PathBuf], of: impl Fn(&Path) -> String) -> String {
    let mut text = String::new();
    for path in files {
        let name = path.strip_prefix(out).unwrap_or(path).to_string_lossy();
        text.extend([name.as_ref(), "\n", &of(path), "\n"]);
    }
    sha256_hex(text.as_bytes()).chars().take(DIGITS).collect()
}

/// The seals of files that belong to no single document, by their names below the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Seals(pub(crate) BTreeMap<String, Seal>);

impl Seals {
    /// Those of the last run that ended; none where they can't be read, and then nothing is known of the files.
    pub(crate) fn read(out: &Path) -> Self {
        fs::read(path(out)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Keeps them.
    pub(crate) fn write(&self, out: &Path) -> Result<(), StoreError> {
        let path = path(out);
        let text = serde_json::to_vec(self).map_err(|error| StoreError::io(&path)(error.into()))?;
        Ok(replace_file(&path, &text)?)
    }

    /// What a look at one of the files says; one that is not known is not as it was.
    pub(crate) fn look(&self, out: &Path, file: &str, by_content: bool) -> Look {
        self.0.get(file).map_or(Look::Changed, |seal| seal.look(out, &[out.join(file)], by_content))
    }
}

fn path(out: &Path) -> PathBuf {
    folder(out).join("outputs.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_is_noticed_and_a_copied_one_is_not_taken_for_changed() {
        let out = tempfile::tempdir().unwrap();
        let files = ["a.csv", "b.csv"].map(|name| out.path().join(name));
        for file in &files {
            fs::write(file, "one").unwrap();
        }
        let seal = Seal::of(out.path(), &files);
        let look = |by_content| seal.look(out.path(), &files, by_content);
        assert_eq!((look(false), look(true)), (Look::Same, Look::Same));
        let date = fs::metadata(&files[0]).unwrap().modified().unwrap();
        let set = |date| fs::File::options().write(true).open(&files[0]).unwrap().set_modified(date).unwrap();
        set(date + std::time::Duration::from_secs(5));
        assert!(matches!(look(false), Look::Moved(_)));
        fs::write(&files[0], "two").unwrap();
        assert_eq!(look(false), Look::Changed);
        // Under its old size and time only its content tells.
        set(date);
        assert_eq!((look(false), look(true)), (Look::Same, Look::Changed));
        fs::remove_file(&files[0]).unwrap();
        assert_eq!(look(false), Look::Changed);
    }
}
