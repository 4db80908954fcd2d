//! The plan of a run: which results are kept, which files are copies of others, what was corrected in which.

use super::before::Before;
use super::planned::Planned;
use crate::document::identified;
use crate::inputs::{Corrections, Fingerprint, Hints, Passwords};
use crate::language::{kept, said};
use crate::store::Entry;
use std::collections::{BTreeMap, BTreeSet};
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_normalize::Correction;

/// Splits what the run before knew and this one did not find: kept beside the inputs, or given back to be removed. A file
/// that was found under another name did not vanish, and what could not be read even then stands for nothing.
pub(super) fn keep_vanished(planned: &mut Vec<Planned>, before: &Before, prune: bool) -> Vec<String> {
    let place = |entry: &Entry| (entry.path.clone(), entry.member.clone());
    let found: BTreeSet<String> = planned.iter().map(|p| p.entry.source.clone()).collect();
    let places: BTreeSet<_> = planned.iter().map(|p| place(&p.entry)).collect();
    let vanished = before.entries.values().filter(|entry| !found.contains(&entry.source));
    let (dropped, kept): (Vec<&Entry>, Vec<&Entry>) =
        vanished.partition(|entry| prune || entry.content.is_none() || places.contains(&place(entry)));
    planned.extend(kept.into_iter().map(|entry| Planned { entry: entry.clone(), kept: true, ..Planned::default() }));
    planned.sort_by(|a, b| a.entry.source.cmp(&b.entry.source));
    dropped.into_iter().map(|entry| entry.source.clone()).collect()
}

/// The same bytes are converted once: counted twice, their amounts would be wrong in every sum. The first source has the
/// result, the others say so. Empty files are all alike and no copies of each other.
pub(super) fn mark_duplicates(planned: &mut [Planned]) {
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
        (one.entry.compared, one.entry.compared_from) = (None, None);
        one.entry.card = None;
        one.entry.record = Some(Box::new(DocumentRecord {
            status: DocumentStatus::Duplicate,
            error: kept::same_content(&original),
            ..identified(&source, &content)
        }));
    }
}

/// Documents of one name remembered: a correction is made soon after the document that it is about is published.
const MOST_FORMER: usize = 8;

/// The corrections of the run before, by `doc_id`: they hold until others are given, since each is a person's work.
pub(super) fn corrections_before(before: &Before) -> Corrections {
    let mut corrections = Corrections::new();
    for entry in before.entries.values().filter(|entry| !entry.corrections.is_empty()) {
        // Those of a document that stood under the name before come first in its list, and hold for it too.
        for id in entry.content.iter().map(Fingerprint::doc_id).chain(entry.formerly.iter().cloned()) {
            corrections.entry(id).or_insert_with(|| entry.corrections.clone());
        }
    }
    corrections
}

/// Gives each document its corrections; they are part of what decides its result. A file that was published again under the
/// same name has those of the documents before it too, where its own say nothing of the same cell; whether the printed text
/// still fits is seen when they are applied.
pub(super) fn give_corrections(planned: &mut [Planned], corrections: &Corrections, before: &Before) {
    for one in planned.iter_mut().filter(|one| !one.kept) {
        one.entry.formerly = formerly(&one.entry, before);
        if corrections.is_empty() {
            (one.corrections, one.entry.corrections) = (Vec::new(), Vec::new());
            continue;
        }
        let ids = one.entry.content.iter().map(Fingerprint::doc_id).chain(one.entry.formerly.iter().cloned());
        let mut mine: Vec<Correction> = Vec::new();
        for id in ids {
            let cell = |c: &Correction| (c.table_id.clone(), c.row, c.col);
            let known: BTreeSet<_> = mine.iter().map(cell).collect();
            let more = corrections.get(&id).into_iter().flatten();
            mine.extend(more.filter(|correction| !known.contains(&cell(correction))).cloned());
        }
        one.entry.corrections.clone_from(&mine);
        one.corrections = mine;
    }
}

/// Gives each document its hints; they are part of what decides its result. Without a file of hints those of the run before
/// hold, since each is a person's work; of a file that was published again they hold no more, since its pages are others.
pub(super) fn give_hints(planned: &mut [Planned], hints: Option<&Hints>, before: &Before) {
    for one in planned.iter_mut().filter(|one| !one.kept) {
        let earlier = before.entries.get(&one.entry.source).filter(|entry| entry.content == one.entry.content);
        let mine = match hints {
            Some(hints) => {
                let id = one.entry.content.as_ref().map(Fingerprint::doc_id).unwrap_or_default();
                hints.of(&id, &one.entry.source).into_iter().map(|said| said.hint).collect()
            }
            None => earlier.map_or_else(Vec::new, |entry| entry.hints.clone()),
        };
        one.entry.hints.clone_from(&mine);
        one.hints = mine;
    }
}

/// Gives each document its own password. It stays out of what is remembered of the document.
pub(super) fn give_passwords(planned: &mut [Planned], passwords: &Passwords) {
    for one in planned.iter_mut().filter(|one| !one.kept) {
        let id = one.entry.content.as_ref().map(Fingerprint::doc_id).unwrap_or_default();
        one.password = passwords.of(&id, &one.entry.source).map(str::to_owned);
    }
}

/// Hints for documents that are none of these, in words for the user.
pub(super) fn homeless_hints(planned: &[Planned], hints: &Hints) -> Vec<String> {
    let ids = planned.iter().filter_map(|one| one.entry.content.as_ref()).map(Fingerprint::doc_id);
    let ids: BTreeSet<String> = ids.collect();
    let sources: BTreeSet<&str> = planned.iter().map(|one| one.entry.source.as_str()).collect();
    let is_known = |doc_id: &str, source: &str| {
        if doc_id.is_empty() { sources.contains(source) } else { ids.contains(doc_id) }
    };
    let homeless = hints.documents().iter().filter(|one| !is_known(&one.doc_id, &one.source));
    let name = |doc_id: &str, source: &str| if doc_id.is_empty() { source.to_owned() } else { doc_id.to_owned() };
    homeless.map(|one| said::hint_homeless(name(&one.doc_id, &one.source), one.hints.len())).collect()
}

/// The documents that stood under the source's name before its content of now.
fn formerly(entry: &Entry, before: &Before) -> Vec<String> {
    let Some(earlier) = before.entries.get(&entry.source) else { return Vec::new() };
    if earlier.content == entry.content {
        return earlier.formerly.clone();
    }
    let now = entry.content.as_ref().map(Fingerprint::doc_id);
    let last = earlier.content.as_ref().map(Fingerprint::doc_id);
    let all = last.into_iter().chain(earlier.formerly.iter().cloned());
    all.filter(|id| Some(id) != now.as_ref()).take(MOST_FORMER).collect()
}

/// Corrections of documents that are none of these, in words for the user.
pub(super) fn homeless(planned: &[Planned], corrections: &Corrections) -> Vec<String> {
    if corrections.is_empty() {
        return Vec::new();
    }
    let ids = planned
        .iter()
        .flat_map(|one| one.entry.content.iter().map(Fingerprint::doc_id).chain(one.entry.formerly.iter().cloned()));
    let known: BTreeSet<String> = ids.collect();
    let homeless = corrections.iter().filter(|(id, _)| !known.contains(*id));
    homeless.map(|(id, all)| said::correction_homeless(id, all.len())).collect()
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
        let mut before = Before::default();
        before.entries = entries;
        before
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
