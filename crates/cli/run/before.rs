//! The run before, where there was one.

use super::target::Target;
use crate::language::said;
use crate::store::{Entry, Manifest, PROGRAM, Stat};
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use yusuan_export::OutputFormat;
use yusuan_normalize::Bodies;

/// What it left.
#[derive(Debug, Default)]
pub(crate) struct Before {
    /// By source.
    pub(super) entries: BTreeMap<String, Entry>,
    /// Sources by the path of their file.
    by_path: BTreeMap<String, Vec<String>>,
    /// Whether this program wrote it.
    pub(super) same_program: bool,
    /// The folders that were walked and the devices they were on.
    pub(super) roots: BTreeMap<String, u64>,
    /// Whether review pages were written.
    pub(super) had_review: bool,
    /// Bodies that somebody named.
    pub(super) bodies: Bodies,
}

impl Before {
    /// What is known of the output folder. A folder of the other layout holds files that this run would leave behind as
    /// they are.
    pub(super) fn read(target: &Target) -> Result<Self> {
        // Whatever is wrong with an old manifest, the results are there and tell for themselves.
        let manifest = Manifest::read(&target.out).ok();
        if manifest.as_ref().is_some_and(|manifest| manifest.header.layout != target.layout) {
            bail!(said::other_layout(target.shown.display()));
        }
        Ok(Self::of(manifest))
    }

    /// What a manifest tells.
    pub(super) fn of(manifest: Option<Manifest>) -> Self {
        let Some(manifest) = manifest else { return Self::default() };
        let same_program = manifest.header.program == PROGRAM;
        let formats = manifest.header.settings.options.formats;
        let (roots, bodies) = (manifest.header.roots, manifest.header.settings.bodies);
        let had_review = formats.contains(&OutputFormat::Review);
        let mut before = Self { same_program, roots, had_review, bodies, ..Self::default() };
        for entry in manifest.entries {
            before.by_path.entry(entry.path.clone()).or_default().push(entry.source.clone());
            before.entries.insert(entry.source.clone(), entry);
        }
        before
    }

    /// What was read from the file at `path`, if the file system says that it is still the same.
    pub(super) fn unchanged(&self, path: &str, stat: Option<&Stat>) -> Option<Vec<&Entry>> {
        let sources = self.by_path.get(path)?;
        let entries: Vec<&Entry> = sources.iter().filter_map(|source| self.entries.get(source)).collect();
        let same = |entry: &&Entry| entry.stat.is_some() && entry.stat.as_ref() == stat;
        entries.iter().all(same).then_some(entries)
    }
}
