//! Every rule by its id: those of the checks, and those by which this crate reads.

use crate::batch::last_year::D1;
use crate::batch::units::E1;
use crate::check::registry;
use crate::model::rule::Rule;

/// The rules of reading, file by file, in the order in which a document is read.
pub(crate) const READING: &[&[Rule]] = &[
    crate::reading::unit::RULES,
    crate::settle::units::RULES,
    crate::reading::amount::RULES,
    crate::table::evidence::RULES,
    crate::table::repair::RULES,
    crate::table::repair::glued::RULES,
    crate::table::repair::restore::RULES,
    crate::choice::RULES,
    crate::table::dimension::RULES,
    crate::reading::code::RULES,
    crate::reading::listed::RULES,
    crate::table::hierarchy::RULES,
    crate::settle::ranks::RULES,
    crate::settle::income::RULES,
    crate::settle::row_region::RULES,
    crate::settle::additive::RULES,
    crate::table::classify::RULES,
    crate::table::level::RULES,
    crate::table::state::RULES,
    crate::table::kinds::RULES,
    crate::table::form::RULES,
    crate::table::apart::RULES,
    crate::identity::no_budget::RULES,
    crate::narrative::RULES,
    crate::identity::body::RULES,
    crate::identity::sections::RULES,
    crate::settle::concept::RULES,
    crate::batch::disclosure::RULES,
    crate::batch::versions::RULES,
];

/// The rules of checks between documents.
const BETWEEN_DOCUMENTS: &[Rule] = &[D1, E1];

/// Every rule once: those of the checks by their ids, then those of reading.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<&Rule> = checks().collect();
    rules.sort_by_key(|rule| (rule.id.get(..1), rule.id.get(1..).and_then(|number| number.parse::<u32>().ok())));
    rules.dedup();
    rules.extend(reading());
    rules
}

/// The rule with this id, written in any case.
pub fn rule(id: &str) -> Option<&'static Rule> {
    checks().chain(reading()).find(|rule| rule.id.eq_ignore_ascii_case(id))
}

impl Rule {
    /// Whether it is tried on printed figures, rather than a rule of reading.
    pub fn is_check(&self) -> bool {
        checks().any(|rule| rule.id == self.id)
    }
}

/// The rules of the checks, as often as a file tries them.
fn checks() -> impl Iterator<Item = &'static Rule> {
    registry::rules().chain(BETWEEN_DOCUMENTS)
}

fn reading() -> impl Iterator<Item = &'static Rule> {
    READING.iter().copied().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_given_once_and_every_rule_has_a_source() {
        let rules = rules();
        let ids: BTreeSet<&str> = rules.iter().map(|r| r.id).collect();
        assert_eq!(ids.len(), rules.len());
        assert!(rules.iter().all(|r| [r.id, r.title, r.text, r.source].iter().all(|t| !t.is_empty())));
        assert!(rules.iter().all(|r| [r.title, r.text, r.source].iter().all(|t| !t.contains(['|', '\n']))));
    }

    #[test]
    fn checks_stand_in_the_order_of_their_numbers() {
        let rules = rules();
        let checks: Vec<&str> = rules.iter().filter(|r| r.is_check()).map(|r| r.id).collect();
        assert!(checks.len() > 30);
        assert!(checks.starts_with(&["A1", "A2"]) && checks.ends_with(&["C11", "D1", "E1"]));
        let at = |id: &str| checks.iter().position(|c| *c == id);
        assert!(at("A2") < at("A10"));
        assert_eq!(rules[checks.len()].id, "U01");
    }

    #[test]
    fn rules_are_found_in_any_case() {
        assert_eq!(rule("b10").map(|r| r.id), Some("B10"));
        assert_eq!(rule("u05").map(|r| (r.id, r.is_check())), Some(("U05", false)));
        assert_eq!(rule("Z9"), None);
    }
}
