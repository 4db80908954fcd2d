//! Several documents of one body, year, kind and scope: which is to be used, and what the others print of its figures. All of
//! it is told from short forms; no result is read back.

use crate::document::{Card, Figure};
use crate::inputs::Fingerprint;
use crate::store::Entry;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use yusuan_export::Rival;
use yusuan_normalize::{Bodies, Concept, Phase, Version, superseded, versions};

/// Writes down whose document each is, by the list and by the rules, and forgets what the run before said of versions.
pub(crate) fn name_bodies<'a>(entries: impl Iterator<Item = &'a mut Entry>, bodies: &Bodies) {
    for entry in entries {
        entry.superseded_by.clear();
        entry.rivals.clear();
        let Some(card) = &mut entry.card else { continue };
        let mut named = card.identity.clone();
        if let Some(identity) = &mut named {
            bodies.name(identity);
        }
        // A card that others share is copied where it changes only.
        if named != card.identity {
            Arc::make_mut(card).identity = named;
        }
    }
}

/// Writes down which documents others replace, and which figures others print differently.
pub(crate) fn compare_versions(entries: &mut [&mut Entry]) {
    let (instead, rivals) = {
        let all: Vec<Option<Version<'_>>> = entries.iter().map(|entry| version(entry)).collect();
        let groups = versions(&all);
        let instead = superseded(&all, &groups);
        let cards: Vec<Option<&Card>> = entries.iter().map(|entry| card(entry)).collect();
        let used = |index: &usize| !instead.contains_key(index);
        let rivals: Vec<(usize, Vec<Rival>)> = groups.iter().flat_map(|group| rivals(group, &cards, used)).collect();
        (instead, rivals)
    };
    for (index, other) in instead {
        let doc_id = entries.get(other).and_then(|entry| entry.content.as_ref()).map(Fingerprint::doc_id);
        if let Some(entry) = entries.get_mut(index) {
            entry.superseded_by = doc_id.unwrap_or_default();
        }
    }
    for (index, rivals) in rivals {
        if let Some(entry) = entries.get_mut(index) {
            entry.rivals = rivals;
        }
    }
}

/// What is known of a document that was read from a file of its own.
fn card(entry: &Entry) -> Option<&Card> {
    entry.card.as_deref().filter(|_| entry.record.is_none())
}

fn version(entry: &Entry) -> Option<Version<'_>> {
    let card = card(entry)?;
    let identity = card.identity.as_ref()?;
    Some(Version { source: &entry.source, identity, contents: &card.contents, failed: card.failed })
}

/// What the documents of a group, those to prefer first, have to say of each other's figures. In the panel the first that is
/// used and prints a figure stands for it.
fn rivals<'a>(
    group: &'a [usize],
    cards: &'a [Option<&Card>],
    used: impl Fn(&usize) -> bool,
) -> Vec<(usize, Vec<Rival>)> {
    let figures = |index: &usize| cards.get(*index).copied().flatten().map_or(&[][..], |card| card.figures.as_slice());
    let mut stands: BTreeMap<(Concept, Phase), usize> = BTreeMap::new();
    for index in group.iter().filter(|index| used(index)) {
        for figure in figures(index) {
            stands.entry((figure.concept, figure.phase)).or_insert(*index);
        }
    }
    let rivals = |index: &usize| {
        let rival = |figure: &Figure| {
            let (concept, phase) = (figure.concept, figure.phase);
            if stands.get(&(concept, phase)) != Some(index) {
                return Some(Rival { concept, phase, withheld: true, values: Vec::new() });
            }
            let others = group.iter().filter(|other| *other != index).flat_map(figures);
            let others = others.filter(|other| (other.concept, other.phase) == (concept, phase));
            let mut values: Vec<Decimal> = Vec::new();
            for other in others.filter(|other| other.differs(figure)) {
                if !values.contains(&other.value) {
                    values.push(other.value);
                }
            }
            (!values.is_empty()).then_some(Rival { concept, phase, withheld: false, values })
        };
        (*index, figures(index).iter().filter_map(rival).collect::<Vec<Rival>>())
    };
    group.iter().filter(|index| used(index)).map(rivals).filter(|(_, rivals)| !rivals.is_empty()).collect()
}
