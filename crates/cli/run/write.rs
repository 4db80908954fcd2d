//! The writing of a folder: each document's own files where they are not as they should be, and the datasets over all
//! documents.
//!
//! Records come back from the store a few at a time, so memory does not grow with the number of documents.

use super::before::Before;
use super::explain::explain;
use super::finish;
use super::heal;
use super::own_files::own_files;
use super::planned::Planned;
use super::shared::Run;
use crate::document::{Card, pack, unreadable};
use crate::language::{said, sentences};
use crate::store::{Key, Look, PROGRAM, Pending, Seal, Seals, folder};
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::PoisonError;
use std::sync::mpsc::{SyncSender, sync_channel};
use walkdir::WalkDir;
use yusuan_export::{
    DatasetWriter, DocumentRecord, DocumentStatus, ExportError, OutputFormat, combined_files, is_unfinished, sha256_hex,
};

/// Stack of the thread that the rows go through; a record is flat by then.
const STACK: usize = 8 << 20;

/// Documents in memory at a time for each thread.
const AT_A_TIME: usize = 4;

/// Writes everything below the output folder. `dropped` are sources whose files are to go.
pub(super) fn all(run: &Run<'_>, planned: &mut [Planned], before: &Before, dropped: &[String]) -> Result<()> {
    let mut pending = Pending::read(run.out);
    remove_unfinished(run.out, pending.all || !pending.sources.is_empty());
    let options = Key::of(&["written", PROGRAM, &format!("{:?}", run.options)]);
    let mut wanted: Vec<Key> = planned.iter().map(|one| made_from(one, &options)).collect();
    planned.par_iter_mut().zip(&wanted).for_each(|(one, wanted)| {
        let as_it_should = one.entry.written.as_ref() == Some(wanted) && !pending.concerns(&one.entry.source);
        if !as_it_should || !is_there(run, one) {
            one.entry.written = None;
        }
    });
    let stale = planned.iter().filter(|one| one.entry.written.is_none()).map(|one| one.entry.source.clone());
    let stale_before = stale_files(run, planned, before, dropped);
    pending.note(stale.chain(dropped.iter().cloned()).collect::<Vec<_>>().into_iter())?;
    if let Some(away) = &run.away {
        away.begin_own_files(&stale_before)?;
    }
    for source in dropped {
        let gone = unreadable(source, String::new());
        yusuan_export::write_document(&run.keeper, &gone, run.options).map_err(|error| explain(&error))?;
    }
    datasets(run, planned, &mut wanted)?;
    seal_combined(run)?;
    finish::manifest(run, planned, before)?;
    run.keeper.close()?;
    pending.clear();
    Ok(())
}

/// Removes what a killed run was writing: nobody else is at work here, since the lock is ours. The files over all documents
/// stand in a few places; only where a document's own were being written too is everything walked.
pub(super) fn remove_unfinished(out: &Path, everywhere: bool) {
    let depth = if everywhere { usize::MAX } else { 1 };
    let places = [out.to_owned(), folder(out), out.join("review")];
    let entries = places.iter().flat_map(|place| WalkDir::new(place).max_depth(depth));
    for entry in entries.filter_map(Result::ok) {
        if is_unfinished(&entry.file_name().to_string_lossy()) && entry.file_type().is_file() {
            // It is hidden and read by nobody; a file system that won't remove it will say so elsewhere.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Everything that decides what a document's own files hold.
fn made_from(one: &Planned, options: &Key) -> Key {
    let record = || one.entry.record.as_ref().and_then(|record| pack(record).ok()).map(|bytes| sha256_hex(&bytes));
    let result = one.entry.result().filter(|_| one.entry.record.is_none()).map(|key| key.as_str().to_owned());
    Key::of(&["document", options.as_str(), &one.entry.source, &result.or_else(record).unwrap_or_default()])
}

/// Where the files stand that documents had before and that are now written anew, or go.
fn stale_files(run: &Run<'_>, planned: &[Planned], before: &Before, dropped: &[String]) -> Vec<PathBuf> {
    let written = planned.iter().filter(|one| one.entry.written.is_none()).map(|one| &one.entry.source);
    let had = |source: &&String| before.entries.get(*source).is_some_and(|entry| entry.sealed.is_some());
    let places = |source: &String| {
        [yusuan_export::workbook_path(run.out, source), yusuan_export::tables_folder(run.out, source)]
    };
    written.chain(dropped).filter(had).flat_map(places).collect()
}

/// Whether a document's files are what was written, and nobody removed, cut or changed one since.
fn is_there(run: &Run<'_>, one: &mut Planned) -> bool {
    if run.away.is_some() {
        return one.entry.sealed.is_some();
    }
    let wants_workbook = run.options.formats.contains(&OutputFormat::Xlsx) && one.entry.card().was_read();
    let has_workbook = !wants_workbook || yusuan_export::workbook_path(run.out, &one.entry.source).exists();
    let content = one.entry.content.as_ref().filter(|_| one.entry.card().was_read());
    let has_page = content.filter(|_| run.options.formats.contains(&OutputFormat::Review));
    if !has_workbook || !has_page.is_none_or(|content| yusuan_export::has_document(run.out, &content.doc_id())) {
        return false;
    }
    let look = one.entry.sealed.as_ref().map(|seal| seal.look(run.out, &own_files(run.out, &one.entry), run.rehash));
    match look {
        Some(Look::Same) => true,
        Some(Look::Moved(seal)) => {
            one.entry.sealed = Some(seal);
            true
        }
        Some(Look::Changed) => {
            tracing::warn!(source = one.entry.source, "output files were changed, written again");
            false
        }
        None => false,
    }
}

/// Remembers what the combined files are now.
fn seal_combined(run: &Run<'_>) -> Result<()> {
    let files = combined_files(run.out);
    let seal = |file: &PathBuf| {
        let name = file.strip_prefix(run.out).unwrap_or(file).to_string_lossy().into_owned();
        (name, Seal::of(run.out, std::slice::from_ref(file)))
    };
    Ok(Seals(files.par_iter().map(seal).collect()).write(run.out)?)
}

/// Writes the datasets and, where needed, each document's own files.
///
/// The rows of the datasets go through a thread of their own. What it keeps to the end (the key figures of overview.xlsx)
/// then has a part of the allocator's memory of its own; between the workbooks that are made and dropped by the hundred it
/// would leave holes that nothing fits into, and memory would grow with the number of documents.
fn datasets(run: &Run<'_>, planned: &mut [Planned], wanted: &mut [Key]) -> Result<()> {
    run.reporter.begin_writing(planned.len());
    let writer = DatasetWriter::begin(&run.keeper, run.options).map_err(|error| explain(&error))?;
    let mut writer = writer.saying(sentences()).on_threads(rayon::current_num_threads());
    let (send, receive) = sync_channel::<Vec<DocumentRecord>>(0);
    let written = std::thread::scope(|scope| {
        let append = move || {
            receive.iter().try_for_each(|records| writer.append_all(&records))?;
            Ok::<DatasetWriter, ExportError>(writer)
        };
        let appending = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, append);
        let appending = appending.with_context(said::no_thread)?;
        let loaded = documents(run, planned, wanted, &send);
        drop(send);
        let appended = appending.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let writer = appended.map_err(|error| explain(&error))?;
        loaded.map(|()| writer)
    })?;
    run.interrupt.check()?;
    written.finish().map_err(|error| explain(&error))?;
    run.reporter.end_writing();
    Ok(())
}

/// Hands on every record in source order. While the rows of some go to the datasets, the next are read back and written.
fn documents(
    run: &Run<'_>,
    planned: &mut [Planned],
    wanted: &mut [Key],
    send: &SyncSender<Vec<DocumentRecord>>,
) -> Result<()> {
    let size = rayon::current_num_threads().max(1) * AT_A_TIME;
    for (chunk, wanted) in planned.chunks_mut(size).zip(wanted.chunks_mut(size)) {
        run.interrupt.check()?;
        let loaded = chunk.par_iter_mut().zip(wanted).map(|(one, key)| document(run, one, key));
        let records: Vec<DocumentRecord> = loaded.collect::<Result<_>>()?;
        if send.send(records).is_err() {
            // The other side ended with an error, which it tells itself.
            return Ok(());
        }
    }
    Ok(())
}

/// Reads a document's record back and writes its own files where needed. A workbook that can't hold its document makes
/// that document partial; a file system that refuses ends the run.
fn document(run: &Run<'_>, one: &mut Planned, wanted: &mut Key) -> Result<DocumentRecord> {
    run.interrupt.check()?;
    let mut record = heal::load(run, one)?;
    let is_lost = run.lost.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&one.entry.source);
    if is_lost {
        // The files of better days stay: there is nothing to make others from.
        run.reporter.written();
        return Ok(record);
    }
    if one.entry.written.is_none() {
        match yusuan_export::write_document(&run.keeper, &record, run.options) {
            // Moved and not copied: what stays between the workbooks keeps the room of those from being used again.
            Ok(_) => {
                one.entry.written = Some(std::mem::take(wanted));
                one.entry.sealed = Some(Seal::of(run.out, &own_files(run.out, &one.entry)));
            }
            Err(error) if error.is_about_one_document() => {
                record.status = DocumentStatus::Partial;
                record.error = error.to_string();
                one.entry.card = Some(Arc::new(Card::of(&record)));
            }
            Err(error) => return Err(explain(&error)),
        }
    }
    run.reporter.written();
    Ok(record)
}
