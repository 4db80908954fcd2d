//! Printed text made comparable: white space, full-width forms and look-alike marks.

use crate::reading::sign::{is_invisible, is_note_mark};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Defines a pattern that is compiled once.
macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
            regex::Regex::new($text).expect("a literal pattern; every one of them is compiled by the tests")
        });
    };
}
pub(crate) use pattern;

/// White space as producers print it (ordinary, ideographic, non-breaking) and marks that nobody sees.
fn is_space(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// The text as printed without any white space: `项　目` and `项 目` are the same heading.
pub(crate) fn squash(text: &str) -> String {
    text.chars().filter(|c| !is_space(*c)).collect()
}

/// The text for comparison: NFKC (full-width digits, brackets and colons become ASCII), no white space, and one
/// form for minus signs, middle dots and quotation marks. Note marks (①, ¹) stay what they are: they are no digits.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match alone(c) {
            Some(c) if is_ideograph(c) => out.push(c),
            Some(c) if !is_space(c) => out.extend(fold_char(c)),
            Some(_) => {}
            None => return compatible(text).chars().filter(|c| !is_space(*c)).filter_map(fold_char).collect(),
        }
    }
    out
}

/// The signs that most texts are made of, which no folding touches.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// NFKC of everything but note marks, which it would make digits of: ① is no 1, ⒈ no 1 with a point.
pub(crate) fn compatible(text: &str) -> String {
    // Nearly every text of a disclosure is of such signs alone.
    let mut plain = String::with_capacity(text.len());
    if text.chars().all(|c| alone(c).map(|c| plain.push(c)).is_some()) {
        return plain;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_note_mark) {
        out.extend(rest[..at].nfkc());
        let behind = rest[at..].find(|c| !is_note_mark(c)).map_or(rest.len(), |to| at + to);
        out.push_str(&rest[at..behind]);
        rest = &rest[behind..];
    }
    out.extend(rest.nfkc());
    out
}

/// What NFKC makes of a sign whatever stands beside it, for the signs that tables are printed with: ASCII, ideographs,
/// full-width forms. `None` for all others, which may join with their neighbours or become several.
fn alone(c: char) -> Option<char> {
    /// Full-width forms stand as far behind those of ASCII.
    const FULL_WIDTH: u32 = 0xfee0;
    match c {
        '\0'..='\u{7f}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '、'
        | '。'
        | '《'
        | '》'
        | '“'
        | '”'
        | '—'
        | '·' => Some(c),
        '！'..='～' => char::from_u32(u32::from(c) - FULL_WIDTH),
        '\u{3000}' => Some(' '),
        _ => None,
    }
}

/// The text with one form of letters and digits (full-width ones, radicals and compatibility ideographs), no white space,
/// and punctuation as printed: for names that are handed on.
pub(crate) fn fold_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_space(*c)) {
        match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '\u{2f00}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => {
                out.extend(c.nfkc());
            }
            _ => out.push(c),
        }
    }
    out
}

/// Quotation marks say nothing (“三公”经费 = 三公经费); the rest is one sign drawn in several ways.
pub(crate) fn fold_char(c: char) -> Option<char> {
    match c {
        '“' | '”' | '"' | '\'' | '‘' | '’' | '「' | '」' => None,
        '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => Some('-'),
        '・' | '•' | '‧' | '∙' | '⋅' => Some('·'),
        '〔' | '【' => Some('['),
        '〕' | '】' => Some(']'),
        other => Some(other),
    }
}

/// Neighbouring characters of a text: how alike two texts are is told by those that they share.
pub(crate) fn character_pairs(text: &str) -> BTreeSet<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

/// Whether any of the words occurs in the text.
pub(crate) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|w| text.contains(w))
}

/// Whether the text ends in one of the words.
pub(crate) fn ends_in(text: &str, words: &[&str]) -> bool {
    words.iter().any(|w| text.ends_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn note_marks_are_no_digits_and_invisible_marks_nothing() {
        assert_eq!(fold("１①２⒈³"), "1①2⒈³");
        assert_eq!(fold("\u{202d}项\u{2067}目\u{61c}\u{200f}"), "项目");
    }

    #[test]
    fn signs_that_stand_alone_become_what_they_would_among_others() {
        let signs = ('\0'..=char::MAX).filter_map(|c| Some((c, alone(c)?)));
        let mut count = 0;
        for (c, folded) in signs {
            assert!(c.nfkc().eq([folded]) && !is_note_mark(c), "{c}");
            // Before and behind a sign that joins with its like.
            assert!(['é', c, 'é'].into_iter().nfkc().eq(['é', folded, 'é']), "{c}");
            count += 1;
        }
        assert!(count > 27_000, "{count}");
        assert_eq!(compatible("e\u{301}１"), "é1");
    }

    #[test]
    fn folds_full_width_and_spaces() {
        assert_eq!(fold("项　目（万元）：１，２３４．５"), "项目(万元):1,234.5");
        assert_eq!(fold("“三公” 经费"), "三公经费");
        assert_eq!(fold_letters("某局（本级） ２０２４年"), "某局（本级）2024年");
        assert_eq!(squash(" 单位 ：\u{3000}万\n元 "), "单位：万元");
    }
}
