//! The documents whose own files are about to be written: told before, so that a run that is killed in between leaves no
//! file that a later one takes for finished.

use super::error::StoreError;
use super::folder::folder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use yusuan_export::replace_file;

/// The note in the state folder.
pub(crate) struct Pending {
    path: PathBuf,
    /// Sources whose files a killed run may have touched.
    pub(crate) sources: BTreeSet<String>,
    /// A note that can't be read means that any file may have been touched.
    pub(crate) all: bool,
}

impl Pending {
    /// What an earlier run left.
    pub(crate) fn read(out: &Path) -> Self {
        let path = folder(out).join("pending.json");
        let (sources, all) = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_or((BTreeSet::new(), true), |sources| (sources, false)),
            Err(error) => (BTreeSet::new(), error.kind() != std::io::ErrorKind::NotFound),
        };
        Self { path, sources, all }
    }

    /// Whether a source's files may be other than the manifest says.
    pub(crate) fn concerns(&self, source: &str) -> bool {
        self.all || self.sources.contains(source)
    }

    /// Adds the sources of this run to those that are not finished yet.
    pub(crate) fn note(&mut self, sources: impl Iterator<Item = String>) -> Result<(), StoreError> {
        let before = self.sources.len();
        self.sources.extend(sources);
        if self.sources.len() == before || self.all {
            return Ok(());
        }
        let text = serde_json::to_vec(&self.sources).map_err(|error| StoreError::io(&self.path)(error.into()))?;
        Ok(replace_file(&self.path, &text)?)
    }

    /// Everything is written and the manifest says so.
    pub(crate) fn clear(self) {
        // A note that stays costs the next run some work and nothing else.
        let _ = std::fs::remove_file(&self.path);
    }
}
