//! Texts before and behind a page break: may one go on with the other?

use crate::model::Cell;
use crate::table::cuts::Cuts;
use crate::table::numbers::is_wordless;

/// The cut signs of both sides of a page break.
pub(super) struct CutSigns<'a> {
    pub(super) table: &'a Cuts,
    pub(super) next: &'a Cuts,
}

impl CutSigns<'_> {
    /// Whether a text before the break may go on with a text behind it.
    pub(super) fn allow(&self, before: &Cell, behind: &Cell) -> bool {
        let placed = self.table.ends_open.contains(&(before.row, before.col))
            && self.next.starts_high.contains(&(behind.row, behind.col));
        placed && reads_on(before, behind)
    }

    /// The same where the rest of the row already tells that it was parted: wherever in their cells the texts stand.
    pub(super) fn allow_parted(&self, before: &Cell, behind: &Cell) -> bool {
        self.table.ends_full.contains(&(before.row, before.col)) && reads_on(before, behind)
    }
}

/// Whether a text may go on with another: it does not end a sentence, and the other does not begin something.
fn reads_on(before: &Cell, behind: &Cell) -> bool {
    let two_codes = starts_code(&before.text) && starts_code(&behind.text);
    let begins_anew = starts_item(&behind.text) || is_wordless(&behind.text) || two_codes;
    !ends_sentence(&before.text) && !begins_anew
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', ';', '！', '？', '：'])
}

/// Whether a text opens a list item: 十四、 （三） (2) 5. 301.
fn starts_item(text: &str) -> bool {
    let numeral = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let inner = text.strip_prefix(['（', '(']).unwrap_or(text);
    let rest = inner.trim_start_matches(numeral);
    rest.len() < inner.len() && (inner.len() < text.len() || rest.starts_with(['、', '.', '．']))
}

/// Whether a text opens with a code of at least eight characters, as project lists print before each name.
pub(super) fn starts_code(text: &str) -> bool {
    text.chars().take(8).filter(|c| c.is_ascii_digit() || c.is_ascii_uppercase()).count() == 8
}

#[cfg(test)]
mod tests {
    use super::starts_item;

    #[test]
    fn list_items_are_told_from_rests() {
        for text in ["十四、交通运输", "（三）教育", "(2)其他", "5.其他收入"] {
            assert!(starts_item(text), "{text}");
        }
        for text in ["出", "老保险缴费支出", "一般公共服务", "十年规划"] {
            assert!(!starts_item(text), "{text}");
        }
    }
}
