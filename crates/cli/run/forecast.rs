//! What a run would do, without doing it.

use super::before::Before;
use super::plan::mark_duplicates;
use super::planned::Planned;
use super::survey::Survey;
use super::target::Reading;
use crate::inputs::{Fingerprint, Search, read_file};
use crate::report::{Fate, Forecast, Foreseen};
use crate::store::Manifest;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use yusuan_export::{DocumentStatus, plainly_no_document};
use yusuan_extract::{ExtractError, sniff};

/// Looks at every input and at what the run before into the folder knew of it.
pub(crate) fn forecast(out: &Path, reading: &Reading, search: &Search) -> Forecast {
    let before = Before::of(Manifest::read(out).ok());
    let seen = || true;
    let survey = Survey { before: &before, limits: &reading.limits, rehash: reading.rehash, seen: &seen };
    let mut planned = survey.all(&search.inputs);
    mark_duplicates(&mut planned);
    let found: BTreeSet<&str> = planned.iter().map(|one| one.entry.source.as_str()).collect();
    let gone = before.entries.keys().filter(|source| !found.contains(source.as_str())).count();
    let is_of_other_program = !before.entries.is_empty() && !before.same_program;
    let file = |one: &Planned| Foreseen {
        path: if one.entry.member.is_empty() { one.path.clone() } else { member(one) },
        source: one.entry.source.clone(),
        fate: fate(one, &before, reading),
    };
    Forecast { files: planned.iter().map(file).collect(), gone, is_of_other_program }
}

fn member(one: &Planned) -> PathBuf {
    one.path.join(&one.entry.member)
}

fn fate(one: &Planned, before: &Before, reading: &Reading) -> Fate {
    if let Some(record) = &one.entry.record {
        let is_copy = record.status == DocumentStatus::Duplicate;
        return if is_copy { Fate::Copy(record.error.clone()) } else { Fate::Unreadable(record.error.clone()) };
    }
    if !one.named && plainly_no_document(&one.entry.source).is_some() {
        return Fate::NoDocument;
    }
    let earlier = before.entries.get(&one.entry.source);
    let Some(earlier) = earlier.filter(|earlier| earlier.content == one.entry.content) else {
        let fate = if earlier.is_some() { Fate::Changed } else { Fate::New };
        return refusal(one, reading).map_or(fate, Fate::Unreadable);
    };
    let card = earlier.card();
    match card.status {
        DocumentStatus::Failed | DocumentStatus::Unsupported => Fate::Unreadable(card.error.clone()),
        _ => Fate::Unchanged,
    }
}

/// Why a file won't be read, as far as its first bytes tell. Files in archives are not opened for this.
fn refusal(one: &Planned, reading: &Reading) -> Option<String> {
    if !one.entry.member.is_empty() {
        return None;
    }
    let bytes = match read_file(&one.path, &reading.limits) {
        Ok(bytes) => bytes,
        Err(error) => return Some(error),
    };
    match sniff(&bytes) {
        Ok(_) => None,
        Err(ExtractError::Encrypted) if has_password(one, reading) => None,
        Err(error) => Some(error.to_string()),
    }
}

/// Whether a password was given that may open it.
fn has_password(one: &Planned, reading: &Reading) -> bool {
    let id = one.entry.content.as_ref().map(Fingerprint::doc_id).unwrap_or_default();
    reading.password.is_some() || reading.passwords.of(&id, &one.entry.source).is_some()
}
