//! Related documents compared: the files of one disclosure, last year's document of the same body, the units under a
//! department. Only those are read back, a few at a time: which are related is known from their short forms.

use super::heal;
use super::planned::Planned;
use super::shared::Run;
use crate::document::{Card, pack};
use crate::store::{Entry, Key, PROGRAM};
use anyhow::Result;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use yusuan_export::{DocumentRecord, sha256_hex};
use yusuan_normalize::{Identity, Profile, find_related};

/// Compares every document with those that may tell something of it, and stores what that changes. What an earlier run
/// made from the same results is not made again.
pub(super) fn compare(run: &Run<'_>, planned: &mut [Planned]) -> Result<()> {
    let shared: &[Planned] = planned;
    let related = find_related(&shared.iter().map(profile).collect::<Vec<_>>());
    let alone = |index: &usize| !related.contains_key(index);
    let (none, parted) = (BTreeSet::new(), shared.iter().enumerate().filter(|(_, one)| one.entry.compared.is_some()));
    let parted = parted.map(|(index, _)| index).filter(alone).map(|index| (index, &none));
    let groups: Vec<_> = related.iter().map(|(index, others)| (*index, others)).chain(parted).collect();
    let outcomes = groups.par_iter().map(|(index, others)| outcome(run, shared, *index, others));
    let outcomes: Vec<Option<Compared>> = outcomes.collect::<Result<Vec<_>>>()?;
    for Compared { index, key, from, card } in outcomes.into_iter().flatten() {
        if let Some(one) = planned.get_mut(index) {
            (one.entry.compared, one.entry.compared_from, one.entry.card) = (key, Some(from), Some(Arc::new(card)));
        }
    }
    Ok(())
}

/// What is known of a document that was read from a file of its own.
fn profile(one: &Planned) -> Option<Profile<'_>> {
    one.entry.card.as_ref().filter(|_| one.entry.record.is_none())?.profile()
}

/// What became of a document by comparison.
struct Compared {
    index: usize,
    /// The name of its result, where the others changed it.
    key: Option<Key>,
    /// What it was made from.
    from: Key,
    card: Card,
}

/// The document after comparison with the others; `None` where what the run before made of it still holds.
fn outcome(run: &Run<'_>, planned: &[Planned], index: usize, others: &BTreeSet<usize>) -> Result<Option<Compared>> {
    run.interrupt.check()?;
    // In the order of the batch, which decides between several that would do.
    let mut all = others.clone();
    all.insert(index);
    let members: Vec<&Planned> = all.iter().filter_map(|index| planned.get(*index)).collect();
    let at = all.iter().position(|member| *member == index).unwrap_or(0);
    let from = made_from(at, &members);
    if members.get(at).is_some_and(|one| still_holds(run, one, &from)) {
        return Ok(None);
    }
    let read_alone =
        members.into_iter().map(|one| Planned { entry: Entry { compared: None, ..one.entry.clone() }, ..one.clone() });
    let mut records = read_alone.map(|one| heal::load(run, &one)).collect::<Result<Vec<DocumentRecord>>>()?;
    let Some(before) = records.get(at).cloned() else { return Ok(None) };
    compare_all(&mut records);
    let Some(record) = records.get(at) else { return Ok(None) };
    let key = if *record == before { None } else { Some(stored(run, record)?) };
    Ok(Some(Compared { index, key, from, card: Card::of(record) }))
}

/// Everything that decides a comparison: the results, the names of the files and of the bodies, and which one it is about.
fn made_from(at: usize, members: &[&Planned]) -> Key {
    let identity = |one: &Planned| one.entry.card.as_ref().and_then(|card| card.identity.clone()).unwrap_or_default();
    let member = |one: &&Planned| {
        let (Identity { body_id, body, .. }, read) = (identity(one), one.entry.read.clone().unwrap_or_default());
        [one.entry.source.clone(), read.as_str().to_owned(), body_id, body]
    };
    let members: Vec<String> = members.iter().flat_map(member).collect();
    let first = ["compared from", PROGRAM, &at.to_string()].map(str::to_owned);
    Key::of(&first.iter().chain(&members).map(String::as_str).collect::<Vec<_>>())
}

fn still_holds(run: &Run<'_>, one: &Planned, from: &Key) -> bool {
    let is_there = |key: &Key| run.results.is_whole(key);
    one.entry.compared_from.as_ref() == Some(from) && one.entry.compared.as_ref().is_none_or(is_there)
}

/// Stores a result of comparison, if it isn't there, and gives its name.
fn stored(run: &Run<'_>, record: &DocumentRecord) -> Result<Key> {
    let packed = pack(record)?;
    // Named by content: the same comparison gives the same result, whoever else is in the run.
    let key = Key::of(&["compared", &sha256_hex(&packed)]);
    if !run.results.holds(&key, &packed) {
        if run.results.size(&key).is_some() {
            tracing::warn!(source = record.source, "stored result does not fit, made again");
            run.heal(&key);
        }
        run.results.put_packed(&key, &packed)?;
    }
    Ok(key)
}

/// Compares the documents of a batch: what only they together can tell goes into each.
pub(super) fn compare_all(records: &mut [DocumentRecord]) {
    let mut named: Vec<_> = records
        .iter_mut()
        .filter_map(|record| record.document.as_mut().map(|document| (record.source.as_str(), document)))
        .collect();
    yusuan_normalize::compare_documents(&mut named);
}
