//! B2: each 类 of 收支总表 is that of 支出总表, and each 类 of the general public budget in 财政拨款收支总表 that of 一般公共预算支出表.
//!
//! The summaries print names with list numbers that are no codes, so 类 are found by name (《政府收支分类科目》, former names
//! included). Where most 类 differ, the tables differ in scope and nothing is claimed.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, Relation, holds};
use crate::check::line::{Line, lines};
use crate::check::policy::Policy;
use crate::check::scene::Tables;
use crate::check::source::FORMS;
use crate::check::tables::b03_budgets::leaves_carried_out;
use crate::check::tables::b10_final_accounts::rule_of;
use crate::check::tables::pick::{Wanted, by_code, name, of_code};
use crate::model::check::CheckScope;
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, Fund, RowKind, Side, TableType};
use crate::reading::code;
use crate::reading::code::Family;

/// 各类支出一致.
pub(crate) const B2: Rule = Rule {
    id: "B2",
    title: "各类支出一致",
    text: "收支总表各类支出等于支出总表同类支出；财政拨款收支总表的一般公共预算各类支出等于一般公共预算支出表同类支出；合计相同的两张表里同一科目的数相同",
    source: FORMS,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B2],
    runs: &[Run::Tables(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    let only = |wanted| tables.only(wanted);
    if let (Some(summary), Some(detail)) =
        (only(TableType::RevenueExpenditureSummary), only(TableType::ExpenditureSummary))
    {
        claims.extend(one_pair(rule_of(tables, &B2), summary, detail, |f| f.column_kind != ColumnKind::OfWhich));
    }
    if let (Some(summary), Some(detail)) =
        (only(TableType::FiscalAppropriationSummary), only(TableType::GeneralPublicExpenditure))
        && !leaves_carried_out(tables)
    {
        claims.extend(one_pair(rule_of(tables, &B2), summary, detail, |f| f.fund == Some(Fund::GeneralPublic)));
    }
    claims
}

fn one_pair<'a>(
    rule: &'static Rule,
    summary: &'a Statement,
    detail: &'a Statement,
    column: impl Fn(&Fact) -> bool,
) -> Vec<Claim<'a>> {
    let figures = by_code(detail, Family::Function, Wanted::Total);
    let mut claims = Vec::new();
    for line in lines(summary, Some(Side::Expenditure)) {
        let Some((class, left)) = class_figure(&line, &column) else { continue };
        let right = of_code(&figures, class);
        if right.is_empty() {
            continue;
        }
        let words = format!("《{}》{} = 《{}》{class}", name(summary), line.name, name(detail));
        let left = vec![Figure { statement: summary, fact: left }];
        claims.push(Claim { rule, scope: CheckScope::Document, left, right, relation: Relation::Equal, words });
    }
    let told: Vec<&Claim<'_>> = claims.iter().filter(|c| c.left.iter().any(Figure::is_money)).collect();
    let holding = told.iter().filter(|c| holds(c)).count();
    if Policy::Half.is_met(holding, told.len()) { claims } else { Vec::new() }
}

/// The class that a row names, with its amount.
fn class_figure<'a>(line: &Line<'a>, column: impl Fn(&Fact) -> bool) -> Option<(&'static str, &'a Fact)> {
    if matches!(line.kind, RowKind::OfWhich | RowKind::Total) {
        return None;
    }
    let class = code::class_named(&line.name)?;
    let fitting: Vec<&'a Fact> = line.figures.values().filter(|f| column(f)).copied().collect();
    let totals: Vec<&'a Fact> = fitting.iter().filter(|f| f.column_kind == ColumnKind::Total).copied().collect();
    match (totals.as_slice(), fitting.as_slice()) {
        ([one], _) | ([], [one]) => Some((class, one)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, spending, summary, verdicts};
    use crate::model::check::CheckStatus;
    use rust_decimal::Decimal;

    pub(crate) fn example() -> Example {
        let kinds = [TableType::RevenueExpenditureSummary, TableType::ExpenditureSummary];
        Example::tables(vec![summary(kinds[0]), spending(kinds[1])])
    }

    #[test]
    fn classes_are_the_same_in_the_summary_where_half_of_them_are() {
        assert_eq!(verdicts(&CHECKER, &example()), [CheckStatus::Passed; 2]);
        let mut wrong = example();
        wrong.statements[0].facts[2].value = Some(Decimal::from(2_900_000));
        assert_eq!(verdicts(&CHECKER, &wrong), [CheckStatus::Failed, CheckStatus::Passed]);
        wrong.statements[0].facts[3].value = Some(Decimal::from(1_000_000));
        assert!(verdicts(&CHECKER, &wrong).is_empty(), "of another scope");
    }
}
