//! B5: the table of projects adds up to 项目支出 of 支出总表, that of the general public budget's projects to 项目支出 of its table.
//!
//! A list of projects may leave some out (重点项目) or hold only what one budget pays, so its total must agree with one of the
//! printed totals of 项目支出; more than all of them it can never be.

use crate::check::checker::{Checker, Run, Tie};
use crate::check::claim::{Claim, Figure, difference};
use crate::check::scene::Tables;
use crate::check::source::FORMS;
use crate::check::tables::b10_final_accounts::B10;
use crate::check::tables::pick::{Wanted, any_of, grand, name};
use crate::model::check::CheckStatus;
use crate::model::rule::Rule;
use crate::model::vocabulary::TableType;

/// 项目支出一致.
pub(crate) const B5: Rule = Rule {
    id: "B5",
    title: "项目支出一致",
    text: "项目支出表的合计等于支出总表（或一般公共预算支出表）的项目支出；合计较小的可能只列部分项目，不核",
    source: FORMS,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B5],
    runs: &[Run::Tables(claims)],
    ties: &[Tie {
        rule: B5,
        in_final_accounts: B10,
        tables: [TableType::ExpenditureSummary, TableType::ProjectExpenditure],
        words: "项目支出表的合计 = 支出总表的项目支出",
    }],
    #[cfg(test)]
    example: tests::example,
};

fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let of = |table: TableType, wanted: Wanted| tables.only(table).and_then(|s| grand(s, wanted));
    let all = of(TableType::ExpenditureSummary, Wanted::Project);
    let general = of(TableType::GeneralPublicExpenditure, Wanted::Project);
    let rights: Vec<Figure<'a>> = all.into_iter().chain(general).collect();
    let mut claims = Vec::new();
    if let (Some(left), false) = (of(TableType::ProjectExpenditure, Wanted::Total), rights.is_empty()) {
        let words = format!("《{}》合计 = 项目支出", name(left.statement));
        claims.extend(any_of(&B5, left, &rights, &words).filter(is_no_part));
    }
    if let (Some(left), Some(right)) = (of(TableType::GeneralPublicProjectExpenditure, Wanted::Total), general) {
        let words = format!("《{}》合计 = 《{}》项目支出", name(left.statement), name(right.statement));
        claims.push(Claim::tie(&B5, left, right, words));
    }
    claims
}

/// Less than 项目支出 may be a part of it: nothing is said then.
fn is_no_part(claim: &Claim<'_>) -> bool {
    difference(claim).is_some_and(|d| d.verdict() != CheckStatus::Failed || d.value.is_sign_positive())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, spending, total, verdicts};

    fn with(projects: &str) -> Example {
        let kinds = [TableType::ExpenditureSummary, TableType::ProjectExpenditure];
        Example::tables(vec![spending(kinds[0]), total(kinds[1], projects)])
    }

    pub(crate) fn example() -> Example {
        with("120.20")
    }

    #[test]
    fn projects_add_up_to_project_expenditure_or_are_a_part_of_it() {
        assert_eq!(verdicts(&CHECKER, &example()), [CheckStatus::Passed]);
        assert_eq!(verdicts(&CHECKER, &with("130.20")), [CheckStatus::Failed]);
        assert!(verdicts(&CHECKER, &with("20.20")).is_empty(), "a part");
    }
}
