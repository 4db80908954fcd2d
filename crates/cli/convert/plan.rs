//! What is there to do? Each input with what is known of it from the run before: read again, used again, a copy of
//! another, gone.

use crate::correcting::Corrections;
use crate::inputs::{Input, archive};
use crate::reading::{self, Fingerprint, Job};
use crate::second::Twice;
use crate::store::{Entry, Key, Manifest, Stat, now};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_extract::Limits;
use yusuan_normalize::{Correction, Given};

/// One source of the run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Planned {
    /// What is known of it; filled as the run goes on.
    pub(crate) entry: Entry,
    /// Whether the user named the file itself.
    pub(crate) named: bool,
    /// Whether it was not found this time and its earlier result is kept.
    pub(crate) kept: bool,
    /// What a list says of it.
    pub(crate) given: Given,
    /// What a reviewer corrected in it.
    pub(crate) corrections: Vec<Correction>,
    /// Whether its result is of this run.
    pub(crate) is_new: bool,
}

/// The run before, where there was one.
#[derive(Debug, Default)]
pub(crate) struct Before {
    /// By source.
    pub(crate) entries: BTreeMap<String, Entry>,
    /// Sources by the path of their file.
    by_path: BTreeMap<String, Vec<String>>,
    /// Whether this program wrote it.
    pub(crate) same_program: bool,
}

impl Before {
    /// From the manifest of the output folder.
    pub(crate) fn of(manifest: Option<Manifest>) -> Self {
        let Some(manifest) = manifest else { return Self::default() };
        let same_program = manifest.header.program == crate::PROGRAM;
        let mut before = Self { same_program, ..Self::default() };
        for entry in manifest.entries {
            before.by_path.entry(entry.path.clone()).or_default().push(entry.source.clone());
            before.entries.insert(entry.source.clone(), entry);
        }
        before
    }

    /// What was read from the file at `path`, if the file system says that it is still the same.
    fn unchanged(&self, path: &str, stat: Option<&Stat>) -> Option<Vec<&Entry>> {
        let sources = self.by_path.get(path)?;
        let entries: Vec<&Entry> = sources.iter().filter_map(|source| self.entries.get(source)).collect();
        let same = |entry: &&Entry| entry.stat.is_some() && entry.stat.as_ref() == stat;
        entries.iter().all(same).then_some(entries)
    }
}

/// How the files are looked at.
pub(crate) struct Survey<'a> {
    pub(crate) before: &'a Before,
    pub(crate) limits: &'a Limits,
    /// Whether every file is read, whatever the file system says.
    pub(crate) rehash: bool,
    /// Called once for each input.
    pub(crate) seen: &'a (dyn Fn() -> bool + Sync),
}

impl Survey<'_> {
    /// Size and hash of every file and of every file in an archive, ordered by source. Ends early when `seen` says so.
    pub(crate) fn all(&self, inputs: &[Input]) -> Vec<Planned> {
        let one = |input: &Input| if (self.seen)() { self.one(input) } else { Vec::new() };
        let mut planned: Vec<Planned> = inputs.par_iter().flat_map_iter(one).collect();
        planned.sort_by(|a, b| (&a.entry.source, &a.entry.path).cmp(&(&b.entry.source, &b.entry.path)));
        tell_apart(&mut planned);
        planned
    }

    fn one(&self, input: &Input) -> Vec<Planned> {
        if let Some(error) = &input.error {
            return vec![unreadable(input, error.clone())];
        }
        let stat = std::fs::metadata(&input.path).ok().and_then(|metadata| Stat::of(&metadata));
        let looked = now();
        // A name that is no UTF-8 can't be found again under its name in the manifest.
        let path = input.path.to_str().unwrap_or_default();
        if let Some(entries) = self.before.unchanged(path, stat.as_ref()).filter(|_| !self.rehash && !path.is_empty()) {
            return entries.into_iter().map(|entry| known(input, entry)).collect();
        }
        let (bytes, fingerprint) = match reading::read(&input.path, self.limits) {
            Ok(read) => read,
            Err(error) => return vec![unreadable(input, error)],
        };
        let stat = stat.filter(|_| !path.is_empty()).and_then(|stat| stat.settled(looked));
        let whole = leaf(input, stat);
        let is_archive = !archive::claims_to_be_a_document(&input.path);
        if !is_archive || !reading::contain(|| archive::is_archive(&bytes)).unwrap_or(false) {
            return vec![Planned { entry: Entry { content: Some(fingerprint), ..whole.entry }, ..whole }];
        }
        self.members(&whole, &bytes)
    }

    fn members(&self, whole: &Planned, bytes: &[u8]) -> Vec<Planned> {
        let mut members = Vec::new();
        let outcome = reading::contain(|| {
            archive::visit(bytes, self.limits, &mut |member| {
                let mut planned = whole.clone();
                planned.named = false;
                if !member.name.is_empty() {
                    planned.entry.source = format!("{}/{}", whole.entry.source, member.name);
                }
                planned.entry.member = member.name;
                match member.bytes {
                    Ok(bytes) => planned.entry.content = Some(Fingerprint::of(&bytes)),
                    Err(error) => planned.entry.record = Some(reading::unreadable(&planned.entry.source, error)),
                }
                members.push(planned);
            });
        });
        if let Err(error) = outcome {
            let record = reading::unreadable(&whole.entry.source, error);
            members.push(Planned { entry: Entry { record: Some(record), ..whole.entry.clone() }, ..whole.clone() });
        }
        members
    }
}

fn leaf(input: &Input, stat: Option<Stat>) -> Planned {
    let path = input.path.to_string_lossy().into_owned();
    let url = input.given.url.clone();
    let entry = Entry { source: input.source.clone(), path, url, stat, ..Entry::default() };
    Planned { entry, named: input.named, given: input.given.clone(), ..Planned::default() }
}

fn unreadable(input: &Input, error: String) -> Planned {
    let mut planned = leaf(input, None);
    planned.entry.record = Some(reading::unreadable(&input.source, error));
    planned
}

/// A file that is as it was: its content need not be read to be known.
fn known(input: &Input, before: &Entry) -> Planned {
    let mut planned = leaf(input, before.stat.clone());
    planned.entry.member.clone_from(&before.member);
    planned.entry.content.clone_from(&before.content);
    if !before.member.is_empty() {
        planned.entry.source = format!("{}/{}", input.source, before.member);
        planned.named = false;
    }
    if before.content.is_none() {
        let error = before.record.as_ref().map(|record| record.error.clone()).unwrap_or_default();
        planned.entry.record = Some(reading::unreadable(&planned.entry.source, error));
    }
    planned
}

/// A file in an archive may be called like one in a folder of the archive's name.
fn tell_apart(planned: &mut [Planned]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for one in planned {
        let count = seen.entry(one.entry.source.clone()).or_default();
        *count += 1;
        if *count > 1 {
            one.entry.source = format!("{}~{count}", one.entry.source);
        }
    }
}

/// Splits what the run before knew and this one did not find: kept beside the inputs, or given back to be removed. A file
/// that was found under another name did not vanish.
pub(crate) fn keep_vanished(planned: &mut Vec<Planned>, before: &Before, prune: bool) -> Vec<String> {
    let place = |entry: &Entry| (entry.path.clone(), entry.member.clone());
    let found: BTreeSet<String> = planned.iter().map(|p| p.entry.source.clone()).collect();
    let places: BTreeSet<_> = planned.iter().map(|p| place(&p.entry)).collect();
    let vanished = before.entries.values().filter(|entry| !found.contains(&entry.source));
    let (dropped, kept): (Vec<&Entry>, Vec<&Entry>) =
        vanished.partition(|entry| prune || places.contains(&place(entry)));
    planned.extend(kept.into_iter().map(|entry| Planned { entry: entry.clone(), kept: true, ..Planned::default() }));
    planned.sort_by(|a, b| a.entry.source.cmp(&b.entry.source));
    dropped.into_iter().map(|entry| entry.source.clone()).collect()
}

/// The same bytes are converted once: counted twice, their amounts would be wrong in every sum. The first source has the
/// result, the others say so. Empty files are all alike and no copies of each other.
pub(crate) fn mark_duplicates(planned: &mut [Planned]) {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    for one in planned {
        let Some(content) = one.entry.content.clone().filter(|content| content.bytes > 0) else { continue };
        let source = one.entry.source.clone();
        let original = first.entry(content.sha256.clone()).or_insert_with(|| source.clone()).clone();
        if original == source {
            let was_copy = one.entry.record.as_ref().is_some_and(|r| r.status == DocumentStatus::Duplicate);
            if was_copy {
                one.entry.record = None;
            }
            continue;
        }
        one.entry.read = None;
        one.entry.settled = None;
        one.entry.card = None;
        one.entry.record = Some(DocumentRecord {
            status: DocumentStatus::Duplicate,
            error: format!("与 {original} 内容相同"),
            ..reading::identified(&source, &content)
        });
    }
}

/// Gives each document its corrections; they are part of what decides its result.
pub(crate) fn give_corrections(planned: &mut [Planned], corrections: &Corrections) {
    for one in planned {
        let content = one.entry.content.as_ref();
        let mine = content.and_then(|content| corrections.get(&content.doc_id()));
        one.corrections = mine.cloned().unwrap_or_default();
    }
}

impl Planned {
    /// What is asked of its reading; `None` where there is nothing to read.
    pub(crate) fn job(&self, limits: &Limits, twice: Twice) -> Option<Job> {
        let fingerprint = self.entry.content.clone().filter(|_| self.entry.record.is_none() && !self.kept)?;
        let source = self.entry.source.clone();
        let (given, corrections) = (self.given.clone(), self.corrections.clone());
        Some(Job { source, fingerprint, limits: limits.clone(), given, corrections, twice })
    }
}

/// The name of a job's result: everything that decides it.
pub(crate) fn key_of(job: &Job) -> Key {
    // A job is plain data; what can't be written as JSON would be a key of its own.
    Key::of(&["read", crate::PROGRAM, &serde_json::to_string(job).unwrap_or_default()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(source: &str, content: &[u8]) -> Planned {
        let content = Some(Fingerprint::of(content));
        let entry = Entry { source: source.to_owned(), path: format!("/{source}"), content, ..Entry::default() };
        Planned { entry, ..Planned::default() }
    }

    fn before(entries: &[Planned]) -> Before {
        let entries = entries.iter().map(|p| (p.entry.source.clone(), p.entry.clone())).collect();
        Before { entries, ..Before::default() }
    }

    #[test]
    fn the_first_of_equal_files_has_the_result() {
        let mut all = [planned("a", b"1"), planned("b", b"1"), planned("c", b""), planned("d", b"")];
        mark_duplicates(&mut all);
        let said: Vec<_> = all.iter().map(|p| p.entry.record.as_ref().map(|r| r.error.as_str())).collect();
        assert_eq!(said, [None, Some("与 a 内容相同"), None, None]);
        // The copy becomes the original when the original is gone.
        let mut rest = all[1..].to_vec();
        mark_duplicates(&mut rest);
        assert!(rest.iter().all(|p| p.entry.record.is_none()));
    }

    #[test]
    fn what_vanished_is_kept_unless_it_is_pruned_or_moved() {
        let mut moved = planned("old-name", b"3");
        moved.entry.path = "/new-name".to_owned();
        let before = before(&[planned("a", b"1"), planned("gone", b"2"), moved]);
        let mut now = vec![planned("a", b"1"), planned("new-name", b"3")];
        assert_eq!(keep_vanished(&mut now, &before, false), ["old-name"]);
        let kept: Vec<_> = now.iter().map(|p| (p.entry.source.as_str(), p.kept)).collect();
        assert_eq!(kept, [("a", false), ("gone", true), ("new-name", false)]);
        let mut now = vec![planned("a", b"1")];
        assert_eq!(keep_vanished(&mut now, &before, true), ["gone", "old-name"]);
        assert_eq!(now.len(), 1);
    }
}
