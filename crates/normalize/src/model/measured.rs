//! How exactly a printed figure is known: the half unit of its last digit.

use crate::model::fact::Fact;
use crate::model::money::MoneyUnit;
use crate::model::statement::Statement;
use rust_decimal::Decimal;
use yusuan_extract::Method;

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
    let finest = statement.most_decimals.max(own);
    let mut limit = 2;
    let mut unit = fact.unit.map_or(Decimal::ONE, MoneyUnit::factor);
    while unit >= Decimal::TEN {
        unit /= Decimal::TEN;
        limit += 1;
    }
    finest.min(limit).max(own.min(limit))
}

/// Half a unit of the last printed digit, in yuan.
pub(crate) fn half_unit(statement: &Statement, fact: &Fact) -> Decimal {
    let mut half = fact.unit.map_or(Decimal::ONE, MoneyUnit::factor) / Decimal::TWO;
    for _ in 0..decimals(statement, fact) {
        half /= Decimal::TEN;
    }
    half
}
