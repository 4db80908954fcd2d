//! A stored number as its format shows it: the file keeps the shown text beside the number.

use crate::model::Content;
use crate::sheet::number::Decimal15;

/// What a stored number, one of a percentage or not, reads as; `shown` is the text beside it.
pub(super) fn amount(value: &str, percent: bool, shown: Option<String>) -> (String, Content) {
    let Some(stored) = value.trim().parse().ok().and_then(Decimal15::from_f64) else {
        return (shown.unwrap_or_default(), Content::Text);
    };
    let plain = stored.plain(0);
    let Some(shown) = shown else {
        let text = if percent { format!("{}%", stored.shifted(2).plain(0)) } else { plain };
        return (text, Content::Number);
    };
    // A format without anything in it: `0.00;-0.00;`.
    if shown.is_empty() {
        return (String::new(), Content::Text);
    }
    let is_code = shown.len() > plain.len() && shown.trim_start_matches('0') == plain.trim_start_matches('0');
    let is_code = is_code && shown.bytes().all(|b| b.is_ascii_digit());
    if shown.ends_with('%') || is_code {
        return (shown, Content::Number);
    }
    (scaled(&stored, &shown).unwrap_or(plain), Content::Number)
}

/// The number as a scaled format or one with words shows it (12.3万 for 123000), exact; `None` for other formats.
fn scaled(stored: &Decimal15, shown: &str) -> Option<String> {
    let digits: String = shown.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    let after: String = shown.chars().rev().take_while(|c| c.is_alphabetic()).collect();
    let words: String = after.chars().rev().collect();
    let decimals = digits.split_once('.').map_or(0, |(_, places)| places.len());
    let magnitude = digits.trim_start_matches('-');
    // Thousands, ten thousands (万) and so on: the powers that a format can divide by and a unit can name.
    let power = [0, 3, 4, 6, 8, 9].into_iter().find(|power| {
        let number = stored.clone().shifted(-power).rounded(decimals).plain(decimals);
        number.trim_start_matches('-') == magnitude
    })?;
    (power > 0 || !words.is_empty()).then(|| format!("{}{words}", stored.clone().shifted(-power).plain(0)))
}
