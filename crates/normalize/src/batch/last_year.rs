//! D1: what a document prints of last year is what last year's document printed.
//!
//! 《预算法实施条例》 has budgets printed beside last year's; narratives state the change from it.

use crate::check::claim::{Claim, Figure, Tried, test};
use crate::check::narrative::change;
use crate::check::policy::{Policy, borne_out};
use crate::check::scene::Tables;
use crate::check::tables::b01_totals::closings;
use crate::check::tables::pick::{Wanted, by_code, name};
use crate::model::check::{CheckScope, CheckStatus};
use crate::model::document::NormalizedDocument;
use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Period, Side, TableType};
use crate::reading::code::Family;

/// 与上年文件一致.
pub(crate) const D1: Rule = Rule {
    id: "D1",
    title: "与上年文件一致",
    text: "同一批里有同一部门上一年的文件时：表中的上年数、本年总计减去说明里的增减额，等于上年文件印出的数",
    source: "《预算法实施条例》第二十三条",
};

/// Tables that may print last year's figures beside this year's.
pub(crate) const YEARLY: &[TableType] = &[
    TableType::RevenueExpenditureSummary,
    TableType::ExpenditureSummary,
    TableType::FiscalAppropriationSummary,
    TableType::FiscalAppropriationExpenditure,
    TableType::GeneralPublicExpenditure,
];

/// The prior year's column, and totals less the stated change, are what last year's document printed.
pub(crate) fn tried<'a>(now: &'a NormalizedDocument, before: &'a NormalizedDocument) -> Vec<Tried<'a>> {
    let (own, other) = (Tables::new(&now.statements), Tables::new(&before.statements));
    let mut claims = Vec::new();
    for wanted in YEARLY {
        let (Some(left), Some(right)) = (own.only(*wanted), other.only(*wanted)) else { continue };
        // Where most differ last year's document counts something else.
        claims.extend(borne_out(columns(left, right), Policy::Half));
    }
    let mut tried: Vec<Tried<'a>> = claims.into_iter().filter_map(test).collect();
    tried.extend(stated(now, before));
    tried
}

/// Codes whose amounts last year's table prints.
fn columns<'a>(left: &'a Statement, right: &'a Statement) -> Vec<Claim<'a>> {
    let figures = by_code(right, Family::Function, Wanted::Total);
    let mut claims = Vec::new();
    for fact in left.facts.iter().filter(|f| f.period == Some(Period::PriorYear)) {
        let [other] = figures.get(fact.function.code.as_str()).map(Vec::as_slice).unwrap_or_default() else { continue };
        let words = format!("《{}》上年数 {} = 上年《{}》", name(left), fact.function.code, name(right));
        claims.push(Claim::tie(&D1, Figure { statement: left, fact }, *other, words));
    }
    claims
}

/// This year's total less the change that the narrative states is last year's total.
fn stated<'a>(now: &'a NormalizedDocument, before: &'a NormalizedDocument) -> Vec<Tried<'a>> {
    let (own, other) = (Tables::new(&now.statements), Tables::new(&before.statements));
    let wanted = TableType::RevenueExpenditureSummary;
    let (Some(left), Some(right)) = (own.only(wanted), other.only(wanted)) else { return Vec::new() };
    let totals = closings(left, Side::Expenditure);
    let rights = closings(right, Side::Expenditure);
    let of_total = |figure: &&ProseFigure| {
        totals.iter().any(|t| figure.value.is_some() && figure.value == t.fact.value) && figure.subject.contains("总计")
    };
    let base = change::bases(&now.prose).into_iter().find(|(figure, _)| of_total(figure));
    let (Some((figure, base)), Some(left)) = (base, totals.first()) else { return Vec::new() };
    let words = format!("文字说明{}减去增减额 = 上年《{}》支出合计", figure.subject, name(right));
    let claims = rights.iter().filter_map(|r| {
        let mut tried = test(Claim::tie(&D1, *left, *r, words.clone()))?;
        let difference = base.less(r.amount()?)?;
        let check = &mut tried.check;
        check.scope = CheckScope::Prose;
        (check.left, check.right) = (Some(base.value), r.fact.value);
        (check.difference, check.tolerance) = (Some(difference.value), Some(difference.half));
        check.status = difference.verdict();
        Some(tried)
    });
    let mut claims: Vec<Tried<'a>> = claims.collect();
    let best = claims.iter().position(|t| t.check.status != CheckStatus::Failed).unwrap_or(0);
    if claims.is_empty() { claims } else { vec![claims.swap_remove(best)] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::fixture::{document, summary, tried};
    use crate::check::fixture::said;
    use crate::model::vocabulary::EntityScope;

    #[test]
    fn a_stated_change_leads_to_last_years_total() {
        let with = |last: &str| {
            let mut now = document(2024, EntityScope::Department, vec![summary("120.00")]);
            now.prose =
                vec![said("支出总计", "current", "120.00", ""), said("支出总计与上年相比增加", "change", "20.00", "")];
            tried(now, document(2023, EntityScope::Department, vec![summary(last)]))
        };
        assert_eq!(with("100.00"), [(D1.id.to_owned(), CheckStatus::Passed)]);
        assert_eq!(with("101.00"), [(D1.id.to_owned(), CheckStatus::Failed)]);
    }
}
