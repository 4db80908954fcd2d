//! How exactly is a figure printed, and do two sides agree within that?

use crate::check::{Check, CheckScope, CheckStatus};
use crate::document::Statement;
use crate::fact::Fact;
use rust_decimal::Decimal;
use yusuan_extract::Method;

/// An identity about to be tried: one printed figure against the sum of others.
pub(crate) struct Claim<'a> {
    /// Stable rule id.
    pub(crate) rule: &'static str,
    /// The figure that should be the sum.
    pub(crate) left: &'a Fact,
    /// The figures added.
    pub(crate) terms: Vec<&'a Fact>,
    /// In words: 合计 = 基本支出 + 项目支出.
    pub(crate) words: String,
}

/// Digits after the decimal point of a printed number.
pub(crate) fn printed_decimals(text: &str) -> u32 {
    let fraction = text.rsplit_once('.').map_or("", |(_, fraction)| fraction);
    u32::try_from(fraction.chars().filter(char::is_ascii_digit).count()).unwrap_or(0)
}

/// The precision of a table's figures: a worksheet drops trailing zeros, so there the table's finest figure counts for
/// all, yet never finer than a fen (0.01 yuan), the least money unit.
fn decimals(statement: &Statement, fact: &Fact) -> u32 {
    let own = printed_decimals(&fact.value_text);
    if statement.raw.method != Method::Sheet {
        return own;
    }
    let finest = statement.facts.iter().map(|f| printed_decimals(&f.value_text)).max().unwrap_or(own);
    let mut limit = 2;
    let mut unit = fact.unit.map_or(Decimal::ONE, crate::money::MoneyUnit::factor);
    while unit >= Decimal::TEN {
        unit /= Decimal::TEN;
        limit += 1;
    }
    finest.min(limit).max(own.min(limit))
}

/// Half a unit of the last printed digit, in yuan.
pub(crate) fn half_unit(statement: &Statement, fact: &Fact) -> Decimal {
    let mut half = fact.unit.map_or(Decimal::ONE, crate::money::MoneyUnit::factor) / Decimal::TWO;
    for _ in 0..decimals(statement, fact) {
        half /= Decimal::TEN;
    }
    half
}

/// Where a figure stands: t03!R5C6.
pub(crate) fn cell_name(statement: &Statement, fact: &Fact) -> String {
    format!("{}!R{}C{}", statement.id, fact.row, fact.col)
}

/// Tries a claim. `None` where an amount is not known (no unit): nothing can be said then.
pub(crate) fn test(statement: &Statement, claim: &Claim<'_>) -> Option<Check> {
    let left = claim.left.value?;
    let values: Option<Vec<Decimal>> = claim.terms.iter().map(|t| t.value).collect();
    let right = values?.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)?;
    let difference = left.checked_sub(right)?;
    let parts = claim.terms.iter().map(|t| half_unit(statement, t));
    let tolerance = parts.fold(half_unit(statement, claim.left), |sum, half| sum + half);
    let status = match difference.abs() {
        d if d.is_zero() => CheckStatus::Passed,
        d if d <= tolerance => CheckStatus::Rounding,
        _ => CheckStatus::Failed,
    };
    let row = if claim.left.row_label.is_empty() { String::new() } else { format!("{}：", claim.left.row_label) };
    Some(Check {
        rule: claim.rule.to_owned(),
        scope: CheckScope::Table,
        table_id: statement.id.clone(),
        place: claim.left.place,
        row: claim.left.row,
        col: claim.left.col,
        statement: format!("{row}{}", claim.words),
        left: Some(left),
        right: Some(right),
        difference: Some(difference),
        tolerance: Some(tolerance),
        status,
        cells: std::iter::once(&claim.left).chain(&claim.terms).map(|f| cell_name(statement, f)).collect(),
        cause: String::new(),
        suspects: Vec::new(),
    })
}
