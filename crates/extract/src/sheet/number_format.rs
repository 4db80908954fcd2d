//! What does a number format make of a stored number?
//!
//! A cell's number is kept exact, whatever its format rounds it to. But four things that a format does change what
//! the figure *says*, and are followed: a percentage (0.22 shown as 22%), a scale (元 shown as 万元 by `0!.0,`), leading
//! zeros (`00` turns 2 into the code 02) and a figure that is not shown at all (`0.00;-0.00;`).
//! Source: ECMA-376 part 1, §18.8.30 and §18.8.31; `!` as an escape is what Chinese versions of Excel write.

use super::number::Decimal15;
use std::iter::Peekable;
use std::str::Chars;

/// A parsed format code: up to four sections.
#[derive(Debug, Clone, Default)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

/// One section of a format code.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says that something was seen in the code")]
struct Section {
    condition: Option<Condition>,
    /// Number of percent signs.
    percents: u8,
    /// Powers of ten by which the stored number is larger than the one shown.
    scale: i32,
    /// Digits after the decimal point.
    decimals: usize,
    /// Digits before it that are always shown.
    whole_zeros: usize,
    /// Any placeholder other than those zeros, or a separator.
    other_placeholders: bool,
    /// `General`, or text as it is.
    general: bool,
    /// The section is for texts.
    text: bool,
    /// Words before and after the number.
    prefix: String,
    suffix: String,
    /// Anything that leaves ink without being a placeholder.
    ink: bool,
    /// Letters of a date or time format.
    date_letters: bool,
}

#[derive(Debug, Clone, Copy)]
struct Condition {
    operator: Operator,
    limit: f64,
}

#[derive(Debug, Clone, Copy)]
enum Operator {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

/// How a number reads in its format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// The text that stands for it.
    Shown(String),
    /// The format shows nothing.
    NotShown,
}

impl NumberFormat {
    /// Reads a format code; anything unknown in it counts as decoration.
    pub(super) fn parse(code: &str) -> Self {
        let mut chars = code.chars().peekable();
        let mut sections = vec![];
        loop {
            let (section, more) = parse_section(&mut chars);
            sections.push(section);
            if !more || sections.len() == 4 {
                return Self { sections: drop_text_section(sections) };
            }
        }
    }

    /// Whether the code is one for numbers although it holds a letter that also stands in dates (`0.00"m"` unquoted).
    pub(super) fn is_numeric(&self) -> bool {
        self.sections.first().is_some_and(|s| s.has_placeholders() && !s.date_letters)
    }

    /// The text that the number reads as, exact but for percentages, which are rounded as shown.
    pub(super) fn read(&self, value: f64) -> Option<Reading> {
        let number = Decimal15::from_f64(value)?;
        let section = self.section(value);
        Some(section.map_or_else(|| Reading::Shown(number.plain(0)), |section| section.read(&number)))
    }

    fn section(&self, value: f64) -> Option<&Section> {
        let numeric = &self.sections[..self.sections.len().min(3)];
        if numeric.iter().any(|s| s.condition.is_some()) {
            return numeric.iter().find(|s| s.condition.is_none_or(|c| c.holds(value))).or(numeric.last());
        }
        match numeric.len() {
            0 | 1 => numeric.first(),
            2 => numeric.get(usize::from(value < 0.0)),
            _ => numeric.get(if value > 0.0 { 0 } else { 1 + usize::from(value == 0.0) }),
        }
    }
}

/// A last section with `@` is for texts, however few there are: `0.00;@` has one section for numbers.
fn drop_text_section(mut sections: Vec<Section>) -> Vec<Section> {
    if sections.len() > 1 && sections.last().is_some_and(|s| s.text) {
        sections.pop();
    }
    sections
}

impl Condition {
    fn holds(self, value: f64) -> bool {
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
    fn has_placeholders(&self) -> bool {
        self.whole_zeros > 0 || self.decimals > 0 || self.other_placeholders
    }

    fn read(&self, number: &Decimal15) -> Reading {
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

/// What has been seen of a section while it is read.
#[derive(Default)]
struct Progress {
    section: Section,
    in_fraction: bool,
    exponent: bool,
    /// A point that is only drawn, `0!.0`: digits after it belong to the whole part.
    drawn_point: bool,
    drawn_decimals: i32,
    /// Commas after the last digit so far: each divides by a thousand unless another digit follows.
    commas: i32,
    literal: String,
}

fn parse_section(chars: &mut Peekable<Chars<'_>>) -> (Section, bool) {
    let mut progress = Progress::default();
    while let Some(c) = chars.next() {
        match c {
            ';' => return (progress.finish(), true),
            '"' => {
                let quoted: String = chars.by_ref().take_while(|c| *c != '"').collect();
                progress.literal(&quoted);
            }
            '\\' | '!' => {
                if let Some(escaped) = chars.next() {
                    progress.literal(escaped.encode_utf8(&mut [0; 4]));
                }
            }
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                progress.bracket(&inner);
            }
            'G' | 'g' => progress.general(chars),
            _ => progress.plain(c, chars.peek().copied()),
        }
    }
    (progress.finish(), false)
}

impl Progress {
    fn plain(&mut self, c: char, next: Option<char>) {
        match c {
            '0' | '#' | '?' => self.digit(c),
            '.' => self.in_fraction = true,
            ',' => self.commas += 1,
            '%' => self.section.percents = self.section.percents.saturating_add(1),
            'E' | 'e' if matches!(next, Some('+' | '-')) => {
                self.exponent = true;
                self.section.other_placeholders = true;
            }
            '@' => {
                self.section.general = true;
                self.section.text = true;
            }
            'y' | 'Y' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                self.section.date_letters = true;
                self.section.ink = true;
            }
            ' ' => {}
            _ => self.literal(c.encode_utf8(&mut [0; 4])),
        }
    }

    fn digit(&mut self, placeholder: char) {
        if self.commas > 0 {
            self.section.other_placeholders = true;
            self.commas = 0;
        }
        if !self.literal.is_empty() {
            let words = std::mem::take(&mut self.literal);
            if !self.section.has_placeholders() {
                self.section.prefix = words;
            }
        }
        if self.exponent {
            return;
        }
        if self.drawn_point {
            self.drawn_decimals += 1;
            self.section.other_placeholders = true;
        } else if self.in_fraction {
            self.section.decimals += 1;
        } else if placeholder == '0' {
            self.section.whole_zeros += 1;
        } else {
            self.section.other_placeholders = true;
        }
    }

    fn literal(&mut self, text: &str) {
        if matches!(text, "." | "．" | "·") && self.section.has_placeholders() && !self.in_fraction {
            self.drawn_point = true;
            return;
        }
        self.section.ink |= !text.trim().is_empty();
        if text.chars().any(char::is_alphabetic) {
            self.literal.push_str(text.trim());
        }
    }

    /// Colours and locales say nothing; a comparison chooses the section.
    fn bracket(&mut self, inner: &str) {
        let operators = [
            ("<>", Operator::NotEqual),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
            ("=", Operator::Equal),
        ];
        let found = operators.into_iter().find_map(|(sign, operator)| Some((inner.strip_prefix(sign)?, operator)));
        if let Some((limit, operator)) = found
            && let Ok(limit) = limit.trim().parse()
        {
            self.section.condition = Some(Condition { operator, limit });
        }
    }

    /// `General`, which Chinese versions also write as `G/通用格式`.
    fn general(&mut self, chars: &mut Peekable<Chars<'_>>) {
        let rest: String = chars.clone().take(6).collect();
        let length = if rest.eq_ignore_ascii_case("eneral") {
            6
        } else if rest.starts_with("/通用格式") {
            5
        } else {
            0
        };
        if length == 0 {
            return self.literal("G");
        }
        for _ in 0..length {
            chars.next();
        }
        self.section.general = true;
    }

    fn finish(mut self) -> Section {
        self.section.suffix = std::mem::take(&mut self.literal);
        self.section.scale = 3 * self.commas + self.drawn_decimals;
        self.section
    }
}

#[cfg(test)]
mod tests {
    use super::{NumberFormat, Reading};
    use proptest::prelude::*;

    fn read(code: &str, value: f64) -> String {
        match NumberFormat::parse(code).read(value) {
            Some(Reading::Shown(text)) => text,
            Some(Reading::NotShown) => "(nothing)".to_owned(),
            None => "(no number)".to_owned(),
        }
    }

    #[test]
    fn amounts_stay_exact_whatever_the_format_rounds() {
        for code in
            ["General", "G/通用格式", "0.00", "#,##0.00", "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "0", "@", "￥#,##0.0"]
        {
            assert_eq!(read(code, 1_234_567.891), "1234567.891", "{code}");
        }
        assert_eq!(read("_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", 0.0), "0");
        assert_eq!(read("#,##0.00;(#,##0.00)", -5.5), "-5.5");
        assert_eq!(read("0.00;@", -5.5), "-5.5");
    }

    #[test]
    fn percentages_read_as_shown() {
        assert_eq!(read("0%", 0.22), "22%");
        assert_eq!(read("0.00%", -0.410_26), "-41.03%");
        assert_eq!(read("0.00%", 0.2), "20.00%");
        assert_eq!(read("0.0%;-0.0%;0%", 0.0), "0%");
    }

    #[test]
    fn zeros_alone_are_a_code() {
        assert_eq!(read("00", 2.0), "02");
        assert_eq!(read("000000", 1234.0), "001234");
        assert_eq!(read("00", 2.5), "2.5");
        assert_eq!(read("00", 205.0), "205");
        assert_eq!(read("#00", 2.0), "2");
    }

    #[test]
    fn scales_are_followed() {
        assert_eq!(read("0!.0000", 1_234_567.0), "123.4567");
        assert_eq!(read("0\\.0,", 1_234_567.0), "123.4567");
        assert_eq!(read("#,##0,", 1_234_567.0), "1234.567");
        assert_eq!(read("#,##0", 1_234_567.0), "1234567");
        assert_eq!(read("0!.00,\"万元\"", 1_500_000.0), "15万元");
        assert_eq!(read("[>=10000]0!.0,\"万\";0", 25_000.0), "2.5万");
        assert_eq!(read("[>=10000]0!.0,\"万\";0", 2500.0), "2500");
    }

    #[test]
    fn what_prints_nothing_is_nothing() {
        assert_eq!(read("0.00;-0.00;", 0.0), "(nothing)");
        assert_eq!(read("0.00;-0.00;;@", 0.0), "(nothing)");
        assert_eq!(read("0.00;-0.00;;@", 7.0), "7");
        assert_eq!(read(";;;", 7.0), "(nothing)");
        assert_eq!(read("0.00", f64::INFINITY), "(no number)");
    }

    #[test]
    fn dates_are_told_from_numbers() {
        assert!(NumberFormat::parse("0.00m").is_numeric());
        assert!(NumberFormat::parse("RMB#,##0").is_numeric());
        assert!(!NumberFormat::parse("yyyy-mm-dd").is_numeric());
        assert!(!NumberFormat::parse("m/d").is_numeric());
        assert!(!NumberFormat::parse("mm:ss.0").is_numeric());
    }

    proptest! {
        #[test]
        fn any_code_is_read_without_panic(code in "[0#?.,;%\"\\\\!_*\\[\\]Gg@Ee+>=年万 ymd-]{0,24}", value: f64) {
            let _ = NumberFormat::parse(&code).read(value);
        }
    }
}
