//! B2: each 类 of 收支总表 is that of 支出总表, and each 类 of the general public budget in 财政拨款收支总表 that of 一般公共预算支出表.
//!
//! The summaries print names with list numbers that are no codes, so 类 are found by name (《政府收支分类科目》, former names
//! included). Where most 类 differ, the tables differ in scope and nothing is claimed.

use crate::check::claim::{Claim, Figure, Relation, holds};
use crate::check::line::{Line, lines};
use crate::check::tables::pick::{Tables, Wanted, by_code, name, of_code};
use crate::model::check::CheckScope;
use crate::model::fact::Fact;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, Fund, RowKind, Side, TableType};
use crate::reading::code;
use crate::reading::code::Family;

pub(crate) fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    let only = |wanted| tables.only(wanted);
    if let (Some(summary), Some(detail)) =
        (only(TableType::RevenueExpenditureSummary), only(TableType::ExpenditureSummary))
    {
        claims.extend(one_pair(tables.rule("B2"), summary, detail, |f| f.column_kind != ColumnKind::OfWhich));
    }
    if let (Some(summary), Some(detail)) =
        (only(TableType::FiscalAppropriationSummary), only(TableType::GeneralPublicExpenditure))
        && !crate::check::tables::b03_budgets::leaves_carried_out(tables)
    {
        claims.extend(one_pair(tables.rule("B2"), summary, detail, |f| f.fund == Some(Fund::GeneralPublic)));
    }
    claims
}

fn one_pair<'a>(
    rule: &'static str,
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
    let told: Vec<&Claim<'_>> = claims.iter().filter(|c| c.left.iter().any(is_money)).collect();
    let agreeing = told.iter().filter(|c| holds(c)).count();
    if agreeing * 2 >= told.len() && agreeing > 0 { claims } else { Vec::new() }
}

fn is_money(figure: &Figure<'_>) -> bool {
    figure.fact.value.is_some_and(|v| !v.is_zero())
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
