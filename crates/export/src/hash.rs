//! The SHA-256 of bytes: what tells files and names apart.

use sha2::{Digest, Sha256};

/// Hex digits of a [`short_hash`].
pub(crate) const SHORT: usize = 16;

/// The SHA-256 of some bytes in hex: what `documents` says of a file, and whose first 16 digits are its `doc_id`.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    Sha256::digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// First 16 hex digits of the SHA-256.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    sha256_hex(bytes).chars().take(SHORT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_standard_one() {
        // FIPS 180-4, example "abc".
        assert!(sha256_hex(b"abc").starts_with("ba7816bf8f01cfea414140de5dae2223"));
        assert_eq!(short_hash(b"abc"), "ba7816bf8f01cfea");
    }
}
