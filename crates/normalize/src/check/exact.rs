//! Sums that are off by a last digit where nothing else is rounded: in 元 with 分 no amount is rounded, and where all other sums
//! of a long table close to the last digit none of its amounts is. There a gap of a last digit is an error, if one wrong digit
//! explains it.

use crate::check::claim::{Claim, Figure, Relation, Tried};
use crate::check::slip;
use crate::model::check::{CheckScope, CheckStatus};
use crate::model::measured::printed_decimals;
use crate::model::money::MoneyUnit;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;
use yusuan_extract::Method;

/// Exact sums of several amounts in 元 with 分 that show a document's amounts to be printed as they are.
const LEAST_IN_FEN: usize = 8;

/// How much an exact sum of so many amounts speaks against rounding, in tenths of a bit: the more amounts are rounded, the seldomer
/// their sum is the rounded one.
const BITS: [(usize, u64); 7] = [(2, 6), (3, 7), (5, 9), (8, 11), (12, 14), (20, 17), (usize::MAX, 20)];
/// How much a gap of one last digit in a sum of one amount speaks against it: half the square of the gap in standard deviations,
/// each rounding having a twelfth of a square digit.
const GAP_BITS: u64 = 86;
/// One table in so many bits would look so by chance.
const ENOUGH: u64 = 130;

/// Makes errors of those gaps of a last digit that no rounding explains.
pub(crate) fn assign(tried: &mut [Tried<'_>]) {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, one) in tried.iter().enumerate().filter(|(_, one)| is_sum(&one.claim)) {
        let group = if is_in_fen(&one.claim) { String::new() } else { one.check.table_id.clone() };
        groups.entry(group).or_default().push(at);
    }
    for (group, all) in groups {
        let of = |wanted: CheckStatus| -> Vec<usize> {
            all.iter().copied().filter(|at| tried[*at].check.status == wanted).collect()
        };
        let (exact, off) = (of(CheckStatus::Passed), of(CheckStatus::Rounding));
        let unrounded = if group.is_empty() {
            exact.len() >= LEAST_IN_FEN
        } else {
            let all: u64 = exact.iter().map(|at| bits(&tried[*at].claim)).sum();
            all.saturating_add(off.iter().filter_map(|at| gap_bits(&tried[*at])).max().unwrap_or(0)) >= ENOUGH
        };
        if unrounded && is_one_digit(tried, &exact, &off) {
            for at in off {
                tried[at].check.status = CheckStatus::Failed;
            }
        }
    }
}

fn terms(claim: &Claim<'_>) -> usize {
    claim.right.iter().filter(|figure| figure.is_money()).count()
}

fn bits(claim: &Claim<'_>) -> u64 {
    let terms = terms(claim);
    BITS.iter().find(|(most, _)| terms <= *most).map_or(0, |(_, bits)| *bits)
}

/// How much a gap speaks against rounding.
fn gap_bits(tried: &Tried<'_>) -> Option<u64> {
    let digit = tried.claim.figures().filter_map(Figure::amount).map(|a| a.half).min()?.checked_mul(Decimal::TWO)?;
    let gap = tried.check.difference?.abs().checked_div(digit)?.round().to_u64()?;
    let terms = u64::try_from(terms(&tried.claim)).ok()?;
    Some(GAP_BITS.saturating_mul(gap.saturating_mul(gap)) / terms.saturating_add(1))
}

/// A sum of at least two amounts within a table.
fn is_sum(claim: &Claim<'_>) -> bool {
    claim.scope == CheckScope::Table && claim.relation == Relation::Equal && terms(claim) >= 2
}

/// Whether all amounts are printed in 元 with 分; a worksheet drops zeros at the end.
fn is_in_fen(claim: &Claim<'_>) -> bool {
    let fen = |figure: &Figure<'_>| {
        let decimals = match figure.statement.raw.method {
            Method::Sheet => figure.statement.most_decimals,
            _ => printed_decimals(&figure.fact.value_text),
        };
        figure.fact.unit == Some(MoneyUnit::Yuan) && decimals == 2
    };
    claim.figures().all(fen)
}

/// Whether one wrong digit of one amount, that no exact sum holds, explains all gaps.
fn is_one_digit(tried: &[Tried<'_>], exact: &[usize], off: &[usize]) -> bool {
    let Some(first) = off.first().map(|at| &tried[*at]) else { return false };
    first.claim.figures().any(|figure| {
        let holds = |claim: &Claim<'_>| claim.figures().any(|f| f.cell() == figure.cell());
        let wanted: Option<Vec<Decimal>> = off.iter().map(|at| wanted(&tried[*at], figure)).collect();
        let one = wanted.is_some_and(|all| {
            all.windows(2).all(|pair| pair[0] == pair[1])
                && all.first().is_some_and(|w| slip::is_slip(figure.fact, *w) || is_short(figure, *w))
        });
        one && !figure.is_doubtful() && !exact.iter().any(|at| holds(&tried[*at].claim))
    })
}

/// What an amount of a sum would have to be; nothing where it is none of it.
fn wanted(tried: &Tried<'_>, figure: &Figure<'_>) -> Option<Decimal> {
    let difference = tried.check.difference?;
    let is = |f: &&Figure<'_>| f.cell() == figure.cell();
    let value = figure.fact.value?;
    if tried.claim.left.iter().any(|f| is(&f)) {
        return value.checked_sub(difference);
    }
    tried.claim.right.iter().find(is)?;
    value.checked_add(difference)
}

/// An amount of one or two digits, that would have to be another of one or two.
fn is_short(figure: &Figure<'_>, wanted: Decimal) -> bool {
    let least = figure.fact.unit.map_or(Decimal::ONE, MoneyUnit::factor);
    let digits = figure.fact.value_text.chars().filter(char::is_ascii_digit).count();
    digits < 3 && !wanted.is_sign_negative() && wanted < least * Decimal::ONE_HUNDRED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::claim::test;
    use crate::check::fixture::{fact, statement};
    use crate::check::table::a01_row_sum::A1;
    use crate::model::fact::Fact;
    use crate::model::statement::Statement;
    use crate::model::vocabulary::TableType;

    /// Rows of a total and two parts.
    fn table(rows: usize, last: &str, unit: MoneyUnit) -> Statement {
        let mut facts: Vec<Fact> = Vec::new();
        for row in 0..rows {
            let total = if row + 1 == rows { last } else { "123.45" };
            for (col, value) in [total, "23.40", "100.05"].iter().enumerate() {
                let mut one = fact(row as u32 + 2, col as u32 + 2, "金额", value);
                one.unit = Some(unit);
                one.value = value.parse::<Decimal>().ok().map(|v| v * unit.factor());
                facts.push(one);
            }
        }
        statement(TableType::ExpenditureSummary, facts)
    }

    fn last(rows: usize, last: &str, unit: MoneyUnit) -> CheckStatus {
        let table = table(rows, last, unit);
        let sum = |row: &[Fact]| {
            let total = table.facts.iter().find(|f| f.row == row[0].row && f.col == 2).unwrap();
            let terms: Vec<&Fact> = table.facts.iter().filter(|f| f.row == total.row && f.col > 2).collect();
            test(Claim::sum(&A1, Figure { statement: &table, fact: total }, &terms, "合计")).unwrap()
        };
        let mut tried: Vec<Tried<'_>> = table.facts.chunks(3).map(sum).collect();
        assign(&mut tried);
        tried.last().unwrap().check.status
    }

    #[test]
    fn a_last_digit_is_an_error_where_nothing_is_rounded() {
        assert_eq!(last(20, "123.46", MoneyUnit::Yuan), CheckStatus::Failed);
        assert_eq!(last(4, "123.46", MoneyUnit::Yuan), CheckStatus::Rounding, "three sums prove little");
        assert_eq!(last(12, "123.46", MoneyUnit::TenThousandYuan), CheckStatus::Rounding);
        assert_eq!(last(30, "123.46", MoneyUnit::TenThousandYuan), CheckStatus::Failed);
    }
}
