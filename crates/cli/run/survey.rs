//! A look at every input: its size and hash, or what the run before knew of it.

use super::before::Before;
use super::planned::Planned;
use crate::document::unreadable;
use crate::inputs::{Fingerprint, Input, claims_to_be_a_document, is_archive, read_file, too_large, visit_archive};
use crate::remote;
use crate::store::{Entry, Stat, now};
use rayon::prelude::*;
use std::collections::BTreeSet;
use yusuan_extract::Limits;

/// How the files are looked at.
pub(super) struct Survey<'a> {
    pub(super) before: &'a Before,
    pub(super) limits: &'a Limits,
    /// Whether every file is read, whatever the file system says.
    pub(super) rehash: bool,
    /// Called once for each input.
    pub(super) seen: &'a (dyn Fn() -> bool + Sync),
}

impl Survey<'_> {
    /// Size and hash of every file and of every file in an archive, ordered by source. Ends early when `seen` says so.
    pub(super) fn all(&self, inputs: &[Input]) -> Vec<Planned> {
        let one = |input: &Input| if (self.seen)() { self.one(input) } else { Vec::new() };
        let mut planned: Vec<Planned> = inputs.par_iter().flat_map_iter(one).collect();
        planned.sort_by(|a, b| (&a.entry.source, &a.entry.path).cmp(&(&b.entry.source, &b.entry.path)));
        tell_apart(&mut planned);
        planned
    }

    fn one(&self, input: &Input) -> Vec<Planned> {
        if let Some(error) = &input.error {
            return vec![lost(input, error.clone())];
        }
        let stat = stat(input);
        if let Some(tag) = input.tag.as_ref().filter(|tag| tag.size > self.limits.file_bytes) {
            return vec![lost(input, too_large(tag.size, self.limits))];
        }
        let looked = now();
        if let Some(entries) = self.before.unchanged(&input.place, stat.as_ref()).filter(|_| !self.rehash) {
            return entries.into_iter().map(|entry| known(input, entry)).collect();
        }
        let bytes = match read_file(&input.path, self.limits) {
            Ok(bytes) => bytes,
            Err(error) => return vec![lost(input, error)],
        };
        let stat = stat.and_then(|stat| stat.if_trusted(looked));
        let whole = leaf(input, stat);
        if claims_to_be_a_document(&input.path) || !is_archive(&bytes) {
            let content = Some(Fingerprint::of(&bytes));
            return vec![Planned { entry: Entry { content, ..whole.entry }, ..whole }];
        }
        self.members(&whole, &bytes)
    }

    fn members(&self, whole: &Planned, bytes: &[u8]) -> Vec<Planned> {
        let mut members = Vec::new();
        visit_archive(bytes, self.limits, &mut |member| {
            let mut planned = whole.clone();
            planned.named = false;
            if !member.name.is_empty() {
                planned.entry.source = format!("{}/{}", whole.entry.source, member.name);
            }
            planned.entry.member = member.name;
            match member.bytes {
                Ok(bytes) => planned.entry.content = Some(Fingerprint::of(&bytes)),
                Err(error) => planned.entry.record = Some(Box::new(unreadable(&planned.entry.source, error))),
            }
            members.push(planned);
        });
        members
    }
}

/// What tells, without a look into it, that a file is what it was.
fn stat(input: &Input) -> Option<Stat> {
    let Some(address) = remote::address(&input.path) else {
        return std::fs::metadata(&input.path).ok().and_then(|metadata| Stat::of(&metadata));
    };
    // Objects were listed with it; of others it is asked for, and who does not answer then tells why when it is read.
    let asked = || remote::look(address).ok().flatten().map(|(tag, _)| tag);
    input.tag.clone().or_else(asked).as_ref().and_then(Stat::of_object)
}

fn leaf(input: &Input, stat: Option<Stat>) -> Planned {
    let published = Some(&input.place).filter(|place| remote::is_web(place) && input.given.url.is_empty());
    let (path, url) = (input.place.clone(), published.unwrap_or(&input.given.url).clone());
    let given = input.given.clone();
    let entry = Entry { source: input.source.clone(), path, url, stat, given, ..Entry::default() };
    let (path, given) = (input.path.clone(), input.given.clone());
    Planned { entry, path, named: input.named, given, ..Planned::default() }
}

/// A file that can't be read.
fn lost(input: &Input, error: String) -> Planned {
    let mut planned = leaf(input, None);
    planned.entry.record = Some(Box::new(unreadable(&input.source, error)));
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
        planned.entry.record = Some(Box::new(unreadable(&planned.entry.source, error)));
    }
    planned
}

/// A file in an archive may be called like one in a folder of the archive's name.
fn tell_apart(planned: &mut [Planned]) {
    let is_alike = |two: &[Planned]| matches!(two, [one, other] if one.entry.source == other.entry.source);
    if !planned.windows(2).any(is_alike) {
        return;
    }
    let mut taken: BTreeSet<String> = planned.iter().map(|one| one.entry.source.clone()).collect();
    let mut before = String::new();
    for one in &mut *planned {
        let source = one.entry.source.clone();
        let mut number = 2;
        while source == before && !taken.insert(one.entry.source.clone()) {
            one.entry.source = format!("{source}~{number}");
            number += 1;
        }
        before = source;
    }
    planned.sort_by(|a, b| a.entry.source.cmp(&b.entry.source));
}
