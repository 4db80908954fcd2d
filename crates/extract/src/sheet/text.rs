//! Stored texts as they read on the page.

/// Joins the lines of a cell and trims it.
///
/// A line break inside a Chinese text is layout and leaves no trace; between two Latin words or numbers it parts
/// them, so a space stays. The same rule holds for text from pages.
pub(super) fn join_lines(stored: &str) -> String {
    let mut joined = String::with_capacity(stored.len());
    for line in stored.split(['\n', '\r', '\u{2028}', '\u{85}', '\u{b}']) {
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

/// Cuts off blanks at both ends, the invisible ones included.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
    })
}

/// Whether a character belongs to a script (or a number) that separates words by blanks.
fn parts_words(c: char) -> bool {
    u32::from(c) < 0x2000
}

/// Whether the text is a plain amount as typed in: digits with separators, sign, percent sign; nothing else.
///
/// Form only: a dash or dots for "nothing" count as well, since they stand where amounts stand.
pub(super) fn looks_numeric(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.chars().all(|c| {
        c.is_ascii_digit()
            || matches!(c, '.' | ',' | '，' | '-' | '+' | '%' | '(' | ')' | '（' | '）' | ' ' | '－' | '—')
    });
    rest && (digits > 0 || matches!(text, "-" | "--" | "—" | "——" | "－"))
}

#[cfg(test)]
mod tests {
    use super::{join_lines, looks_numeric};

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
