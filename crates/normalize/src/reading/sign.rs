//! Single signs that say something of a figure, or nothing at all: invisible marks, minus signs, note marks.

/// Marks that nobody sees: zero-width ones, those that turn the direction of writing, variation selectors.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{061c}' | '\u{feff}'
        | '\u{180e}' | '\u{fe00}'..='\u{fe0f}')
}

/// A dash of any length and a soft hyphen: before a number it is a minus, alone it stands for nothing. Full-width and small
/// forms fold to one of them.
pub(crate) fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | '\u{30fc}')
}

/// The number of a note or of a list in a ring or in brackets of its own: ①, ❶, ㉑, ⑴.
pub(crate) fn is_ringed(c: char) -> bool {
    matches!(c,
        '\u{2460}'..='\u{2487}' | '\u{24ea}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{3251}'..='\u{325f}'
        | '\u{32b1}'..='\u{32bf}')
}

/// A raised or lowered digit: ¹, ⁽¹⁾, ₁.
fn is_raised(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{207d}' | '\u{207e}' | '\u{2080}'..='\u{2089}'
        | '\u{208d}' | '\u{208e}')
}

/// A sign that numbers a note or a list: it looks like a digit and is part of no figure.
pub(crate) fn is_note_mark(c: char) -> bool {
    is_ringed(c)
        || is_raised(c)
        || matches!(c,
            // 1. to 20. and (a) to ⓩ in one sign, Roman numbers, ㈠ and ㊀, 0, to 9, and 🄀.
            '\u{2488}'..='\u{24e9}' | '\u{2160}'..='\u{217f}' | '\u{3220}'..='\u{3229}' | '\u{3280}'..='\u{3289}'
            | '\u{1f100}'..='\u{1f10c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_look_like_digits_are_none() {
        for mark in "①⑳⑴⒈⒛¹²³⁴⁽⁾₁ⅰⅣ❶➀㉑㊱⓪㈠㊀".chars() {
            assert!(is_note_mark(mark), "{mark}");
        }
        for sign in "0123456789０１９.,，-%一二".chars() {
            assert!(!is_note_mark(sign), "{sign}");
        }
    }
}
