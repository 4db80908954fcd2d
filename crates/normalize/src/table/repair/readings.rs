//! What a printed figure that is no plain amount may mean: every reading of what is printed, none of anything else.

use crate::reading::amount::{Reading, read};
use crate::reading::fold::fold;
use rust_decimal::Decimal;

/// A figure has no more signs than this; longer texts are texts.
const LONGEST: usize = 40;

/// All readings of a text as one amount in a table whose figures have `decimals` places, without repetition.
pub(super) fn whole(text: &str, decimals: u32) -> Vec<Decimal> {
    let Some(plain) = figure(text) else { return Vec::new() };
    let mut found: Vec<Decimal> = Vec::new();
    let mut add = |reading: Option<Decimal>| {
        if let Some(value) = reading.filter(|v| !found.contains(v)) {
            found.push(value);
        }
    };
    add(amount(&plain));
    // One bracket of the pair that means minus was lost, or is a stray: both ways.
    let open = plain.starts_with('(') != plain.ends_with(')');
    let bare = plain.trim_start_matches('(').trim_end_matches(')');
    if open {
        add(amount(bare));
        add(amount(bare).map(|v| -v));
    }
    if let Some(head) = plain.strip_suffix('-') {
        add(amount(head).map(|v| -v));
    }
    add(regrouped(bare));
    add(pointed(bare, decimals));
    found
}

/// The two figures of a text that holds two, each with the table's number of decimals: 24.0031.50.
pub(super) fn pair(text: &str, decimals: u32) -> Option<(Decimal, Decimal)> {
    let plain = figure(text)?;
    let point = plain.find('.')?;
    let end = point + 1 + usize::try_from(decimals).ok()?;
    let (first, second) = (plain.get(..end)?, plain.get(end..)?);
    let ends = second.rfind('.').is_some_and(|p| p + 1 + decimals as usize == second.len());
    if decimals == 0 || !ends {
        return None;
    }
    Some((amount(first)?, amount(second)?))
}

/// The figure that two neighbouring cells hold together: 1,2 | 34.56. The first part must have lost its end, the second
/// carry the table's decimals.
pub(super) fn joined(left: &str, right: &str, decimals: u32) -> Option<Decimal> {
    let (left, right) = (figure(left)?, figure(right)?);
    let tail = right.rfind('.').is_some_and(|p| p + 1 + decimals as usize == right.len());
    let digits = right.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    // A published 0 is no beginning of a figure.
    let whole = left.trim_start_matches(['-', '(']).starts_with('0');
    if decimals == 0 || !tail || !digits || left.contains('.') || whole {
        return None;
    }
    amount(&format!("{left}{right}"))
}

/// Whether a blank stands in front of just so many digits as the table has decimals.
pub(super) fn lost_point(text: &str, decimals: u32) -> bool {
    let text = text.trim();
    let tail = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    decimals > 0
        && tail.len() < text.len()
        && tail.len() == decimals as usize
        && !text.contains(['.', '．'])
        && tail.bytes().all(|b| b.is_ascii_digit())
}

/// The text with look-alikes of digits and points put right; `None` where anything else stands in it.
fn figure(text: &str) -> Option<String> {
    let mut plain = String::new();
    for c in fold(text).chars().take(LONGEST + 1) {
        plain.push(match c {
            'O' | 'o' | '〇' => '0',
            'l' | 'I' | '|' => '1',
            '。' => '.',
            '△' | '▲' => '-',
            '0'..='9' | '.' | ',' | '-' | '(' | ')' => c,
            _ => return None,
        });
    }
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    (digits > 0 && plain.chars().count() <= LONGEST && fold(text).contains(|c: char| c.is_ascii_digit()))
        .then_some(plain)
}

fn amount(plain: &str) -> Option<Decimal> {
    match read(plain) {
        Reading::Amount(value, None) => Some(value),
        _ => None,
    }
}

/// Commas in odd places dropped: 12,34.50.
fn regrouped(plain: &str) -> Option<Decimal> {
    plain.contains(',').then(|| plain.replace(',', "")).and_then(|text| amount(&text))
}

/// All marks dropped, the point set where the table's figures have it: 1,23456; 1.234.56; 1,234,56.
fn pointed(plain: &str, decimals: u32) -> Option<Decimal> {
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain),
    };
    let once = digits.matches('.').count() == 1;
    let bare: String = digits.chars().filter(char::is_ascii_digit).collect();
    let at = bare.len().checked_sub(decimals as usize).filter(|at| *at > 0)?;
    if decimals == 0 || once || digits.contains('-') {
        return None;
    }
    amount(&format!("{sign}{}.{}", bare.get(..at)?, bare.get(at..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(found: &[Decimal]) -> Vec<String> {
        found.iter().map(Decimal::to_string).collect()
    }

    #[test]
    fn every_reading_of_what_is_printed() {
        let cases: &[(&str, &[&str])] = &[
            ("1OO.50", &["100.50"]),
            ("l2.50", &["12.50"]),
            ("1,23456", &["123456", "1234.56"]),
            ("1,234 56", &["123456", "1234.56"]),
            ("1234 56", &["123456", "1234.56"]),
            ("1.234.56", &["1234.56"]),
            ("12,34.50", &["1234.50"]),
            ("(12.50", &["12.50", "-12.50"]),
            ("12.50-", &["-12.50"]),
            ("办公费", &[]),
            ("OO", &[]),
            ("2024年", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(texts(&whole(text, 2)), *expected, "{text}");
        }
    }

    #[test]
    fn two_figures_in_one_cell_and_one_in_two() {
        let two = |text: &str| pair(text, 2).map(|(a, b)| (a.to_string(), b.to_string()));
        assert_eq!(two("24.0031.50"), Some(("24.00".to_owned(), "31.50".to_owned())));
        assert_eq!(two("1,024.003,100.50"), Some(("1024.00".to_owned(), "3100.50".to_owned())));
        assert_eq!(two("24.00"), None);
        assert_eq!(two("24.003"), None);
        let one = |left: &str, right: &str| joined(left, right, 2).map(|v| v.to_string());
        assert_eq!(one("1,2", "34.56").as_deref(), Some("1234.56"));
        assert_eq!(one("12", "3.45").as_deref(), Some("123.45"));
        assert_eq!(one("12.00", "3.45"), None);
        assert_eq!(one("12", "3"), None);
        assert_eq!(one("0", "586.92"), None);
    }
}
