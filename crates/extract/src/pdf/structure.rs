//! Triage of a file's structure, before the page reader opens it, and repair after it refuses: is the structure whole?

use lopdf::{Document, LoadOptions};

/// What the end of the file says about its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Soundness {
    /// The cross-reference pointer leads to a cross-reference section.
    Sound,
    /// There is an end mark, but the pointer leads elsewhere: the reader rebuilds the table by a scan, losing nothing.
    Rebuilt,
    /// The end mark is missing: the file was cut off and may lack pages.
    CutOff,
}

/// How far from the end the end mark may stand; readers have always accepted some junk behind it.
const END_WITHIN: usize = 1024;

/// Looks at the trailer (ISO 32000-1 §7.5.5): `startxref`, an offset, `%%EOF`.
pub(super) fn soundness(bytes: &[u8]) -> Soundness {
    let ended = contains(&bytes[bytes.len().saturating_sub(END_WITHIN)..], b"%%EOF");
    let Some(at) = rfind(bytes, b"startxref") else {
        // A trailer is written behind all objects; with one that is whole, only the pointer is missing.
        let trailer = rfind(bytes, b"trailer").is_some_and(|at| is_whole_dictionary(&bytes[at + 7..]));
        return if ended || trailer { Soundness::Rebuilt } else { Soundness::CutOff };
    };
    let tail = &bytes[at + 9..];
    if !contains(tail, b"%%EOF") {
        return if ended { Soundness::Rebuilt } else { Soundness::CutOff };
    }
    let digits: String = tail
        .iter()
        .skip_while(|b| b.is_ascii_whitespace())
        .take_while(|b| b.is_ascii_digit())
        .map(|b| char::from(*b))
        .collect();
    // The header may follow a few junk bytes; offsets then count from the header.
    let header = find(&bytes[..bytes.len().min(1024)], b"%PDF-").unwrap_or(0);
    let Ok(offset) = digits.parse::<usize>() else {
        return Soundness::Rebuilt;
    };
    let leads_to_xref = [offset, offset.saturating_add(header)].into_iter().any(|o| starts_xref(bytes, o));
    if leads_to_xref { Soundness::Sound } else { Soundness::Rebuilt }
}

/// Whether bytes are one dictionary, closed, with nothing behind it.
fn is_whole_dictionary(bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii();
    let count = |mark: &[u8]| bytes.windows(2).filter(|w| *w == mark).count();
    bytes.starts_with(b"<<") && bytes.ends_with(b">>") && count(b"<<") == count(b">>")
}

/// Whether a cross-reference table (`xref`) or stream (`12 0 obj`) starts at the offset.
fn starts_xref(bytes: &[u8], offset: usize) -> bool {
    let Some(rest) = bytes.get(offset..) else {
        return false;
    };
    let start = rest.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    let head = &rest[start..(start + 32).min(rest.len())];
    head.starts_with(b"xref") || (head.first().is_some_and(u8::is_ascii_digit) && contains(head, b"obj"))
}

/// Loads with lopdf and writes a clean copy: what carries files whose structure the page reader refuses. `None` when
/// lopdf can't either.
pub(super) fn rewrite(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut document = Document::load_mem(bytes).ok()?;
    if document.get_pages().is_empty() {
        return None;
    }
    let mut out = Vec::new();
    document.save_to(&mut out).ok()?;
    Some(out)
}

/// A plain copy of an encrypted file that a password opens; `None` where it does not, or where there is nothing to open.
pub(super) fn decrypted(bytes: &[u8], password: &str) -> Option<Vec<u8>> {
    let mut document = Document::load_mem_with_options(bytes, LoadOptions::with_password(password)).ok()?;
    if document.is_encrypted() {
        document.decrypt(password).ok()?;
    } else if !is_encrypted(bytes) {
        return None;
    }
    let mut out = Vec::new();
    document.save_to(&mut out).ok()?;
    Some(out)
}

/// Whether the file declares encryption that the empty password does not open.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    contains(bytes, b"/Encrypt")
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|w| w == needle)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    find(haystack, needle).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailer_tells_cut_off_from_rebuilt() {
        let sound = b"%PDF-1.4\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n";
        assert_eq!(soundness(sound), Soundness::Sound);
        let moved = b"%PDF-1.4\nxref\n0 1\ntrailer<<>>\nstartxref\n7777\n%%EOF\n";
        assert_eq!(soundness(moved), Soundness::Rebuilt);
        assert_eq!(soundness(&sound[..20]), Soundness::CutOff);
        assert_eq!(soundness(b"%PDF-1.4\nxref\n0 1\ntrailer\n<</Size 1>>\n"), Soundness::Rebuilt);
        assert_eq!(soundness(b"%PDF-1.4\nxref\n0 1\ntrailer\n<</Size 1"), Soundness::CutOff);
    }
}
