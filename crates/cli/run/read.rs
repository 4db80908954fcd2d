//! The reading of what is new: each result is durable before the next document is begun, so a run that is killed goes on
//! where it was.

use super::before::Before;
use super::fetch::{self, Wanted};
use super::planned::{Planned, key_of};
use super::shared::Run;
use crate::document::{Card, Job, Share, Told, died, unreadable};
use crate::language::{kept, said, told};
use crate::store::{Entry, Key};
use crate::worker::Death;
use anyhow::{Result, bail};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use yusuan_export::{DocumentRecord, PagesDrawn};

/// A file that killed its worker so often, by the same program, is not tried again.
const MOST_DEATHS: u32 = 3;

/// One document to be read.
struct Task {
    index: usize,
    key: Key,
    deaths: u32,
}

/// What came of it.
struct Outcome {
    index: usize,
    key: Option<(Key, u64, Card)>,
    record: Option<Box<DocumentRecord>>,
    deaths: u32,
}

/// Finds or makes the result of every source.
pub(super) fn all(run: &Run<'_>, planned: &mut [Planned], before: &Before) -> Result<()> {
    let wanted: Vec<Option<Wanted<Task>>> =
        planned.par_iter_mut().enumerate().map(|(index, one)| known(run, index, one, before)).collect();
    let wanted: Vec<Wanted<Task>> = wanted.into_iter().flatten().collect();
    run.reporter.begin_reading(wanted.len());
    let share = Share::among(wanted.len());
    let read = |job: Job, task: Task, bytes: Result<&[u8], String>| {
        run.interrupt.check()?;
        match bytes {
            Ok(bytes) => document(run, &job, task, bytes, share.next()),
            Err(error) => Ok(lost(run, &job, &task, error)),
        }
    };
    for outcome in fetch::for_each(wanted, &run.limits, &read)? {
        let Some(one) = planned.get_mut(outcome.index) else { continue };
        one.is_new = true;
        one.entry.deaths = outcome.deaths;
        one.entry.record = outcome.record;
        if let Some((key, packed, card)) = outcome.key {
            (one.entry.read, one.entry.packed, one.entry.card) = (Some(key), packed, Some(Arc::new(card)));
        }
    }
    Ok(())
}

/// Takes the result that is there already; otherwise says what is to be read.
fn known(run: &Run<'_>, index: usize, one: &mut Planned, before: &Before) -> Option<Wanted<Task>> {
    let earlier = before.entries.get(&one.entry.source);
    if one.kept {
        keep(&mut one.entry);
        return None;
    }
    one.entry.written = earlier.and_then(|entry| entry.written.clone());
    one.entry.sealed = earlier.and_then(|entry| entry.sealed.clone());
    let job = one.job(&run.limits, run.twice, run.password.as_deref())?;
    let key = key_of(&job);
    let deaths = earlier.map_or(0, |entry| died_before(&job, entry, before));
    if deaths >= MOST_DEATHS
        && let Some(record) = earlier.and_then(|entry| entry.record.clone())
    {
        (one.entry.record, one.entry.deaths) = (Some(record), deaths);
        return None;
    }
    if let Some(size) = run.results.size(&key) {
        let same = earlier.filter(|entry| entry.read.as_ref() == Some(&key) && entry.packed == size);
        let card = same.and_then(|entry| entry.card.clone());
        // A result that a killed run left is looked into: it may have been cut off with the machine's power.
        let card = card.or_else(|| run.results.get(&key).ok().map(|record| Arc::new(Card::of(&record))));
        if card.is_none() {
            tracing::warn!(source = one.entry.source, "stored result does not fit, read again");
            run.heal(&key);
        }
        // Pictures that are elsewhere are known by what was written with them.
        let had = earlier.filter(|entry| entry.read.as_ref() == Some(&key) && entry.sealed.is_some());
        let has_pictures = run.away.is_some() && before.had_review && had.is_some();
        // Pictures are made from the file's bytes, so it is read again for them.
        let drawn = run.drawn(PagesDrawn::These(BTreeSet::new()));
        let lacks_pictures = || run.lacks_pictures(&job.fingerprint.doc_id(), &drawn);
        let complete = |card: &Card| !card.was_read() || has_pictures || !lacks_pictures();
        if let Some(card) = card.filter(|card| complete(card)) {
            if let Some(same) = same {
                one.entry.compared.clone_from(&same.compared);
                one.entry.compared_from.clone_from(&same.compared_from);
            }
            (one.entry.read, one.entry.packed, one.entry.card) = (Some(key), size, Some(card));
            return None;
        }
    }
    let (path, member) = (one.path.clone(), one.entry.member.clone());
    Some(Wanted { path, member, job, what: Task { index, key, deaths } })
}

/// A source that vanished has what it had. A copy whose original changed has nothing any more.
fn keep(entry: &mut Entry) {
    if entry.record.is_none() && entry.read.is_none() {
        entry.record = Some(Box::new(unreadable(&entry.source, kept::no_longer_there())));
    }
}

fn died_before(job: &Job, earlier: &Entry, before: &Before) -> u32 {
    let same = before.same_program && earlier.content.as_ref() == Some(&job.fingerprint);
    if same { earlier.deaths } else { 0 }
}

/// Reads one document and makes its result durable.
fn document(run: &Run<'_>, job: &Job, task: Task, bytes: &[u8], threads: usize) -> Result<Outcome> {
    let began = Instant::now();
    let working = run.reporter.working(&job.source);
    let read = run.engine.read(job, bytes, threads, &|page, pages| working.page(page, pages));
    drop(working);
    match read {
        Ok(read) => {
            let doc_id = job.fingerprint.doc_id();
            let Told { card, passing, figured, .. } = read.told;
            let drawn = run.drawn(figured);
            if card.was_read() && run.lacks_pictures(&doc_id, &drawn) {
                run.engine.draw((run.out, &doc_id), job.password.as_deref(), (bytes, drawn), threads);
            }
            // What another night may do better goes by another name, under which no later run looks for it.
            let key = if passing { Key::of(&["tonight", task.key.as_str()]) } else { task.key };
            let packed = run.results.put_packed(&key, &read.packed)?;
            run.reporter.read(&job.source, &card, began.elapsed());
            Ok(Outcome { index: task.index, key: Some((key, packed, card)), record: None, deaths: 0 })
        }
        Err(Death::Stopping) => Err(run.interrupt.interrupted().into()),
        Err(death) => {
            if run.engine.is_hopeless() {
                bail!(said::hopeless(told(&death.reason())));
            }
            let record = died(job, &death);
            run.reporter.read(&job.source, &Card::of(&record), began.elapsed());
            let deaths = if death.is_about_the_file() { task.deaths + 1 } else { 0 };
            Ok(Outcome { index: task.index, key: None, record: Some(Box::new(record)), deaths })
        }
    }
}

/// A file that was there when the run began and can't be read now; the next run reads it.
fn lost(run: &Run<'_>, job: &Job, task: &Task, error: String) -> Outcome {
    let record = unreadable(&job.source, error);
    run.reporter.read(&job.source, &Card::of(&record), Duration::ZERO);
    Outcome { index: task.index, key: None, record: Some(Box::new(record)), deaths: 0 }
}
