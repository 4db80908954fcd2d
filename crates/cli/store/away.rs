//! An output folder that is on object storage: what a run works with here, and how it gets there and back.
//!
//! The run works in a folder of its own that is gone with it: nothing here has to be kept, and nothing old can be mistaken for
//! what is there. Before, the state is fetched. Results are put as soon as they are made, and those that are wanted are fetched
//! one by one; so a killed run goes on from what is there. After, what was written is put, then the list of parts and the manifest
//! that name it, and then what nothing names any more is removed: whoever reads the list of the run before can finish. Objects
//! that the manifest knows are trusted without a look at them.

use super::claim::{Claim, Claiming};
use super::seal::Seals;
use crate::language::{kept, said, told};
use crate::remote::{self, Failure, below};
use anyhow::{Result, bail};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tempfile::TempDir;
use walkdir::WalkDir;
use yusuan_export::{STATE_FOLDER, is_unfinished, replace_file};

/// Lists that name other files; they are put when those are there, in this order, and fetched before a run.
const LISTS: [&str; 3] = ["parts.json", ".yusuan/outputs.json", ".yusuan/manifest.jsonl"];

/// Parts that the last run replaced and left for who was reading them.
const FORMER: &str = ".yusuan/former.json";

/// Documents whose own files are being put.
const PENDING: &str = ".yusuan/pending.json";

/// An output folder elsewhere, held by this run.
#[derive(Debug)]
pub(crate) struct Away {
    address: String,
    work: TempDir,
    /// The lists as they were fetched.
    lists: BTreeMap<&'static str, Vec<u8>>,
    former: BTreeSet<String>,
    /// Results that are there, and the sizes of their files where they are known.
    results: Mutex<BTreeMap<String, Option<u64>>>,
    /// What is to be removed once nothing names it.
    unneeded: Mutex<BTreeSet<String>>,
    /// Whether a note of documents whose own files are being put is there.
    is_pending: AtomicBool,
    /// Given back when this is dropped.
    claim: Claim,
}

impl Away {
    /// Takes the output folder at an address and fetches its state; `None` where another run has it.
    pub(super) fn take(address: &str) -> Result<Option<Arc<Self>>> {
        let address = address.trim_end_matches('/').to_owned();
        let Claiming::Held(claim) = Claim::take(&below(&address, ".yusuan/lock")).map_err(in_words)? else {
            return Ok(None);
        };
        let work = work_folder()?;
        let mut away = Self {
            address,
            work,
            lists: BTreeMap::new(),
            former: BTreeSet::new(),
            results: Mutex::default(),
            unneeded: Mutex::default(),
            is_pending: AtomicBool::new(false),
            claim,
        };
        away.fetch_state()?;
        Ok(Some(Arc::new(away)))
    }

    /// The folder that the run works in.
    pub(crate) fn work(&self) -> &Path {
        self.work.path()
    }

    fn fetch_state(&mut self) -> Result<()> {
        for name in LISTS {
            if let Some(bytes) = self.fetch(name).map_err(in_words)? {
                replace_file(&self.work().join(name), &bytes)?;
                self.lists.insert(name, bytes);
            }
        }
        for name in [FORMER, PENDING] {
            if let Some(bytes) = self.fetch(name).map_err(in_words)? {
                replace_file(&self.work().join(name), &bytes)?;
                match name {
                    FORMER => self.former = serde_json::from_slice(&bytes).unwrap_or_default(),
                    _ => self.is_pending.store(true, Ordering::SeqCst),
                }
            }
        }
        Ok(())
    }

    /// A result's size where the manifest, or this run, knows that it is there.
    #[allow(clippy::option_option, reason = "known, and of a size that is known")]
    pub(super) fn known(&self, key: &str) -> Option<Option<u64>> {
        self.results().get(key).copied()
    }

    /// Notes results that the manifest says are there, with the sizes of their files where it knows them.
    pub(super) fn note_all(&self, known: impl Iterator<Item = (String, Option<u64>)>) {
        self.results().extend(known);
    }

    /// Notes that a result is there.
    pub(super) fn note(&self, key: &str, size: u64) {
        self.results().insert(key.to_owned(), Some(size));
    }

    /// What stands under a name.
    pub(super) fn fetch(&self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        remote::get(&below(&self.address, name), u64::MAX)
    }

    /// Puts bytes under a name.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        remote::put(&below(&self.address, name), bytes.to_vec())
    }

    /// Names below one of ours.
    pub(super) fn list(&self, name: &str) -> Result<Vec<String>, Failure> {
        let found = remote::list(&below(&self.address, name))?;
        Ok(found.into_iter().filter(|one| !one.name.is_empty()).map(|one| below(name, &one.name)).collect())
    }

    /// Notes what is to be removed once nothing names it any more.
    pub(super) fn leave(&self, name: String) {
        self.unneeded.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
    }

    /// Tells the next run whose own files are being put, before they are. `stale` are the files that those documents had, as
    /// far as their names tell: folders whose files are to go where this run wrote none of the name, and files.
    pub(crate) fn begin_own_files(&self, stale: &[PathBuf]) -> Result<()> {
        let note = fs::read(self.work().join(PENDING)).unwrap_or_default();
        if !note.is_empty() {
            self.put(PENDING, &note).map_err(in_words)?;
            self.is_pending.store(true, Ordering::SeqCst);
        }
        let names = stale.par_iter().map(|path| {
            let name = self.name_of(path);
            // A folder's own files and not those of folders in it, which are other documents'.
            let is_own = |file: &String| !file[name.len()..].trim_start_matches('/').contains('/');
            let files = if path.extension().is_some_and(|end| end == "xlsx") && name.starts_with("workbooks/") {
                vec![name.clone()]
            } else {
                self.list(&name)?.into_iter().filter(is_own).collect()
            };
            Ok::<Vec<String>, Failure>(files)
        });
        let names: Vec<Vec<String>> = names.collect::<Result<_, _>>().map_err(in_words)?;
        names.into_iter().flatten().for_each(|name| self.leave(name));
        Ok(())
    }

    /// Puts what the run wrote, and makes it what the address stands for.
    pub(crate) fn publish(&self) -> Result<()> {
        let files = self.written();
        files.par_iter().try_for_each(|(name, path)| self.put_file(name, path)).map_err(in_words)?;
        if !self.claim.is_ours() {
            bail!(said::claim_lost(&self.address));
        }
        let former = self.replaced();
        if former != self.former {
            self.put(FORMER, &serde_json::to_vec(&former)?).map_err(in_words)?;
        }
        for name in LISTS {
            let now = fs::read(self.work().join(name)).unwrap_or_default();
            if !now.is_empty() && self.lists.get(name) != Some(&now) {
                self.put(name, &now).map_err(in_words)?;
            }
        }
        let written: BTreeSet<&String> = files.iter().map(|(name, _)| name).collect();
        let current = current(&fs::read(self.work().join(LISTS[0])).unwrap_or_default());
        let mut gone = self.unneeded.lock().unwrap_or_else(PoisonError::into_inner).clone();
        gone.extend(self.former.difference(&former).filter(|name| !current.contains(*name)).cloned());
        gone.retain(|name| !written.contains(name));
        if self.is_pending.load(Ordering::SeqCst) {
            gone.insert(PENDING.to_owned());
        }
        gone.par_iter().try_for_each(|name| remote::delete(&below(&self.address, name))).map_err(in_words)
    }

    /// Parts that were current and are not any more.
    fn replaced(&self) -> BTreeSet<String> {
        let before = self.lists.get(LISTS[0]).map(|list| current(list)).unwrap_or_default();
        let now = current(&fs::read(self.work().join(LISTS[0])).unwrap_or_default());
        before.difference(&now).cloned().collect()
    }

    /// The files that the run wrote, by name: outputs, the log and the metrics.
    fn written(&self) -> Vec<(String, PathBuf)> {
        let state = self.work().join(STATE_FOLDER);
        let entries = WalkDir::new(self.work()).sort_by_file_name().into_iter().filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
        let is_for_there = |path: &PathBuf| {
            let is_log = path.starts_with(state.join("logs")) || *path == state.join("metrics.prom");
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            (is_log || !path.starts_with(&state)) && !is_unfinished(&name)
        };
        let named = files.filter(is_for_there).map(|path| (self.name_of(&path), path));
        named.filter(|(name, _)| !LISTS.contains(&name.as_str())).collect()
    }

    fn name_of(&self, path: &Path) -> String {
        path.strip_prefix(self.work()).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    fn put_file(&self, name: &str, path: &Path) -> Result<(), Failure> {
        remote::put_file(&below(&self.address, name), path)
    }

    fn results(&self) -> MutexGuard<'_, BTreeMap<String, Option<u64>>> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The files that a list of parts names.
fn current(list: &[u8]) -> BTreeSet<String> {
    let parts: BTreeMap<String, Vec<String>> = serde_json::from_slice(list).unwrap_or_default();
    parts.into_values().flatten().collect()
}

/// Whether a file over all documents, or a part, is what the run before wrote: known by its seal alone.
pub(crate) fn is_trusted(away: Option<&Arc<Away>>, seals: &Seals, file: &str) -> bool {
    away.is_some() && seals.0.contains_key(file)
}

/// The manifest of an output folder at an address, in a folder that goes with what is given back, and whether a run is at work.
pub(crate) fn look_at(address: &str) -> Result<(TempDir, bool)> {
    let copied = work_folder()?;
    let name = ".yusuan/manifest.jsonl";
    let manifest = remote::get(&below(address, name), u64::MAX).map_err(in_words)?;
    if let Some(manifest) = manifest {
        replace_file(&copied.path().join(name), &manifest)?;
    }
    let is_taken = Claim::is_taken(&below(address, ".yusuan/lock")).map_err(in_words)?;
    Ok((copied, is_taken))
}

/// A folder of this run alone, which goes when it is dropped; nobody else may look into it.
fn work_folder() -> Result<TempDir> {
    let work = tempfile::Builder::new().prefix("yusuan-").tempdir()?;
    fs::create_dir(work.path().join(STATE_FOLDER))?;
    Ok(work)
}

/// A failure as an error of the run.
fn in_words(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Words(words) => anyhow::anyhow!(told(&words).into_owned()),
        Failure::TooLarge { size, .. } => anyhow::anyhow!(told(&kept::unreadable(size)).into_owned()),
    }
}
