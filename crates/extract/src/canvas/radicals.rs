//! What the characters of a font stand for: radicals for the ideographs they look like, marks and private ones for nothing.

use unicode_normalization::UnicodeNormalization;

/// Replaces radical code points by the ideographs they look like. Fonts whose ToUnicode table was made from glyph
/// names map 门 or 长 to the radical of the same shape, and then no search finds the word (Unicode chapter 18,
/// "CJK and Kangxi Radicals": for the ideograph itself the unified code point is to be used).
pub(crate) fn fold_radicals(text: &str) -> String {
    if !text.chars().any(|c| matches!(c, '\u{2E80}'..='\u{2FD5}')) {
        return text.to_owned();
    }
    text.chars()
        .flat_map(|c| match c {
            // Unicode maps this radical to the traditional 戶; fonts for simplified Chinese draw 户 under it.
            '\u{2F3E}' => vec!['户'],
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

/// A text without the marks that only steer how text runs and are never seen (Unicode chapter 23): joiners, marks of
/// direction, byte order marks.
pub(crate) fn without_marks(text: String) -> String {
    let is_mark = |c: char| matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    if text.contains(is_mark) { text.replace(is_mark, "") } else { text }
}

/// Private-use characters say nothing outside their font.
pub(crate) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::fold_radicals;

    #[test]
    fn radicals_become_ideographs() {
        assert_eq!(fold_radicals("部⻔长⼯"), "部门长工");
    }
}
