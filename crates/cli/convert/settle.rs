//! What do the files of one disclosure tell of each other? Only those that may differ are read back: whether they do is
//! known from their short forms.

use super::plan::Planned;
use super::run::Run;
use crate::store::{Card, Key, pack};
use anyhow::Result;
use rayon::prelude::*;
use std::collections::BTreeMap;
use yusuan_export::{DocumentRecord, sha256_hex};
use yusuan_normalize::check::neighbours;
use yusuan_normalize::disclosure::{self, Part};
use yusuan_normalize::{Identity, NormalizedDocument};

/// Compares the files of each disclosure and stores what that changes.
pub(super) fn all(run: &Run<'_>, planned: &mut [Planned]) -> Result<()> {
    for one in &mut *planned {
        one.entry.settled = None;
    }
    let groups = groups(planned);
    let shared: &[Planned] = planned;
    let changed = groups.par_iter().map(|group| settle(run, shared, group)).collect::<Result<Vec<_>>>()?;
    take(planned, changed.into_iter().flatten().collect());
    against_neighbours(run, planned)
}

fn take(planned: &mut [Planned], changed: Changed) {
    for (index, key, card) in changed {
        if let Some(one) = planned.get_mut(index) {
            (one.entry.settled, one.entry.card) = (Some(key), Some(card));
        }
    }
}

/// Checks documents against last year's and against their units', where the run holds them.
fn against_neighbours(run: &Run<'_>, planned: &mut [Planned]) -> Result<()> {
    let mut regions: BTreeMap<(&str, &str), Vec<(usize, &Identity)>> = BTreeMap::new();
    for (index, one) in planned.iter().enumerate().filter(|(_, one)| one.entry.record.is_none()) {
        let identity = one.entry.card.as_ref().and_then(|card| card.identity.as_ref());
        if let Some((identity, kind)) = identity.and_then(|i| Some((i, i.kind?))) {
            regions.entry((kind.as_str(), &identity.region_code)).or_default().push((index, identity));
        }
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for members in regions.values() {
        let identities: Vec<&Identity> = members.iter().map(|(_, identity)| *identity).collect();
        for (at, (index, _)) in members.iter().enumerate() {
            let others = neighbours::of(&identities, at);
            let others = others.iter().filter_map(|other| members.get(*other)).map(|(other, _)| *other);
            let group: Vec<usize> = std::iter::once(*index).chain(others).collect();
            groups.extend((group.len() > 1).then_some(group));
        }
    }
    let shared: &[Planned] = planned;
    let changed = groups.par_iter().map(|group| check_one(run, shared, group)).collect::<Result<Vec<_>>>()?;
    take(planned, changed.into_iter().flatten().collect());
    Ok(())
}

/// Checks the first of a group against the others.
fn check_one(run: &Run<'_>, planned: &[Planned], group: &[usize]) -> Result<Changed> {
    run.interrupt.check()?;
    let members: Vec<&Planned> = group.iter().filter_map(|index| planned.get(*index)).collect();
    let load = |one: &&Planned| one.entry.load(&run.results);
    let mut records = members.iter().map(load).collect::<Result<Vec<DocumentRecord>, _>>()?.into_iter();
    let (Some(mut record), Some(index)) = (records.next(), group.first()) else { return Ok(Changed::new()) };
    let others: Vec<DocumentRecord> = records.collect();
    let neighbours: Vec<(&str, &NormalizedDocument)> =
        others.iter().filter_map(|r| Some((r.source.as_str(), r.document.as_ref()?))).collect();
    let before = record.document.as_ref().map_or(0, |document| document.checks.len());
    if let Some(document) = record.document.as_mut() {
        neighbours::settle_one(document, &neighbours);
    }
    if record.document.as_ref().map_or(0, |document| document.checks.len()) == before {
        return Ok(Changed::new());
    }
    Ok(vec![(*index, store(run, &record)?, Card::of(&record))])
}

/// Named by content: the same comparison gives the same result, whoever else is in the run.
fn store(run: &Run<'_>, record: &DocumentRecord) -> Result<Key> {
    let packed = pack(record)?;
    let key = Key::of(&["settled", &sha256_hex(&packed)]);
    if run.results.size(&key) != Some(packed.len() as u64) {
        run.results.put_packed(&key, &packed)?;
    }
    Ok(key)
}

/// Positions of files that are one disclosure and of which one lists tables that it does not hold.
fn groups(planned: &[Planned]) -> Vec<Vec<usize>> {
    let mut buckets: BTreeMap<_, Vec<(usize, &Card)>> = BTreeMap::new();
    for (index, one) in planned.iter().enumerate() {
        let Some(card) = one.entry.card.as_ref().filter(|_| one.entry.record.is_none()) else { continue };
        let Some(identity) = &card.identity else { continue };
        // What belongs together agrees in these three, so the others need not be compared.
        if let (Some(year), Some(kind)) = (identity.year, identity.kind) {
            buckets.entry((year, kind.as_str(), identity.scope.as_str())).or_default().push((index, card));
        }
    }
    let lists = |card: &Card| card.part == Some(Part::Narrative) && card.missing > 0;
    let mut groups = Vec::new();
    for bucket in buckets.into_values().filter(|bucket| bucket.iter().any(|(_, card)| lists(card))) {
        let identities: Vec<&Identity> = bucket.iter().filter_map(|(_, card)| card.identity.as_ref()).collect();
        for group in disclosure::together(&identities).into_iter().filter(|group| group.len() > 1) {
            let members: Vec<&(usize, &Card)> = group.iter().filter_map(|at| bucket.get(*at)).collect();
            if members.iter().any(|(_, card)| lists(card)) {
                groups.push(members.into_iter().map(|(index, _)| *index).collect());
            }
        }
    }
    groups
}

type Changed = Vec<(usize, Key, Card)>;

fn settle(run: &Run<'_>, planned: &[Planned], group: &[usize]) -> Result<Changed> {
    run.interrupt.check()?;
    let members: Vec<&Planned> = group.iter().filter_map(|index| planned.get(*index)).collect();
    let load = |one: &&Planned| one.entry.load(&run.results);
    let mut records = members.iter().map(load).collect::<Result<Vec<DocumentRecord>, _>>()?;
    let listed: Vec<Vec<String>> = records.iter().map(missing).collect();
    let mut documents: Vec<&mut NormalizedDocument> = records.iter_mut().filter_map(|r| r.document.as_mut()).collect();
    disclosure::settle(&mut documents);
    let mut changed = Changed::new();
    for ((record, listed), index) in records.iter().zip(listed).zip(group) {
        if missing(record) == listed {
            continue;
        }
        changed.push((*index, store(run, record)?, Card::of(record)));
    }
    Ok(changed)
}

fn missing(record: &DocumentRecord) -> Vec<String> {
    record.document.as_ref().map(|document| document.tables_missing.clone()).unwrap_or_default()
}
