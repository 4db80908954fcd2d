//! Characters of symbol fonts.

/// What a character of a symbol font shows ([ECMA-376] 17.3.3.30: its code, shifted into U+F000 … or not). Boxes and ticks
/// have their sign, other pictures none.
pub(super) fn shown(font: &str, code: u32) -> Option<char> {
    let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let font = font.to_ascii_lowercase();
    if font.contains("wingdings 2") {
        return match code {
            0x52 => Some('☑'),
            0x50 => Some('√'),
            0x51 | 0x53 | 0x54 => Some('☒'),
            0xa3 => Some('□'),
            _ => None,
        };
    }
    if font.contains("wingdings") {
        return match code {
            0xfe => Some('☑'),
            0xfd => Some('☒'),
            0xfc => Some('√'),
            0xfb => Some('×'),
            0xa8 | 0x6f | 0x71 | 0x72 => Some('□'),
            0x6e => Some('■'),
            0x6c => Some('●'),
            0xa1 => Some('○'),
            0xe0 => Some('→'),
            0x8c..=0x95 => char::from_u32('①' as u32 + code - 0x8c),
            0x81..=0x8a => char::from_u32('①' as u32 + code - 0x81),
            _ => None,
        };
    }
    if font.contains("webdings") {
        return None;
    }
    match code {
        // The font Symbol, where it is no Greek letter.
        0xb3 if font == "symbol" => Some('≥'),
        0xa3 if font == "symbol" => Some('≤'),
        0xb4 if font == "symbol" => Some('×'),
        0xb1 if font == "symbol" => Some('±'),
        0xb9 if font == "symbol" => Some('≠'),
        0x20..=0x40 => char::from_u32(code),
        0xe000..=0xf8ff => None,
        _ => char::from_u32(code).filter(|c| !c.is_control()),
    }
}
