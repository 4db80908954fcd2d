//! Addresses: what tells them from paths, and what their parts are called.

use std::path::Path;

/// Schemes of object storage.
#[cfg(any(feature = "cloud", test))]
const STORES: [&str; 4] = ["s3", "s3a", "gs", "az"];

/// Schemes of web addresses.
const WEB: [&str; 2] = ["http", "https"];

/// The address that a path is, where it is one.
pub(crate) fn address(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| scheme(text).is_some())
}

/// Whether a path is an address, of whatever kind.
pub(crate) fn is_address(path: &Path) -> bool {
    address(path).is_some()
}

/// Whether it is one of object storage, which can be listed and written to.
#[cfg(any(feature = "cloud", test))]
pub(crate) fn is_store(address: &str) -> bool {
    scheme(address).is_some_and(|scheme| STORES.contains(&scheme))
}

/// Whether it is one of the web, which can only be read.
pub(crate) fn is_web(address: &str) -> bool {
    scheme(address).is_some_and(|scheme| WEB.contains(&scheme))
}

/// The address of something below another one.
pub(crate) fn below(address: &str, name: &str) -> String {
    format!("{}/{name}", address.trim_end_matches('/'))
}

/// The names that an address leads through; of a web address without what follows its path, and as they are meant.
pub(crate) fn parts(address: &str) -> Vec<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = if is_web(address) { rest.split(['?', '#']).next().unwrap_or(rest) } else { rest };
    let plain = |part: &str| if is_web(address) { unescaped(part) } else { part.to_owned() };
    rest.split('/').filter(|part| !part.is_empty()).map(plain).collect()
}

/// `%E7%94%B2` as what it says; as it stands where it says no text, or would lead elsewhere.
fn unescaped(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, behind @ ..] = rest {
        let digits = behind.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = &behind[2..];
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    let text = String::from_utf8(bytes).ok();
    let is_plain = |text: &String| !text.chars().any(|c| c.is_control() || matches!(c, '/' | '\\'));
    text.filter(is_plain).unwrap_or_else(|| part.to_owned())
}

/// `s3` of `s3://bucket/prefix`.
pub(super) fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once("://")?;
    // A letter alone is a drive.
    let is_scheme = scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    is_scheme.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_no_addresses() {
        for path in ["a/b.pdf", "/a://b", "./s3:/b", "C://b", "://b"] {
            assert!(!is_address(Path::new(path)), "{path}");
        }
        for address in ["s3://b/x", "gs://b", "https://h/x", "file:///etc/passwd", "ftp://h/x"] {
            assert!(is_address(Path::new(address)), "{address}");
        }
        assert!(is_store("s3://b") && !is_store("https://h") && is_web("http://h") && !is_web("file:///x"));
    }

    #[test]
    fn a_web_address_is_called_what_it_means() {
        assert_eq!(parts("https://h/a/%E7%94%B2.pdf?x=1/2"), ["h", "a", "甲.pdf"]);
        assert_eq!(parts("https://h/a%2Fb%zz"), ["h", "a%2Fb%zz"]);
        assert_eq!(parts("s3://b/100%25/a#1.pdf"), ["b", "100%25", "a#1.pdf"]);
        assert_eq!(below("s3://b/x/", "y"), "s3://b/x/y");
    }
}
