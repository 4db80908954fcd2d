//! One file per result: JSON, compressed, with a checksum.

use super::durable;
use super::error::StoreError;
use super::key::Key;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use yusuan_export::DocumentRecord;

/// Fast to write, since it is done for every file; higher levels save a tenth of the bytes at twice the time.
const LEVEL: i32 = 3;

/// Largest result read back: far above what `Limits` lets a document grow to, far below what a made frame may claim.
const LARGEST: u64 = 4 << 30;

/// The results below an output folder.
#[derive(Debug, Clone)]
pub(crate) struct Results {
    folder: PathBuf,
}

impl Results {
    /// Those of an output folder.
    pub(crate) fn below(out: &Path) -> Self {
        Self { folder: super::folder(out).join("results") }
    }

    /// Stores a record.
    pub(crate) fn put(&self, key: &Key, record: &DocumentRecord) -> Result<(), StoreError> {
        self.put_packed(key, &pack(record).map_err(StoreError::io(&self.path(key)))?)
    }

    /// Stores a record that was packed elsewhere.
    pub(crate) fn put_packed(&self, key: &Key, packed: &[u8]) -> Result<(), StoreError> {
        durable::write(&self.path(key), packed)
    }

    /// Reads a record back.
    pub(crate) fn get(&self, key: &Key) -> Result<DocumentRecord, StoreError> {
        let path = self.path(key);
        if !key.is_plain() {
            return Err(StoreError::Damaged { path, detail: "名称不合规".to_owned() });
        }
        let packed = fs::read(&path).map_err(StoreError::io(&path))?;
        unpack(&packed).map_err(|error| StoreError::Damaged { path, detail: error.to_string() })
    }

    fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(key.shard()).join(format!("{}.json.zst", key.as_str()))
    }
}

/// A record as it is stored and sent between processes.
pub(crate) fn pack(record: &DocumentRecord) -> std::io::Result<Vec<u8>> {
    let mut writer = zstd::Encoder::new(Vec::new(), LEVEL)?;
    writer.include_checksum(true)?;
    serde_json::to_writer(&mut writer, record)?;
    writer.finish()
}

/// The record again. Cut or changed bytes are an error: the frame carries a checksum.
pub(crate) fn unpack(packed: &[u8]) -> std::io::Result<DocumentRecord> {
    let mut text = Vec::new();
    zstd::Decoder::new(packed)?.take(LARGEST).read_to_end(&mut text)?;
    Ok(serde_json::from_slice(&text)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::unreadable;

    #[test]
    fn a_result_comes_back_as_it_was() {
        let out = tempfile::tempdir().unwrap();
        let (results, key) = (Results::below(out.path()), Key::of(&["a"]));
        let record = unreadable("甲/a.pdf", "文件已加密".to_owned());
        results.put(&key, &record).unwrap();
        assert_eq!(results.get(&key).unwrap(), record);
    }

    #[test]
    fn a_damaged_result_is_an_error_wherever_it_is_cut_or_changed() {
        let whole = pack(&unreadable("a.pdf", "文件已加密".to_owned())).unwrap();
        for length in 0..whole.len() {
            assert!(unpack(&whole[..length]).is_err(), "cut at {length} of {}", whole.len());
        }
        let mut noticed = 0;
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            noticed += usize::from(unpack(&changed).is_err());
        }
        // A bit of the frame header may carry no meaning; every other one is covered by the checksum.
        assert!(noticed + 4 >= whole.len(), "{noticed} of {}", whole.len());
    }
}
