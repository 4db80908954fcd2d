//! A3: within a column, a code's amount is the sum of the codes right below it (206 = 20601 + 20607).
//!
//! Holds where the table prints every level and every code once: 类 款 项 of 支出功能分类, 类 款 of the economic
//! classifications (《政府收支分类科目》). A table that repeats codes (by unit, or with several government codes for one
//! department code) promises no such sum.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, holds};
use crate::check::code::row_code;
use crate::check::line::{places_in_list, sides};
use crate::check::source::BOOKS;
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{RowKind, Side};
use crate::reading::code::Family;
use std::collections::BTreeMap;

/// 上级科目等于下级科目之和.
pub(crate) const A3: Rule = Rule {
    id: "A3",
    title: "上级科目等于下级科目之和",
    text: "类 = Σ款，款 = Σ项；同一科目在一栏里印两次的表不核",
    source: BOOKS,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A3],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Figures of one column by code.
type ByCode<'a> = BTreeMap<&'a str, Vec<&'a Fact>>;

/// Every code of every column.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    sides(statement).into_iter().flat_map(|side| side_claims(statement, side)).collect()
}

/// One panel. A list too long for the page goes on beside itself: its columns count as one.
fn side_claims(statement: &Statement, side: Option<Side>) -> Vec<Claim<'_>> {
    let places = places_in_list(statement, side);
    let mut columns: BTreeMap<(u32, Family), ByCode<'_>> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|f| f.side == side && f.row_kind != RowKind::OfWhich) {
        if let (Some((family, code)), Some(place)) = (row_code(fact), places.get(&fact.col)) {
            columns.entry((*place, family)).or_default().entry(code).or_default().push(fact);
        }
    }
    columns.values().flat_map(|by_code| column_checks(statement, by_code)).collect()
}

/// One column: parents with the children printed right below them.
fn column_checks<'a>(statement: &'a Statement, by_code: &ByCode<'a>) -> Vec<Claim<'a>> {
    let mut children: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for code in by_code.keys().filter(|c| c.is_ascii()) {
        let parent = (3..code.len()).rev().filter_map(|n| code.get(..n)).find(|p| by_code.contains_key(p));
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(code);
        }
    }
    children.into_iter().filter_map(|(parent, below)| one_parent(statement, by_code, parent, &below)).collect()
}

/// One parent: it and each child must be printed exactly once, and no level may be skipped (a 项 right below a 类 stands
/// beside 款 whose own rows hold other 项).
fn one_parent<'a>(statement: &'a Statement, by_code: &ByCode<'a>, parent: &str, below: &[&str]) -> Option<Claim<'a>> {
    let single = |code: &str| match by_code.get(code).map(Vec::as_slice) {
        Some([one]) => Some(*one),
        _ => None,
    };
    let left = single(parent)?;
    let terms: Vec<&Fact> = below.iter().map(|c| single(c)).collect::<Option<_>>()?;
    let length = below.first()?.len();
    if below.iter().any(|c| c.len() != length) {
        return None;
    }
    let (coded, left) = (terms, Figure { statement, fact: left });
    let terms = with_uncoded(statement, &left, &coded);
    Some(Claim::sum(&A3, left, &terms, &format!("{parent} = {}", below.join(" + "))))
}

/// The children, and the rows right among them whose own code could not be read (a misprint): they count where the sum holds with
/// them alone.
fn with_uncoded<'a>(statement: &'a Statement, head: &Figure<'a>, coded: &[&'a Fact]) -> Vec<&'a Fact> {
    let sum = |terms: &[&'a Fact]| holds(&Claim::sum(&A3, *head, terms, ""));
    let first = coded.iter().map(|f| f.row).min().unwrap_or_default();
    let mut all = coded.to_vec();
    let column =
        statement.facts.iter().filter(|f| f.col == head.fact.col && f.side == head.fact.side && f.row >= first);
    for fact in column {
        if sum(&all) {
            return all;
        }
        let is_child = coded.iter().any(|c| std::ptr::eq(*c, fact));
        let below = row_code(fact).is_some() && fact.row_level > head.fact.row_level + 1;
        if row_code(fact).is_none() && fact.row_kind == RowKind::Item {
            all.push(fact);
        } else if !is_child && !below {
            break;
        }
    }
    if sum(&all) { all } else { coded.to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use crate::model::check::CheckStatus;
    use crate::model::vocabulary::TableType;

    fn coded(row: u32, code: &str, value: &str) -> Fact {
        let mut fact = fact(row, 4, "合计", value);
        code.clone_into(&mut fact.function.code);
        fact
    }

    pub(crate) fn example() -> Example {
        let facts = vec![coded(3, "206", "30.00"), coded(4, "20601", "10.00"), coded(6, "20607", "20.00")];
        Example::tables(vec![statement(TableType::ExpenditureSummary, facts)])
    }

    #[test]
    fn a_code_is_the_sum_of_the_codes_below_it() {
        let facts = vec![
            coded(3, "206", "30.00"),
            coded(4, "20601", "10.00"),
            coded(5, "2060101", "10.00"),
            coded(6, "20607", "20.00"),
            coded(7, "2060702", "12.00"),
            coded(8, "2060799", "8.01"),
        ];
        let checks = checks_of(&statement(TableType::ExpenditureSummary, facts), claims);
        let seen: Vec<(&str, CheckStatus)> = checks.iter().map(|c| (c.claim_text.as_str(), c.status)).collect();
        assert_eq!(
            seen,
            [
                ("206 = 20601 + 20607", CheckStatus::Passed),
                ("20601 = 2060101", CheckStatus::Passed),
                ("20607 = 2060702 + 2060799", CheckStatus::Rounding),
            ]
        );
    }

    #[test]
    fn a_list_goes_on_beside_itself() {
        let rows = [("302", "30.00", "30215", "8.00"), ("30201", "10.00", "30216", "12.00")];
        let mut facts = Vec::new();
        for (at, (left, first, right, second)) in rows.into_iter().enumerate() {
            for (col, code, value) in [(3, left, first), (6, right, second)] {
                let mut fact = fact(at as u32 + 3, col, "决算数", value);
                code.clone_into(&mut fact.department_economic.code);
                code.clone_into(&mut fact.row_path);
                facts.push(fact);
            }
        }
        let checks = checks_of(&statement(TableType::GeneralPublicBasicExpenditure, facts), claims);
        assert_eq!(checks.len(), 1);
        assert_eq!(checks[0].claim_text, "302 = 30201 + 30215 + 30216");
        assert_eq!(checks[0].status, CheckStatus::Passed);
    }

    #[test]
    fn repeated_codes_promise_nothing() {
        let facts = vec![coded(3, "206", "30.00"), coded(4, "20601", "10.00"), coded(5, "20601", "10.00")];
        assert!(checks_of(&statement(TableType::ExpenditureSummary, facts), claims).is_empty());
    }
}
