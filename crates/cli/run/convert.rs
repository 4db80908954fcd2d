//! All phases of a conversion.

use super::assemble::assemble;
use super::before::Before;
use super::outcome::Report;
use super::session::Session;
use super::shared::{Run, threads};
use super::survey::Survey;
use super::target::{Reading, Target};
use super::{finish, plan, prune, read};
use crate::document::Engine;
use crate::inputs::{Search, Work};
use crate::language::said;
use anyhow::{Context, Result};
use std::collections::BTreeMap;

/// Converts the inputs into the folder of the target.
pub(crate) fn convert(
    target: &Target,
    reading: &Reading,
    search: &Search,
    work: Work<'_>,
    session: &Session<'_>,
) -> Result<Report> {
    let pool = threads(target.jobs, reading.workers.is_some())?;
    let engine = engine(reading, session)?;
    let run = Run {
        limits: reading.limits.clone(),
        twice: reading.twice,
        password: reading.password.clone(),
        rehash: reading.rehash,
        ..Run::new(target, session, engine)
    };
    let before = Before::read(target)?;
    let run = run.with_known_bodies(target, &before);
    pool.install(|| phases(&run, reading, search, work, &before))
}

/// Workers, or this process where the system allows no others.
fn engine(reading: &Reading, session: &Session<'_>) -> Result<Engine> {
    let Some(limits) = reading.workers else { return Ok(Engine::Here) };
    let engine = Engine::isolated(limits, session.interrupt.flag());
    engine.with_context(said::no_worker_but_here)
}

fn phases(run: &Run<'_>, reading: &Reading, search: &Search, work: Work<'_>, before: &Before) -> Result<Report> {
    run.reporter.begin_survey(search.inputs.len());
    let seen = || {
        run.reporter.surveyed();
        !run.interrupt.is_set()
    };
    let survey = Survey { before, limits: &run.limits, rehash: reading.rehash, seen: &seen };
    let mut planned = survey.all(&search.inputs);
    run.interrupt.check()?;
    let refusal = reading.prune.and_then(|prune| prune::refusal(prune, &planned, before, search));
    let prune = reading.prune.is_some() && refusal.is_none();
    run.set_roots(&roots(before, search, refusal.is_some()));
    let dropped = plan::keep_vanished(&mut planned, before, prune);
    plan::mark_duplicates(&mut planned);
    let kept = plan::corrections_before(before);
    plan::give_corrections(&mut planned, work.corrections.unwrap_or(&kept), before);
    plan::give_hints(&mut planned, work.hints, before);
    plan::give_passwords(&mut planned, &reading.passwords);
    read::all(run, &mut planned, before)?;
    assemble(run, &mut planned, before, &dropped)?;
    if prune {
        finish::prune(run, &planned)?;
    }
    let mut report = run.report(&planned, dropped.len());
    let given = work.corrections.filter(|_| !reading.is_shard);
    let homeless = given.map_or_else(Vec::new, |given| plan::homeless(&planned, given));
    let given = work.hints.filter(|_| !reading.is_shard);
    let hints = given.map_or_else(Vec::new, |given| plan::homeless_hints(&planned, given));
    report.told.extend(search.problems.iter().cloned().chain(homeless).chain(hints).chain(refusal));
    Ok(report)
}

/// The folders that the next run compares with: where something is doubted now, they stay what they were.
fn roots(before: &Before, search: &Search, is_doubted: bool) -> BTreeMap<String, u64> {
    let now = search.roots.iter().filter_map(|root| Some((root.place.clone(), root.device?)));
    let mut roots = before.roots.clone();
    for (place, device) in now {
        let known = roots.entry(place).or_insert(device);
        if !is_doubted {
            *known = device;
        }
    }
    roots
}
