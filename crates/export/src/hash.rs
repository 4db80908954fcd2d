//! The SHA-256 of bytes: what tells files and names apart.

use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// Bytes of a file in memory at a time.
const AT_A_TIME: usize = 1 << 16;

/// Hex digits of a [`short_hash`].
pub(crate) const SHORT: usize = 16;

/// The SHA-256 of some bytes in hex: what `documents` says of a file, and whose first 16 digits are its `doc_id`.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A SHA-256 taken piece by piece.
#[derive(Debug, Clone, Default)]
pub struct Sum(Sha256);

impl Sum {
    /// The next piece.
    pub fn add(&mut self, piece: impl AsRef<[u8]>) {
        self.0.update(piece);
    }

    /// The sum of all pieces so far in hex.
    pub fn hex(&self) -> String {
        hex(&self.0.clone().finalize())
    }
}

/// The SHA-256 of a file's bytes in hex; the file is never in memory as a whole.
pub(crate) fn sha256_file(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let (mut sum, mut bytes) = (Sum::default(), vec![0; AT_A_TIME]);
    loop {
        let count = file.read(&mut bytes)?;
        let Some(read) = bytes.get(..count).filter(|read| !read.is_empty()) else { break };
        sum.add(read);
    }
    Ok(sum.hex())
}

fn hex(digest: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
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
