//! What do documents tell of each other: the files of one disclosure, last year's document of the same body, the units
//! under a department? Only those that may are read back, a few at a time: whether they may is known from their short
//! forms.

use super::plan::Planned;
use super::run::Run;
use crate::store::{Card, Key, pack};
use anyhow::Result;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use yusuan_export::{DocumentRecord, sha256_hex};
use yusuan_normalize::{EntityScope, Identity, Part, is_same_body, together};

/// Compares every document with those that may tell something of it, and stores what that changes.
pub(super) fn all(run: &Run<'_>, planned: &mut [Planned]) -> Result<()> {
    for one in &mut *planned {
        one.entry.settled = None;
    }
    let company = company(planned);
    let shared: &[Planned] = planned;
    let changed = company.par_iter().map(|(index, with)| settle(run, shared, (*index, with)));
    let changed: Vec<Option<(usize, Key, Card)>> = changed.collect::<Result<Vec<_>>>()?;
    for (index, key, card) in changed.into_iter().flatten() {
        if let Some(one) = planned.get_mut(index) {
            (one.entry.settled, one.entry.card) = (Some(key), Some(card));
        }
    }
    Ok(())
}

/// A document with what is known of it.
type Known<'a> = (usize, &'a Card, &'a Identity);

/// For each document that others may tell something of, those others and itself.
fn company(planned: &[Planned]) -> Vec<(usize, BTreeSet<usize>)> {
    // Everything that belongs together agrees in the kind, and mostly in year and scope, so the rest is not compared.
    let mut buckets: BTreeMap<_, Vec<Known<'_>>> = BTreeMap::new();
    for (index, one) in planned.iter().enumerate() {
        let Some(card) = one.entry.card.as_ref().filter(|_| one.entry.record.is_none()) else { continue };
        let Some(identity) = &card.identity else { continue };
        if let (Some(year), Some(kind)) = (identity.year, identity.kind) {
            buckets.entry((kind.as_str(), identity.scope.as_str(), year)).or_default().push((index, card, identity));
        }
    }
    let mut company: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for ((kind, scope, year), bucket) in &buckets {
        sisters(bucket, &mut company);
        let before = buckets.get(&(*kind, *scope, year - 1)).map_or(&[][..], Vec::as_slice);
        let units = buckets.get(&(*kind, EntityScope::Agency.as_str(), *year)).map_or(&[][..], Vec::as_slice);
        for one in bucket {
            let last = before.iter().filter(|other| is_same(one.2, other.2));
            let own = units.iter().filter(|other| other.0 != one.0 && is_unit(one, other));
            let told: Vec<usize> = last.chain(own).map(|other| other.0).collect();
            if !told.is_empty() {
                company.entry(one.0).or_default().extend(told);
            }
        }
    }
    company.into_iter().map(|(index, mut with)| (with.insert(index), (index, with)).1).collect()
}

/// Files of one disclosure of which one is a narrative whose tables are elsewhere.
fn sisters(bucket: &[Known<'_>], company: &mut BTreeMap<usize, BTreeSet<usize>>) {
    let lists = |card: &Card| card.part == Some(Part::Narrative);
    if !bucket.iter().any(|(_, card, _)| lists(card)) {
        return;
    }
    let identities: Vec<&Identity> = bucket.iter().map(|(_, _, identity)| *identity).collect();
    for group in together(&identities).into_iter().filter(|group| group.len() > 1) {
        let members: Vec<&Known<'_>> = group.iter().filter_map(|at| bucket.get(*at)).collect();
        for (index, _, _) in members.iter().filter(|(_, card, _)| lists(card)) {
            company.entry(*index).or_default().extend(members.iter().map(|member| member.0));
        }
    }
}

fn is_near(a: &Identity, b: &Identity) -> bool {
    a.region_code.is_empty() || b.region_code.is_empty() || a.region_code == b.region_code
}

fn is_same(a: &Identity, b: &Identity) -> bool {
    is_near(a, b) && is_same_body(&a.department, &b.department)
}

/// Whether the other is the office of the department, or a unit whose name its tables print.
fn is_unit(one: &Known<'_>, other: &Known<'_>) -> bool {
    let (card, department, unit) = (one.1, one.2, other.2);
    let named = || card.units.iter().any(|name| is_same_body(name, &unit.department));
    department.scope == EntityScope::Department
        && is_near(department, unit)
        && (is_same_body(&department.department, &unit.department) || named())
}

/// The document after comparison, if that changed it.
fn settle(
    run: &Run<'_>,
    planned: &[Planned],
    (index, with): (usize, &BTreeSet<usize>),
) -> Result<Option<(usize, Key, Card)>> {
    run.interrupt.check()?;
    let members: Vec<&Planned> = with.iter().filter_map(|index| planned.get(*index)).collect();
    let load = |one: &&Planned| one.entry.load(&run.results);
    let mut records = members.iter().map(load).collect::<Result<Vec<DocumentRecord>, _>>()?;
    let at = with.iter().position(|member| *member == index).unwrap_or(0);
    let Some(before) = records.get(at).cloned() else { return Ok(None) };
    super::settle(&mut records);
    let Some(record) = records.get(at).filter(|record| **record != before) else { return Ok(None) };
    let packed = pack(record)?;
    // Named by content: the same comparison gives the same result, whoever else is in the run.
    let key = Key::of(&["settled", &sha256_hex(&packed)]);
    if run.results.size(&key) != Some(packed.len() as u64) {
        run.results.put_packed(&key, &packed)?;
    }
    Ok(Some((index, key, Card::of(record))))
}
