//! The cells that become numbers, and how those are shown: amounts, and percentages printed plainly; nothing else. Codes
//! such as 2060702 or 01 stay text.

use super::style::Shown;
use rust_decimal::Decimal;
use yusuan_normalize::{Fact, MoneyUnit, Statement, UnitSource};

/// Significant digits that a worksheet number keeps.
const SIGNIFICANT: usize = 15;

/// Decimals that an amount is shown with at least, where it does not stand as printed.
const LEAST_DECIMALS: u32 = 2;
/// Decimals that a number is shown with at most.
const MOST_DECIMALS: u32 = 10;

/// A number for a worksheet cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// What the cell holds.
    pub(super) value: f64,
    /// How it is shown.
    pub(super) shown: Shown,
    /// Columns that it takes when shown.
    pub(super) width: usize,
}

/// The amount in its printed unit; `None` where the cell must stay text: another unit than the table's is printed in the
/// cell itself, or the text is more than an amount, or a worksheet number could not hold it exactly.
pub(super) fn amount(fact: &Fact, text: &str) -> Option<Number> {
    if fact.unit_source == Some(UnitSource::Cell) || !text.chars().all(may_stand_in_an_amount) {
        return None;
    }
    let printed = match (fact.value, fact.unit) {
        (Some(value), Some(unit)) => value.checked_div(unit.factor()),
        _ => plainly_printed(text),
    };
    let printed = printed?.normalize();
    let decimals = decimals_of(text).max(printed.scale()).min(MOST_DECIMALS);
    number(printed, Shown::Amount(decimals as u8))
}

/// The amount in another unit than the printed one.
pub(super) fn converted(fact: &Fact, unit: MoneyUnit) -> Option<Number> {
    let value = fact.value?.checked_div(unit.factor())?.normalize();
    number(value, Shown::Amount(value.scale().clamp(LEAST_DECIMALS, MOST_DECIMALS) as u8))
}

/// A percentage: `12.5%`.
pub(super) fn percentage(text: &str) -> Option<Number> {
    let printed = text.strip_suffix(['%', '％'])?;
    let share = plainly_printed(printed)?.checked_mul(Decimal::new(1, 2))?;
    number(share, Shown::Percent(decimals_of(printed).min(MOST_DECIMALS) as u8))
}

/// A value in yuan.
pub(super) fn yuan(value: Decimal) -> Option<Number> {
    number(value.normalize(), Shown::Yuan)
}

/// A value in 万元: shown with two decimals, held exactly.
pub(super) fn ten_thousand_yuan(value: Decimal) -> Option<Number> {
    let value = value.checked_div(MoneyUnit::TenThousandYuan.factor())?.normalize();
    number(value, Shown::Amount(LEAST_DECIMALS as u8))
}

impl Number {
    /// Shows at least this many decimals. A stored number has lost the zeros that its column is shown with: 12 and 2.8
    /// stand below each other as 12.0 and 2.8.
    pub(super) fn with_decimals(mut self, wanted: u8) -> Self {
        if let Shown::Amount(count) = self.shown
            && wanted > count
        {
            self.shown = Shown::Amount(wanted);
            self.width += usize::from(wanted - count) + usize::from(count == 0);
        }
        self
    }
}

fn number(exact: Decimal, shown: Shown) -> Option<Number> {
    let digits = exact.mantissa().unsigned_abs().to_string();
    if digits.trim_end_matches('0').len() > SIGNIFICANT {
        return None;
    }
    // Parsing the decimal text gives the nearest binary number, which the workbook writes as the same 15 digits again.
    let value = exact.to_string().parse().ok()?;
    let decimals = match shown {
        Shown::Plain => 0,
        Shown::Amount(count) => count.into(),
        Shown::Percent(count) => usize::from(count) + 1,
        Shown::Yuan => (exact.scale() as usize).clamp(2, 4),
    };
    let whole = exact.trunc().abs().to_string().len();
    Some(Number { value, shown, width: 1 + whole + whole / 3 + 1 + decimals })
}

/// Digits (full-width ones too), separators, signs, brackets and currency marks.
fn may_stand_in_an_amount(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || ('０'..='９').contains(&c) || ",，.．-－−+＋△▲()（）¥￥'".contains(c)
}

/// Decimals printed: digits after the last point.
fn decimals_of(text: &str) -> u32 {
    let Some((_, after)) = text.rsplit_once(['.', '．']) else { return 0 };
    after.chars().filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count() as u32
}

/// From the table's unit to the one wanted, where they differ.
pub(super) fn conversion(statement: &Statement, unit: Option<MoneyUnit>) -> Option<(MoneyUnit, MoneyUnit)> {
    statement.unit.zip(unit).filter(|(from, to)| from != to)
}

/// A figure within a sentence.
pub(super) fn plain(value: Option<Decimal>) -> String {
    value.map_or("—".to_owned(), |value| value.normalize().to_string())
}

/// A number printed plainly: sign, digits, thousands separators in their places, point.
fn plainly_printed(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let regular = groups.all(|group| group.len() == 3) && (!grouped || (1..=3).contains(&first.len()));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !regular || !digits(&whole.replace(',', "")) || !digits(decimals) {
        return None;
    }
    text.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xlsx::fixtures::fact;

    #[test]
    fn an_amount_is_shown_in_its_printed_unit_with_its_printed_decimals() {
        let ten_thousand = fact(0, "1,234.50", Some(MoneyUnit::TenThousandYuan));
        let number = amount(&ten_thousand, "1,234.50").unwrap();
        assert_eq!((number.value.to_string().as_str(), number.shown), ("1234.5", Shown::Amount(2)));
        let zero = amount(&fact(0, "0", Some(MoneyUnit::Yuan)), "0").unwrap();
        assert_eq!((zero.value.to_string().as_str(), zero.shown), ("0", Shown::Amount(0)));
    }

    #[test]
    fn stored_numbers_are_shown_with_their_columns_decimals() {
        let stored = amount(&fact(0, "12", Some(MoneyUnit::Yuan)), "12").unwrap();
        let width = stored.width;
        let shown = stored.with_decimals(2);
        assert_eq!((shown.shown, shown.width), (Shown::Amount(2), width + 3));
        assert_eq!(shown.with_decimals(1).shown, Shown::Amount(2));
    }

    #[test]
    fn without_a_unit_only_a_plain_number_counts() {
        assert_eq!(amount(&fact(0, "12.30", None), "12.30").unwrap().shown, Shown::Amount(2));
        assert_eq!(amount(&fact(0, "(12.30)", None), "(12.30)"), None);
        assert_eq!(amount(&fact(0, "1,23", None), "1,23"), None);
    }

    #[test]
    fn a_cell_with_its_own_unit_or_words_stays_text() {
        let mut own = fact(0, "53", Some(MoneyUnit::TenThousandYuan));
        assert_eq!(amount(&own, "≤53万元"), None);
        own.unit_source = Some(UnitSource::Cell);
        assert_eq!(amount(&own, "53"), None);
    }

    #[test]
    fn more_digits_than_a_worksheet_keeps_stay_text() {
        assert_eq!(amount(&fact(0, "1234567890123456.7", None), "1234567890123456.7"), None);
        assert!(amount(&fact(0, "1234567890123.45", None), "1234567890123.45").is_some());
    }

    #[test]
    fn percentages_are_numbers_only_when_printed_plainly() {
        let number = percentage("-12.50%").unwrap();
        assert_eq!((number.value.to_string().as_str(), number.shown), ("-0.125", Shown::Percent(2)));
        assert_eq!(percentage("100%").unwrap().shown, Shown::Percent(0));
        for text in ["≥95%", "95%以上", "%", "12.5", "1-5%"] {
            assert_eq!(percentage(text), None, "{text}");
        }
    }
}
