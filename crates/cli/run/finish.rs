//! The end of a run: the manifest, and the results that stand for nothing any more.

use super::before::Before;
use super::explain::explain;
use super::planned::Planned;
use super::shared::Run;
use crate::inputs::Fingerprint;
use crate::store::{Entry, Header, Key, write_manifest};
use anyhow::Result;
use std::collections::BTreeSet;

/// Makes this run the one that the folder stands for. Old results go only afterwards: until then the old manifest needs
/// them.
pub(super) fn manifest(run: &Run<'_>, planned: &[Planned], before: &Before) -> Result<()> {
    let header = Header::current(run.layout, run.settings());
    let header = Header { roots: run.roots(), healed: run.healed(), ..header };
    write_manifest(run.out, &header, planned.iter().map(|one| &one.entry))?;
    let kept = named(planned.iter().map(|one| &one.entry));
    for key in named(before.entries.values()).difference(&kept) {
        run.results.remove(key);
    }
    Ok(())
}

/// Removes every result that the manifest does not name, those of killed runs too, and the review page's files of documents
/// that are no more.
pub(super) fn prune(run: &Run<'_>, planned: &[Planned]) -> Result<usize> {
    let shown: BTreeSet<String> =
        planned.iter().filter_map(|one| one.entry.content.as_ref()).map(Fingerprint::doc_id).collect();
    yusuan_export::keep_documents(run.out, &shown).map_err(|error| explain(&error))?;
    let kept: BTreeSet<&str> = named(planned.iter().map(|one| &one.entry)).into_iter().map(Key::as_str).collect();
    Ok(run.results.keep_only(&kept)?)
}

fn named<'a>(entries: impl Iterator<Item = &'a Entry>) -> BTreeSet<&'a Key> {
    entries.flat_map(|entry| [entry.read.as_ref(), entry.compared.as_ref()]).flatten().collect()
}
