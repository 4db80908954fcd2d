//! Stored binary numbers written in decimal.

/// Spreadsheets keep 15 significant digits; what a double holds beyond them is noise (0.1 + 0.2).
const SIGNIFICANT: usize = 15;

/// A decimal of at most 15 significant digits: 0.d₁d₂… × 10^`point`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal15 {
    negative: bool,
    /// ASCII digits, the first and the last of them not 0; empty for zero.
    digits: Vec<u8>,
    /// Number of digits before the decimal point (negative: zeros after it).
    point: i32,
}

impl Decimal15 {
    /// The nearest decimal with 15 significant digits; `None` for infinities and not-a-number.
    pub(crate) fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let scientific = format!("{:.*e}", SIGNIFICANT - 1, value.abs());
        let (mantissa, exponent) = scientific.split_once('e')?;
        let digits = mantissa.bytes().filter(u8::is_ascii_digit).collect();
        let number = Self { negative: value < 0.0, digits, point: exponent.parse::<i32>().ok()? + 1 };
        Some(number.normalised())
    }

    /// Drops zeros at both ends, so that equal numbers are equal values.
    fn normalised(mut self) -> Self {
        let keep = self.digits.iter().rposition(|d| *d != b'0').map_or(0, |last| last + 1);
        self.digits.truncate(keep);
        let zeros = self.digits.iter().take_while(|d| **d == b'0').count();
        self.digits.drain(..zeros);
        self.point -= signed(zeros);
        if self.digits.is_empty() {
            self.negative = false;
            self.point = 0;
        }
        self
    }

    /// The number × 10^`places`.
    #[must_use]
    pub(crate) fn shifted(mut self, places: i32) -> Self {
        if !self.digits.is_empty() {
            self.point = self.point.saturating_add(places);
        }
        self
    }

    /// Whether the number is 0.
    pub(crate) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Whether the number is below 0.
    pub(crate) fn is_negative(&self) -> bool {
        self.negative
    }

    /// Whether the number has no decimal places.
    pub(crate) fn is_integer(&self) -> bool {
        self.point >= signed(self.digits.len())
    }

    /// Rounded to `places` decimals, halves away from zero as spreadsheets show them.
    #[must_use]
    pub(crate) fn rounded(mut self, places: usize) -> Self {
        let keep = self.point.saturating_add(signed(places));
        if keep < 0 {
            self.digits.clear();
            return self.normalised();
        }
        let keep = keep as usize;
        if keep >= self.digits.len() {
            return self;
        }
        let up = self.digits[keep] >= b'5';
        self.digits.truncate(keep);
        if up {
            self.add_one_in_last_place();
        }
        self.normalised()
    }

    fn add_one_in_last_place(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                return;
            }
            *digit = b'0';
        }
        self.digits.insert(0, b'1');
        self.point += 1;
    }

    /// Plain notation, never an exponent, with at least `decimals` places after the point.
    pub(crate) fn plain(&self, decimals: usize) -> String {
        let before = self.point.max(0) as usize;
        let gap = (-self.point).max(0) as usize;
        let whole: String = (0..before).map(|i| self.digits.get(i).map_or('0', |d| char::from(*d))).collect();
        let mut fraction = "0".repeat(if self.is_zero() { 0 } else { gap });
        fraction.extend(self.digits.iter().skip(before).map(|d| char::from(*d)));
        while fraction.len() < decimals {
            fraction.push('0');
        }
        let sign = if self.negative { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { &whole };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

/// A count of digits as a signed number; counts are small.
fn signed(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Decimal15;
    use proptest::prelude::*;

    fn shortest(value: f64) -> String {
        Decimal15::from_f64(value).map_or_else(String::new, |d| d.plain(0))
    }

    #[test]
    #[expect(clippy::excessive_precision, reason = "the stored noise is the point")]
    fn noise_vanishes_and_digits_stay() {
        for (value, text) in [
            (0.1 + 0.2, "0.3"),
            (2_060_702.0, "2060702"),
            (6_059_264.63, "6059264.63"),
            (1_234.569_999_999_999_9, "1234.57"),
            (-0.5, "-0.5"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
            (1.5e-7, "0.00000015"),
            (123_456_789_012_345.0, "123456789012345"),
            (0.05, "0.05"),
        ] {
            assert_eq!(shortest(value), text);
        }
        assert_eq!(shortest(f64::NAN), "");
    }

    #[test]
    fn rounds_halves_away_from_zero() {
        let round = |v: f64, places| Decimal15::from_f64(v).map(|d| d.rounded(places).plain(places));
        assert_eq!(round(0.125, 2).as_deref(), Some("0.13"));
        assert_eq!(round(9.996, 2).as_deref(), Some("10.00"));
        assert_eq!(round(0.004, 2).as_deref(), Some("0.00"));
        assert_eq!(round(0.000_4, 2).as_deref(), Some("0.00"));
        assert_eq!(round(-2.5, 0).as_deref(), Some("-3"));
        assert_eq!(round(1234.0, 0).as_deref(), Some("1234"));
    }

    proptest! {
        #[test]
        fn cents_come_back_exactly(cents in -9_999_999_999_999_i64..9_999_999_999_999) {
            let text = shortest(cents as f64 / 100.0);
            let decimal: f64 = text.parse().unwrap();
            prop_assert_eq!((decimal * 100.0).round() as i64, cents);
            prop_assert!(!text.contains('e'));
        }

        #[test]
        fn any_double_is_written_without_panic(bits: u64) {
            let text = shortest(f64::from_bits(bits));
            prop_assert!(!text.contains(['e', 'E']));
        }
    }
}
