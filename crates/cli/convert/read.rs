//! Reading what is new: each result is durable before the next document is begun, so a run that is killed goes on where
//! it was.

use super::plan::{Before, Planned, key_of};
use super::run::Run;
use crate::inputs::archive;
use crate::reading::{self, Fingerprint, Job};
use crate::store::{Card, Entry, Key};
use crate::worker::Death;
use anyhow::Result;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;
use yusuan_export::DocumentRecord;

/// A file that killed its worker so often, by the same program, is not tried again.
const MOST_DEATHS: u32 = 3;

/// Members of an archive that wait together to be read: bounds the bytes in memory.
const WAITING: usize = 16;

/// One document to be read.
struct Task {
    index: usize,
    member: String,
    job: Job,
    key: Key,
    deaths: u32,
}

/// What came of it.
struct Outcome {
    index: usize,
    key: Option<(Key, u64, Card)>,
    record: Option<DocumentRecord>,
    deaths: u32,
}

/// Finds or makes the result of every source.
pub(super) fn all(
    run: &Run<'_>,
    planned: &mut [Planned],
    before: &Before,
    paths: &BTreeMap<String, PathBuf>,
) -> Result<()> {
    let tasks: Vec<Option<Task>> =
        planned.par_iter_mut().enumerate().map(|(index, one)| known(run, (index, one), before)).collect();
    let mut by_path: BTreeMap<String, Vec<Task>> = BTreeMap::new();
    for task in tasks.into_iter().flatten() {
        let source = &planned[task.index].entry;
        by_path.entry(source.path.clone()).or_default().push(task);
    }
    run.reporter.begin_reading(by_path.values().map(Vec::len).sum());
    let files: Vec<(String, Vec<Task>)> = by_path.into_iter().collect();
    let read = |(path, tasks): (String, Vec<Task>)| {
        let path = paths.get(&path).cloned().unwrap_or_else(|| PathBuf::from(&path));
        file(run, &path, tasks)
    };
    let outcomes: Vec<Vec<Outcome>> = files.into_par_iter().map(read).collect::<Result<_>>()?;
    for outcome in outcomes.into_iter().flatten() {
        let Some(one) = planned.get_mut(outcome.index) else { continue };
        one.is_new = true;
        one.entry.deaths = outcome.deaths;
        one.entry.record = outcome.record;
        if let Some((key, packed, card)) = outcome.key {
            (one.entry.read, one.entry.packed, one.entry.card) = (Some(key), packed, Some(card));
        }
    }
    Ok(())
}

/// Takes the result that is there already; otherwise says what is to be read.
fn known(run: &Run<'_>, (index, one): (usize, &mut Planned), before: &Before) -> Option<Task> {
    let earlier = before.entries.get(&one.entry.source);
    if one.kept {
        keep(&mut one.entry);
        return None;
    }
    one.entry.written = earlier.and_then(|entry| entry.written.clone());
    let job = one.job(&run.limits, run.twice)?;
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
        let card = card.or_else(|| run.results.get(&key).ok().map(|record| Card::of(&record)));
        if let Some(card) = card {
            (one.entry.read, one.entry.packed, one.entry.card) = (Some(key), size, Some(card));
            return None;
        }
    }
    Some(Task { index, member: one.entry.member.clone(), job, key, deaths })
}

/// A source that vanished has what it had. A copy whose original changed has nothing any more.
fn keep(entry: &mut Entry) {
    if entry.record.is_none() && entry.read.is_none() {
        let error = "文件已不存在，也没有保存的结果".to_owned();
        entry.record = Some(reading::unreadable(&entry.source, error));
    }
}

fn died_before(job: &Job, earlier: &Entry, before: &Before) -> u32 {
    let same = before.same_program && earlier.content.as_ref() == Some(&job.fingerprint);
    if same { earlier.deaths } else { 0 }
}

/// Reads what is wanted of one file: itself, or members of the archive that it is.
fn file(run: &Run<'_>, path: &std::path::Path, tasks: Vec<Task>) -> Result<Vec<Outcome>> {
    run.interrupt.check()?;
    let bytes = match reading::read(path, &run.limits) {
        Ok((bytes, _)) => bytes,
        Err(error) => return Ok(tasks.into_iter().map(|task| lost(run, &task, error.clone())).collect()),
    };
    if let [only] = tasks.as_slice()
        && only.member.is_empty()
    {
        let only = tasks.into_iter().map(|task| document(run, task, &bytes)).collect::<Result<Vec<_>>>()?;
        return Ok(only);
    }
    members(run, &bytes, tasks)
}

/// Reads members of an archive, some at a time.
fn members(run: &Run<'_>, bytes: &[u8], tasks: Vec<Task>) -> Result<Vec<Outcome>> {
    let mut wanted: BTreeMap<String, Task> = tasks.into_iter().map(|task| (task.member.clone(), task)).collect();
    let mut waiting: Vec<(Task, Vec<u8>)> = Vec::new();
    let mut outcomes: Vec<Result<Vec<Outcome>>> = Vec::new();
    let read = |waiting: Vec<(Task, Vec<u8>)>| {
        waiting.into_par_iter().map(|(task, bytes)| document(run, task, &bytes)).collect::<Result<Vec<_>>>()
    };
    let visited = reading::contain(|| {
        archive::visit(bytes, &run.limits, &mut |member| {
            if outcomes.last().is_some_and(Result::is_err) {
                return;
            }
            if let (Some(task), Ok(bytes)) = (wanted.remove(&member.name), member.bytes) {
                waiting.push((task, bytes));
            }
            if waiting.len() >= WAITING {
                outcomes.push(read(std::mem::take(&mut waiting)));
            }
        });
    });
    outcomes.push(read(waiting));
    let mut all: Vec<Outcome> = outcomes.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    let why = visited.err().unwrap_or_else(|| CHANGED.to_owned());
    all.extend(wanted.into_values().map(|task| lost(run, &task, why.clone())));
    Ok(all)
}

const CHANGED: &str = "文件在转换期间被修改，请重新运行";

/// Reads one document and makes its result durable.
fn document(run: &Run<'_>, task: Task, bytes: &[u8]) -> Result<Outcome> {
    run.interrupt.check()?;
    if Fingerprint::of(bytes) != task.job.fingerprint {
        return Ok(lost(run, &task, CHANGED.to_owned()));
    }
    let source = task.job.source.clone();
    let began = Instant::now();
    let working = run.reporter.working(&source);
    let read = run.reader.read(task.job.clone(), bytes);
    drop(working);
    match read {
        Ok(read) => {
            let packed = run.results.put_packed(&task.key, &read.packed)?;
            run.reporter.read(&source, &read.card, began.elapsed());
            Ok(Outcome { index: task.index, key: Some((task.key, packed, read.card)), record: None, deaths: 0 })
        }
        Err(Death::Stopping) => Err(run.interrupt.interrupted().into()),
        Err(death) => {
            let record =
                DocumentRecord { error: death.reason(), ..reading::identified(&source, &task.job.fingerprint) };
            run.reporter.read(&source, &Card::of(&record), began.elapsed());
            let deaths = if death.is_about_the_file() { task.deaths + 1 } else { 0 };
            Ok(Outcome { index: task.index, key: None, record: Some(record), deaths })
        }
    }
}

/// A file that was there when the run began and can't be read now; the next run reads it.
fn lost(run: &Run<'_>, task: &Task, error: String) -> Outcome {
    let record = reading::unreadable(&task.job.source, error);
    run.reporter.read(&task.job.source, &Card::of(&record), std::time::Duration::ZERO);
    Outcome { index: task.index, key: None, record: Some(record), deaths: 0 }
}
