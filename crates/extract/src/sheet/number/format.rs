//! Number formats: what do they make of a stored number?
//!
//! A cell's number is kept exact, whatever its format rounds it to. But four things that a format does change what
//! the figure *says*, and are followed: a percentage (0.22 shown as 22%), a scale (a number shown in ten thousands by
//! `0!.0,`), leading zeros (`00` turns 2 into the code 02) and a figure that is not shown at all (`0.00;-0.00;`).
//! Source: ECMA-376 part 1, §18.8.30 and §18.8.31; `!` as an escape is what Chinese versions of Excel write.

use super::decimal::Decimal15;
use super::parse::parse_section;
use super::section::{Reading, Section};

/// A parsed format code: up to four sections.
#[derive(Debug, Clone, Default)]
pub(crate) struct NumberFormat {
    sections: Vec<Section>,
}

impl NumberFormat {
    /// Reads a format code; anything unknown in it counts as decoration.
    pub(crate) fn parse(code: &str) -> Self {
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
    pub(crate) fn is_numeric(&self) -> bool {
        self.sections.first().is_some_and(|s| s.has_placeholders() && !s.date_letters)
    }

    /// The text that the number reads as, exact but for percentages, which are rounded as shown.
    pub(crate) fn read(&self, value: f64) -> Option<Reading> {
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

#[cfg(test)]
mod tests {
    use super::*;
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
