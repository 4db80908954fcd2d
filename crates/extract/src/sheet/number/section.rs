//! One section of a number format, and what it makes of a number.

use super::decimal::Decimal15;

/// One section of a format code.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says that something was seen in the code")]
pub(super) struct Section {
    pub(super) condition: Option<Condition>,
    /// Number of percent signs.
    pub(super) percents: u8,
    /// Powers of ten by which the stored number is larger than the one shown.
    pub(super) scale: i32,
    /// Digits after the decimal point.
    pub(super) decimals: usize,
    /// Digits before it that are always shown.
    pub(super) whole_zeros: usize,
    /// Any placeholder other than those zeros, or a separator.
    pub(super) other_placeholders: bool,
    /// `General`, or text as it is.
    pub(super) general: bool,
    /// The section is for texts.
    pub(super) text: bool,
    /// Words before and after the number.
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// Anything that leaves ink without being a placeholder.
    pub(super) ink: bool,
    /// Letters of a date or time format.
    pub(super) date_letters: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Condition {
    pub(super) operator: Operator,
    pub(super) limit: f64,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Operator {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

/// How a number reads in its format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The text that stands for it.
    Shown(String),
    /// The format shows nothing.
    NotShown,
}

impl Condition {
    pub(super) fn holds(self, value: f64) -> bool {
        match self.operator {
            Operator::Less => value < self.limit,
            Operator::LessOrEqual => value <= self.limit,
            Operator::Equal => (value - self.limit).abs() < f64::EPSILON,
            Operator::NotEqual => (value - self.limit).abs() >= f64::EPSILON,
            Operator::GreaterOrEqual => value >= self.limit,
            Operator::Greater => value > self.limit,
        }
    }
}

impl Section {
    pub(super) fn has_placeholders(&self) -> bool {
        self.whole_zeros > 0 || self.decimals > 0 || self.other_placeholders
    }

    pub(super) fn read(&self, number: &Decimal15) -> Reading {
        if self.general {
            return Reading::Shown(number.plain(0));
        }
        if !self.has_placeholders() {
            // A dash for zero still says that something is there; an empty section prints a blank cell.
            return if self.ink { Reading::Shown(number.plain(0)) } else { Reading::NotShown };
        }
        let scaled = number.clone().shifted(-self.scale);
        let mut text = if self.percents > 0 {
            let shown = scaled.shifted(2 * i32::from(self.percents)).rounded(self.decimals);
            format!("{}{}", shown.plain(self.decimals), "%".repeat(usize::from(self.percents)))
        } else if self.pads(number) {
            format!("{:0>width$}", number.plain(0), width = self.whole_zeros)
        } else {
            scaled.plain(0)
        };
        if !self.prefix.is_empty() {
            text.insert_str(0, &self.prefix);
        }
        text.push_str(&self.suffix);
        Reading::Shown(text)
    }

    /// Only a format made of zeros alone is a code's: `#,##0.00` has a zero too and means an amount.
    fn pads(&self, number: &Decimal15) -> bool {
        self.whole_zeros > 1
            && self.decimals == 0
            && !self.other_placeholders
            && number.is_integer()
            && !number.is_negative()
    }
}
