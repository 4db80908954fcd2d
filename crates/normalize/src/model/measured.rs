//! An amount with how exactly it is known: half a unit of its last printed digit.

use crate::model::check::CheckStatus;
use crate::model::fact::Fact;
use crate::model::money::MoneyUnit;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use rust_decimal::Decimal;
use std::sync::LazyLock;
use yusuan_extract::Method;

/// An amount with the half unit of its last printed digit, both in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Measured {
    /// The amount.
    pub(crate) value: Decimal,
    /// What rounding may hide.
    pub(crate) half: Decimal,
}

impl Measured {
    /// An amount in yuan that is printed so in this unit.
    pub(crate) fn printed(value: Decimal, text: &str, unit: MoneyUnit) -> Self {
        Self { value, half: half_of(unit.factor(), printed_decimals(text)) }
    }

    /// A table's amount; `None` where it is not known (no unit).
    pub(crate) fn of(statement: &Statement, fact: &Fact) -> Option<Self> {
        Some(Self { value: fact.value?, half: half_unit(statement, fact) })
    }

    /// The amount of a sentence.
    pub(crate) fn said(figure: &ProseFigure) -> Option<Self> {
        let value = figure.value?;
        // 0万元 says that there is nothing, not that it is less than half of it.
        if value.is_zero() && printed_decimals(&figure.value_text) == 0 {
            return Some(Self::default());
        }
        Some(Self::printed(value, &figure.value_text, figure.unit.unwrap_or(MoneyUnit::Yuan)))
    }

    /// Both added; what rounding may hide adds up too.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        Some(Self { value: self.value.checked_add(other.value)?, half: self.half.checked_add(other.half)? })
    }

    /// This less the other.
    pub(crate) fn less(self, other: Self) -> Option<Self> {
        Some(Self { value: self.value.checked_sub(other.value)?, half: self.half.checked_add(other.half)? })
    }

    /// So many times as much.
    pub(crate) fn times(self, factor: Decimal) -> Option<Self> {
        Some(Self { value: self.value.checked_mul(factor)?, half: self.half.checked_mul(factor)? })
    }

    /// The same amount the other way.
    pub(crate) fn negated(self) -> Self {
        Self { value: -self.value, ..self }
    }

    /// Equal within the rounding of all that took part.
    pub(crate) fn agrees(self, other: Self) -> bool {
        self.less(other).is_some_and(Self::is_nothing)
    }

    /// Whether nothing is left but rounding.
    pub(crate) fn is_nothing(self) -> bool {
        self.value.abs() <= self.half
    }

    /// What a difference of two sides says of them.
    pub(crate) fn verdict(self) -> CheckStatus {
        if self.value.is_zero() {
            CheckStatus::Passed
        } else if self.is_nothing() {
            CheckStatus::Rounding
        } else {
            CheckStatus::Failed
        }
    }
}

/// Digits after the decimal point of a printed number.
pub(crate) fn printed_decimals(text: &str) -> u32 {
    let fraction = text.rsplit_once('.').map_or("", |(_, fraction)| fraction);
    u32::try_from(fraction.chars().filter(char::is_ascii_digit).count()).unwrap_or(0)
}

/// One unit of the last digit of a number with so many decimals.
pub(crate) fn last_digit(decimals: u32) -> Decimal {
    (0..decimals).fold(Decimal::ONE, |digit, _| digit / Decimal::TEN)
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

/// Half a unit of an amount's last printed digit, in yuan; without a unit in what is printed.
pub(crate) fn half_unit(statement: &Statement, fact: &Fact) -> Decimal {
    half_of(fact.unit.map_or(Decimal::ONE, MoneyUnit::factor), decimals(statement, fact))
}

/// Halves of the last digit for each unit and the decimals that amounts are printed with; a division each time would cost more
/// than all comparisons.
static HALVES: LazyLock<Vec<(Decimal, [Decimal; 9])>> = LazyLock::new(|| {
    let units = [
        MoneyUnit::Yuan,
        MoneyUnit::ThousandYuan,
        MoneyUnit::TenThousandYuan,
        MoneyUnit::MillionYuan,
        MoneyUnit::HundredMillionYuan,
    ];
    let of = |unit: Decimal| (unit, [0, 1, 2, 3, 4, 5, 6, 7, 8].map(|decimals| divided(unit, decimals)));
    units.into_iter().map(|unit| of(unit.factor())).collect()
});

/// Half of what the last of so many decimals counts where one is `unit` yuan.
fn half_of(unit: Decimal, decimals: u32) -> Decimal {
    let known = HALVES.iter().find(|(of, _)| *of == unit).and_then(|(_, halves)| halves.get(decimals as usize));
    known.copied().unwrap_or_else(|| divided(unit, decimals))
}

fn divided(unit: Decimal, decimals: u32) -> Decimal {
    (0..decimals).fold(unit / Decimal::TWO, |half, _| half / Decimal::TEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Measured {
        Measured::printed(text.parse().unwrap(), text, MoneyUnit::Yuan)
    }

    #[test]
    fn amounts_agree_within_half_a_unit_of_each_last_digit() {
        assert!(amount("10.5").agrees(amount("10.45")), "0.05 + 0.005");
        assert!(!amount("10.5").agrees(amount("10.44")));
        let sum = amount("1.25").plus(amount("2.5")).unwrap();
        assert_eq!((sum.value, sum.half), (Decimal::new(375, 2), Decimal::new(55, 3)));
        assert_eq!(sum.less(amount("3.80")).map(Measured::verdict), Some(CheckStatus::Rounding));
        assert_eq!(sum.less(amount("3.82")).map(Measured::verdict), Some(CheckStatus::Failed));
    }

    #[test]
    fn a_unit_makes_an_amount_coarser() {
        let amount = Measured::printed(Decimal::from(125_000), "12.5", MoneyUnit::TenThousandYuan);
        assert_eq!(amount.half, Decimal::from(500));
        assert_eq!(amount.times(Decimal::TEN), Some(Measured { value: 1_250_000.into(), half: 5_000.into() }));
    }
}
