//! A finished folder whose documents people correct: each correction is normalized from what was read before, and the result
//! stored under the name that the next conversion with the same corrections looks for.

use super::before::Before;
use super::changes::{self, Change, in_utc};
use super::fetch::read_one;
use super::plan;
use super::planned::{Planned, key_of};
use super::secret;
use crate::document::{Engine, Job, unpack};
use crate::inputs::{
    Corrections, Fingerprint, Hints, Passwords, SaidHint, path_of, read_corrections, read_hints, read_passwords,
};
use crate::language::{said, told};
use crate::store::{Entry, Key, Manifest, Results, folder, now};
use anyhow::{Context, Result, anyhow};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime};
use yusuan_export::{DocumentRecord, corrections_csv, replace_file, review_data};
use yusuan_normalize::Correction;

/// The file of corrections, for `convert --corrections`.
const CORRECTIONS: &str = "corrections.csv";
/// The file of hints, for `convert --hints`.
const HINTS: &str = "hints.json";
/// The file of passwords, for `convert --passwords`. Its owner alone can read it.
const PASSWORDS: &str = "passwords.json";

/// Documents whose reading is kept at hand.
const MOST_READINGS: usize = 40;

/// Results that no conversion has taken over yet and that are kept: undoing one change and another finds them.
const MOST_RESULTS: usize = 16;

/// A document as it is now.
pub(crate) struct Shown {
    /// Its record. What only other documents can tell of it follows with the next conversion.
    pub(crate) record: DocumentRecord,
    /// The data of its review page, as JSON.
    pub(crate) data: String,
    /// How long it took to make it.
    pub(crate) took_ms: u64,
    /// Cells that somebody else changed meanwhile, so that they are not what was sent.
    pub(crate) not_taken: usize,
}

/// What became of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unlocked {
    Opens,
    Wrong,
    /// The file is of a kind that this program can't open whatever the password.
    NeverOpens,
}

/// The desk.
pub(crate) struct Desk {
    /// The output folder.
    out: PathBuf,
    /// Where `corrections.csv`, `hints.json`, `passwords.json` and `changes.csv` are kept.
    kept: PathBuf,
    engine: Arc<Engine>,
    results: Results,
    /// One change after the other.
    writing: Mutex<VecDeque<Key>>,
}

impl Desk {
    /// The desk of an output folder; corrections, hints and changes are kept in another one.
    pub(crate) fn new(out: &Path, kept: &Path, engine: Arc<Engine>) -> Self {
        let (out, kept) = (out.to_owned(), kept.to_owned());
        Self { results: Results::below(&out), out, kept, engine, writing: Mutex::default() }
    }

    /// The file of corrections, which `convert --corrections` takes; it may not be there yet.
    pub(crate) fn corrections_file(&self) -> PathBuf {
        self.kept.join(CORRECTIONS)
    }

    /// The file of hints, which `convert --hints` takes; it may not be there yet.
    pub(crate) fn hints_file(&self) -> PathBuf {
        self.kept.join(HINTS)
    }

    /// The file of passwords, which `convert --passwords` takes; it may not be there yet.
    pub(crate) fn passwords_file(&self) -> PathBuf {
        self.kept.join(PASSWORDS)
    }

    /// Keeps what opens a document, if it does; the next conversion reads the document then. A wrong password is not kept.
    pub(crate) fn unlock(&self, doc_id: &str, password: &str) -> Result<Unlocked> {
        let _held = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let here = self.here(doc_id)?;
        let job = self.job(&here)?;
        let bytes = read_one(&path_of(&here.entry.path), &here.entry.member, &job.fingerprint, &job.limits);
        let bytes = bytes.map_err(|error| anyhow!(said::about_file(&here.entry.source, told(&error))))?;
        if !yusuan_extract::takes_passwords(&bytes) {
            return Ok(Unlocked::NeverOpens);
        }
        let opens = self.engine.opens(password, &bytes);
        if !opens.map_err(|failure| anyhow!(told(&failure.words).into_owned()))? {
            return Ok(Unlocked::Wrong);
        }
        let mut all = self.passwords()?;
        all.set(doc_id, &here.entry.source, password);
        std::fs::create_dir_all(&self.kept)?;
        secret::replace(&self.passwords_file(), all.text().as_bytes())?;
        Ok(Unlocked::Opens)
    }

    /// Reads a document once more for whoever is going to correct it, unless that was done: the first correction need not
    /// wait for it then.
    pub(crate) fn prepare(&self, doc_id: &str) -> Result<()> {
        let here = self.here(doc_id)?;
        self.reading(&here, &self.job(&here)?).map(drop)
    }

    /// A document with the corrections and hints that are kept.
    pub(crate) fn shown(&self, doc_id: &str) -> Result<Shown> {
        let began = Instant::now();
        let here = self.here(doc_id)?;
        let job = self.job(&here)?;
        let key = key_of(&job);
        let is_last = here.entry.read.as_ref() == Some(&key);
        let stored = Some(&key).filter(|_| !is_last).and_then(|key| self.results.get(key).ok());
        let record = match stored {
            Some(record) => here.entry.complete(record),
            // A conversion at work keeps only what it knows of: what was changed meanwhile is made once more.
            None if !is_last && here.is_other(&job) => {
                let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
                self.again(&here, &job, &mut writing)?
            }
            None => here.entry.load(&self.results)?,
        };
        Ok(self.show(record, began))
    }

    /// Applies the corrections of a document: all that it has now. `known` are those that whoever sends them has seen;
    /// what somebody else changed meanwhile stays.
    pub(crate) fn corrected(
        &self,
        doc_id: &str,
        corrections: &[Correction],
        known: Option<&[Correction]>,
        who: &str,
    ) -> Result<Shown> {
        let began = Instant::now();
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let here = self.here(doc_id)?;
        let before = self.corrections()?.unwrap_or_else(|| plan::corrections_before(&here.before));
        let mine = before.get(doc_id).cloned().unwrap_or_default();
        let at = in_utc(now());
        let (after, not_taken) = merged(&mine, known.unwrap_or(&mine), corrections);
        let after = signed(after, &mine, who, &at);
        let mut all = before;
        if after.is_empty() {
            all.remove(doc_id)
        } else {
            all.insert(doc_id.to_owned(), after.clone())
        };
        let bytes = corrections_csv(&all);
        // As the file will be read.
        let all =
            yusuan_export::read_corrections(&bytes).map_err(|error| anyhow!(told(&error.to_string()).into_owned()))?;
        let job = job_of(&here, &all, self.hints()?.as_ref(), &self.passwords()?)?;
        let record = self.again(&here, &job, &mut writing)?;
        std::fs::create_dir_all(&self.kept)?;
        replace_file(&self.corrections_file(), &bytes)?;
        changes::add(&self.kept, &corrections_changed(&here, &mine, &after, who, &at))?;
        Ok(Shown { not_taken, ..self.show(record, began) })
    }

    /// Reads a document again with hints: all that it has now.
    pub(crate) fn hinted(&self, doc_id: &str, hints: Vec<SaidHint>, who: &str) -> Result<Shown> {
        let began = Instant::now();
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let here = self.here(doc_id)?;
        let mut all = self.hints()?.unwrap_or_else(|| hints_before(&here.before));
        let at = in_utc(now());
        let mine = all.of(doc_id, &here.entry.source);
        let sign = |mut said: SaidHint| {
            if !mine.contains(&said) {
                (said.by, said.at) = (who.to_owned(), at.clone());
            }
            said
        };
        let after: Vec<SaidHint> = hints.into_iter().map(sign).collect();
        all.set(doc_id, &here.entry.source, after.clone());
        let corrections = self.corrections()?.unwrap_or_else(|| plan::corrections_before(&here.before));
        let job = job_of(&here, &corrections, Some(&all), &self.passwords()?)?;
        let record = self.again(&here, &job, &mut writing)?;
        std::fs::create_dir_all(&self.kept)?;
        replace_file(&self.hints_file(), all.text().as_bytes())?;
        changes::add(&self.kept, &hints_changed(&here, &mine, &after, who, &at))?;
        Ok(self.show(record, began))
    }

    /// The hints of a document that are kept.
    pub(crate) fn hints_of(&self, doc_id: &str) -> Result<Vec<SaidHint>> {
        let here = self.here(doc_id)?;
        Ok(self.hints()?.unwrap_or_else(|| hints_before(&here.before)).of(doc_id, &here.entry.source))
    }

    /// Who changed what in a document, or in all, the newest first.
    pub(crate) fn log(&self, doc_id: Option<&str>) -> Result<Vec<Change>> {
        changes::newest_first(&self.kept, doc_id)
    }

    fn show(&self, record: DocumentRecord, began: Instant) -> Shown {
        let data = review_data(&self.out, &record);
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        Shown { record, data, took_ms, not_taken: 0 }
    }

    /// The corrections that are kept; `None` where nobody corrected anything here, so that those of the last run hold.
    fn corrections(&self) -> Result<Option<Corrections>> {
        let file = self.corrections_file();
        if file.exists() { read_corrections(&file).map(Some) } else { Ok(None) }
    }

    fn hints(&self) -> Result<Option<Hints>> {
        let file = self.hints_file();
        if file.exists() { read_hints(&file).map(Some) } else { Ok(None) }
    }

    fn passwords(&self) -> Result<Passwords> {
        let file = self.passwords_file();
        if file.exists() { read_passwords(&file) } else { Ok(Passwords::default()) }
    }

    /// What the last run knows of a document.
    fn here(&self, doc_id: &str) -> Result<Here> {
        let manifest = Manifest::read(&self.out)?;
        let is_it = |entry: &&Entry| {
            let id = entry.content.as_ref().map(Fingerprint::doc_id);
            entry.record.is_none() && id.as_deref() == Some(doc_id)
        };
        let entry =
            manifest.entries.iter().find(is_it).cloned().ok_or_else(|| anyhow!(said::no_such_document(doc_id)))?;
        let before = Before::of(Some(manifest.clone()));
        Ok(Here { entry, before, settings: manifest.header.settings })
    }

    fn job(&self, here: &Here) -> Result<Job> {
        let corrections = self.corrections()?.unwrap_or_else(|| plan::corrections_before(&here.before));
        job_of(here, &corrections, self.hints()?.as_ref(), &self.passwords()?)
    }

    /// Normalizes the document as the job asks and stores the result.
    fn again(&self, here: &Here, job: &Job, writing: &mut VecDeque<Key>) -> Result<DocumentRecord> {
        let key = key_of(job);
        if self.results.size(&key).is_some()
            && let Ok(record) = self.results.get(&key)
        {
            return Ok(here.entry.complete(record));
        }
        let (file, kept) = self.reading(here, job)?;
        let bytes = || read_one(&path_of(&here.entry.path), &here.entry.member, &job.fingerprint, &job.limits);
        let done = self.engine.again(job, &kept, bytes);
        let (read, more) = done.map_err(|failure| anyhow!(told(&failure.words).into_owned()))?;
        if let Some(more) = more {
            replace_file(&file, &more)?;
        }
        let record = unpack(&read.packed)?;
        if !read.told.passing {
            self.results.put_packed(&key, &read.packed)?;
            writing.push_back(key);
        }
        while writing.len() > MOST_RESULTS {
            let old = writing.pop_front();
            let named =
                |key: &Key| [&here.entry.read, &here.entry.compared].into_iter().flatten().any(|one| one == key);
            old.iter().filter(|key| !named(key)).for_each(|key| self.results.remove(key));
        }
        Ok(here.entry.complete(record))
    }

    /// What was read of the document, and the file where that is kept. Without it the document is read now.
    fn reading(&self, here: &Here, job: &Job) -> Result<(PathBuf, Vec<u8>)> {
        let plain = Job { corrections: Vec::new(), ..job.clone() };
        let readings = folder(&self.out).join("readings");
        let file = readings.join(format!("{}.zst", Key::of(&["reading", key_of(&plain).as_str()]).as_str()));
        if let Ok(kept) = std::fs::read(&file) {
            return Ok((file, kept));
        }
        let bytes = read_one(&path_of(&here.entry.path), &here.entry.member, &job.fingerprint, &job.limits);
        let bytes = bytes.map_err(|error| anyhow!(said::about_file(&here.entry.source, told(&error))))?;
        let kept = self.engine.keep(&plain, &bytes).map_err(|failure| anyhow!(told(&failure.words).into_owned()))?;
        std::fs::create_dir_all(&readings).with_context(|| readings.display().to_string())?;
        replace_file(&file, &kept)?;
        drop_old(&readings);
        Ok((file, kept))
    }
}

/// A document of the last run.
struct Here {
    entry: Entry,
    before: Before,
    settings: crate::store::Settings,
}

impl Here {
    /// Whether the job has other corrections or hints than the last conversion had.
    fn is_other(&self, job: &Job) -> bool {
        job.corrections != self.entry.corrections || job.hints != self.entry.hints
    }
}

/// What a conversion with these corrections, hints and passwords would ask of the document.
fn job_of(here: &Here, corrections: &Corrections, hints: Option<&Hints>, passwords: &Passwords) -> Result<Job> {
    let (entry, given) = (here.entry.clone(), here.entry.given.clone());
    let mut planned = vec![Planned { entry, given, ..Planned::default() }];
    plan::give_corrections(&mut planned, corrections, &here.before);
    plan::give_hints(&mut planned, hints, &here.before);
    plan::give_passwords(&mut planned, passwords);
    let job = planned.first().and_then(|one| one.job(&here.settings.limits, here.settings.twice, None));
    job.ok_or_else(|| anyhow!(said::no_such_document(&here.entry.source)))
}

/// The hints of the run before, which hold until others are given.
fn hints_before(before: &Before) -> Hints {
    let mut all = Hints::default();
    for entry in before.entries.values().filter(|entry| !entry.hints.is_empty()) {
        let id = entry.content.as_ref().map(Fingerprint::doc_id).unwrap_or_default();
        all.set(&id, &entry.source, entry.hints.iter().cloned().map(SaidHint::from).collect());
    }
    all
}

/// Forgets what was read longest ago: it is read again where it is wanted.
fn drop_old(readings: &Path) {
    let entries = std::fs::read_dir(readings).into_iter().flatten().filter_map(Result::ok);
    let age = |entry: &std::fs::DirEntry| entry.metadata().and_then(|m| m.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut all: Vec<(SystemTime, PathBuf)> = entries.map(|entry| (age(&entry), entry.path())).collect();
    all.sort();
    let surplus = all.len().saturating_sub(MOST_READINGS);
    for (_, path) in all.into_iter().take(surplus) {
        // One that stays costs its bytes and nothing else.
        let _ = std::fs::remove_file(path);
    }
}

type CellName<'a> = (&'a str, u32, u32);

fn cell_of(correction: &Correction) -> CellName<'_> {
    (&correction.table_id, correction.row, correction.col)
}

fn find<'a>(all: &'a [Correction], wanted: &Correction) -> Option<&'a Correction> {
    all.iter().find(|one| cell_of(one) == cell_of(wanted))
}

/// The corrections that are to be: those sent, and for each cell that somebody else changed since it was looked at what it is
/// now; with the number of cells that were sent otherwise than that.
fn merged(now: &[Correction], known: &[Correction], sent: &[Correction]) -> (Vec<Correction>, usize) {
    let text = |all: &[Correction], one: &Correction| find(all, one).map(|one| one.corrected.clone());
    let unsent = |all: &&Correction| find(sent, all).is_none();
    let others = now.iter().chain(known.iter().filter(|one| find(now, one).is_none())).filter(unsent);
    let (mut merged, mut not_taken) = (Vec::new(), 0);
    for one in sent.iter().chain(others) {
        let (is, was, wanted) = (text(now, one), text(known, one), text(sent, one));
        let is_theirs = is != was;
        not_taken += usize::from(is_theirs && wanted != was && wanted != is);
        merged.extend(find(if is_theirs { now } else { sent }, one).cloned());
    }
    (merged, not_taken)
}

/// The corrections with who made them and when, where they are new.
fn signed(corrections: Vec<Correction>, before: &[Correction], who: &str, at: &str) -> Vec<Correction> {
    let sign = |mut one: Correction| {
        one.refusal.clear();
        if let Some(old) = find(before, &one).filter(|old| old.corrected == one.corrected && old.note == one.note) {
            (one.by, one.at) = (old.by.clone(), old.at.clone());
        } else {
            if !who.is_empty() {
                who.clone_into(&mut one.by);
            }
            at.clone_into(&mut one.at);
        }
        one
    };
    corrections.into_iter().map(sign).collect()
}

fn change(here: &Here, who: &str, at: &str, what: &str) -> Change {
    Change {
        at: at.to_owned(),
        who: who.to_owned(),
        doc_id: here.entry.content.as_ref().map(Fingerprint::doc_id).unwrap_or_default(),
        source: here.entry.source.clone(),
        what: what.to_owned(),
        place: String::new(),
        before: String::new(),
        after: String::new(),
    }
}

/// What was corrected, and what was taken back: its text is again what is printed.
fn corrections_changed(here: &Here, before: &[Correction], after: &[Correction], who: &str, at: &str) -> Vec<Change> {
    let place = |one: &Correction| format!("{}!R{}C{}", one.table_id, one.row, one.col);
    let was = |one: &Correction| find(before, one).map_or(one.printed.clone(), |old| old.corrected.clone());
    let new = after.iter().filter(|one| find(before, one).is_none_or(|old| old.corrected != one.corrected));
    let new = new.map(|one| (place(one), was(one), one.corrected.clone()));
    let gone = before.iter().filter(|one| find(after, one).is_none());
    let gone = gone.map(|one| (place(one), one.corrected.clone(), one.printed.clone()));
    let told = |(place, before, after)| Change { place, before, after, ..change(here, who, at, "correction") };
    new.chain(gone).map(told).collect()
}

fn hints_changed(here: &Here, before: &[SaidHint], after: &[SaidHint], who: &str, at: &str) -> Vec<Change> {
    let text = |said: &SaidHint| serde_json::to_string(&said.hint).unwrap_or_default();
    let is_in = |all: &[SaidHint], said: &SaidHint| all.iter().any(|one| one.hint == said.hint);
    let new = after.iter().filter(|said| !is_in(before, said)).map(|said| (String::new(), text(said)));
    let gone = before.iter().filter(|said| !is_in(after, said)).map(|said| (text(said), String::new()));
    new.chain(gone).map(|(before, after)| Change { before, after, ..change(here, who, at, "hint") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(row: u32, corrected: &str) -> Correction {
        Correction { table_id: "t01".to_owned(), row, col: 2, corrected: corrected.to_owned(), ..Correction::default() }
    }

    #[test]
    fn what_two_people_change_at_once_is_all_there() {
        let known = [one(1, "1"), one(2, "2")];
        // Somebody else took the first back meanwhile and made a third.
        let now = [one(2, "2"), one(3, "3")];
        let sent = [one(1, "1"), one(2, "22"), one(4, "4")];
        assert_eq!(merged(&now, &known, &sent), (vec![one(2, "22"), one(4, "4"), one(3, "3")], 0));
        assert_eq!(merged(&now, &now, &[]), (vec![], 0));
    }

    #[test]
    fn of_one_cell_the_first_change_stays_and_the_second_is_told() {
        let known = [one(1, "1")];
        // Somebody else made 11 of it meanwhile.
        let now = [one(1, "11")];
        for sent in [&[one(1, "12")][..], &[]] {
            assert_eq!(merged(&now, &known, sent), (now.to_vec(), 1));
        }
        assert_eq!(merged(&now, &known, &[one(1, "11")]), (now.to_vec(), 0));
        assert_eq!(merged(&now, &known, &[one(1, "1")]), (now.to_vec(), 0));
        assert_eq!(merged(&[], &known, &[one(1, "12")]), (vec![], 1));
    }

    #[test]
    fn what_stays_keeps_who_made_it() {
        let first = signed(vec![one(1, "1")], &[], "甲", "2024");
        assert_eq!((first[0].by.as_str(), first[0].at.as_str()), ("甲", "2024"));
        let both = signed(vec![one(1, "1"), one(2, "2")], &first, "乙", "2025");
        assert_eq!((both[0].by.as_str(), both[1].by.as_str(), both[1].at.as_str()), ("甲", "乙", "2025"));
    }
}
