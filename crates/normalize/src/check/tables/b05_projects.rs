//! B5: the table of projects adds up to 项目支出 of 支出总表, that of the general public budget's projects to 项目支出 of its table.
//!
//! A list of projects may leave some out (重点项目) or hold only what one budget pays, so its total must agree with one of the
//! printed totals of 项目支出; more than all of them it can never be.

use crate::check::claim::{Claim, Figure, test};
use crate::check::tables::pick::{Tables, Wanted, any_of, grand, name};
use crate::model::check::CheckStatus;
use crate::model::vocabulary::TableType;

pub(crate) fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let of = |table: TableType, wanted: Wanted| tables.only(table).and_then(|s| grand(s, wanted));
    let all = of(TableType::ExpenditureSummary, Wanted::Project);
    let general = of(TableType::GeneralPublicExpenditure, Wanted::Project);
    let rights: Vec<Figure<'a>> = all.into_iter().chain(general).collect();
    let mut claims = Vec::new();
    if let (Some(left), false) = (of(TableType::ProjectExpenditure, Wanted::Total), rights.is_empty()) {
        let words = format!("《{}》合计 = 项目支出", name(left.statement));
        claims.extend(any_of("B5", left, &rights, &words).filter(is_no_part));
    }
    if let (Some(left), Some(right)) = (of(TableType::GeneralPublicProjectExpenditure, Wanted::Total), general) {
        let words = format!("《{}》合计 = 《{}》项目支出", name(left.statement), name(right.statement));
        claims.push(Claim::tie("B5", left, right, words));
    }
    claims
}

/// Less than 项目支出 may be a part of it: nothing is said then.
fn is_no_part(claim: &Claim<'_>) -> bool {
    let tried = test(claim.clone());
    tried.is_some_and(|t| {
        t.check.status != CheckStatus::Failed || t.check.difference.is_some_and(|d| d.is_sign_positive())
    })
}
