//! The output folders of several shards as one, as if one machine had converted everything.

use super::assemble::assemble;
use super::before::Before;
use super::explain::explain;
use super::outcome::Report;
use super::plan;
use super::planned::Planned;
use super::session::Session;
use super::shared::{Run, threads};
use super::target::Target;
use crate::document::Engine;
use crate::language::said;
use crate::store::{Entry, Manifest, Results};
use anyhow::{Result, bail};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use yusuan_export::PagesDrawn;

/// Merges finished folders into that of the target.
pub(crate) fn merge(target: &Target, parts: &[(&Path, Manifest)], session: &Session<'_>) -> Result<Report> {
    let mut before = Before::read(target)?;
    if before.bodies.is_empty() {
        // The shards of one conversion were told of the same bodies.
        before.bodies = parts.first().map(|(_, manifest)| manifest.header.settings.bodies.clone()).unwrap_or_default();
    }
    let run = Run::new(target, session, Engine::Here).with_known_bodies(target, &before);
    run.set_roots(&before.roots);
    threads(target.jobs, true)?.install(|| {
        let gathered = gather(parts, &before)?;
        run.reporter.begin_reading(gathered.len());
        gathered.par_iter().try_for_each(|(folder, one)| take(&run, folder, &one.entry))?;
        let mut planned: Vec<Planned> = gathered.into_iter().map(|(_, one)| one).collect();
        plan::mark_duplicates(&mut planned);
        let gone = |source: &&String| !planned.iter().any(|one| one.entry.source == **source);
        let dropped: Vec<String> = before.entries.keys().filter(gone).cloned().collect();
        assemble(&run, &mut planned, &before, &dropped)?;
        Ok(run.report(&planned, dropped.len()))
    })
}

/// Every source of every part, ordered by source.
fn gather<'a>(parts: &'a [(&Path, Manifest)], before: &Before) -> Result<Vec<(&'a Path, Planned)>> {
    let mut all: BTreeMap<&str, (&Path, Planned)> = BTreeMap::new();
    for (folder, manifest) in parts {
        for entry in &manifest.entries {
            let earlier = before.entries.get(&entry.source);
            let written = earlier.and_then(|entry| entry.written.clone());
            let sealed = earlier.and_then(|entry| entry.sealed.clone());
            let entry_here = Entry { written, sealed, compared: None, compared_from: None, ..entry.clone() };
            let planned = Planned { entry: entry_here, is_new: true, ..Planned::default() };
            if let Some((other, _)) = all.insert(&entry.source, (folder, planned)) {
                bail!(said::in_two_parts(&entry.source, other.display(), folder.display()));
            }
        }
    }
    Ok(all.into_values().collect())
}

/// Takes over the result that was made from the file alone; comparing related documents is done anew over all parts.
fn take(run: &Run<'_>, folder: &Path, entry: &Entry) -> Result<()> {
    run.interrupt.check()?;
    if let Some(key) = &entry.read
        && run.results.size(key) != Some(entry.packed)
    {
        run.results.put_packed(key, &Results::below(folder).packed(key)?)?;
    }
    if let Some(content) = &entry.content
        && entry.record.is_none()
        && run.lacks_pictures(&content.doc_id(), &PagesDrawn::These(BTreeSet::new()))
    {
        let copied = yusuan_export::copy_pages(folder, run.out, &content.doc_id());
        copied.map_err(|error| explain(&error))?;
    }
    Ok(())
}
