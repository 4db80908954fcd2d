//! Stored texts as they read on the page.

use std::borrow::Cow;

/// A stored text in one line, and whether several figures stand in it.
///
/// A line break inside a Chinese text is layout and leaves no trace; between two Latin words or numbers it parts
/// them, so a space stays. The same rule holds for text from pages. Only a figure that its form proves to be wrapped
/// is put together again.
pub(crate) fn read_lines(stored: &str) -> (String, bool) {
    let joined = join_lines(stored);
    let figures: Vec<&str> = joined.split_whitespace().collect();
    if figures.len() < 2 || !figures.iter().all(|figure| looks_numeric(figure)) {
        return (joined, false);
    }
    if is_wrapped(&figures) {
        return (figures.concat(), false);
    }
    // Parts of a code may stand apart in one line (201 01 05); figures have separators, or a line each.
    let lines = stored.split(LINE_BREAKS).filter(|line| line.chars().any(|c| c.is_ascii_digit())).count();
    let several = lines > 1 || joined.contains(['.', ',', '，']);
    (joined, several)
}

/// Joins the lines of a cell and trims it.
pub(super) fn join_lines(stored: &str) -> String {
    let stored = without_marks(stored);
    let mut joined = String::with_capacity(stored.len());
    for line in stored.split(LINE_BREAKS) {
        let line = trim(line);
        let (Some(first), last) = (line.chars().next(), joined.chars().next_back()) else {
            continue;
        };
        if last.is_some_and(|last| parts_words(last) && parts_words(first)) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

/// Characters that begin a new line.
const LINE_BREAKS: [char; 6] = ['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}'];

/// A text without marks that nobody sees: of direction, of joining, of hyphenation.
fn without_marks(text: &str) -> Cow<'_, str> {
    if text.contains(is_invisible) { text.replace(is_invisible, "").into() } else { text.into() }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether the parts of a figure can be nothing but one: each cut stands beside a separator, and what follows it has
/// the digits that must follow.
fn is_wrapped(parts: &[&str]) -> bool {
    let digits = |part: &str| part.chars().take_while(char::is_ascii_digit).count();
    let fits = |pair: &[&str]| {
        let (before, after) = (pair[0], pair[1]);
        let has_digit = before.ends_with(|c: char| c.is_ascii_digit());
        match before.chars().next_back() {
            Some(',') => digits(after) == 3,
            Some('.') => after.chars().all(|c| c.is_ascii_digit()),
            _ if after.starts_with(',') => has_digit && digits(&after[1..]) == 3,
            _ => after.starts_with('.') && has_digit && digits(&after[1..]) == after.len() - 1,
        }
    };
    parts.windows(2).all(fits) && is_one_figure(&parts.concat())
}

/// Whether the text is one figure whose thousands stand in groups of three.
fn is_one_figure(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['-', '+', '(']).trim_end_matches([')', '%']);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let all_digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',');
    let sound = !first.is_empty() && all_digits(first) && (!grouped || first.len() <= 3);
    sound && groups.all(|group| group.len() == 3 && all_digits(group)) && all_digits(decimals)
}

/// Characters raised above the line as the characters that stand there by themselves: a note's mark is no digit of the
/// figure that it stands beside.
pub(crate) fn raised(text: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    text.chars()
        .map(|c| match c {
            '0'..='9' => RAISED[c as usize - '0' as usize],
            '(' => '⁽',
            ')' => '⁾',
            '+' => '⁺',
            '-' => '⁻',
            _ => c,
        })
        .collect()
}

/// The same for characters below the line.
pub(crate) fn lowered(text: &str) -> String {
    let lower = |c: char| char::from_u32('₀' as u32 + c.to_digit(10).unwrap_or(0)).unwrap_or(c);
    text.chars().map(|c| if c.is_ascii_digit() { lower(c) } else { c }).collect()
}

/// Cuts off blanks at both ends, the invisible ones included.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// Whether a character belongs to a script (or a number) that separates words by blanks.
fn parts_words(c: char) -> bool {
    u32::from(c) < 0x2000
}

/// Whether the text is a plain amount as typed in: digits with separators, sign, percent sign; nothing else.
///
/// Form only: a dash or dots for "nothing" count as well, since they stand where amounts stand.
pub(crate) fn looks_numeric(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.chars().all(|c| {
        c.is_ascii_digit()
            || matches!(c, '.' | ',' | '，' | '-' | '+' | '%' | '(' | ')' | '（' | '）' | ' ' | '－' | '—')
    });
    rest && (digits > 0 || matches!(text, "-" | "--" | "—" | "——" | "－"))
}

#[cfg(test)]
mod tests {
    use super::{join_lines, looks_numeric, lowered, raised, read_lines};

    #[test]
    fn figures_in_one_cell_stay_apart_unless_their_form_proves_one() {
        for (stored, text, several) in [
            ("120\n80", "120 80", true),
            ("12.00\n0", "12.00 0", true),
            ("1,234,\n567.89", "1,234,567.89", false),
            ("1,234\n,567", "1,234,567", false),
            ("1,234,567.\n89", "1,234,567.89", false),
            ("1,234\n.56", "1,234.56", false),
            ("1,234,567.8\n9", "1,234,567.8 9", true),
            ("12.5,\n300", "12.5, 300", true),
            ("1234,\n567", "1234, 567", true),
            ("1,234,\n56", "1,234, 56", true),
            ("120.5 80.3", "120.5 80.3", true),
            ("201 01 05", "201 01 05", false),
            ("120\n其中80", "120其中80", false),
            ("5\n", "5", false),
            ("一般\n预算", "一般预算", false),
        ] {
            assert_eq!(read_lines(stored), (text.to_owned(), several), "{stored}");
        }
    }

    #[test]
    fn invisible_marks_leave_no_trace() {
        assert_eq!(join_lines("\u{202d}1234.56\u{202c}"), "1234.56");
        assert_eq!(join_lines("\u{2066}1000\u{200b}.50\u{2069}\u{feff}"), "1000.50");
        assert_eq!(join_lines("\u{ad}234.06"), "234.06");
        assert_eq!(join_lines("①120"), "①120");
    }

    #[test]
    fn raised_and_lowered_digits_are_no_digits_of_a_figure() {
        assert_eq!(raised("(1)"), "⁽¹⁾");
        assert_eq!(lowered("2a"), "₂a");
    }

    #[test]
    fn breaks_vanish_between_chinese_and_stay_between_words() {
        assert_eq!(join_lines("一般公共\n预算"), "一般公共预算");
        assert_eq!(join_lines("Final\r\n Account"), "Final Account");
        assert_eq!(join_lines("预算数\nBudget"), "预算数Budget");
        assert_eq!(join_lines("12\n34"), "12 34");
        assert_eq!(join_lines(" \u{3000}合 计\u{a0}\n"), "合 计");
    }

    #[test]
    fn amounts_are_told_from_words() {
        for amount in ["1,234.50", "-41.03%", "0", "（3.2）", "--"] {
            assert!(looks_numeric(amount), "{amount}");
        }
        for word in ["", "2024年", "其他", "A01", "."] {
            assert!(!looks_numeric(word), "{word}");
        }
    }
}
