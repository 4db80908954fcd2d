//! A4: in a table with income and spending side by side, both totals are equal (收入总计 = 支出总计).
//!
//! 《预算法》第十二条: budgets balance; the forms of 部门预算 and 部门决算 close with equal totals, carry-over included.
//! 本年收入合计 and 本年支出合计 leave carry-over out and are never compared.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, Relation, holds};
use crate::check::line::{Line, lines};
use crate::check::slip;
use crate::model::check::CheckScope;
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, RowKind, Side};
use crate::reading::fold::fold_letters;

/// 收支平衡.
pub(crate) const A4: Rule = Rule {
    id: "A4",
    title: "收支平衡",
    text: "收入总计 = 支出总计；不含结转的本年合计不比",
    source: "《预算法》第十二条",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A4],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Labels of both sides' closing rows, the surest first.
const PAIRS: &[(&str, &str)] = &[("收入总计", "支出总计"), ("总计", "总计"), ("收入合计", "支出合计")];

/// The closing row of a side-by-side table.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    let claim = PAIRS.iter().find_map(|(income, spending)| {
        let left = closing(statement, Side::Revenue, income)?;
        let right = closing(statement, Side::Expenditure, spending)
            .or_else(|| closing(statement, Side::ExpenditureByUse, spending))?;
        let words = if income == spending {
            format!("收入{income} = 支出{spending}")
        } else {
            format!("{income} = {spending}")
        };
        let [left, right] = [left, right].map(|fact| vec![Figure { statement, fact }]);
        Some(Claim { rule: &A4, scope: CheckScope::Table, left, right, relation: Relation::Equal, words })
    });
    claim.into_iter().chain(by_use(statement)).chain(uses(statement)).collect()
}

/// In a table with a panel by function and one by use (支出用途) the closing rows stand in the latter alone: they close the
/// classes of the former too.
fn by_use(statement: &Statement) -> Option<Claim<'_>> {
    let classes = lines(statement, Some(Side::Expenditure));
    let tops: Vec<&Line<'_>> = classes.iter().filter(|l| l.parent.is_none() && l.kind != RowKind::OfWhich).collect();
    let listed = tops.len() >= 2 && tops.iter().all(|l| l.marked && l.kind == RowKind::Item && l.figures.len() == 1);
    let uses = lines(statement, Some(Side::ExpenditureByUse));
    let closing = uses.iter().find(|l| l.is_this_year()).or_else(|| uses.iter().find(|l| l.is_grand()))?;
    let fact = closing.figures.values().next().filter(|_| listed && closing.figures.len() == 1)?;
    let terms: Vec<&Fact> = tops.iter().flat_map(|l| l.figures.values().copied()).collect();
    Some(Claim::sum(&A4, Figure { statement, fact }, &terms, "支出用途合计 = 功能分类各类之和"))
}

/// Where the closing row stands in the panel by function alone, the uses beside it (一、基本支出 二、项目支出) add up to it: told where
/// that holds or one digit keeps it from holding.
fn uses(statement: &Statement) -> Option<Claim<'_>> {
    let uses = lines(statement, Some(Side::ExpenditureByUse));
    let tops: Vec<&Line<'_>> = uses.iter().filter(|l| l.parent.is_none() && l.kind != RowKind::OfWhich).collect();
    let listed = tops.len() >= 2 && tops.iter().all(|l| l.kind == RowKind::Item && l.figures.len() == 1);
    let named = ["基本支出", "项目支出"].iter().all(|use_| tops.iter().any(|l| l.name.contains(use_)));
    let classes = lines(statement, Some(Side::Expenditure));
    let closing = classes.iter().find(|l| l.is_this_year()).or_else(|| classes.iter().find(|l| l.is_grand()))?;
    let fact = closing.figures.values().next().filter(|_| listed && named && closing.figures.len() == 1)?;
    let terms: Vec<&Fact> = tops.iter().flat_map(|l| l.figures.values().copied()).collect();
    let claim = Claim::sum(&A4, Figure { statement, fact }, &terms, "功能分类合计 = 支出用途各项之和");
    (holds(&claim) || slip::is_all(&[&claim])).then_some(claim)
}

/// The one amount of a side's closing row: its total column where the side has several. Several closing rows or columns
/// without a total say nothing.
fn closing<'a>(statement: &'a Statement, side: Side, label: &str) -> Option<&'a Fact> {
    let facts = || {
        statement
            .facts
            .iter()
            .filter(|f| f.side == Some(side) && fold_letters(&f.row_label).trim_end_matches(':') == label)
    };
    let totals: Vec<&Fact> = facts().filter(|f| f.column_kind == ColumnKind::Total).collect();
    let all: Vec<&Fact> = facts().collect();
    match (totals.as_slice(), all.as_slice()) {
        ([one], _) | ([], [one]) => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use crate::model::check::CheckStatus;
    use crate::model::vocabulary::TableType;

    fn closing_row(label: &str, side: Side, col: u32, value: &str) -> Fact {
        let mut fact = fact(9, col, "预算数", value);
        label.clone_into(&mut fact.row_label);
        fact.side = Some(side);
        fact
    }

    fn table(right: &str) -> Statement {
        let facts = vec![
            closing_row("收入总计", Side::Revenue, 2, "377.60"),
            closing_row("支 出 总 计", Side::Expenditure, 4, right),
        ];
        statement(TableType::RevenueExpenditureSummary, facts)
    }

    pub(crate) fn example() -> Example {
        Example::tables(vec![table("377.60")])
    }

    #[test]
    fn totals_of_both_sides_are_compared() {
        let checks = |right: &str| checks_of(&table(right), claims);
        let passed = checks("377.60");
        assert_eq!((passed.len(), passed[0].status), (1, CheckStatus::Passed));
        assert_eq!(passed[0].claim_text, "收入总计 = 支出总计");
        assert_eq!(checks("377.10")[0].status, CheckStatus::Failed);
    }

    #[test]
    fn a_closing_row_in_the_panel_by_use_counts() {
        let facts = vec![
            closing_row("收入合计", Side::Revenue, 2, "10.00"),
            closing_row("支出合计", Side::ExpenditureByUse, 6, "10.00"),
        ];
        let checks = checks_of(&statement(TableType::RevenueExpenditureSummary, facts), claims);
        assert_eq!((checks.len(), checks[0].status), (1, CheckStatus::Passed));
    }

    #[test]
    fn this_years_sums_are_never_compared() {
        let facts = vec![
            closing_row("本年收入合计", Side::Revenue, 2, "300.00"),
            closing_row("本年支出合计", Side::Expenditure, 4, "310.00"),
        ];
        assert!(checks_of(&statement(TableType::RevenueExpenditureSummary, facts), claims).is_empty());
    }
}
