//! Related documents compared: the files of one disclosure, last year's document of the same body, the units under a
//! department. Only those are read back, a few at a time: which are related is known from their short forms.

use super::heal;
use super::planned::Planned;
use super::shared::Run;
use crate::document::{Card, pack};
use crate::store::Key;
use anyhow::Result;
use rayon::prelude::*;
use std::collections::BTreeSet;
use yusuan_export::{DocumentRecord, sha256_hex};
use yusuan_normalize::{Profile, find_related};

/// Compares every document with those that may tell something of it, and stores what that changes.
pub(super) fn compare(run: &Run<'_>, planned: &mut [Planned]) -> Result<()> {
    for one in &mut *planned {
        one.entry.compared = None;
    }
    let shared: &[Planned] = planned;
    let related = find_related(&shared.iter().map(profile).collect::<Vec<_>>());
    let changed = related.par_iter().map(|(index, others)| compared(run, shared, *index, others));
    let changed: Vec<Option<Compared>> = changed.collect::<Result<Vec<_>>>()?;
    for Compared { index, key, card } in changed.into_iter().flatten() {
        if let Some(one) = planned.get_mut(index) {
            (one.entry.compared, one.entry.card) = (Some(key), Some(card));
        }
    }
    Ok(())
}

/// What is known of a document that was read from a file of its own.
fn profile(one: &Planned) -> Option<Profile<'_>> {
    one.entry.card.as_ref().filter(|_| one.entry.record.is_none())?.profile()
}

/// A document that comparison changed, and the name of its result.
struct Compared {
    index: usize,
    key: Key,
    card: Card,
}

/// The document after comparison with the others, if that changed it.
fn compared(run: &Run<'_>, planned: &[Planned], index: usize, others: &BTreeSet<usize>) -> Result<Option<Compared>> {
    run.interrupt.check()?;
    // In the order of the batch, which decides between several that would do.
    let mut all = others.clone();
    all.insert(index);
    let members = all.iter().filter_map(|index| planned.get(*index));
    let mut records = members.map(|one| heal::load(run, one)).collect::<Result<Vec<DocumentRecord>>>()?;
    let at = all.iter().position(|member| *member == index).unwrap_or(0);
    let Some(before) = records.get(at).cloned() else { return Ok(None) };
    compare_all(&mut records);
    let Some(record) = records.get(at).filter(|record| **record != before) else { return Ok(None) };
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
    Ok(Some(Compared { index, key, card: Card::of(record) }))
}

/// Compares the documents of a batch: what only they together can tell goes into each.
pub(super) fn compare_all(records: &mut [DocumentRecord]) {
    let mut named: Vec<_> = records
        .iter_mut()
        .filter_map(|record| record.document.as_mut().map(|document| (record.source.as_str(), document)))
        .collect();
    yusuan_normalize::compare_documents(&mut named);
}
