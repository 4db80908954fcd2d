//! The seals of a folder into which another command wrote: what nobody had changed is sealed as it is now, what somebody had
//! changed stays told as changed.

use super::own_files::own_files;
use crate::store::{Look, Manifest, Seal, Seals};
use anyhow::Result;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use yusuan_export::combined_files;

/// What of an output folder was as the last run left it.
pub(crate) struct Sound {
    manifest: Manifest,
    sources: BTreeSet<String>,
    seals: Seals,
    /// Combined files that somebody changed.
    changed: BTreeSet<String>,
}

impl Sound {
    /// A look at the folder before anything is written; nothing where no run ended in it.
    pub(crate) fn of(out: &Path) -> Option<Self> {
        let manifest = Manifest::read(out).ok()?;
        let is_sound = |look: Look| look != Look::Changed;
        let sealed = manifest.entries.iter().filter_map(|entry| Some((entry, entry.sealed.as_ref()?)));
        let sound = sealed.filter(|(entry, seal)| is_sound(seal.look(out, &own_files(out, entry), false)));
        let sources = sound.map(|(entry, _)| entry.source.clone()).collect();
        let seals = Seals::read(out);
        let changed = seals.0.keys().filter(|name| !is_sound(seals.look(out, name, false))).cloned().collect();
        Some(Self { manifest, sources, seals, changed })
    }

    /// Seals what was written since. The next run writes the documents' own files by its own options again.
    pub(crate) fn seal(mut self, out: &Path) -> Result<()> {
        for entry in self.manifest.entries.iter_mut().filter(|entry| self.sources.contains(&entry.source)) {
            let now = Some(Seal::of(out, &own_files(out, entry)));
            if entry.sealed != now {
                (entry.sealed, entry.written) = (now, None);
            }
        }
        let name = |file: &PathBuf| file.strip_prefix(out).unwrap_or(file).to_string_lossy().into_owned();
        for file in combined_files(out) {
            if !self.changed.contains(&name(&file)) {
                self.seals.0.insert(name(&file), Seal::of(out, std::slice::from_ref(&file)));
            }
        }
        self.seals.write(out)?;
        Ok(self.manifest.write(out)?)
    }
}
