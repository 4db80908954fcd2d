//! Documents that were read apart, on whichever machines, told of each other: as a run settles its own.

use super::related::compare_all;
use super::versions::{compare_versions, name_bodies};
use crate::document::{Card, identified};
use crate::inputs::Fingerprint;
use crate::language::kept;
use crate::store::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_normalize::{Bodies, Profile, find_related};

/// The records in the order of their sources, each with what the others tell of it. All that belong to one disclosure, the
/// year before and the units of a department must be among them.
pub(crate) fn settle(mut records: Vec<DocumentRecord>, bodies: &Bodies) -> Vec<DocumentRecord> {
    records.sort_by(|a, b| a.source.cmp(&b.source));
    let mut records = without_copies(records);
    let mut entries: Vec<Entry> = records.iter().map(entry).collect();
    name_bodies(entries.iter_mut(), bodies);
    records = completed(records, &entries);
    for (index, record) in compared(&records, &entries) {
        if let (Some(entry), Some(known)) = (entries.get_mut(index), records.get_mut(index)) {
            entry.card = Some(Arc::new(Card::of(&record)));
            *known = record;
        }
    }
    compare_versions(&mut entries.iter_mut().collect::<Vec<_>>());
    completed(records, &entries)
}

/// The same bytes count once, under the first of their names.
fn without_copies(records: Vec<DocumentRecord>) -> Vec<DocumentRecord> {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let once = |record: DocumentRecord| {
        let original = first.entry(record.sha256.clone()).or_insert_with(|| record.source.clone());
        if record.bytes == 0 || *original == record.source {
            return record;
        }
        let content = Fingerprint { bytes: record.bytes, sha256: record.sha256 };
        let error = kept::same_content(&*original);
        DocumentRecord { status: DocumentStatus::Duplicate, error, ..identified(&record.source, &content) }
    };
    records.into_iter().map(once).collect()
}

fn entry(record: &DocumentRecord) -> Entry {
    let is_copy = record.status == DocumentStatus::Duplicate;
    Entry {
        source: record.source.clone(),
        url: record.source_url.clone(),
        content: Some(Fingerprint { bytes: record.bytes, sha256: record.sha256.clone() }),
        record: is_copy.then(|| Box::new(record.clone())),
        card: (!is_copy).then(|| Arc::new(Card::of(record))),
        ..Entry::default()
    }
}

fn completed(records: Vec<DocumentRecord>, entries: &[Entry]) -> Vec<DocumentRecord> {
    records.into_iter().zip(entries).map(|(record, entry)| entry.complete(record)).collect()
}

/// The records that comparison with related ones changes, by their places. Each is compared with the others as they were read.
fn compared(records: &[DocumentRecord], entries: &[Entry]) -> Vec<(usize, DocumentRecord)> {
    let related = find_related(&entries.iter().map(profile).collect::<Vec<_>>());
    let changed = related.iter().filter_map(|(index, others)| {
        let mut all: BTreeSet<usize> = others.clone();
        all.insert(*index);
        let mut group: Vec<DocumentRecord> = all.iter().filter_map(|index| records.get(*index).cloned()).collect();
        compare_all(&mut group);
        let at = all.iter().position(|member| member == index)?;
        Some((*index, group.into_iter().nth(at)?))
    });
    changed.collect()
}

/// What is known of a document that was read.
fn profile(entry: &Entry) -> Option<Profile<'_>> {
    entry.card.as_ref()?.profile()
}
