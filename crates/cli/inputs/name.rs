//! Names are bytes: a file is known by them, and shown by words that may hold less.
//!
//! Files unpacked from old archives have names in the Chinese national encoding; they are shown as what they say. What is no
//! text at all, and characters that a terminal or a spreadsheet would obey, are shown as `\xC3`.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Begins the text of a path that is no UTF-8; no path holds this character.
const ESCAPED: char = '\0';

/// A name as it is shown.
pub(super) fn shown(name: &OsStr) -> String {
    let bytes = name.as_encoded_bytes();
    match std::str::from_utf8(bytes) {
        Ok(text) => without_controls(text),
        Err(_) => chinese(bytes).map_or_else(|| escaped(bytes), |text| without_controls(&text)),
    }
}

/// The text of a name in the Chinese national encoding; `None` where the bytes are no such text.
fn chinese(bytes: &[u8]) -> Option<String> {
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    // Bytes that only by chance have a place in the encoding land among the characters that nobody has assigned.
    let assigned = text.chars().all(|c| !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{80}'..='\u{9f}'));
    assigned.then(|| text.into_owned())
}

fn without_controls(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            // Writing to a string does not fail.
            let _ = write!(shown, "\\x{:02X}", c as u32);
        } else {
            shown.push(c);
        }
    }
    shown
}

fn escaped(bytes: &[u8]) -> String {
    let mut shown = String::new();
    for chunk in bytes.utf8_chunks() {
        shown.push_str(&without_controls(chunk.valid()));
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02X}");
        }
    }
    shown
}

/// A path as a text from which it can be had back: what the state of an output folder knows a file by.
pub(super) fn path_text(path: &Path) -> String {
    match path.to_str() {
        Some(text) => text.to_owned(),
        None => format!("{ESCAPED}{}", hex(path.as_os_str().as_encoded_bytes())),
    }
}

/// The path of a text of [`path_text`].
pub(crate) fn path_of(text: &str) -> PathBuf {
    match text.strip_prefix(ESCAPED).and_then(bytes_of) {
        Some(bytes) => path_from(&bytes),
        None => PathBuf::from(text),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect()
}

/// The path that the bytes name.
#[cfg(unix)]
pub(super) fn path_from(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
pub(super) fn path_from(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;

    fn of(bytes: &[u8]) -> String {
        shown(OsStr::from_bytes(bytes))
    }

    #[test]
    fn names_are_shown_as_what_they_say_where_they_say_anything() {
        assert_eq!(of("财政局.pdf".as_bytes()), "财政局.pdf");
        assert_eq!(of(b"\xb2\xc6\xd5\xfe\xbe\xd6.pdf"), "财政局.pdf");
        assert_eq!(of(b"a\xff.pdf"), "a\\xFF.pdf");
        assert_eq!(of(b"a\x1b[31m\n.pdf"), "a\\x1B[31m\\x0A.pdf");
    }

    #[test]
    fn a_path_comes_back_from_its_text() {
        for bytes in [b"/a/b.pdf".as_slice(), b"/a/\xb2\xc6/\xff.pdf", "/甲/\u{1}".as_bytes()] {
            let path = path_from(bytes);
            assert_eq!(path_of(&path_text(&path)), path);
        }
    }
}
