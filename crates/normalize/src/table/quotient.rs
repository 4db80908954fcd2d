//! Columns of shares whose head doesn't say so (完成预算, 比上年): on every row the figure is the quotient of two others, to its
//! last digit. No amount is that.

use crate::reading::amount::Reading;
use crate::table::column::{Column, Role};
use crate::table::grid::Grid;
use crate::table::header::Header;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeSet;

/// Rows in which the quotient has to hold; different figures among them.
const LEAST_ROWS: usize = 3;
/// Rows of which one may be misprinted.
const MANY_ROWS: usize = 8;
/// No table that prints shares has more columns of figures.
const MOST_COLUMNS: usize = 16;

/// Makes shares of those columns that are quotients of two columns of money.
pub(crate) fn settle(grid: &Grid, header: &Header, columns: &mut [Column]) {
    let figures: Vec<usize> =
        (0..columns.len()).filter(|c| matches!(columns[*c].role, Role::Value | Role::Undecided)).collect();
    if figures.len() < 3 || figures.len() > MOST_COLUMNS {
        return;
    }
    let rows: Vec<Vec<Option<Decimal>>> =
        (header.body()..grid.rows()).map(|row| figures.iter().map(|col| figure(grid, row, *col)).collect()).collect();
    let shares: Vec<usize> = (0..figures.len()).filter(|own| is_share(&rows, *own, figures.len())).collect();
    for at in shares {
        columns[figures[at]].role = Role::Percent;
    }
}

fn figure(grid: &Grid, row: usize, col: usize) -> Option<Decimal> {
    match grid.reading(row, col) {
        Reading::Amount(value, None) => Some(value),
        _ => None,
    }
}

/// Whether two other columns give the figure in all rows in which all three print one; of many rows one may be misprinted.
fn is_share(rows: &[Vec<Option<Decimal>>], own: usize, columns: usize) -> bool {
    let others = || (0..columns).filter(move |col| *col != own);
    others().any(|over| others().filter(|under| *under != over).any(|under| holds(rows, own, (over, under))))
}

fn holds(rows: &[Vec<Option<Decimal>>], own: usize, (over, under): (usize, usize)) -> bool {
    let mut figures = BTreeSet::new();
    let (mut rows_told, mut no_share, mut no_growth) = (0_usize, 0_usize, 0_usize);
    for row in rows {
        let (Some(own), Some(over), Some(under)) = (row[own], row[over], row[under]) else { continue };
        if under.is_zero() || over.is_zero() {
            continue;
        }
        rows_told += 1;
        no_share += usize::from(!is_quotient(own, over, under));
        no_growth += usize::from(!over.checked_sub(under).is_some_and(|change| is_quotient(own, change, under)));
        if no_share > 1 && no_growth > 1 {
            return false;
        }
        figures.insert(own);
    }
    let misprinted = no_share.min(no_growth);
    figures.len() >= LEAST_ROWS && (misprinted == 0 || rows_told >= MANY_ROWS)
}

/// Whether a figure is a hundred times the quotient, rounded or cut at its last digit.
fn is_quotient(own: Decimal, over: Decimal, under: Decimal) -> bool {
    let Some(exact) = over.checked_mul(Decimal::ONE_HUNDRED).and_then(|hundred| hundred.checked_div(under)) else {
        return false;
    };
    // Whole percents are met by chance.
    let places = own.scale();
    let rounded = |strategy| exact.round_dp_with_strategy(places, strategy) == own;
    places > 0 && (rounded(RoundingStrategy::MidpointAwayFromZero) || rounded(RoundingStrategy::ToZero))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(rows: &[[&str; 3]]) -> bool {
        let rows: Vec<Vec<Option<Decimal>>> =
            rows.iter().map(|row| row.iter().map(|f| f.parse().ok()).collect()).collect();
        is_share(&rows, 2, 3)
    }

    #[test]
    fn quotients_on_every_row_are_shares() {
        assert!(shares(&[["120", "132", "110.0"], ["80", "60", "75.0"], ["30", "31", "103.3"]]));
        assert!(shares(&[["120", "132", "10.0"], ["80", "60", "-25.0"], ["30", "31", "3.3"]]), "growth");
        assert!(!shares(&[["120", "132", "110.0"], ["80", "60", "75.0"], ["30", "31", "103.9"]]));
        assert!(!shares(&[["120", "132", "110.0"], ["80", "60", "75.0"]]), "two rows");
        let mut many = [["120", "132", "110.0"]; 6].to_vec();
        many.extend([["80", "60", "75.0"], ["30", "31", "103.3"], ["30", "31", "903.3"]]);
        assert!(shares(&many), "one of nine is misprinted");
        assert!(!shares(&[["120", "120", "100.0"], ["80", "80", "100.0"], ["30", "30", "100.0"]]), "one figure");
    }
}
