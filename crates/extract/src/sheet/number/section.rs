//! One section of a number format, and what it makes of a number.

use super::decimal::Decimal15;
use crate::sheet::colour::Colour;

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
    /// Digits after a point that is only drawn.
    pub(super) drawn_decimals: usize,
    /// Digits before it that are always shown.
    pub(super) whole_zeros: usize,
    /// Any placeholder other than those zeros, or a separator.
    pub(super) other_placeholders: bool,
    /// `General`, or text as it is.
    pub(super) general: bool,
    /// The section is for texts.
    pub(super) text: bool,
    /// Words and signs of currencies before and after the number.
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// All characters that are drawn beside placeholders.
    pub(super) ink: String,
    /// Letters of a date or time format.
    pub(super) date_letters: bool,
    /// Letters that are months, weekdays or eras where no placeholder of a number stands.
    pub(super) calendar_letters: bool,
    /// Hours, minutes or seconds beyond a day: `[h]:mm`.
    pub(super) elapsed: bool,
    /// The colour that the section draws in, where it names one.
    pub(super) colour: Option<Colour>,
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
    /// The same, but the figure shown is another than the one stored, and no word in it says so.
    Scaled(String),
    /// Words stand in the number's place.
    Words(String),
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

    pub(super) fn is_date(&self) -> bool {
        self.date_letters || self.calendar_letters && !self.has_placeholders()
    }

    pub(super) fn read(&self, number: &Decimal15) -> Reading {
        if self.general {
            return Reading::Shown(self.with_words(number.plain(0)));
        }
        if !self.has_placeholders() {
            return self.read_ink(number);
        }
        if let Some(shown) = self.read_drawn_digits(number) {
            return Reading::Scaled(shown);
        }
        let scaled = number.clone().shifted(-self.scale);
        let text = if self.percents > 0 {
            let shown = scaled.shifted(2 * i32::from(self.percents)).rounded(self.decimals);
            format!("{}{}", shown.plain(self.decimals), "%".repeat(usize::from(self.percents)))
        } else if self.pads(number) {
            format!("{:0>width$}", number.plain(0), width = self.whole_zeros)
        } else {
            scaled.plain(if self.scale == 0 { 0 } else { self.shown_decimals() })
        };
        let text = self.with_words(text);
        let told = self.percents > 0 || self.scale == named_power(&self.suffix) || number.is_zero();
        if self.scale == 0 || told { Reading::Shown(text) } else { Reading::Scaled(text) }
    }

    /// What a section without a number's place shows. A dash for zero still says that something is there; an empty
    /// section prints a blank cell; words for a number are all that is seen of it.
    fn read_ink(&self, number: &Decimal15) -> Reading {
        match self.ink.as_str() {
            "" => Reading::NotShown,
            _ if number.is_zero() => Reading::Shown(number.plain(0)),
            words => Reading::Words(words.to_owned()),
        }
    }

    /// Digits that a format draws beside the number read as if they were its own (`0"0000"`).
    fn read_drawn_digits(&self, number: &Decimal15) -> Option<String> {
        let digits = |text: &str| text.chars().any(|c| c.is_ascii_digit());
        if self.percents > 0 || !digits(&self.prefix) && !digits(&self.suffix) {
            return None;
        }
        let shown = number.clone().shifted(-self.scale).rounded(self.shown_decimals());
        let figure = shown.plain(self.shown_decimals());
        let padded = self.whole_zeros + if self.shown_decimals() > 0 { 1 + self.shown_decimals() } else { 0 };
        Some(self.with_words(if number.is_negative() { figure } else { format!("{figure:0>padded$}") }))
    }

    /// Decimal places as they are seen: those behind a point that is only drawn are behind a point all the same.
    fn shown_decimals(&self) -> usize {
        self.decimals + self.drawn_decimals
    }

    fn with_words(&self, number: String) -> String {
        if self.prefix.is_empty() && self.suffix.is_empty() {
            return number;
        }
        match number.strip_prefix('-') {
            // A sign of a currency stands between minus and figure.
            Some(figure) if !self.prefix.chars().any(char::is_alphabetic) => {
                format!("-{}{figure}{}", self.prefix, self.suffix)
            }
            _ => format!("{}{number}{}", self.prefix, self.suffix),
        }
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

/// The power of ten that words behind a figure stand for: 3 of 千, 4 of 万元.
pub(crate) fn named_power(words: &str) -> i32 {
    let power = |c| match c {
        '十' => 1,
        '百' => 2,
        '千' => 3,
        '万' => 4,
        '亿' => 8,
        _ => 0,
    };
    words.chars().map(power).sum()
}
