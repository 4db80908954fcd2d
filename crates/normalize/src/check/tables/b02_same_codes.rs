//! B2 by code: two tables of the same money print the same amount for the same code (财政拨款支出表 and 一般公共预算支出表 where there
//! is no other budget; 收入总表 by function and 支出总表).
//!
//! That two tables are of the same money is proved, not assumed: their printed totals agree, and so do nearly all of the
//! codes that both print.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, holds};
use crate::check::policy::{Policy, borne_out};
use crate::check::scene::Tables;
use crate::check::tables::b02_classes::B2;
use crate::check::tables::b10_final_accounts::rule_of;
use crate::check::tables::pick::{Wanted, by_code, grand, name};
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{TableState, TableType};
use crate::reading::code::Family;

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B2],
    runs: &[Run::Tables(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Fewer common codes prove nothing.
const FEWEST: usize = 4;

const TABLES: &[TableType] = &[
    TableType::RevenueSummary,
    TableType::ExpenditureSummary,
    TableType::FiscalAppropriationExpenditure,
    TableType::GeneralPublicExpenditure,
    TableType::GeneralPublicBasicExpenditure,
];

fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let coded: Vec<&Statement> =
        tables.statements.iter().filter(|s| TABLES.contains(&s.table_type) && s.state == TableState::Data).collect();
    let mut claims = Vec::new();
    for (at, left) in coded.iter().enumerate() {
        // Each table against the next one of the same money: a chain says as much as all pairs.
        let found =
            coded.iter().skip(at + 1).map(|right| pair(rule_of(tables, &B2), left, right)).find(|c| !c.is_empty());
        claims.extend(found.unwrap_or_default());
    }
    claims
}

/// All codes in all columns of two tables, if they are of the same money.
fn pair<'a>(rule: &'static Rule, left: &'a Statement, right: &'a Statement) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    for wanted in [Wanted::Total, Wanted::Basic, Wanted::Project] {
        for family in [Family::Function, Family::DepartmentEconomic] {
            claims.extend(columns(rule, left, right, wanted, family));
        }
    }
    claims
}

fn columns<'a>(
    rule: &'static Rule,
    left: &'a Statement,
    right: &'a Statement,
    wanted: Wanted,
    family: Family,
) -> Vec<Claim<'a>> {
    let tie = |a: Figure<'a>, b: Figure<'a>, what: &str| {
        let words = format!("《{}》{what} = 《{}》{what}", name(left), name(right));
        Claim::tie(rule, a, b, words)
    };
    let totals = grand(left, wanted).zip(grand(right, wanted));
    if !totals.is_some_and(|(a, b)| holds(&tie(a, b, ""))) {
        return Vec::new();
    }
    let (own, other) = (by_code(left, family, wanted), by_code(right, family, wanted));
    let mut claims = Vec::new();
    for (code, figures) in &own {
        if let ([a], Some([b])) = (figures.as_slice(), other.get(code).map(Vec::as_slice)) {
            claims.push(tie(*a, *b, code));
        }
    }
    if claims.len() < FEWEST {
        return Vec::new();
    }
    borne_out(claims, Policy::FourFifths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, spending, verdicts};
    use crate::model::check::CheckStatus;
    use rust_decimal::Decimal;

    pub(crate) fn example() -> Example {
        let kinds = [TableType::ExpenditureSummary, TableType::GeneralPublicExpenditure];
        Example::tables(kinds.map(spending).to_vec())
    }

    #[test]
    fn tables_of_the_same_money_print_the_same_for_a_code() {
        let sound = verdicts(&CHECKER, &example());
        assert_eq!(sound, [CheckStatus::Passed; 24], "8 codes in three columns");
        let mut wrong = example();
        wrong.statements[1].facts[12].value = Some(Decimal::from(1_000_000));
        let failed = verdicts(&CHECKER, &wrong).iter().filter(|s| **s == CheckStatus::Failed).count();
        assert_eq!(failed, 1);
        wrong.statements[1].facts[0].value = Some(Decimal::from(9_000_000));
        assert_eq!(verdicts(&CHECKER, &wrong), [CheckStatus::Passed; 16], "another total, other money");
    }
}
