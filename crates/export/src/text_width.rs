//! The width of a text in a fixed-width grid: Chinese characters take two columns, in terminals and in worksheets.
//!
//! The two differ on the characters that UAX #11 calls ambiguous (quotes, dashes, ≤, ①): terminals give them one column
//! unless set up otherwise, Chinese fonts draw them two columns wide.

/// Columns that the text takes in a terminal.
pub fn display_width(text: &str) -> usize {
    text.chars().map(|c| if is_ambiguous(c) { 1 } else { char_width(c) }).sum()
}

/// Columns that the text takes in a Chinese font.
pub(crate) fn printed_width(text: &str) -> usize {
    text.chars().map(|c| if is_ambiguous(c) { 2 } else { char_width(c) }).sum()
}

fn is_ambiguous(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0xD7 | 0x2010..=0x2026 | 0x2030..=0x203B | 0x2100..=0x22FF | 0x2460..=0x27BF)
}

/// Columns of one character: 2 for the East Asian wide and full-width blocks (UAX #11), 0 for what shows nothing of its
/// own.
fn char_width(c: char) -> usize {
    match u32::from(c) {
        // Control characters and marks that combine with the character before them.
        0..=0x1F | 0x7F..=0x9F | 0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0xFFFD
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_two_columns_wide() {
        assert_eq!(display_width("预算01表"), 8);
        assert_eq!((display_width("“三公”"), printed_width("“三公”")), (6, 8));
        assert_eq!(printed_width("≥95%"), 5);
        assert_eq!(display_width("1,234.50"), 8);
        assert_eq!(display_width(""), 0);
    }
}
