//! The format of a file, decided by content, never by name.

use crate::error::ExtractError;
use crate::model::Format;
use crate::{image, sheet};

/// How far into a file the PDF header may stand; readers have always accepted some junk before it.
const PDF_HEADER_WITHIN: usize = 1024;
/// Signatures of contents that are not read, with what they are. Offsets count bytes.
const SIGNATURES: [(usize, &[u8], &str); 15] = [
    (0, b"GIF8", "图片（GIF），请另存为 PNG 或 JPEG"),
    (0, b"BM", "图片（BMP），请另存为 PNG 或 JPEG"),
    (8, b"WEBP", "图片（WebP），请另存为 PNG 或 JPEG"),
    (0, b"Rar!", "压缩包（RAR），请先用解压软件解开，再转换解开的文件夹"),
    (0, b"7z\xbc\xaf\x27\x1c", "压缩包（7z），请先用解压软件解开，再转换解开的文件夹，或改用 zip 打包"),
    (0, b"\x1f\x8b", "压缩包（gzip），请先用解压软件解开，再转换解开的文件夹"),
    (257, b"ustar", "压缩包（tar），请先用解压软件解开，再转换解开的文件夹"),
    (0, b"PK\x03\x04", "压缩包（ZIP），不是电子表格，请先解压"),
    (0, b"PK\x05\x06", "空的压缩包（ZIP）"),
    (0, b"\x09\x00\x04\x00", "Excel 4 或更早的工作表，请另存为 xlsx"),
    (0, b"\x09\x02\x06\x00", "Excel 4 或更早的工作表，请另存为 xlsx"),
    (0, b"\x09\x04\x06\x00", "Excel 4 或更早的工作表，请另存为 xlsx"),
    (0, b"\xdb\xa5\x2d\x00", "Word 2.0 文档，请用 Word 或 WPS 打开后另存为 docx"),
    (0, b"\xffWPC", "WordPerfect 文档，请用 Word 打开后另存为 docx"),
    (0, b"%!PS", "PostScript 文件，请另存为 PDF"),
];
/// First words of texts that are not read, in lower case, with what they are.
const OPENINGS: [(&str, &str); 1] = [("<?xml", "XML 文件，不是表格")];
/// First words of web pages and of pages kept with their parts, in lower case.
const PAGES: [(&str, Format); 7] = [
    ("<!doctype html", Format::Html),
    ("<html", Format::Html),
    ("<head", Format::Html),
    ("<table", Format::Html),
    ("<div", Format::Html),
    ("mime-version:", Format::Mhtml),
    ("from: <", Format::Mhtml),
];

/// Recognises the format from the first bytes (and, for archives, the names inside).
///
/// # Errors
/// [`ExtractError::Unsupported`] naming what the content looks like; [`ExtractError::Encrypted`] and
/// [`ExtractError::Damaged`] where that shows already from the container.
pub fn sniff(bytes: &[u8]) -> Result<Format, ExtractError> {
    // Containers first: one may hold a PDF, stored as it is near the beginning.
    if let Some(format) = sheet::format_of(bytes)? {
        return Ok(format);
    }
    if let Some(format) = image::format_of(bytes) {
        return Ok(format);
    }
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN)];
    if !head.starts_with(b"PK") && head.windows(5).any(|w| w == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if let Some(format) = text_format(bytes, head) {
        return Ok(format);
    }
    Err(ExtractError::Unsupported { found: describe(head).to_owned() })
}

/// The format of a file that is text.
fn text_format(bytes: &[u8], head: &[u8]) -> Option<Format> {
    if head.starts_with(b"{\\rtf") {
        return Some(Format::Rtf);
    }
    let text = decoded(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    if text.starts_with("<?xml") && text.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Some(Format::SheetXml);
    }
    // Comments, an XML line or the parts of a head may stand before a page.
    let page = PAGES.iter().find(|(start, _)| text.starts_with(start)).map(|(_, format)| *format);
    let holds = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    let marks: &[&str] =
        if text.starts_with("<?xml") { &["<html"] } else { &["<html", "<head", "<body", "<table", "<div"] };
    let later = text.starts_with('<') && holds(marks);
    page.or(later.then_some(Format::Html)).or_else(|| sheet::is_csv(bytes).then_some(Format::Csv))
}

/// What unreadable content looks like, in words for the user.
fn describe(head: &[u8]) -> &'static str {
    let has = |(at, signature, _): &&(usize, &[u8], &str)| head.get(*at..).is_some_and(|h| h.starts_with(signature));
    if let Some((_, _, what)) = SIGNATURES.iter().find(has) {
        return what;
    }
    let text = decoded(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    let opening = OPENINGS.iter().find(|(start, _)| text.starts_with(start));
    if let Some((_, what)) = opening {
        return what;
    }
    if head.iter().all(|b| *b == 0) {
        return "全是零字节，可能没有下载完整";
    }
    let looks_like_text = !text.is_empty() && !text.contains(|c: char| c.is_control() && !c.is_whitespace());
    if looks_like_text && !text.contains('\u{fffd}') {
        return "纯文本，里面没有分列的表格";
    }
    "无法识别的内容"
}

/// The beginning as text: UTF-16 where it is marked, else UTF-8, else the Chinese national encoding.
fn decoded(head: &[u8]) -> String {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(head) {
        return encoding.decode_without_bom_handling(&head[length..]).0.into_owned();
    }
    // The cut at the end may fall into a character.
    match std::str::from_utf8(head) {
        Ok(text) => text.to_owned(),
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(&head[..error.valid_up_to()]).into_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(head).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_contents_are_named() {
        let cases: [(&[u8], &str); 9] = [
            (b"GIF89a", "GIF"),
            (b"Rar!\x1a\x07", "RAR"),
            (b"7z\xbc\xaf\x27\x1c\0", "7z"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"<?xml version=\"1.0\"?><rss/>", "XML"),
            (b"\xffWPC", "WordPerfect"),
            (b"one line, and another\nof prose\n", "纯文本"),
            (b"\0\0\0\0", "零字节"),
            (b"\x01\x02\x03\xff", "无法识别"),
        ];
        for (bytes, word) in cases {
            let Err(ExtractError::Unsupported { found }) = sniff(bytes) else { panic!("{word} must be unsupported") };
            assert!(found.contains(word), "{found} should name {word}");
        }
    }

    #[test]
    fn texts_are_told_by_their_beginning() {
        let cases: [(&[u8], Format); 7] = [
            (b"  <!DOCTYPE HTML><html>", Format::Html),
            (b"<?xml version=\"1.0\"?><html xmlns=\"\">", Format::Html),
            (b"<!-- saved --><html>", Format::Html),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
                Format::SheetXml,
            ),
            (b"MIME-Version: 1.0", Format::Mhtml),
            (b"{\\rtf1", Format::Rtf),
            (b"a,b\n1,2\n", Format::Csv),
        ];
        for (bytes, format) in cases {
            assert_eq!(sniff(bytes).ok(), Some(format), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_pdf_is_found_after_some_junk_but_not_inside_an_archive() {
        assert!(matches!(sniff(b"junk\n%PDF-1.4\n"), Ok(Format::Pdf)));
        assert!(sniff(b"PK\x03\x04 %PDF-1.4").is_err());
    }
}
