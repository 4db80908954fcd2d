//! A stored number as its format shows it: the file keeps the shown text beside the number.

use crate::model::{CellDoubt, Content};
use crate::sheet::number::{Decimal15, is_currency, named_power};

/// What a cell reads as.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) content: Content,
    pub(super) doubts: Vec<CellDoubt>,
    /// The figure shown is another than the one stored, and no word in it says so.
    pub(super) scaled: bool,
    /// There is a number that its format doesn't show.
    pub(super) hidden: bool,
}

/// What a stored number, one of a percentage or not, reads as; `shown` is the text beside it.
pub(super) fn amount(value: &str, percent: bool, shown: Option<String>) -> Shown {
    let Some(stored) = value.trim().parse().ok().and_then(Decimal15::from_f64) else {
        return Shown { text: shown.unwrap_or_default(), ..Shown::default() };
    };
    let number = |text| Shown { text, content: Content::Number, ..Shown::default() };
    let plain = stored.plain(0);
    let Some(shown) = shown else {
        return number(if percent { format!("{}%", stored.shifted(2).plain(0)) } else { plain });
    };
    // A format without anything in it: `0.00;-0.00;`.
    if shown.is_empty() {
        return Shown { hidden: !stored.is_zero(), ..Shown::default() };
    }
    let is_code = shown.len() > plain.len() && shown.trim_start_matches('0') == plain.trim_start_matches('0');
    let is_code = is_code && shown.bytes().all(|b| b.is_ascii_digit());
    if shown.ends_with('%') || is_code {
        return number(shown);
    }
    scaled(&stored, &shown).unwrap_or_else(|| number(plain))
}

/// The number as a scaled format, one with words (12.3万 for 123000) or one with a foreign currency shows it, exact;
/// `None` for other formats.
fn scaled(stored: &Decimal15, shown: &str) -> Option<Shown> {
    let digits: String = shown.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let first = shown.find(|c: char| c.is_ascii_digit())?;
    let last = shown.rfind(|c: char| c.is_ascii_digit())?;
    let (before, after) = (words(&shown[..first]), words(&shown[last + 1..]));
    let decimals = digits.split_once('.').map_or(0, |(_, places)| places.len());
    // Thousands, ten thousands (万) and so on: the powers that a format can divide by and a unit can name.
    let power = [0, 3, 4, 5, 6, 7, 8, 9].into_iter().find(|power| {
        let number = stored.clone().shifted(-power).rounded(decimals).plain(decimals);
        number.trim_start_matches('-') == digits
    })?;
    if power == 0 && before.is_empty() && after.is_empty() {
        return None;
    }
    let exact = stored.clone().shifted(-power).plain(if power == 0 { 0 } else { decimals });
    let (sign, exact) = exact.strip_prefix('-').map_or(("", exact.as_str()), |exact| ("-", exact));
    let text = format!("{sign}{before}{exact}{after}");
    let told = power == 0 || power == named_power(&after) || stored.is_zero();
    Some(Shown { text, content: Content::Number, scaled: !told, ..Shown::default() })
}

/// Words and signs of currencies, without the signs that stand before any amount here.
fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic() || is_currency(*c) || *c == '‰').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str, shown: &str) -> (String, bool) {
        let shown = amount(value, false, Some(shown.to_owned()));
        (shown.text, shown.scaled)
    }

    #[test]
    fn what_is_shown_decides() {
        for (value, shown, text, scaled) in [
            ("831700", "83.1700万", "83.1700万", false),
            ("831700", "83.17万元", "83.17万元", false),
            ("831700", "832千", "831.7千", false),
            ("831700", "831.70", "831.70", true),
            ("831700", "831,700.00", "831700", false),
            ("83.17", "$83.17", "$83.17", false),
            ("-83.17", "-US$83.17", "-US$83.17", false),
            ("83.174", "￥83.17", "83.174", false),
            ("83.174", "83.17元", "83.174元", false),
            ("2", "02", "02", false),
        ] {
            assert_eq!(read(value, shown), (text.to_owned(), scaled), "{shown}");
        }
        assert!(amount("5", false, Some(String::new())).hidden);
    }
}
