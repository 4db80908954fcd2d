//! B2 by code: two tables of the same money print the same amount for the same code (财政拨款支出表 and 一般公共预算支出表 where there
//! is no other budget; 收入总表 by function and 支出总表).
//!
//! That two tables are of the same money is proved, not assumed: their printed totals agree, and so do nearly all of the
//! codes that both print.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, holds};
use crate::check::line::{Line, lines};
use crate::check::policy::{Policy, borne_out};
use crate::check::scene::Tables;
use crate::check::tables::b02_classes::B2;
use crate::check::tables::b10_final_accounts::rule_of;
use crate::check::tables::pick::{Wanted, by_code_of, grand_of, name};
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{TableState, TableType};
use crate::reading::code::Family;
use std::collections::BTreeMap;

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B2],
    runs: &[Run::Tables(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// The columns that two tables may have in common.
const WANTED: [Wanted; 3] = [Wanted::Total, Wanted::Basic, Wanted::Project];

/// Fewer common codes prove nothing.
const FEWEST: usize = 4;

const TABLES: &[TableType] = &[
    TableType::RevenueSummary,
    TableType::ExpenditureSummary,
    TableType::FiscalAppropriationExpenditure,
    TableType::GeneralPublicExpenditure,
    TableType::GeneralPublicBasicExpenditure,
];

/// A table with what is asked of it again and again: with a hundred tables in a book each meets most of the others.
struct Coded<'a> {
    statement: &'a Statement,
    rows: Vec<Line<'a>>,
    /// Its total in each of the columns wanted.
    totals: [Option<Figure<'a>>; WANTED.len()],
}

impl<'a> Coded<'a> {
    fn new(statement: &'a Statement) -> Self {
        let rows = lines(statement, None);
        let totals = WANTED.map(|wanted| grand_of(statement, &rows, wanted));
        Self { statement, rows, totals }
    }

    fn by_code(&self, family: Family, wanted: Wanted) -> BTreeMap<&'a str, Vec<Figure<'a>>> {
        by_code_of(self.statement, &self.rows, family, wanted)
    }
}

fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let coded: Vec<Coded<'a>> = tables
        .statements
        .iter()
        .filter(|s| TABLES.contains(&s.table_type) && s.state == TableState::Data)
        .map(Coded::new)
        .collect();
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
fn pair<'a>(rule: &'static Rule, left: &Coded<'a>, right: &Coded<'a>) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    for (wanted, totals) in WANTED.into_iter().zip(left.totals.into_iter().zip(right.totals)) {
        let (Some(own), Some(other)) = totals else { continue };
        if holds(&tie(rule, own, other, "")) {
            for family in [Family::Function, Family::DepartmentEconomic] {
                claims.extend(columns(rule, left, right, wanted, family));
            }
        }
    }
    claims
}

fn tie<'a>(rule: &'static Rule, left: Figure<'a>, right: Figure<'a>, what: &str) -> Claim<'a> {
    let words = format!("《{}》{what} = 《{}》{what}", name(left.statement), name(right.statement));
    Claim::tie(rule, left, right, words)
}

fn columns<'a>(
    rule: &'static Rule,
    left: &Coded<'a>,
    right: &Coded<'a>,
    wanted: Wanted,
    family: Family,
) -> Vec<Claim<'a>> {
    let (own, other) = (left.by_code(family, wanted), right.by_code(family, wanted));
    let mut claims = Vec::new();
    for (code, figures) in &own {
        if let ([a], Some([b])) = (figures.as_slice(), other.get(code).map(Vec::as_slice)) {
            claims.push(tie(rule, *a, *b, code));
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
