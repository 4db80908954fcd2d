//! Numbers as tables print them.

/// What stands in a number beside its digits: signs, separators, brackets, the percent sign.
const MARKS: &str = ".,%+-−–()（）*";

/// Whether a text is a number: digits with marks and blanks.
pub(super) fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(|c| is_part(c) || c.is_whitespace())
}

/// Whether a character may stand in a number.
pub(super) fn is_part(c: char) -> bool {
    c.is_ascii_digit() || MARKS.contains(c)
}

/// Whether a text has digits and no letter.
pub(super) fn is_wordless(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
}
