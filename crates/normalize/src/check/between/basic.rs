//! B4: 基本支出 of the general public budget's table is the total of the table of basic expenditure.

use super::{Tables, Wanted, any_of, grand, name};
use crate::check::figure::Claim;
use crate::kind::TableType;

pub(super) fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let claim = || {
        let whole = tables.only(TableType::GeneralPublicExpenditure)?;
        let right = grand(whole, Wanted::Basic)?;
        let detail = tables.only(TableType::GeneralPublicBasicExpenditure)?;
        let left = grand(detail, Wanted::Total)?;
        let words = format!("《{}》合计 = 《{}》基本支出", name(detail), name(whole));
        any_of(tables.rule("B4"), left, &[right], &words)
    };
    claim().into_iter().collect()
}
