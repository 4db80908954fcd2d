//! Which character is it?

use hayro_interpret::font::{Glyph, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use unicode_normalization::UnicodeNormalization;

/// The text of a glyph as a reader sees it; U+FFFD where the font doesn't say.
pub(super) fn text_of(glyph: &PositionedGlyph<'_>) -> String {
    let found = match &**glyph {
        Glyph::Outline(outline) => outline.as_unicode(),
        Glyph::Type3(type3) => type3.as_unicode(),
    };
    let text = match found {
        Some(BfString::Char(c)) => String::from(c),
        Some(BfString::String(s)) => s,
        None => return "\u{FFFD}".to_owned(),
    };
    if text.contains('\0') || text.chars().any(is_private) {
        return "\u{FFFD}".to_owned();
    }
    fold_radicals(&text)
}

/// Private-use characters say nothing outside their font.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Replaces radical code points by the ideographs they look like. Fonts whose ToUnicode table was made from glyph
/// names map 门 or 长 to the radical of the same shape, and then no search finds the word (Unicode chapter 18,
/// "CJK and Kangxi Radicals": for the ideograph itself the unified code point is to be used).
fn fold_radicals(text: &str) -> String {
    if !text.chars().any(|c| matches!(c, '\u{2E80}'..='\u{2FD5}')) {
        return text.to_owned();
    }
    text.chars()
        .flat_map(|c| match c {
            '\u{2F00}'..='\u{2FD5}' => std::iter::once(c).nfkc().collect::<Vec<char>>(),
            '\u{2E80}'..='\u{2EF3}' => vec![supplement(c)],
            _ => vec![c],
        })
        .collect()
}

/// The radicals supplement has no compatibility mapping in Unicode; these are the forms in modern use.
fn supplement(c: char) -> char {
    match c {
        '⺟' => '母',
        '⺠' => '民',
        '⻁' => '虎',
        '⻄' => '西',
        '⻅' => '见',
        '⻆' => '角',
        '⻉' => '贝',
        '⻋' => '车',
        '⻓' => '长',
        '⻔' => '门',
        '⻘' => '青',
        '⻙' => '韦',
        '⻚' => '页',
        '⻛' => '风',
        '⻜' => '飞',
        '⻝' => '食',
        '⻢' => '马',
        '⻣' => '骨',
        '⻤' => '鬼',
        '⻥' => '鱼',
        '⻦' => '鸟',
        '⻧' => '卤',
        '⻨' => '麦',
        '⻩' => '黄',
        '⻬' => '齐',
        '⻮' => '齿',
        '⻰' => '龙',
        '⻳' => '龟',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::fold_radicals;

    #[test]
    fn radicals_become_ideographs() {
        assert_eq!(fold_radicals("部⻔长⼯"), "部门长工");
    }
}
