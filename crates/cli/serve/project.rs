//! A project: a folder with its name, the files that were put into it, and their results in an ordinary output folder.
//!
//! ```text
//! PROJECT/
//!   project.json      its name, and when it was made
//!   inputs/           the files
//!   out/              the results: `yusuan convert PROJECT/inputs -o PROJECT/out` goes on with it
//!   corrections.csv   what people corrected; hints.json what they drew; changes.csv who did it, and when
//!   passwords.json    what opens encrypted files; its owner alone can read it
//!   looked.csv        which doubts were looked at
//!   removed/          files that were taken out, which can be put back
//!   out.removed/      the results while no file is left
//!   .parts/           uploads on their way
//!   .wanted           there while a run is wanted or at work, so that a restart goes on
//! ```
//!
//! A finished output folder is a project without inputs; what is kept of it stands in its state folder.

use super::live::Live;
use super::stamp::Stamp;
use crate::store::{self, Manifest};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};
use yusuan_export::{replace_file, sha256_hex};

/// The file that makes a folder a project.
pub(super) const ABOUT: &str = "project.json";

/// What that file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    pub(super) name: String,
    /// Seconds since 1970.
    pub(super) made: i64,
}

/// A project at work.
pub(super) struct Project {
    pub(super) id: String,
    pub(super) about: About,
    /// Where what people did is kept.
    pub(super) kept: PathBuf,
    /// The files; none in a finished output folder.
    pub(super) inputs: Option<PathBuf>,
    pub(super) out: PathBuf,
    pub(super) live: Live,
    pub(super) work: Mutex<Work>,
    /// Told when the work rests.
    pub(super) rests: Condvar,
    /// Uploads on their way: a run waits a moment for them.
    pub(super) uploading: AtomicUsize,
    /// Held while a file gets its name, so that none is there twice; the files that are known to be there.
    pub(super) naming: Mutex<Option<Known>>,
    /// Held while what people did is written.
    pub(super) writing: Mutex<()>,
    manifest: Mutex<Option<(Stamp, Arc<Manifest>)>>,
}

/// The files of a project with their sizes, as they were when somebody looked.
pub(super) struct Known {
    pub(super) files: Vec<(PathBuf, u64)>,
    pub(super) looked: Instant,
    /// How long it took to look.
    pub(super) took: Duration,
}

/// Whether somebody works, and whether there is more to do.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Work {
    pub(super) at_work: bool,
    pub(super) wanted: bool,
}

impl Project {
    /// The project in a folder; `None` where there is none.
    pub(super) fn open(folder: &Path) -> Option<Self> {
        if let Ok(text) = std::fs::read(folder.join(ABOUT)) {
            let about = serde_json::from_slice(&text).ok()?;
            return Some(Self::of(folder, about, folder.to_owned(), Some(folder.join("inputs")), folder.join("out")));
        }
        yusuan_export::is_output_folder(folder).then(|| Self::finished(folder))
    }

    /// A finished output folder.
    fn finished(out: &Path) -> Self {
        let whole = out.canonicalize().unwrap_or_else(|_| out.to_owned());
        let name = whole.file_name().map_or_else(|| "out".to_owned(), |name| name.to_string_lossy().into_owned());
        Self::of(out, About { name, made: 0 }, store::folder(out).join("serve"), None, out.to_owned())
    }

    fn of(folder: &Path, about: About, kept: PathBuf, inputs: Option<PathBuf>, out: PathBuf) -> Self {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self {
            id: sha256_hex(name.as_bytes()).chars().take(12).collect(),
            about,
            kept,
            inputs,
            out,
            live: Live::default(),
            work: Mutex::default(),
            rests: Condvar::new(),
            uploading: AtomicUsize::new(0),
            naming: Mutex::default(),
            writing: Mutex::default(),
            manifest: Mutex::default(),
        }
    }

    /// The manifest of the last finished run, read when it changed.
    pub(super) fn manifest(&self) -> Option<Arc<Manifest>> {
        let stamp = Stamp::of(&store::folder(&self.out).join("manifest.jsonl"))?;
        let mut held = self.manifest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, manifest)) = held.as_ref()
            && *known == stamp
        {
            return Some(Arc::clone(manifest));
        }
        let manifest = Arc::new(Manifest::read(&self.out).ok()?);
        *held = Some((stamp, Arc::clone(&manifest)));
        Some(manifest)
    }

    /// The first source with this content that is no copy.
    pub(super) fn source_of(&self, doc_id: &str) -> Option<String> {
        let manifest = self.manifest()?;
        let is_it = |entry: &&store::Entry| {
            entry.content.as_ref().is_some_and(|content| content.doc_id() == doc_id) && entry.record.is_none()
        };
        manifest.entries.iter().find(is_it).map(|entry| entry.source.clone())
    }

    /// Where uploads are on their way.
    pub(super) fn parts(&self) -> PathBuf {
        self.kept.join(".parts")
    }

    /// Where files are that were taken out.
    pub(super) fn removed(&self) -> PathBuf {
        self.kept.join("removed")
    }

    /// There while a run is wanted.
    pub(super) fn mark(&self) -> PathBuf {
        self.kept.join(".wanted")
    }
}

/// Makes a project's folder.
pub(super) fn make(folder: &Path, about: &About) -> std::io::Result<()> {
    std::fs::create_dir_all(folder.join("inputs"))?;
    let text = serde_json::to_vec_pretty(about)?;
    replace_file(&folder.join(ABOUT), &text).map_err(std::io::Error::other)
}
