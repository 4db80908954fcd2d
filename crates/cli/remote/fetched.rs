//! Files that were fetched to be known by their bytes, kept until they are read, so that a new one costs one request.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

/// Bytes kept at most: a folder for passing files may be memory. What is beyond is fetched once more.
const MOST_BYTES: u64 = 1 << 30;

/// One file without a name, which ends with this process however that ends.
struct Kept {
    file: File,
    end: u64,
    /// Where each begins, and its length.
    places: BTreeMap<String, (u64, u64)>,
}

static KEPT: Mutex<Option<Kept>> = Mutex::new(None);

/// Keeps what was fetched from an address for who asks next. Where that can't be done nothing is lost but a request.
pub(super) fn keep(address: &str, bytes: &[u8]) {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.is_none() {
        *kept = tempfile::tempfile().ok().map(|file| Kept { file, end: 0, places: BTreeMap::new() });
    }
    if let Some(kept) = kept.as_mut() {
        kept.keep(address, bytes);
    }
}

/// What was kept, once: who asks again wants it as it is now.
pub(super) fn take(address: &str) -> Option<Vec<u8>> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).as_mut()?.take(address)
}

impl Kept {
    fn keep(&mut self, address: &str, bytes: &[u8]) {
        let length = bytes.len() as u64;
        if self.end.saturating_add(length) > MOST_BYTES {
            return;
        }
        if self.file.seek(SeekFrom::Start(self.end)).and_then(|_| self.file.write_all(bytes)).is_ok() {
            self.places.insert(address.to_owned(), (self.end, length));
            self.end += length;
        }
    }

    fn take(&mut self, address: &str) -> Option<Vec<u8>> {
        let (start, length) = self.places.remove(address)?;
        self.file.seek(SeekFrom::Start(start)).ok()?;
        let mut bytes = vec![0; usize::try_from(length).ok()?];
        self.file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_fetched_is_there_once() {
        keep("s3://甲/1", b"one");
        keep("s3://甲/2", b"two, longer");
        assert_eq!(take("s3://甲/2").as_deref(), Some(&b"two, longer"[..]));
        assert_eq!(take("s3://甲/1").as_deref(), Some(&b"one"[..]));
        assert_eq!(take("s3://甲/1"), None);
    }
}
