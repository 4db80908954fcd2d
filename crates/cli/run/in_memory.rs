//! Reading for commands that write no folder: one record per input in memory.

use super::before::Before;
use super::fetch::{self, Wanted};
use super::plan::mark_duplicates;
use super::planned::Planned;
use super::related::compare_all;
use super::shared::threads;
use super::survey::Survey;
use crate::document::{Engine, Share, Twice, unreadable};
use crate::inputs::Input;
use crate::language::{kept, said};
use crate::report::{Printer, bar};
use crate::worker::WorkerLimits;
use anyhow::{Context, Result};
use std::sync::Arc;
use yusuan_export::DocumentRecord;
use yusuan_extract::Limits;

/// The records of the inputs in source order, compared with each other.
pub(crate) fn convert_in_memory(
    inputs: &[Input],
    twice: Twice,
    password: Option<&str>,
    jobs: usize,
    printer: &Printer,
) -> Result<Vec<DocumentRecord>> {
    let engine = Engine::isolated(WorkerLimits::default(), Arc::default()).with_context(said::no_worker)?;
    let mut records = threads(jobs, true)?.install(|| read_all(inputs, twice, password, &engine, printer))?;
    compare_all(&mut records);
    Ok(records)
}

fn read_all(
    inputs: &[Input],
    twice: Twice,
    password: Option<&str>,
    engine: &Engine,
    printer: &Printer,
) -> Result<Vec<DocumentRecord>> {
    let limits = Limits::default();
    let (before, seen) = (Before::default(), || true);
    let survey = Survey { before: &before, limits: &limits, rehash: true, seen: &seen };
    let mut planned = survey.all(inputs);
    mark_duplicates(&mut planned);
    let bar = bar(printer, &kept::converting(), planned.len());
    let wanted: Vec<Wanted<usize>> = planned
        .iter()
        .enumerate()
        .filter_map(|(index, one)| {
            let (path, member) = (one.path.clone(), one.entry.member.clone());
            Some(Wanted { path, member, job: one.job(&limits, twice, password)?, what: index })
        })
        .collect();
    bar.inc((planned.len() - wanted.len()) as u64);
    let share = Share::among(wanted.len());
    let read = fetch::for_each(wanted, &limits, &|job, index, bytes| {
        let record = match bytes {
            Ok(bytes) => engine.record(&job, bytes, share.next()),
            Err(error) => unreadable(&job.source, error),
        };
        bar.inc(1);
        Ok((index, record))
    })?;
    for (index, record) in read {
        if let Some(one) = planned.get_mut(index) {
            one.entry.record = Some(Box::new(record));
        }
    }
    bar.finish_and_clear();
    Ok(planned.into_iter().map(record_of).collect())
}

fn record_of(one: Planned) -> DocumentRecord {
    one.entry.record.map_or_else(|| unreadable(&one.entry.source, kept::no_result()), |record| *record)
}
