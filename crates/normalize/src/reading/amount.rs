//! A printed amount: exact, in every form that disclosures use.
//!
//! Forms: `1,234.56`, full width, spaces inside (`3, 296, 600` where a cell was wrapped), `¥`, minus as `-`, `−`, `△`
//! or brackets (accounting form), a unit behind the figure (`53万元`). A dash, slash or star stands for "nothing".

use crate::model::money::MoneyUnit;
use crate::model::rule::Rule;
use crate::reading::fold::fold;
use crate::reading::words::NOTHING;
use rust_decimal::Decimal;
use std::str::FromStr;

/// What a cell's text is, read as an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Nothing printed, or a mark that stands for nothing.
    Blank,
    /// An amount, with the unit printed behind it if there is one.
    Amount(Decimal, Option<MoneyUnit>),
    /// Anything else: text, a percentage, an error value.
    Other,
}

/// Units behind a figure, longest first so that `万元` is not read as `元`.
const SUFFIXES: &[MoneyUnit] = &[
    MoneyUnit::MillionYuan,
    MoneyUnit::TenThousandYuan,
    MoneyUnit::ThousandYuan,
    MoneyUnit::HundredMillionYuan,
    MoneyUnit::Yuan,
];

/// Reads a cell's text.
pub(crate) fn read(text: &str) -> Reading {
    // The raised number of a note stands behind the figure: 123⁴ is 123. Folding would make it 1234.
    let raised = |c: char| matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹');
    let text = text.trim_end().trim_end_matches(raised);
    if text.contains(raised) {
        return Reading::Other;
    }
    let folded = fold(text);
    if folded.is_empty() || NOTHING.has(&folded) {
        return Reading::Blank;
    }
    let (figure, unit) = split_unit(&folded);
    parse_figure(figure).map_or(Reading::Other, |value| Reading::Amount(value, unit))
}

fn split_unit(folded: &str) -> (&str, Option<MoneyUnit>) {
    for unit in SUFFIXES {
        if let Some(figure) = folded.strip_suffix(unit.as_str()) {
            return (figure, Some(*unit));
        }
    }
    (folded, None)
}

fn parse_figure(text: &str) -> Option<Decimal> {
    let text = text.trim_start_matches('¥');
    let (inner, bracketed) = match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let (digits, minus) = split_sign(inner.trim_start_matches('¥'))?;
    if bracketed && minus {
        return None;
    }
    let plain = ungroup(digits.trim_start_matches('¥'))?;
    let value = Decimal::from_str(&plain).ok()?;
    Some(if bracketed || minus { -value } else { value })
}

/// Takes one sign off. `△` and `▲` are the minus of Chinese accounts.
fn split_sign(text: &str) -> Option<(&str, bool)> {
    let rest = text.strip_prefix(['-', '△', '▲', '－']);
    if let Some(rest) = rest {
        return Some((rest, true));
    }
    let rest = text.strip_prefix('+').unwrap_or(text);
    (!rest.is_empty()).then_some((rest, false))
}

/// Removes the thousands separators. A group of another length than three means that two figures were glued together
/// or one was cut: such a text is refused, not guessed.
fn ungroup(text: &str) -> Option<String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = !rest.is_empty();
    if grouped && (first.is_empty() || first.len() > 3 || rest.iter().any(|g| g.len() != 3)) {
        return None;
    }
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(first) || !rest.iter().all(|g| all_digits(g)) || !fraction.is_none_or(all_digits) {
        return None;
    }
    let whole: String = std::iter::once(first).chain(rest).collect();
    match fraction {
        None | Some("") if !whole.is_empty() => Some(whole),
        Some(fraction) if !fraction.is_empty() => {
            Some(format!("{}.{fraction}", if whole.is_empty() { "0" } else { &whole }))
        }
        _ => None,
    }
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "N01",
        title: "Printed forms",
        text: "grouping commas, full width, blanks within a wrapped cell, ¥, a unit behind the figure; minus as -, −, △ or brackets",
        source: "GB/T 15835 for figures; △ and brackets are the minus of Chinese accounts",
    },
    Rule {
        id: "N02",
        title: "Nothing is not zero",
        text: "a dash, slash, star or 无 is blank; a printed 0 is an amount",
        source: "notes of the forms: 无数据 is left blank or printed as 0",
    },
    Rule {
        id: "N03",
        title: "Odd groups are refused",
        text: "a figure whose groups don't have three digits is no amount",
        source: "two figures run into one cell",
    },
    Rule {
        id: "N04",
        title: "No amounts",
        text: "percentages, counts and error values are not amounts; a row whose label names a measure (团组数（个）, 保有量（辆）) counts",
        source: "the output contract; 相关统计数 in 机构运行信息表 of 部门决算",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amount(text: &str) -> Option<String> {
        match read(text) {
            Reading::Amount(value, _) => Some(value.to_string()),
            _ => None,
        }
    }

    #[test]
    fn reads_every_printed_form() {
        let forms = [
            ("1,234.56", "1234.56"),
            ("１，２３４．５６", "1234.56"),
            ("3, 296, 600", "3296600"),
            ("-2.50", "-2.50"),
            ("－2.50", "-2.50"),
            ("−2.50", "-2.50"),
            ("△2.5", "-2.5"),
            ("(1,000.0)", "-1000.0"),
            ("（12）", "-12"),
            ("¥5.00", "5.00"),
            (".5", "0.5"),
            ("12.", "12"),
            ("0", "0"),
            ("0.00", "0.00"),
        ];
        for (printed, exact) in forms {
            assert_eq!(amount(printed).as_deref(), Some(exact), "{printed}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        let texts =
            ["-2%", "#DIV/0!", "合计", "1.2.3", "24,458.43二", "1,23", "1234,567", "1-2", "--5", "(-5)", "元", ","];
        for text in texts {
            assert_eq!(read(text), Reading::Other, "{text}");
        }
    }

    #[test]
    fn marks_of_nothing_are_blank() {
        for text in ["", "　", "-", "—", "——", "－", "/", "**", "无"] {
            assert_eq!(read(text), Reading::Blank, "{text:?}");
        }
    }

    #[test]
    fn keeps_the_unit_behind_the_figure() {
        assert_eq!(read("53万元"), Reading::Amount(Decimal::from(53), Some(MoneyUnit::TenThousandYuan)));
        assert_eq!(read("750000元"), Reading::Amount(Decimal::from(750_000), Some(MoneyUnit::Yuan)));
    }

    /// Prints with thousands separators, as published tables do.
    fn print(cents: i64) -> String {
        let whole = (cents.abs() / 100).to_string();
        let mut grouped = String::new();
        for (i, c) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(c);
        }
        format!("{}{grouped}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() % 100)
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(cents in -1_000_000_000_000_000_i64..1_000_000_000_000_000) {
            let printed = print(cents);
            prop_assert_eq!(read(&printed), Reading::Amount(Decimal::new(cents, 2), None));
            let wide: String = printed.chars().map(|c| match c {
                '0'..='9' => char::from_u32(c as u32 - 0x30 + 0xFF10).unwrap_or(c),
                ',' => '，',
                other => other,
            }).collect();
            prop_assert_eq!(read(&wide), Reading::Amount(Decimal::new(cents, 2), None));
        }

        #[test]
        fn every_form_of_an_amount_is_read_back(cents in 1_i64..100_000_000_000, form in 0_usize..9, unit in 0_usize..5) {
            let (plain, unit) = (print(cents), MoneyUnit::ALL[unit]);
            let minus = Decimal::new(-cents, 2);
            let spaced: String = plain.chars().flat_map(|c| [c, ' ']).collect();
            let (text, value, own) = match form {
                0 => (format!("△{plain}"), minus, None),
                1 => (format!("({plain})"), minus, None),
                2 => (format!("（{plain}）"), minus, None),
                3 => (format!("−{plain}"), minus, None),
                4 => (format!("¥{plain}"), -minus, None),
                5 => (spaced, -minus, None),
                6 => (plain.replace(',', ""), -minus, None),
                7 => (format!("{plain}{}", unit.as_str()), -minus, Some(unit)),
                _ => (format!("－{plain}{}", unit.as_str()), minus, Some(unit)),
            };
            prop_assert_eq!(read(&text), Reading::Amount(value, own), "{}", text);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = read(&text);
        }
    }
}
