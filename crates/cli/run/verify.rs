//! A look at everything that an output folder holds: does each stored result fit its hash, and is each output what it was when
//! it was written?

use super::own_files::own_files;
use crate::store::{Entry, Look, Manifest, Results, Seals};
use rayon::prelude::*;
use std::path::Path;

/// What was looked at, and what is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Findings {
    /// Stored results.
    pub(crate) results: usize,
    /// Documents whose own files were looked at.
    pub(crate) documents: usize,
    /// Combined files, or parts.
    pub(crate) files: usize,
    /// Sources whose stored results do not fit.
    pub(crate) bad_results: Vec<String>,
    /// Sources whose own output files were changed.
    pub(crate) bad_documents: Vec<String>,
    /// Combined files and parts that were changed.
    pub(crate) bad_files: Vec<String>,
}

impl Findings {
    /// Whether all is as it should be.
    pub(crate) fn is_sound(&self) -> bool {
        self.bad_results.is_empty() && self.bad_documents.is_empty() && self.bad_files.is_empty()
    }
}

/// Looks at all of it.
pub(crate) fn verify(out: &Path, manifest: &Manifest) -> Findings {
    let results = Results::below(out);
    let seals = Seals::read(out);
    let entries = || manifest.entries.par_iter();
    let stored = |entry: &&Entry| entry.read.is_some() || entry.compared.is_some();
    let misfits =
        |entry: &&Entry| [&entry.read, &entry.compared].into_iter().flatten().any(|key| results.packed(key).is_err());
    let changed = |entry: &&Entry| {
        let seal = entry.sealed.as_ref();
        seal.is_some_and(|seal| seal.look(out, &own_files(out, entry), true) == Look::Changed)
    };
    let source = |entry: &Entry| entry.source.clone();
    let files: Vec<&String> = seals.0.keys().collect();
    Findings {
        results: entries().filter(stored).count(),
        documents: entries().filter(|entry| entry.sealed.is_some()).count(),
        files: files.len(),
        bad_results: entries().filter(misfits).map(source).collect(),
        bad_documents: entries().filter(changed).map(source).collect(),
        bad_files: files.into_par_iter().filter(|file| seals.look(out, file, true) == Look::Changed).cloned().collect(),
    }
}
