//! A printed amount: exact, in every form that disclosures use.
//!
//! Forms: `1,234.56`, full width, a blank behind a comma (`3, 296, 600` where a cell was wrapped), `¥`, minus as any dash, `△`
//! or brackets (accounting form), a unit behind the figure (`53万元`, `83.17万`). A dash, slash or star stands for "nothing".
//! Note marks (`83.17①`, `83.17[1]`) are no part of the figure. A blank between two digits is never dropped: there are two figures then.

use crate::model::money::MoneyUnit;
use crate::model::rule::Rule;
use crate::reading::currency;
use crate::reading::fold::{compatible, fold_char, pattern};
use crate::reading::sign::{is_invisible, is_minus, is_note_mark, is_ringed};
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
    /// Two or more figures, one beside or below the other.
    Several,
    /// Anything else: text, a percentage, an error value, money of another country.
    Other,
}

/// Units behind a figure, longest first so that `万元` is not read as `元`. 元 is often left out behind 万 and 亿.
const SUFFIXES: &[(&str, MoneyUnit)] = &[
    ("百万元", MoneyUnit::MillionYuan),
    ("万元", MoneyUnit::TenThousandYuan),
    ("千元", MoneyUnit::ThousandYuan),
    ("亿元", MoneyUnit::HundredMillionYuan),
    ("元", MoneyUnit::Yuan),
    ("百万", MoneyUnit::MillionYuan),
    ("万", MoneyUnit::TenThousandYuan),
    ("亿", MoneyUnit::HundredMillionYuan),
];

/// More single characters than this with blanks between are one figure set wide: 8 3 1 7 2.
const SPACED_LEAST: usize = 4;

// A note behind a figure: [1], 注1, (注), 注①, stars and daggers; digits in square brackets number nothing else there.
pattern!(
    NOTE_BEHIND,
    r"\s*(?:\[(?:注)?[0-9⁰¹²³⁴-⁹₀-₉①-⑳]{0,3}\]|\([⁰¹²³⁴-⁹₀-₉①-⑳]{1,3}\)|\(?注\s*[0-9一二三四五六七八九十⁰¹²³⁴-⁹①-⑳]{0,2}\)?:?|[*†‡§※]+)$"
);

/// Reads a cell's text.
pub(crate) fn read(text: &str) -> Reading {
    // Most figures are printed plainly.
    if text.contains(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
    {
        return read_one(text);
    }
    let plain = plain(text);
    let squashed: String = plain.chars().filter(|c| *c != ' ').collect();
    if squashed.chars().all(|c| c == '-') || NOTHING.has(&squashed) {
        return Reading::Blank;
    }
    let figures = figures(without_notes(&plain));
    if let [only] = &figures[..] {
        return read_one(only);
    }
    let all = figures.len() > 1 && figures.iter().all(|f| matches!(read_one(f), Reading::Amount(..)));
    if all { Reading::Several } else { Reading::Other }
}

/// The unit as printed where a text is money of another country: `$` of $83.17, `万美元` of 5万美元.
pub(crate) fn foreign(text: &str) -> Option<String> {
    let plain = plain(text);
    let figure: String = without_notes(&plain).chars().filter(|c| *c != ' ').collect();
    let (left, unit) = currency::split(&figure)?;
    let left = SUFFIXES.iter().find_map(|(s, _)| left.strip_suffix(s)).unwrap_or(&left);
    parse_figure(left).map(|_| unit)
}

/// Whether a text that is no amount holds digits that somebody may take for one: 约83.17, 8O.17, =80+3.17, 2024-03-01, ####.
/// Percentages, counts (3人), years in words and error values (#DIV/0!) are none of these.
pub(crate) fn is_unread(text: &str) -> bool {
    let plain: String = plain(text).chars().filter(|c| *c != ' ').collect();
    if plain.contains('\u{fffd}') || plain.len() > 1 && plain.bytes().all(|b| b == b'#') {
        return true;
    }
    let plain = SPOKEN_YEAR.replace_all(&plain, "");
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || plain.contains(['%', '‰', '#']) || COUNTED.is_match(&plain) {
        return false;
    }
    let words = plain.chars().filter(|c| c.is_alphabetic() && !c.is_ascii() || *c == '、').count();
    words == 0 || LIKE_MONEY.is_match(&plain) && words <= MOST_WORDS || digits >= words * 2
}

/// Words about a figure are fewer than this; longer texts are sentences, which the narrative's reader reads.
const MOST_WORDS: usize = 12;

pattern!(SPOKEN_YEAR, "(?:19|20)[0-9]{2}(?:[-至](?:19|20)?[0-9]{2})?年(?:度|初|末|底)?");
pattern!(LIKE_MONEY, r"[0-9]\.[0-9]|[0-9],[0-9]{3}|[0-9]{4,}|[0-9][百千万亿]|[0-9]元");
// 3人, 12人次, 2辆, 第3批, 共5项, 3-5月: a number with what is counted.
pattern!(
    COUNTED,
    "^(?:第|共|约|计|各|每)?[0-9.,]+(?:[-~至][0-9.]+)?(?:个百分点|[个人名位次批辆台套户间项家场期天日月年季岁座处条件份张册本部只头亩组类级层]|平方米|平米|公里|千米|km|人次|人/?年|分|小时)"
);

/// The text with one sign for each minus, point, bracket and blank, without marks that nobody sees.
fn plain(text: &str) -> String {
    let sign = |c: char| match c {
        c if c.is_whitespace() => Some(' '),
        c if is_invisible(c) => None,
        c if is_minus(c) => Some('-'),
        c => fold_char(c),
    };
    compatible(text).chars().filter_map(sign).collect::<String>().trim().to_owned()
}

/// The text without the marks of notes behind it and, in a ring, before it.
fn without_notes(plain: &str) -> &str {
    let mut text = plain.trim_start_matches(|c| is_ringed(c) || c == ' ');
    loop {
        let shorter = text.trim_end_matches(|c| is_note_mark(c) || c == ' ');
        let shorter = NOTE_BEHIND.find(shorter).map_or(shorter, |note| &shorter[..note.start()]);
        if shorter.len() == text.len() {
            return text;
        }
        text = shorter;
    }
}

/// The texts that blanks part, those put together that can only be one figure.
fn figures(plain: &str) -> Vec<String> {
    let pieces: Vec<&str> = plain.split(' ').filter(|p| !p.is_empty()).collect();
    let single = pieces.len() > 1 && pieces.iter().all(|p| p.chars().count() == 1);
    if single && (pieces.len() > SPACED_LEAST || plain.contains(['.', ','])) {
        return vec![pieces.concat()];
    }
    let mut figures: Vec<String> = Vec::new();
    for piece in pieces {
        match figures.last_mut() {
            Some(last) if is_one(last, piece) => last.push_str(piece),
            _ => figures.push(piece.to_owned()),
        }
    }
    figures
}

/// Whether two neighbouring pieces are parts of one figure: a comma and just three digits, a point and just two, a sign, a
/// bracket or a word beside the figure.
fn is_one(left: &str, right: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let digit = |c: char| c.is_ascii_digit();
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else { return true };
    match (last, first) {
        (',', f) if digit(f) => digits(right) == 3,
        (l, ',') if digit(l) => digits(&right[1..]) == 3,
        ('.', f) if digit(f) => digits(right) == 2 && right.len() == 2 && !left.trim_end_matches('.').contains('.'),
        (l, '.') if digit(l) => digits(&right[1..]) == 2 && !left.contains('.'),
        (l, f) if digit(l) || matches!(l, '.' | ')') => !(digit(f) || right.contains(digit) && is_sign(f)),
        // 53万元 20万元 are two, - 83.17 and ( 12 ) one.
        (l, _) => is_sign(l) || !(left.contains(digit) && right.contains(digit)),
    }
}

/// Signs that may stand before a figure.
fn is_sign(c: char) -> bool {
    matches!(c, '-' | '+' | '(' | '¥' | '△' | '▲' | '$')
}

fn read_one(figure: &str) -> Reading {
    let (figure, unit) = split_unit(figure);
    parse_figure(figure).map_or(Reading::Other, |value| Reading::Amount(value, unit))
}

fn split_unit(figure: &str) -> (&str, Option<MoneyUnit>) {
    for (suffix, unit) in SUFFIXES {
        if let Some(figure) = figure.strip_suffix(suffix) {
            return (figure, Some(*unit));
        }
    }
    (figure, None)
}

fn parse_figure(text: &str) -> Option<Decimal> {
    let text = ["人民币", "RMB", "CNY"].iter().find_map(|p| text.strip_prefix(p)).unwrap_or(text);
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
    let rest = text.strip_prefix(['-', '△', '▲']);
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
        text: "grouping commas (a blank behind one counts for nothing), full width, ¥, a unit behind the figure (万 and 亿 without 元 too); minus as a dash of any length, △ or brackets; marks that nobody sees and marks of notes (①, ¹, [1], 注1, *) are no part of the figure",
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
        text: "a figure whose groups don't have three digits is no amount; digits with a blank between them are several figures, which give no value and the flag `merged_figures`",
        source: "two figures run into one cell",
    },
    Rule {
        id: "N05",
        title: "Figures that cannot be read",
        text: "what holds digits among the amounts and is no amount (约83.17, 8O.17, =80+3.17, a date, ####) keeps its text, has no value and the flag `low_confidence`; money of another country keeps its own unit and has no value in yuan",
        source: "a wrong number is worse than a missing one, and a missing one must be said",
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
            ("1,234, 567", "1234567"),
            ("1,234 ,567.89", "1234567.89"),
            ("1 , 2 3 4 . 5 6", "1234.56"),
            ("83.17①", "83.17"),
            ("1,234.56①②", "1234.56"),
            ("120⒈", "120"),
            ("①120", "120"),
            ("⑴ 120", "120"),
            ("83.17¹", "83.17"),
            ("83.17⁽¹⁾", "83.17"),
            ("83.17 [1]", "83.17"),
            ("83.17[¹]", "83.17"),
            ("83.17(²)", "83.17"),
            ("83.17［2］", "83.17"),
            ("83.17注1", "83.17"),
            ("83.17（注①）", "83.17"),
            ("83.17*", "83.17"),
            ("83.17ⅰ", "83.17"),
            ("—1,234.56", "-1234.56"),
            ("― 5", "-5"),
            ("‐5", "-5"),
            ("\u{ad}234.06", "-234.06"),
            ("\u{202d}1234.56\u{202c}", "1234.56"),
            ("\u{2066}1,0\u{200b}00.50\u{2069}", "1000.50"),
            ("¥ 5.00", "5.00"),
            ("0", "0"),
            ("0.00", "0.00"),
        ];
        for (printed, exact) in forms {
            assert_eq!(amount(printed).as_deref(), Some(exact), "{printed}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        let texts = [
            "-2%",
            "#DIV/0!",
            "合计",
            "1.2.3",
            "24,458.43二",
            "1,23",
            "1234,567",
            "1-2",
            "--5",
            "(-5)",
            "元",
            ",",
            "⒈120",
            "1①2",
            "12³4",
            "约83.17",
            "8O.17",
            "=80+3.17",
            "2024-03-01",
            "83千万",
            "$83.17",
            "120 12%",
        ];
        for text in texts {
            assert_eq!(read(text), Reading::Other, "{text}");
        }
    }

    #[test]
    fn marks_of_nothing_are_blank() {
        for text in ["", "　", "-", "—", "——", "－", "/", "**", "无", "\u{ad}", "– –", "\u{200b}", "‑"] {
            assert_eq!(read(text), Reading::Blank, "{text:?}");
        }
    }

    #[test]
    fn a_blank_between_digits_parts_figures() {
        for text in [
            "120 80",
            "120\n80",
            "12.00\n0",
            "83\n61.66",
            "1,234 567",
            "120 -80",
            "1 2",
            "1487 9149 21193",
            "53万元 20万元",
        ] {
            assert_eq!(read(text), Reading::Several, "{text}");
        }
    }

    #[test]
    fn digits_that_are_no_amount_are_told_from_words_counts_and_shares() {
        for text in [
            "约83.17",
            "8O.17",
            "=80+3.17",
            "2024-03-01",
            "1.2.3",
            "####",
            "83.1\u{fffd}",
            "83.17左右",
            "不超过120万元",
            "1234,567",
            "$83.17",
            "120(80)",
            "12.50、30",
        ] {
            assert!(is_unread(text), "{text}");
        }
        for text in [
            "",
            "合计",
            "-2%",
            "#DIV/0!",
            "3人",
            "12人次",
            "第3批",
            "见附件3",
            "2024年",
            "2024年预算数",
            "12.5个百分点",
            "3-5月",
            "其中：2个项目",
        ] {
            assert!(!is_unread(text), "{text}");
        }
    }

    #[test]
    fn money_of_another_country_keeps_its_unit() {
        let cases = [
            ("$83.17", "$"),
            ("US$1,000", "US$"),
            ("5万美元", "万美元"),
            ("120港币", "港币"),
            ("HKD 12.5", "HKD"),
            ("€3", "€"),
            ("-$5.00", "$"),
            ("(12) USD", "USD"),
        ];
        for (text, unit) in cases {
            assert_eq!(foreign(text).as_deref(), Some(unit), "{text}");
            assert!(!matches!(read(text), Reading::Amount(..)), "{text}");
        }
        for text in ["83.17", "¥83.17", "83.17元", "美元", "83.17万", "人民币83.17元"] {
            assert_eq!(foreign(text), None, "{text}");
        }
    }

    #[test]
    fn keeps_the_unit_behind_the_figure() {
        assert_eq!(read("53万元"), Reading::Amount(Decimal::from(53), Some(MoneyUnit::TenThousandYuan)));
        assert_eq!(read("83.1700万"), Reading::Amount(Decimal::new(831_700, 4), Some(MoneyUnit::TenThousandYuan)));
        assert_eq!(read("-1.5 亿"), Reading::Amount(Decimal::new(-15, 1), Some(MoneyUnit::HundredMillionYuan)));
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
