//! Numbers in a text: runs of digits with their separators.

use crate::text::figures::{is_digit, is_separator};

/// The numbers in a text: each a run of digits, with points and commas between digits.
pub fn figures_in(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(is_digit)?;
        let run = &rest[start..];
        let length = length(run);
        rest = &run[length..];
        Some(&run[..length])
    })
}

/// Bytes of the number that a text begins with.
fn length(run: &str) -> usize {
    let mut end = 0;
    for (at, c) in run.char_indices() {
        if is_digit(c) {
            end = at + c.len_utf8();
        } else if !is_separator(c) || at > end {
            break;
        }
    }
    end
}

/// Whether a text is one number and nothing else, but for signs around it.
pub(super) fn is_figure(text: &str) -> bool {
    let signs: &[char] = &['-', '−', '－', '—', '△', '▲', '+', '(', ')', '（', '）', '¥', '￥'];
    let inner = text.trim_matches(signs);
    figures_in(inner).next().is_some_and(|figure| figure.len() == inner.len())
}

/// Which of the ten digits.
pub(super) fn digit(c: char) -> Option<usize> {
    let ascii =
        if ('０'..='９').contains(&c) { u32::from(c) - u32::from('０') + u32::from('0') } else { u32::from(c) };
    char::from_u32(ascii).and_then(|c| c.to_digit(10)).map(|d| d as usize)
}

/// Which of the ten digits a raised one is: the mark of a note, which a cell shows as such.
pub(super) fn raised(c: char) -> Option<usize> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|sign| sign == c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_runs_of_digits_with_separators() {
        let found = |text| figures_in(text).collect::<Vec<&str>>();
        assert_eq!(found("1,234.56"), ["1,234.56"]);
        assert_eq!(found("2024年1-3月 ，5."), ["2024", "1", "3", "5"]);
        assert_eq!(found("１，２３４．５６万元"), ["１，２３４．５６"]);
        assert_eq!(found("①②¹"), Vec::<&str>::new());
        assert_eq!(found("1..2"), ["1", "2"]);
        assert_eq!(found(""), Vec::<&str>::new());
    }

    #[test]
    fn a_figure_stands_alone() {
        for text in ["1,234.56", "-3", "(5.0)", "△7", "¥8"] {
            assert!(is_figure(text), "{text}");
        }
        for text in ["", "3人", "1 2", "2024年", "约5", "-"] {
            assert!(!is_figure(text), "{text}");
        }
        assert_eq!((raised('¹'), raised('9')), (Some(1), None));
        assert_eq!((digit('７'), digit('7'), digit('x')), (Some(7), Some(7), None));
    }
}
