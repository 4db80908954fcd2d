//! Number formats: what do they make of a stored number?
//!
//! A cell's number is kept exact, whatever its format rounds it to. But some things that a format does change what the
//! figure *says*, and are followed: a percentage (0.22 shown as 22%), a scale (a number shown in ten thousands by
//! `0!.0,`), words and signs of currencies beside it (`"$"0.00`), leading zeros (`00` turns 2 into the code 02), a figure
//! that is not shown at all (`0.00;-0.00;`) and a colour.
//! Source: ECMA-376 part 1, §18.8.30 and §18.8.31; `!` as an escape is what Chinese versions of Excel write.

use super::decimal::Decimal15;
use super::parse::parse_section;
use super::section::{Reading, Section};
use crate::sheet::colour::Colour;

/// A parsed format code: up to four sections.
#[derive(Debug, Clone, Default)]
pub(crate) struct NumberFormat {
    sections: Vec<Section>,
}

impl NumberFormat {
    /// Reads a format code; anything unknown in it counts as decoration. A code without anything in it is `General`.
    pub(crate) fn parse(code: &str) -> Self {
        if code.trim().is_empty() {
            return Self::default();
        }
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

    /// The format that a number below 164 stands for where the file doesn't say it (ECMA-376 part 1, §18.8.30), as far
    /// as it changes a figure's reading. The signs of currencies in some of them are those of the reader's country.
    pub(crate) fn builtin(number: u16) -> Self {
        Self::parse(match number {
            1 => "0",
            2 | 7 | 8 | 39 | 40 | 43 | 44 => "0.00",
            3..=6 | 37 | 38 | 41 | 42 => "#,##0",
            9 => "0%",
            10 => "0.00%",
            14 | 27 | 30 | 31 | 36 | 50 | 52..=54 | 57 | 58 => "yyyy/m/d",
            15..=17 | 28 | 29 | 51 => "d-mmm-yy",
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 => "h:mm:ss",
            22 => "yyyy/m/d h:mm",
            46 => "[h]:mm:ss",
            49 => "@",
            _ => "",
        })
    }

    /// Whether the code is one for numbers although it holds a letter that also stands in dates (`0.00"m"` unquoted).
    pub(crate) fn is_numeric(&self) -> bool {
        self.sections.first().is_some_and(|s| s.has_placeholders() && !s.date_letters)
    }

    /// Whether the code is one for dates or times.
    pub(crate) fn is_date(&self) -> bool {
        self.sections.first().is_some_and(Section::is_date)
    }

    /// Whether the code is one for spans of time.
    pub(crate) fn is_elapsed(&self) -> bool {
        self.sections.first().is_some_and(|s| s.elapsed)
    }

    /// The colour that the code draws a number in, where it names one.
    pub(crate) fn colour(&self, value: f64) -> Option<Colour> {
        self.section(value)?.colour
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
            Some(Reading::Scaled(text)) => format!("{text} (scaled)"),
            Some(Reading::Words(text)) => format!("{text} (words)"),
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
    fn scales_are_followed_and_said_where_no_word_does() {
        assert_eq!(read("0!.0000", 1_234_567.0), "123.4567 (scaled)");
        assert_eq!(read("0\\.0,", 1_234_567.0), "123.4567 (scaled)");
        assert_eq!(read("#,##0,", 1_234_567.0), "1234.567 (scaled)");
        assert_eq!(read("#,##0", 1_234_567.0), "1234567");
        assert_eq!(read("0!.00,\"万元\"", 1_500_000.0), "15.00万元 (scaled)");
        assert_eq!(read("0!.0,\"万元\"", 1_500_000.0), "150.0万元");
        assert_eq!(read("0!.0000\"万\"", 831_700.0), "83.1700万");
        assert_eq!(read("0,\"千元\"", 831_700.0), "831.7千元");
        assert_eq!(read("0.00,,\"百万\"", 831_700.0), "0.8317百万");
        assert_eq!(read("0!.00,,\"亿\"", 831_700_000.0), "8.317亿");
        assert_eq!(read("0.00,\"万\"", 831_700.0), "831.70万 (scaled)");
        assert_eq!(read("0.00\"万\"", 83.17), "83.17万");
        assert_eq!(read("[>=10000]0!.0,\"万\";0", 25_000.0), "2.5万");
        assert_eq!(read("[>=10000]0!.0,\"万\";0", 2500.0), "2500");
        assert_eq!(read("0\"0000\"", 83.17), "830000 (scaled)");
    }

    #[test]
    fn currencies_but_the_own_one_are_shown() {
        for code in ["[$$-409]#,##0.00", "\"$\"#,##0.00", "\\$0.00", "$#,##0.00;-$#,##0.00", "_(\"$\"* #,##0.00_)"] {
            assert_eq!(read(code, 83.17), "$83.17", "{code}");
        }
        assert_eq!(read("[$US$-409] #,##0.00", 83.17), "US$83.17");
        assert_eq!(read("[$HK$-C04]0.00", -83.17), "HK$-83.17");
        assert_eq!(read("[$$-409]0.00", -83.17), "-$83.17");
        assert_eq!(read("0.00 [$€-407]", 83.17), "83.17€");
        assert_eq!(read("0.00\"美元\"", 83.17), "83.17美元");
        for code in ["[$¥-804]#,##0.00", "[$￥-804]0.00", "\"¥\"0.00", "[$-804]0.00", "[$CNY]0.00", "[Red]0.00"] {
            assert_eq!(read(code, 83.17), "83.17", "{code}");
        }
        assert_eq!(read("0.00\"元\"", 83.17), "83.17元");
    }

    #[test]
    fn words_in_a_numbers_place_are_what_is_seen() {
        assert_eq!(read("\"见附件\"", 83.17), "见附件 (words)");
        assert_eq!(read("\"-\"", 0.0), "0");
        assert_eq!(read("[=1]\"是\";\"否\"", 1.0), "是 (words)");
        assert_eq!(read("General\"元\"", 83.17), "83.17元");
    }

    #[test]
    fn colours_of_sections_are_known() {
        let colour = |code: &str, value| NumberFormat::parse(code).colour(value);
        assert_eq!(colour("[White]0.00", 1.0), Some(Colour::WHITE));
        assert_eq!(colour("0.00;[白色]-0.00", -1.0), Some(Colour::WHITE));
        assert_eq!(colour("[Color2]0.00", 1.0), Some(Colour::WHITE));
        assert_eq!(colour("0.00;[White]-0.00", 1.0), None);
    }

    #[test]
    fn a_code_without_anything_is_general() {
        assert_eq!(read("", 83.17), "83.17");
        assert_eq!(read(" ", 0.0), "0");
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
        for code in ["yyyy\"年\"m\"月\"d\"日\"", "mmm", "m/d", "[$-804]aaaa;@", "[h]:mm", "h:mm AM/PM", "yyyy-mm-dd;@"]
        {
            assert!(NumberFormat::parse(code).is_date(), "{code}");
        }
        for code in ["", "General", "0.00", "@", "0.00m", "0.00E+00", "\"第\"0\"m\"", "[Red]0", "RMB#,##0"] {
            assert!(!NumberFormat::parse(code).is_date(), "{code}");
        }
        assert!(NumberFormat::builtin(14).is_date() && !NumberFormat::builtin(4).is_date());
    }

    proptest! {
        #[test]
        fn any_code_is_read_without_panic(code in "[0#?.,;%\"\\\\!_*\\[\\]Gg@Ee+>=年万 ymd-]{0,24}", value: f64) {
            let _ = NumberFormat::parse(&code).read(value);
        }
    }
}
