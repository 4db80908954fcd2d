//! Which documents of a batch may tell something of each other: the files of one disclosure, last year's document of the
//! same body, the units under a department? Told from a few words on each, so that only those need be at hand that are
//! compared.

use crate::batch::disclosure::{Part, together};
use crate::identity::{is_of_same_body, is_same_body};
use crate::model::document::NormalizedDocument;
use crate::model::identity::Identity;
use crate::model::vocabulary::EntityScope;
use std::collections::{BTreeMap, BTreeSet};

/// A department has some dozens of units; more names than this are no units.
const MOST_UNITS: usize = 500;

/// What must be known of a document to find those related to it.
#[derive(Debug, Clone, Copy)]
pub struct Profile<'a> {
    /// Whose disclosure it is.
    pub identity: &'a Identity,
    /// What it holds of its disclosure.
    pub part: Option<Part>,
    /// Units whose rows its tables hold, see [`unit_names`].
    pub units: &'a [String],
}

/// The names of the units whose rows a department's tables hold; none of a document of any other body.
pub fn unit_names(document: &NormalizedDocument) -> Vec<String> {
    if document.identity.scope != EntityScope::Department {
        return Vec::new();
    }
    let facts = document.statements.iter().flat_map(|statement| &statement.facts);
    let names: BTreeSet<&str> = facts.map(|fact| fact.agency.name.as_str()).filter(|name| !name.is_empty()).collect();
    names.into_iter().take(MOST_UNITS).map(ToOwned::to_owned).collect()
}

/// For each document that others may tell something of, those others. Documents are meant by their positions in the list;
/// one without a profile is related to none.
pub fn find_related(profiles: &[Option<Profile<'_>>]) -> BTreeMap<usize, BTreeSet<usize>> {
    // Everything that belongs together agrees in the kind, and mostly in year and scope, so the rest is not compared.
    let mut buckets: BTreeMap<_, Vec<Known<'_>>> = BTreeMap::new();
    for (index, profile) in profiles.iter().enumerate() {
        let Some(profile) = profile else { continue };
        let identity = profile.identity;
        if let (Some(year), Some(kind)) = (identity.year, identity.kind) {
            let known = Known { index, profile };
            buckets.entry((kind.as_str(), identity.scope.as_str(), year)).or_default().push(known);
        }
    }
    let mut related: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for ((kind, scope, year), bucket) in &buckets {
        add_table_files(bucket, &mut related);
        let before = buckets.get(&(*kind, *scope, year - 1)).map_or(&[][..], Vec::as_slice);
        let units = buckets.get(&(*kind, EntityScope::Agency.as_str(), *year)).map_or(&[][..], Vec::as_slice);
        for one in bucket {
            let last = before.iter().filter(|other| is_of_same_body(one.profile.identity, other.profile.identity));
            let own = units.iter().filter(|other| other.index != one.index && is_unit(one.profile, other.profile));
            let others: Vec<usize> = last.chain(own).map(|other| other.index).collect();
            if !others.is_empty() {
                related.entry(one.index).or_default().extend(others);
            }
        }
    }
    related
}

/// A document in the list.
struct Known<'a> {
    index: usize,
    profile: &'a Profile<'a>,
}

/// For a narrative whose tables are elsewhere, the other files of its disclosure.
fn add_table_files(bucket: &[Known<'_>], related: &mut BTreeMap<usize, BTreeSet<usize>>) {
    let is_narrative = |one: &Known<'_>| one.profile.part == Some(Part::Narrative);
    if !bucket.iter().any(is_narrative) {
        return;
    }
    let identities: Vec<&Identity> = bucket.iter().map(|one| one.profile.identity).collect();
    for group in together(&identities).into_iter().filter(|group| group.len() > 1) {
        let members: Vec<&Known<'_>> = group.iter().filter_map(|at| bucket.get(*at)).collect();
        for narrative in members.iter().filter(|one| is_narrative(one)) {
            let others = members.iter().map(|one| one.index).filter(|index| *index != narrative.index);
            related.entry(narrative.index).or_default().extend(others);
        }
    }
}

fn is_near(a: &Identity, b: &Identity) -> bool {
    a.region_code.is_empty() || b.region_code.is_empty() || a.region_code == b.region_code
}

/// Whether the other is the office of the department, or a unit whose name its tables print.
fn is_unit(one: &Profile<'_>, other: &Profile<'_>) -> bool {
    let (department, unit) = (one.identity, other.identity);
    let is_named = || one.units.iter().any(|name| is_same_body(name, &unit.department));
    department.scope == EntityScope::Department
        && is_near(department, unit)
        && (is_of_same_body(department, unit) || is_named())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::DocumentKind;

    fn identity(department: &str, scope: EntityScope, year: i32) -> Identity {
        let kind = Some(DocumentKind::Budget);
        Identity { department: department.to_owned(), scope, year: Some(year), kind, ..Identity::default() }
    }

    #[test]
    fn a_document_is_related_to_its_tables_its_last_year_and_its_units() {
        let (department, unit) = (EntityScope::Department, EntityScope::Agency);
        let identities = [
            identity("某市教育局", department, 2024),
            identity("某市教育局", department, 2024),
            identity("某市教育局", department, 2023),
            identity("某市第一中学", unit, 2024),
            identity("某市第二中学", unit, 2024),
            identity("某市财政局", department, 2024),
        ];
        let units = ["某市第一中学".to_owned()];
        let profile = |index: usize, part| Some(Profile { identity: &identities[index], part: Some(part), units: &[] });
        let narrative = profile(0, Part::Narrative).map(|known| Profile { units: &units, ..known });
        let all: Vec<_> = std::iter::once(narrative).chain((1..6).map(|index| profile(index, Part::Tables))).collect();
        let expected = [(0, vec![1, 2, 3]), (1, vec![2])];
        let found: Vec<_> = find_related(&all).into_iter().map(|(at, with)| (at, Vec::from_iter(with))).collect();
        assert_eq!(found, expected);
        let unknown = [all[0], None, None, all[3]];
        let found: Vec<_> = find_related(&unknown).into_iter().map(|(at, with)| (at, Vec::from_iter(with))).collect();
        assert_eq!(found, [(0, vec![3])]);
    }
}
