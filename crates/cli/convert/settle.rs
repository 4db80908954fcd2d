//! What do the files of one disclosure tell of each other? Only those that may differ are read back: whether they do is
//! known from their short forms.

use super::plan::Planned;
use super::run::Run;
use crate::store::{Card, Key, pack};
use anyhow::Result;
use rayon::prelude::*;
use std::collections::BTreeMap;
use yusuan_export::{DocumentRecord, sha256_hex};
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
    for (index, key, card) in changed.into_iter().flatten() {
        if let Some(one) = planned.get_mut(index) {
            (one.entry.settled, one.entry.card) = (Some(key), Some(card));
        }
    }
    Ok(())
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
        let packed = pack(record)?;
        // Named by content: the same comparison gives the same result, whoever else is in the run.
        let key = Key::of(&["settled", &sha256_hex(&packed)]);
        if run.results.size(&key) != Some(packed.len() as u64) {
            run.results.put_packed(&key, &packed)?;
        }
        changed.push((*index, key, Card::of(record)));
    }
    Ok(changed)
}

fn missing(record: &DocumentRecord) -> Vec<String> {
    record.document.as_ref().map(|document| document.tables_missing.clone()).unwrap_or_default()
}
