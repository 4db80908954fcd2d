//! The characters of a web page.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page its own statement of the encoding may stand.
const STATED_WITHIN: usize = 4096;

/// A page's text, by what its bytes prove before what it says of itself: pages that moved from one system to another often
/// keep a statement that has become wrong. `told` is what the message around the page says.
pub(in crate::flow) fn decode(bytes: &[u8], told: Option<&str>) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned();
    }
    if let Some(encoding) = two_byte(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    // Nothing but UTF-8 is valid UTF-8 by chance.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let stated = told.map(str::to_owned).or_else(|| stated(bytes));
    let stated = stated.and_then(|name| Encoding::for_label(name.trim().as_bytes()));
    let encoding = match stated {
        // GB2312 and GBK are parts of GB18030.
        None => GB18030,
        Some(encoding) if encoding.name() == "GBK" => GB18030,
        Some(encoding) => encoding,
    };
    let (text, _, faulty) = encoding.decode(bytes);
    if !faulty {
        return text.into_owned();
    }
    let other = if encoding == GB18030 { UTF_8 } else { GB18030 };
    let (second, _, second_faulty) = other.decode(bytes);
    if !second_faulty || faults(&second) < faults(&text) { second.into_owned() } else { text.into_owned() }
}

fn faults(text: &str) -> usize {
    text.chars().filter(|c| *c == '\u{fffd}').count()
}

/// UTF-16 without its mark: `<` beside a zero byte.
fn two_byte(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0, b'<', 0, _, ..] => Some(UTF_16BE),
        [b'<', 0, _, 0, ..] => Some(UTF_16LE),
        _ => None,
    }
}

/// The encoding that a page states: charset=… or encoding="…".
fn stated(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(STATED_WITHIN)]).to_ascii_lowercase();
    let at = head.find("charset=").map(|at| at + 8).or_else(|| head.find("encoding=").map(|at| at + 9))?;
    let name: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_believed_before_statements() {
        let page = |charset: &str| format!("<meta charset={charset}><p>单位：元");
        let gbk = |text: &str| GB18030.encode(text).0.into_owned();
        assert_eq!(decode(page("utf-8").as_bytes(), None), page("utf-8"));
        assert_eq!(decode(&gbk(&page("gb2312")), None), page("gb2312"));
        assert_eq!(decode(&gbk(&page("utf-8")), None), page("utf-8"));
        assert_eq!(decode(page("gb2312").as_bytes(), None), page("gb2312"));
        assert_eq!(decode(&gbk("<p>单位：元"), None), "<p>单位：元");
        let wide: Vec<u8> = "<p>元".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide, None), "<p>元");
        assert_eq!(decode(&[&[0xff, 0xfe], &wide[..]].concat(), None), "<p>元");
    }
}
