//! All checks, a line each. Within what a check is tried on, this order is that of the output.

use crate::check::checker::Checker;
use crate::check::{narrative, table, tables};
use crate::model::rule::Rule;

/// The checks of every file.
pub(crate) const CHECKERS: &[&Checker] = &[
    &table::a01_row_sum::CHECKER,
    &table::a02_column_sum::CHECKER,
    &table::a02_outline::CHECKER,
    &table::a03_code_tree::CHECKER,
    &table::a04_balance::CHECKER,
    &table::a05_carry_over::CHECKER,
    &table::a06_three_public::CHECKER,
    &table::a07_weights::CHECKER,
    &table::a08_growth_column::CHECKER,
    &table::a09_of_which::CHECKER,
    &table::a10_procurement::CHECKER,
    &table::a11_basic_footer::CHECKER,
    &table::a12_form_money::CHECKER,
    &table::a13_whole_lists::CHECKER,
    &table::a14_debt_balance::CHECKER,
    &tables::b01_totals::CHECKER,
    &tables::b02_classes::CHECKER,
    &tables::b02_same_codes::CHECKER,
    &tables::b03_budgets::CHECKER,
    &tables::b04_basic::CHECKER,
    &tables::b05_projects::CHECKER,
    &tables::b11_revenue::CHECKER,
    &tables::b07_economic::CHECKER,
    &tables::b06_crosswalk::CHECKER,
    &tables::b09_goals::CHECKER,
    &tables::b10_final_accounts::CHECKER,
    &tables::b12_code_names::CHECKER,
    &narrative::c01_tables::CHECKER,
    &narrative::c04_growth::CHECKER,
    &narrative::c03_share::CHECKER,
    &narrative::c08_parts::CHECKER,
    &narrative::c08_items::CHECKER,
    &narrative::c08_balance::CHECKER,
    &narrative::c08_listed::CHECKER,
    &narrative::c04_changes::CHECKER,
    &narrative::c07_year_words::CHECKER,
    &narrative::c06_counts::CHECKER,
    &narrative::c09_blank_amounts::CHECKER,
    &narrative::c10_rates::CHECKER,
    &narrative::c11_restated::CHECKER,
];

/// The rules of all checks, as often as a file tries them.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    CHECKERS.iter().flat_map(|checker| checker.rules)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::engine::{run, run_these};
    use crate::model::check::{Check, CheckStatus};
    use std::collections::BTreeSet;

    fn ids(checks: &[Check]) -> BTreeSet<&str> {
        checks.iter().filter(|c| c.status != CheckStatus::Skipped).map(|c| c.rule.as_str()).collect()
    }

    #[test]
    fn every_rule_is_tried_by_the_file_that_declares_it() {
        for (at, checker) in CHECKERS.iter().enumerate() {
            let example = (checker.example)();
            // A file that only renames the ties of others has none of its own.
            let own = std::slice::from_ref(checker);
            let tried = run_these(if checker.runs.is_empty() { CHECKERS } else { own }, &example.scene());
            let declared: BTreeSet<&str> = checker.rules.iter().map(|rule| rule.id).collect();
            assert!(!declared.is_empty() && declared.is_subset(&ids(&tried)), "line {at}: {declared:?}, {tried:#?}");
        }
    }

    #[test]
    fn every_rule_that_is_tried_is_declared() {
        let declared: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
        for checker in CHECKERS {
            let tried = run(&(checker.example)().scene());
            assert!(tried.iter().all(|c| declared.contains(c.rule.as_str())), "{tried:#?}");
        }
    }
}
