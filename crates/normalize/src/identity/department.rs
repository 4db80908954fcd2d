//! Which body is it? The name as printed, in its longest consistent form.

use crate::identity::material::Material;
use crate::identity::name::{starts_with_region, without_party};
use crate::identity::title;
use crate::model::vocabulary::EntityScope;
use crate::reading::fold::fold;
use crate::reading::region;
use crate::reading::words::OWN_LEVELS;
use std::collections::BTreeMap;

/// A name's place part is never longer than this (广西壮族自治区…自治县).
const PLACE_CHARS: usize = 24;

/// A body's name and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// As printed, spaces removed.
    pub(crate) name: String,
    /// Smaller is more trusted.
    pub(crate) rank: u8,
}

/// The name chosen, with doubts in words.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    /// Empty where nothing names a body.
    pub(crate) name: String,
    /// Conflicts between sources.
    pub(crate) flags: Vec<String>,
}

/// Chooses the body's name: cover, chapter headings, table titles, captions, in this order; then its longest form.
pub(crate) fn choose(material: &Material, scope: EntityScope) -> Chosen {
    let candidates = candidates(material, scope);
    let Some(first) = candidates.first() else { return Chosen::default() };
    let mut name = first.name.clone();
    for other in &candidates {
        // 某局（本级） is the office of 某局, and no longer form of its name.
        let office = OWN_LEVELS.strip_end(&fold(&other.name)).is_some_and(|bare| is_same_or_short(bare, &name));
        if !office && is_short_form(&name, &other.name) {
            name.clone_from(&other.name);
        }
    }
    if !starts_with_region(&name)
        && let Some(longer) = with_place(&name, &material.text)
    {
        name = longer;
    }
    let flags = conflicts(&name, &candidates);
    Chosen { name, flags }
}

fn is_same_or_short(bare: &str, name: &str) -> bool {
    bare == name || is_short_form(bare, name)
}

/// All names found, most trusted first; among the captions the most frequent first.
fn candidates(material: &Material, scope: EntityScope) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |name: &str, rank: u8| {
        if title::is_body(name) && !title::whole_region(name) && !found.iter().any(|c| c.name == name) {
            found.push(Candidate { name: name.to_owned(), rank });
        }
    };
    for label in &material.cover_labels {
        let rank = if label.superior && scope == EntityScope::Agency { 9 } else { 0 };
        add(&label.name, rank);
    }
    if let Some(title) = &material.cover {
        add(&title.who, 0);
    }
    for heading in &material.headings {
        add(&heading.who, 1);
    }
    for title in &material.titles {
        add(&title.who, 2);
    }
    for (name, superior) in by_frequency(material) {
        let rank = if superior { 9 } else { 3 };
        add(&name, rank);
    }
    found.sort_by_key(|c| c.rank);
    found
}

/// Names in captions, most frequent first, then in order of appearance.
fn by_frequency(material: &Material) -> Vec<(String, bool)> {
    let mut counts: Vec<(String, bool, usize)> = Vec::new();
    for label in &material.labels {
        match counts.iter_mut().find(|(name, superior, _)| *name == label.name && *superior == label.superior) {
            Some(entry) => entry.2 += 1,
            None => counts.push((label.name.clone(), label.superior, 1)),
        }
    }
    counts.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(name, superior, _)| (name, superior)).collect()
}

/// Whether `short` is a short form of `long`: 市科学技术协会 and 凉山州科协 are short forms of the full names. A name
/// that already begins with a place is only extended by one of the same place.
pub(crate) fn is_short_form(short: &str, long: &str) -> bool {
    if short.chars().count() >= long.chars().count() {
        return false;
    }
    let short_place = region::read_prefix(without_party(short));
    let Some(long_place) = region::read_prefix(without_party(long)) else { return false };
    let Some(place) = short_place else {
        return long.ends_with(short) || abbreviates(relative_core(short), place_core(long, long_place.length));
    };
    let same = place.candidates.iter().any(|a| long_place.candidates.iter().any(|b| a.code == b.code));
    let short_core = place_core(short, place.length);
    let long_core = place_core(long, long_place.length);
    same && short_core != long_core && abbreviates(short_core, long_core)
}

/// The name after its place.
fn place_core(name: &str, length: usize) -> &str {
    without_party(name).get(length..).unwrap_or("")
}

/// A relative name (市科协, 本级 …) without the word for the own place.
fn relative_core(name: &str) -> &str {
    ["自治区", "自治州", "省", "市", "区", "县", "州", "旗"].iter().find_map(|p| name.strip_prefix(p)).unwrap_or(name)
}

/// Whether every character of the short name occurs in the long one in the same order, the first and last at its ends:
/// 科协 abbreviates 科学技术协会 in the way that Chinese abbreviations are formed.
fn abbreviates(short: &str, long: &str) -> bool {
    let (count, full) = (short.chars().count(), long.chars().count());
    if count < 2 || count >= full || short.chars().next() != long.chars().next() {
        return false;
    }
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|l| l == c))
}

/// Finds the full form of a name without place in the document's text: the place names printed right before it. Only a
/// single place counts; a superior body of the same name (省科学技术协会) may be mentioned too, so 市 must be a 市.
fn with_place(name: &str, text: &str) -> Option<String> {
    if name.chars().count() < 3 {
        return None;
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (at, _) in text.match_indices(name) {
        let rank = ["省", "市", "区", "县", "州", "旗"].iter().find(|r| name.starts_with(**r)).map_or(0, |r| r.len());
        if let Some(place) = text.get(..at + rank).and_then(place_before) {
            *counts.entry(format!("{place}{}", name.get(rank..).unwrap_or(""))).or_default() += 1;
        }
    }
    let most = counts.iter().max_by_key(|(_, count)| **count)?;
    let rivals = counts.iter().filter(|(form, _)| *form != most.0 && !is_same_place(form, most.0));
    let clear = rivals.map(|(_, count)| *count * 3).max().is_none_or(|rival| rival <= *most.1);
    clear.then(|| most.0.clone())
}

/// Whether two forms name a common place (三门峡市… and 河南省三门峡市…).
fn is_same_place(a: &str, b: &str) -> bool {
    let place = |n: &str| region::read_prefix(without_party(n)).map(|r| r.candidates);
    match (place(a), place(b)) {
        (Some(x), Some(y)) => x.iter().any(|p| y.iter().any(|q| p.code == q.code)),
        _ => false,
    }
}

/// The longest place name that ends exactly at the end of the text, an organisation's prefix before it included.
fn place_before(text: &str) -> Option<&str> {
    let line = text.rsplit('\n').next().unwrap_or(text);
    let starts: Vec<usize> = line.char_indices().map(|(i, _)| i).collect();
    let from = starts.len().saturating_sub(PLACE_CHARS);
    starts.get(from..)?.iter().find_map(|&at| {
        let part = line.get(at..)?;
        let place = without_party(part);
        region::read_prefix(place).filter(|r| r.length == place.len()).map(|_| part)
    })
}

/// Sources that name another body.
fn conflicts(name: &str, candidates: &[Candidate]) -> Vec<String> {
    let core = region::read_prefix(without_party(name)).map_or(name, |r| place_core(name, r.length));
    candidates
        .iter()
        .filter(|c| c.rank < 4 && !related(&c.name, name, core))
        .map(|c| format!("另有名称“{}”，与“{name}”不一致", c.name))
        .take(3)
        .collect()
}

/// Whether two names speak of the same body or of a part of it.
fn related(other: &str, name: &str, core: &str) -> bool {
    let relative = relative_core(other);
    other.contains(core)
        || name.contains(other)
        || (relative.len() < other.len() && name.ends_with(relative))
        || is_short_form(other, name)
        || is_short_form(name, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_recognised_and_other_bodies_are_not() {
        assert!(is_short_form("市科学技术协会", "三门峡市科学技术协会"));
        assert!(is_short_form("科协", "三门峡市科学技术协会"));
        assert!(is_short_form("凉山州科协", "凉山州科学技术协会"));
        assert!(!is_short_form("三门峡市财政局", "三门峡市科学技术协会"));
        assert!(!is_short_form("焦作市科学技术协会", "河南省焦作市科学技术协会"));
        assert!(!is_short_form("焦作市科协", "三门峡市科学技术协会"));
    }

    #[test]
    fn a_relative_name_takes_the_place_printed_before_it() {
        let text = "河南省科学技术协会\n311001\n三门峡市科学技术协会\n对三门峡市科学技术协会机关本级";
        assert_eq!(with_place("市科学技术协会", text).as_deref(), Some("三门峡市科学技术协会"));
        assert_eq!(with_place("县科学技术协会", text), None);
        let two = "甲\n三门峡市科学技术协会\n焦作市科学技术协会";
        assert_eq!(with_place("市科学技术协会", two), None);
    }
}
