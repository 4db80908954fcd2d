//! Which of several documents of one body, year, kind and scope is to be used?
//!
//! A budget is often published again: corrected, or in another format. Counted twice its amounts are wrong in every sum.

use crate::batch::disclosure::{Part, part};
use crate::model::document::NormalizedDocument;
use crate::model::identity::Identity;
use crate::model::rule::Rule;
use crate::model::vocabulary::{DocumentKind, EntityScope, TableState, TableType};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The rule of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "D03",
    title: "Superseded",
    text: "of documents of one body, year, kind and scope that hold the same types of tables one is to be used: that with more tables, \
           then fewer failed checks, then the later printed date, then the first name; files with other tables, or the narrative \
           alone, complete each other and stay",
    source: "a corrected budget is published again, a workbook beside its PDF; narrative and tables are published as separate files",
}];

/// What must be known of a document to compare it with others of its body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contents {
    /// The types of its tables that hold data, each with how many there are.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tables: BTreeMap<TableType, usize>,
    /// Whether it holds the narrative.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub narrative: bool,
}

/// A document among others.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// Its name.
    pub source: &'a str,
    /// Whose it is.
    pub identity: &'a Identity,
    /// What it holds.
    pub contents: &'a Contents,
    /// Failed checks.
    pub failed: usize,
}

/// Two files are versions of one document where this share of what the lesser holds is in the other too: of 12 tables one or
/// two may be typed otherwise.
const SHARED: (usize, usize) = (2, 3);

/// What a document holds.
pub fn contents(document: &NormalizedDocument) -> Contents {
    let mut tables: BTreeMap<TableType, usize> = BTreeMap::new();
    for statement in &document.statements {
        let kept =
            !matches!(statement.table_type, TableType::TableOfContents | TableType::AgencyList | TableType::Other);
        if kept && !matches!(statement.state, TableState::EmptyGrid) {
            *tables.entry(statement.table_type).or_default() += 1;
        }
    }
    let narrative = matches!(part(document), Part::Whole | Part::Narrative);
    Contents { tables, narrative }
}

impl Contents {
    fn count(&self) -> usize {
        self.tables.values().sum()
    }

    fn kinds(&self) -> usize {
        self.tables.len() + usize::from(self.narrative)
    }

    /// Whether the other is a lesser version of this: most of what it holds is here too.
    fn covers(&self, other: &Self) -> bool {
        let shared = other.tables.keys().filter(|table_type| self.tables.contains_key(table_type)).count();
        let shared = shared + usize::from(self.narrative && other.narrative);
        shared > 0 && shared * SHARED.1 >= other.kinds() * SHARED.0
    }
}

/// What versions agree in.
type Key<'a> = (&'a str, i32, DocumentKind, EntityScope);

fn key<'a>(version: &Version<'a>) -> Option<Key<'a>> {
    let identity = version.identity;
    let body = Some(identity.body_id.as_str()).filter(|id| !id.is_empty())?;
    let kind = identity.kind.filter(|kind| *kind != DocumentKind::Other)?;
    Some((body, identity.year?, kind, identity.scope))
}

/// Documents of one body, year, kind and scope by their positions in the list, those to prefer first.
pub fn versions(all: &[Option<Version<'_>>]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (index, version) in all.iter().enumerate() {
        if let Some(key) = version.as_ref().and_then(key) {
            groups.entry(key).or_default().push(index);
        }
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() > 1).collect();
    for group in &mut groups {
        group.sort_by_key(|index| all.get(*index).and_then(Option::as_ref).map(preference));
    }
    groups
}

fn preference<'a>(version: &Version<'a>) -> impl Ord + use<'a> {
    let Version { source, identity, contents, failed } = version;
    (Reverse(contents.count()), *failed, Reverse(identity.dated.as_str()), *source)
}

/// For each document that is not to be used the one to use instead; `groups` are those of [`versions`].
pub fn superseded(all: &[Option<Version<'_>>], groups: &[Vec<usize>]) -> BTreeMap<usize, usize> {
    let mut instead = BTreeMap::new();
    let contents = |index: &usize| all.get(*index).and_then(Option::as_ref).map(|version| version.contents);
    for group in groups {
        let mut kept: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (place, index) in group.iter().enumerate() {
            let Some(own) = contents(index) else { continue };
            let better = kept.iter().find(|(_, other)| contents(other).is_some_and(|other| other.covers(own)));
            match better {
                Some((_, better)) => {
                    instead.insert(*index, *better);
                }
                None => {
                    kept.insert((place, *index));
                }
            }
        }
    }
    instead
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(dated: &str) -> Identity {
        Identity {
            body_id: "411200-财政局".to_owned(),
            year: Some(2024),
            kind: Some(DocumentKind::Budget),
            dated: dated.to_owned(),
            ..Identity::default()
        }
    }

    fn holds(types: &[TableType], narrative: bool) -> Contents {
        Contents { tables: types.iter().map(|table_type| (*table_type, 1)).collect(), narrative }
    }

    fn instead(documents: &[(&str, &Identity, &Contents, usize)]) -> Vec<(usize, usize)> {
        let all: Vec<Option<Version<'_>>> = documents
            .iter()
            .map(|(source, identity, contents, failed)| Some(Version { source, identity, contents, failed: *failed }))
            .collect();
        superseded(&all, &versions(&all)).into_iter().collect()
    }

    #[test]
    fn more_tables_fewer_failures_a_later_date_then_the_name_decide() {
        use TableType::{ExpenditureSummary, RevenueExpenditureSummary, RevenueSummary, ThreePublic};
        let all = holds(&[RevenueExpenditureSummary, RevenueSummary, ExpenditureSummary, ThreePublic], true);
        let most = holds(&[RevenueExpenditureSummary, RevenueSummary, ExpenditureSummary], true);
        let (early, late) = (identity("2024-02-01"), identity("2024-03-01"));
        assert_eq!(instead(&[("a", &late, &most, 0), ("b", &early, &all, 4)]), [(0, 1)]);
        assert_eq!(instead(&[("a", &late, &all, 2), ("b", &early, &all, 1)]), [(0, 1)]);
        assert_eq!(instead(&[("a", &early, &all, 1), ("b", &late, &all, 1)]), [(0, 1)]);
        assert_eq!(instead(&[("b", &early, &all, 1), ("a", &early, &all, 1)]), [(0, 1)]);
        let other = Identity { year: Some(2023), ..identity("") };
        let unit = Identity { scope: EntityScope::Agency, ..identity("") };
        assert!(instead(&[("a", &early, &all, 0), ("b", &other, &all, 0), ("c", &unit, &all, 0)]).is_empty());
    }

    #[test]
    fn files_that_complete_each_other_stay() {
        use TableType::{ExpenditureSummary, ProjectPerformance, RevenueExpenditureSummary, ThreePublic};
        let (tables, narrative) = (holds(&[RevenueExpenditureSummary, ExpenditureSummary], false), holds(&[], true));
        let (goals, item) = (holds(&[ProjectPerformance], false), holds(&[ThreePublic], false));
        let who = identity("");
        let four = [("a", &who, &tables, 0), ("b", &who, &narrative, 0), ("c", &who, &goals, 0), ("d", &who, &item, 0)];
        assert!(instead(&four).is_empty());
        let whole = holds(&[RevenueExpenditureSummary, ExpenditureSummary, ThreePublic], true);
        assert_eq!(instead(&[four[0], four[1], four[2], ("e", &who, &whole, 0)]), [(0, 3), (1, 3)]);
    }
}
