//! What one cell of a code column prints.

use crate::reading::code::{self, Family};

/// What the code columns of a row say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum RowCode {
    /// Nothing is printed.
    #[default]
    Nothing,
    /// The whole code.
    Whole(String),
    /// Digits that make no code, with the length that a code of this row's level has.
    Unsure(usize),
    /// Words, or a number of another kind.
    Other(String),
}

/// The length of a code of each level.
pub(crate) const LENGTHS: [usize; 3] = [3, 5, 7];

/// What one cell (folded) prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Digits {
    Blank,
    /// A whole code, dots and dashes left out.
    Whole(String),
    /// One part of a code, two digits.
    Part(String),
    /// 款 and 项 in one: four digits.
    Pair(String, String),
    /// A number that may be an agency's.
    Number(String),
    /// Digits with letters that look like some, or so many as no code has.
    Misprint,
    /// Words.
    Words,
}

/// Letters that are typed or recognised for digits.
const LOOK_ALIKE: &[char] = &['O', 'o', 'Q', 'D', 'I', 'l', '|', 'S', 'Z', 'z', 'B', '?', '\u{fffd}'];

/// Longer texts are no codes, whatever they look like: codes of the books have at most nine digits.
const LONGEST: usize = 9;

/// Reads a cell of a column that may hold whole codes.
pub(crate) fn whole(folded: &str) -> Digits {
    let text = code::undotted(folded).unwrap_or_else(|| folded.to_owned());
    if text.is_empty() {
        return Digits::Blank;
    }
    if !code::is_digits(&text) {
        return if is_misprint(&text) { Digits::Misprint } else { Digits::Words };
    }
    match text.len() {
        3 | 5 | 7 if Family::of_code(&text).is_some() => Digits::Whole(text),
        _ => Digits::Number(text),
    }
}

/// Reads a cell of a column of 款 or 项. 款 and 项 stored as numbers have lost their leading zero.
pub(crate) fn part(folded: &str) -> Digits {
    match whole(folded) {
        Digits::Number(text) => match text.len() {
            1 => Digits::Part(format!("0{text}")),
            2 => Digits::Part(text),
            4 => Digits::Pair(text[..2].to_owned(), text[2..].to_owned()),
            _ => Digits::Number(text),
        },
        other => other,
    }
}

/// Digits among which letters stand that look like digits: 2O1, 20l03.
fn is_misprint(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|c| LOOK_ALIKE.contains(c)).count();
    digits > 0 && digits + letters == text.chars().count() && text.chars().count() <= LONGEST
}

/// The length of the code that a misprint of so many characters was to be.
pub(crate) fn meant(length: usize) -> usize {
    LENGTHS.into_iter().find(|whole| length <= *whole).unwrap_or(LENGTHS[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        assert_eq!(whole("206.07.02"), Digits::Whole("2060702".to_owned()));
        assert_eq!(part("7"), Digits::Part("07".to_owned()));
        assert_eq!(part("0702"), Digits::Pair("07".to_owned(), "02".to_owned()));
        for text in ["2O1", "20l03", "O5", "20\u{fffd}07"] {
            assert_eq!(whole(text), Digits::Misprint, "{text}");
        }
        for text in ["合计", "A", "T24-001", "类"] {
            assert_eq!(whole(text), Digits::Words, "{text}");
        }
        assert_eq!(whole("311001"), Digits::Number("311001".to_owned()));
    }
}
