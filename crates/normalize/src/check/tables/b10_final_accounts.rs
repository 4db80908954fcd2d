//! B10: the ties between the tables of final accounts have a rule of their own, whose forms say which tables these are.

use crate::check::checker::Checker;
use crate::check::scene::Tables;
use crate::model::rule::Rule;

/// 决算表间一致.
pub(crate) const B10: Rule = Rule {
    id: "B10",
    title: "决算表间一致",
    text: "收入支出决算总表与收入决算表、支出决算表，财政拨款收支决算总表与各本预算支出决算表，基本支出决算表之间相同的数一致",
    source: "部门决算公开表样（公开01表至公开09表）",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B10],
    runs: &[],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// The rule that a tie of budgets is tried by in this document.
pub(crate) fn rule_of(tables: &Tables<'_>, budget: &'static Rule) -> &'static Rule {
    if tables.is_final { &B10 } else { budget }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Example;
    use crate::check::tables::b01_totals;

    /// The ties of a budget, in final accounts.
    pub(crate) fn example() -> Example {
        let mut budget = (b01_totals::CHECKER.example)();
        for statement in &mut budget.statements {
            "收入支出决算表".clone_into(&mut statement.title);
        }
        budget
    }

    #[test]
    fn titles_say_that_accounts_are_final() {
        let example = example();
        assert_eq!(rule_of(&example.scene().tables, &b01_totals::B1).id, "B10");
        let budget = (b01_totals::CHECKER.example)();
        assert_eq!(rule_of(&budget.scene().tables, &b01_totals::B1).id, "B1");
    }
}
