//! The name of a result by what it was made from: two results of one key are the same, so a key that is there need not be
//! made again.

use serde::{Deserialize, Serialize};

/// The program, down to the sources that it was built from: another one may read the same file differently.
pub(crate) const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("YUSUAN_SOURCES"));

/// The name of a result: a hash over everything that decides it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Key(String);

impl Key {
    /// The key of `parts`. Their lengths take part, so that no two lists run together to the same bytes.
    pub(crate) fn of(parts: &[&str]) -> Self {
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        Self(yusuan_export::sha256_hex(&bytes).chars().take(40).collect())
    }

    /// Hex digits.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The first two digits name the folder: a hundred thousand files in one folder are slow to list.
    pub(super) fn shard(&self) -> &str {
        self.0.get(..2).unwrap_or("00")
    }

    /// Whether it is one of ours: a key read from a manifest becomes part of a path.
    pub(super) fn is_plain(&self) -> bool {
        self.0.len() == 40 && self.0.bytes().all(|b| b.is_ascii_hexdigit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(Key::of(&["ab", "c"]), Key::of(&["a", "bc"]));
        assert_eq!(Key::of(&["ab", "c"]), Key::of(&["ab", "c"]));
        assert!(Key::of(&[]).is_plain());
    }
}
