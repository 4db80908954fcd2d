//! Web pages kept in one file (RFC 2557): the pages among its parts, in their order.

use super::html::{self, Web, decode};
use super::written::Written;
use crate::error::ExtractError;

/// Parts inside parts.
const DEEPEST: usize = 5;
/// Parts of a file at most.
const MOST_PARTS: usize = 5_000;

/// Reads all pages of a file.
///
/// # Errors
/// [`ExtractError`] when no page can be read, or none is worth it.
pub(super) fn read(bytes: &[u8]) -> Result<Written, ExtractError> {
    let mut pages = Pages { web: None, parts: 0 };
    pages.part(bytes, 0)?;
    let web =
        pages.web.ok_or_else(|| ExtractError::Unsupported { found: "网页存档，里面没有网页".to_owned() })?;
    html::written(web)
}

struct Pages {
    web: Option<Web>,
    parts: usize,
}

impl Pages {
    fn part(&mut self, bytes: &[u8], depth: usize) -> Result<(), ExtractError> {
        self.parts += 1;
        for (what, value, limit) in [("网页存档的部分", self.parts, MOST_PARTS), ("网页存档嵌套层数", depth, DEEPEST)]
        {
            if value > limit {
                return Err(ExtractError::LimitExceeded { what, value: value as u64, limit: limit as u64 });
            }
        }
        let (head, body) = split(bytes);
        let kind = header(&head, "content-type").unwrap_or_default();
        let kind_low = kind.to_ascii_lowercase();
        if kind_low.starts_with("multipart/") {
            let Some(boundary) = parameter(&kind, "boundary") else {
                return Err(ExtractError::Damaged { detail: "网页存档没有说明分隔线".to_owned() });
            };
            for part in parts(body, boundary.as_bytes()) {
                self.part(part, depth + 1)?;
            }
            return Ok(());
        }
        if !kind_low.starts_with("text/html") && !kind_low.starts_with("application/xhtml") {
            return Ok(());
        }
        let encoding = header(&head, "content-transfer-encoding").unwrap_or_default();
        let bytes = match encoding.trim().to_ascii_lowercase().as_str() {
            "quoted-printable" => quoted_printable(body),
            "base64" => base64(body),
            _ => body.to_vec(),
        };
        let page = Web::of(&decode(&bytes, parameter(&kind, "charset").as_deref()))?;
        match &mut self.web {
            Some(web) => web.append(page),
            None => self.web = Some(page),
        }
        Ok(())
    }
}

/// Head and body of a part: they are parted by an empty line.
fn split(bytes: &[u8]) -> (String, &[u8]) {
    let at = |mark: &[u8]| bytes.windows(mark.len()).position(|w| w == mark).map(|at| (at, at + mark.len()));
    // Where a head is missing, everything is body.
    let found = [at(b"\r\n\r\n"), at(b"\n\n")].into_iter().flatten().min();
    let (end, begin) = found.unwrap_or((bytes.len(), bytes.len()));
    (String::from_utf8_lossy(&bytes[..end]).into_owned(), &bytes[begin..])
}

/// A header's value; lines that begin with a blank go on with the one before.
fn header(head: &str, name: &str) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in head.lines() {
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => last.push_str(line),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.iter().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// A parameter of a header's value: charset="utf-8".
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// The parts between the lines `--boundary`.
fn parts<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mark = [b"--", boundary].concat();
    let mut parts: Vec<&[u8]> = Vec::new();
    let mut begin: Option<usize> = None;
    let mut at = 0;
    while at < body.len() {
        let end = body[at..].iter().position(|byte| *byte == b'\n').map_or(body.len(), |length| at + length + 1);
        if body[at..end].starts_with(&mark) {
            parts.extend(begin.map(|begin| &body[begin..at]));
            begin = Some(end);
        }
        at = end;
    }
    // The last part of a file that ends early.
    parts.extend(begin.map(|begin| &body[begin..]));
    parts.retain(|part| !part.trim_ascii().is_empty());
    parts
}

fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| (*byte as char).to_digit(16));
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at + 1..];
        match (text[at], hex(rest.first()), hex(rest.get(1))) {
            (b'=', Some(high), Some(low)) => {
                out.extend(u8::try_from(high * 16 + low));
                at += 3;
            }
            (b'=', ..) if rest.starts_with(b"\r\n") => at += 3,
            (b'=', ..) if rest.starts_with(b"\n") => at += 2,
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

fn base64(text: &[u8]) -> Vec<u8> {
    let (mut bits, mut count) = (0_u32, 0);
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    for byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::assemble_for_tests;

    #[test]
    fn pages_are_found_among_the_parts() {
        let file = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"=_x\"\r\n\r\n--=_x\r\n\
            Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            <table><tr><td>=E7=94=B2<td>1=\r\n.5<tr><td>b<td>2</table>\r\n--=_x\r\nContent-Type: text/html\r\n\
            Content-Transfer-Encoding: base64\r\n\r\nPHA+VDx0YWJsZT48dHI+PHRkPmE8dGQ+Mzx0cj48dGQ+Yjx0ZD40PC90YWJsZT4=\r\n\
            --=_x\r\nContent-Type: image/png\r\n\r\nPNG\r\n--=_x--\r\n";
        let blocks = read(file.as_bytes()).map(|written| written.blocks).unwrap_or_default();
        assert_eq!(assemble_for_tests(blocks), "[甲|1.5 / b|2]\nT\n[a|3 / b|4]");
    }
}
