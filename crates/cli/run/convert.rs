//! All phases of a conversion.

use super::assemble::assemble;
use super::before::Before;
use super::outcome::Report;
use super::session::Session;
use super::shared::{Run, threads};
use super::survey::Survey;
use super::target::{Reading, Target};
use super::{finish, plan, read};
use crate::document::Engine;
use crate::inputs::{Corrections, Input};
use anyhow::{Context, Result};

/// Converts the inputs into the folder of the target.
pub(crate) fn convert(
    target: &Target,
    reading: &Reading,
    inputs: &[Input],
    corrections: &Corrections,
    session: &Session<'_>,
) -> Result<Report> {
    let pool = threads(target.jobs, reading.workers.is_some())?;
    let engine = engine(reading, session)?;
    let run = Run { limits: reading.limits.clone(), twice: reading.twice, ..Run::new(target, session, engine) };
    let before = Before::read(target)?;
    pool.install(|| phases(&run, reading, inputs, corrections, &before))
}

/// Workers, or this process where the system allows no others.
fn engine(reading: &Reading, session: &Session<'_>) -> Result<Engine> {
    let Some(limits) = reading.workers else { return Ok(Engine::Here) };
    let engine = Engine::isolated(limits, session.interrupt.flag());
    engine.context("无法启动工作进程（可以用 --no-isolation 在本进程内读取）")
}

fn phases(
    run: &Run<'_>,
    reading: &Reading,
    inputs: &[Input],
    corrections: &Corrections,
    before: &Before,
) -> Result<Report> {
    run.reporter.begin_survey(inputs.len());
    let seen = || {
        run.reporter.surveyed();
        !run.interrupt.is_set()
    };
    let survey = Survey { before, limits: &run.limits, rehash: reading.rehash, seen: &seen };
    let mut planned = survey.all(inputs);
    run.interrupt.check()?;
    let dropped = plan::keep_vanished(&mut planned, before, reading.prune);
    plan::mark_duplicates(&mut planned);
    plan::give_corrections(&mut planned, corrections);
    read::all(run, &mut planned, before)?;
    assemble(run, &mut planned, before, &dropped)?;
    if reading.prune {
        finish::prune(run, &planned)?;
    }
    Ok(Report::of(&planned, dropped.len()))
}
