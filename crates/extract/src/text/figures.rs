//! Figures as they are printed: digits, separators and a sign that stand together.
//!
//! Only ASCII digits and their full-width forms are digits: ①, ¹ and ⒈ are marks beside a figure, never part of it.

/// Digits of a group between separators of thousands.
const THOUSANDS: usize = 3;
/// Decimals that an amount is printed with.
const CENTS: usize = 2;
/// An amount that is too long for its cell has at least so many characters.
const LONG: usize = 6;

/// Whether a character is a digit of a figure.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Whether a character is a separator of thousands or a decimal point.
pub(crate) fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.' | '，' | '．')
}

/// Whether a character is a digit or separator.
pub(crate) fn is_number_part(c: char) -> bool {
    is_digit(c) || is_separator(c)
}

/// Whether a character may stand in a figure: a digit, a separator, or a sign or bracket around them.
pub(crate) fn is_figure_part(c: char) -> bool {
    is_number_part(c) || matches!(c, '-' | '−' | '–' | '—' | '+' | '%' | '％' | '(' | ')' | '（' | '）')
}

/// Whether a text is nothing but one figure or several with blanks between them, and how many.
pub(crate) fn count(text: &str) -> usize {
    let figure = |word: &str| word.chars().any(is_digit) && word.chars().all(is_figure_part);
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.iter().all(|word| figure(word)) { words.len() } else { 0 }
}

/// Whether a text is one figure with all its parts: at most one decimal point, and groups of thousands that fit.
pub(crate) fn is_whole(text: &str) -> bool {
    let signs = |c: char| is_figure_part(c) && !is_number_part(c);
    let bare = text.trim_start_matches(signs).trim_end_matches(signs);
    if !bare.chars().all(is_number_part) {
        return false;
    }
    let mut halves = bare.split(['.', '．']);
    let (Some(whole), decimals, None) = (halves.next(), halves.next(), halves.next()) else { return false };
    let groups: Vec<usize> = whole.split([',', '，']).map(|group| group.chars().count()).collect();
    let fits = match groups.as_slice() {
        [] => false,
        [only] => *only > 0,
        [first, others @ ..] => (1..=THOUSANDS).contains(first) && others.iter().all(|n| *n == THOUSANDS),
    };
    fits && decimals.is_none_or(|d| d.chars().count() > 0 && d.chars().all(is_digit))
}

/// Whether a figure has the form of an amount: cents, or groups of thousands.
pub(crate) fn is_amount(text: &str) -> bool {
    let cents = text.rsplit_once(['.', '．']).is_some_and(|(_, cents)| cents.chars().count() == CENTS);
    is_whole(text) && (cents || text.contains([',', '，']))
}

/// Whether two runs of figure characters, one behind the other, may be the two parts of one figure: together they are
/// one, and the first is not an amount with its cents already.
pub(crate) fn may_be_parts(before: &str, after: &str) -> bool {
    let complete = before.rsplit_once(['.', '．']).is_some_and(|(_, cents)| cents.chars().count() == CENTS);
    is_whole(&format!("{before}{after}")) && !(complete && after.starts_with(is_digit))
}

/// Whether runs of figure characters, one behind the other, must be parts of one figure: one of them is none by itself,
/// together they are, or nothing but a percent sign or a bracket is missing from the first.
pub(crate) fn are_parts(before: &str, after: &str) -> bool {
    let part = before.chars().any(is_digit) && before.chars().all(is_figure_part);
    let closing = !after.is_empty() && after.chars().all(|c| matches!(c, '%' | '％' | ')' | '）'));
    let torn = !is_whole(before) && after.starts_with(is_number_part) || after.starts_with(is_separator);
    part && (closing || torn) && is_whole(&format!("{before}{after}"))
}

/// Whether two runs, that may be parts, part the cents of a long amount between them.
pub(crate) fn are_parted_cents(before: &str, after: &str) -> bool {
    let decimals = |text: &str| text.rsplit_once(['.', '．']).map(|(_, d)| d.chars().filter(|c| is_digit(*c)).count());
    let long = before.chars().count() >= LONG;
    long && decimals(before) == Some(1)
        && decimals(&format!("{before}{after}")) == Some(CENTS)
        && may_be_parts(before, after)
}

/// Where a run of figure characters is two amounts that touch: both end with their cents, and together they are no
/// figure.
pub(crate) fn seam(run: &[&str]) -> Option<usize> {
    let text = |part: &[&str]| -> String { part.concat() };
    if is_whole(&text(run)) {
        return None;
    }
    let ends = |part: &[&str]| text(part).rsplit_once('.').is_some_and(|(_, cents)| cents.chars().count() == CENTS);
    let whole = |part: &[&str]| ends(part) && is_whole(&text(part));
    (1..run.len()).find(|&at| whole(&run[..at]) && whole(&run[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_what_only_looks_like_them() {
        for text in ["1,234,567.89", "-83", "（12.5）", "2060701", "12.5%", "１２３"] {
            assert!(is_whole(text), "{text}");
        }
        for text in ["1,234.561,000.50", "1,23", "12.", "①", "120⒈", "2024.12.31", ""] {
            assert!(!is_whole(text), "{text}");
        }
    }

    #[test]
    fn parts_of_a_figure_make_one_together() {
        assert!(may_be_parts("1,234,5", "67.89"));
        assert!(may_be_parts("377.", "6"));
        assert!(!may_be_parts("100.00", "90.00"));
        assert!(!may_be_parts("12.00", "0"));
        assert!(!may_be_parts("1,234", "5"));
    }

    #[test]
    fn what_is_no_figure_by_itself_is_part_of_one() {
        for (before, after) in
            [("1,234,5", "67.89"), ("377.", "6"), ("12,345,", "678"), ("12.5", "%"), ("1234", ".56"), ("(1,2", "34)")]
        {
            assert!(are_parts(before, after), "{before} {after}");
        }
        for (before, after) in [("377.1", "6"), ("1,234,5", "7"), ("377.", "-6"), ("项", "6"), ("12.", "3.5")] {
            assert!(!are_parts(before, after), "{before} {after}");
        }
        assert!(are_parted_cents("1,377.1", "6"));
        assert!(!are_parted_cents("1,377", "6") && !are_parted_cents("21.37", "6") && !are_parted_cents("5.1", "7"));
    }

    #[test]
    fn a_seam_shows_where_two_amounts_touch() {
        let at = |text: &str| {
            let glyphs: Vec<String> = text.chars().map(|c| c.to_string()).collect();
            seam(&glyphs.iter().map(String::as_str).collect::<Vec<_>>())
        };
        assert_eq!(at("50.001,040.00"), Some(5));
        for text in ["1,040.00", "2024.12.31", "123456", "27.083.460"] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn figures_are_counted() {
        assert_eq!(count("1,239.56 1240.56"), 2);
        assert_eq!(count("-0.50"), 1);
        assert_eq!(count("1239.56 万元"), 0);
        assert_eq!(count("120 ①"), 0);
        assert_eq!(count(""), 0);
    }
}
