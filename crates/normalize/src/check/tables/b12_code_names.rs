//! B12: an item has one code in all tables of a document: 防汛 is 2130314 in each of them, not 2130341 in one.
//!
//! Within a 款 the books (《政府收支分类科目》) give every 项 a name of its own, and within a 类 every 款. Two codes for one name under
//! the same upper code are a misprint of one of them; a table that prints both under one name says so itself and is left alone.

use crate::check::checker::{Checker, Run};
use crate::check::claim::Figure;
use crate::check::code::row_code;
use crate::check::scene::Scene;
use crate::check::source::BOOKS;
use crate::check::tables::pick::name;
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::rule::Rule;
use crate::model::vocabulary::{Cause, RowKind};
use crate::reading::code::Family;
use crate::reading::fold::fold;
use crate::reading::label;
use std::collections::BTreeMap;

/// 同名科目的编码.
pub(crate) const B12: Rule = Rule {
    id: "B12",
    title: "同名科目的编码",
    text: "同一份文件里，同一款（类）下同名的项（款）编码相同",
    source: BOOKS,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B12],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Shorter names are said of many things (其他).
const LEAST_CHARS: usize = 2;

/// Where each code of one name is printed first, in every table.
type Codes<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Figure<'a>>>;

/// Every name with its codes.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let mut named: BTreeMap<(Family, &str, String), Codes<'_>> = BTreeMap::new();
    for statement in scene.tables.statements {
        for fact in statement.facts.iter().filter(|f| f.row_kind != RowKind::OfWhich) {
            let Some((family, code)) = row_code(fact) else { continue };
            let lowest = if family == Family::Function { 7 } else { 5 };
            let Some(upper) = code.get(..code.len().saturating_sub(2)).filter(|_| (5..=lowest).contains(&code.len()))
            else {
                continue;
            };
            let name = label::bare(&fold(&fact.row_label)).to_owned();
            if name.chars().count() >= LEAST_CHARS {
                let codes = named.entry((family, upper, name)).or_default();
                codes.entry(code).or_default().entry(&statement.id).or_insert(Figure { statement, fact });
            }
        }
    }
    named.into_iter().filter_map(|((_, _, name), codes)| tried(&name, &codes)).collect()
}

/// The check of a name that stands in several tables.
fn tried(item: &str, codes: &Codes<'_>) -> Option<Check> {
    let tables: Vec<&Figure<'_>> = codes.values().flat_map(BTreeMap::values).collect();
    if tables.len() < 2 || is_printed_twice(codes) {
        return None;
    }
    // The rarest code is the misprint; where both are as rare, the later one.
    let (code, places) = codes.iter().rev().min_by_key(|(_, places)| places.len())?;
    let odd = places.values().next()?;
    let others: Vec<&str> = codes.keys().copied().filter(|c| c != code).collect();
    let failed = !others.is_empty();
    let words = if failed {
        format!("{item}：《{}》编码 {code}，其他表为 {}", name(odd.statement), others.join("、"))
    } else {
        format!("{item}：{} 张表的编码都是 {code}", tables.len())
    };
    let doubtful = tables.iter().any(|figure| figure.is_doubtful());
    let cause = if doubtful { Cause::Extraction } else { Cause::Published };
    Some(Check {
        rule: B12.id.to_owned(),
        scope: CheckScope::Document,
        table_id: odd.statement.id.clone(),
        place: odd.fact.place,
        row: odd.fact.row,
        col: odd.fact.col,
        claim_text: words,
        left: None,
        right: None,
        difference: None,
        tolerance: None,
        status: if failed { CheckStatus::Failed } else { CheckStatus::Passed },
        cells: tables.iter().map(|figure| figure.name()).collect(),
        cause: failed.then_some(cause),
        suspects: if failed { vec![odd.name()] } else { Vec::new() },
        reason: if failed {
            "同名科目在各表里编码不同，其中一处可能印错".to_owned()
        } else {
            String::new()
        },
    })
}

/// Whether one table prints two of the codes.
fn is_printed_twice(codes: &Codes<'_>) -> bool {
    let mut tables: Vec<&str> = codes.values().flat_map(|places| places.keys().copied()).collect();
    let all = tables.len();
    tables.sort_unstable();
    tables.dedup();
    tables.len() < all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, spending, verdicts};
    use crate::model::vocabulary::TableType;

    pub(crate) fn example() -> Example {
        let kinds = [TableType::ExpenditureSummary, TableType::GeneralPublicExpenditure];
        Example::tables(kinds.map(spending).to_vec())
    }

    #[test]
    fn a_name_has_one_code() {
        assert_eq!(verdicts(&CHECKER, &example()), [CheckStatus::Passed; 6]);
        let mut wrong = example();
        for fact in wrong.statements[1].facts.iter_mut().filter(|f| f.function.code == "2060702") {
            "2060720".clone_into(&mut fact.function.code);
        }
        let failed = checks(&wrong.scene()).into_iter().filter(|c| c.status == CheckStatus::Failed).collect::<Vec<_>>();
        assert_eq!(failed.len(), 1);
        assert!(failed[0].claim_text.contains("2060720"), "{}", failed[0].claim_text);
    }
}
