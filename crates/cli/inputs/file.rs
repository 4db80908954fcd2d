//! The bytes of one file, and what tells them from other bytes.

use crate::language::kept;
use crate::remote::{self, Failure};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use yusuan_extract::{ExtractError, Limits};

/// Size and SHA-256 of a file's bytes: what tells files apart before they are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fingerprint {
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

impl Fingerprint {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.len() as u64, sha256: yusuan_export::sha256_hex(bytes) }
    }

    /// The output contract's id of a file's content.
    pub(crate) fn doc_id(&self) -> String {
        self.sha256.chars().take(16).collect()
    }
}

/// Reads a file, wherever it is; the error is a sentence for the user.
pub(crate) fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, String> {
    if let Some(address) = remote::address(path) {
        return match remote::input(address, limits.file_bytes) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(kept::nothing_there(address)),
            Err(Failure::TooLarge { size, .. }) => Err(too_large(size, limits)),
            Err(Failure::Words(words)) => Err(words),
        };
    }
    // Asked before the file is opened: opening a FIFO waits for whoever writes to it.
    let metadata = std::fs::metadata(path).map_err(|error| refusal(&error))?;
    if !metadata.is_file() {
        return Err(kept::not_a_plain_file());
    }
    let file = File::open(path).map_err(|error| refusal(&error))?;
    if metadata.len() > limits.file_bytes {
        return Err(too_large(metadata.len(), limits));
    }
    let mut bytes = Vec::new();
    // The file may still be growing: never more than the limit, whatever its size was a moment ago.
    file.take(limits.file_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| refusal(&error))?;
    Ok(bytes)
}

/// Why a file of this size is not read.
pub(crate) fn too_large(size: u64, limits: &Limits) -> String {
    ExtractError::LimitExceeded { what: "文件字节数", value: size, limit: limits.file_bytes }.to_string()
}

/// Why the file system refused, in words for the user.
pub(crate) fn refusal(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => kept::not_found(),
        std::io::ErrorKind::PermissionDenied => kept::no_permission_to_read(),
        _ => kept::unreadable(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        std::fs::write(&path, b"123456").unwrap();
        let mut limits = Limits::default();
        limits.file_bytes = 5;
        assert!(read_file(&path, &limits).unwrap_err().contains("上限 5"));
        limits.file_bytes = 6;
        assert_eq!(Fingerprint::of(&read_file(&path, &limits).unwrap()).bytes, 6);
        assert_eq!(read_file(folder.path(), &limits).unwrap_err(), "不是普通文件");
    }
}
