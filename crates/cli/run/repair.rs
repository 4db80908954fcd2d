//! A finished folder set right: results that do not fit are read again from their files, outputs that somebody changed are
//! written again, with the settings of the run that made them.

use super::assemble::assemble;
use super::before::Before;
use super::heal;
use super::outcome::Report;
use super::planned::Planned;
use super::session::Session;
use super::shared::{Run, threads};
use super::target::Target;
use crate::document::Engine;
use crate::inputs::path_of;
use crate::language::said;
use crate::store::Manifest;
use crate::worker::WorkerLimits;
use anyhow::{Context, Result};
use rayon::prelude::*;

/// Sets the folder of the target right, of which `manifest` tells.
pub(crate) fn repair(target: &Target, manifest: Manifest, session: &Session<'_>) -> Result<Report> {
    let engine = Engine::isolated(WorkerLimits::default(), session.interrupt.flag()).with_context(said::no_worker)?;
    let settings = manifest.header.settings.clone();
    let run = Run { rehash: true, ..Run::new(target, session, engine) }.with_settings(&settings);
    let mut planned: Vec<Planned> = manifest.entries.iter().cloned().map(planned).collect();
    let before = Before::of(Some(manifest));
    run.set_roots(&before.roots);
    threads(target.jobs, true)?.install(|| {
        run.reporter.begin_reading(planned.len());
        planned.par_iter().try_for_each(|one| {
            run.interrupt.check()?;
            if one.entry.read.as_ref().is_some_and(|key| run.results.packed(key).is_err()) {
                heal::load(&run, one)?;
            }
            Ok::<(), anyhow::Error>(())
        })?;
        assemble(&run, &mut planned, &before, &[])?;
        Ok(run.report(&planned, 0))
    })
}

fn planned(entry: crate::store::Entry) -> Planned {
    let (path, given, corrections) = (path_of(&entry.path), entry.given.clone(), entry.corrections.clone());
    Planned { entry, path, given, corrections, ..Planned::default() }
}
