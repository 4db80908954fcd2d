//! One file per result: JSON, compressed, with a checksum.

use super::durable;
use super::error::StoreError;
use super::key::Key;
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;
use yusuan_export::DocumentRecord;

/// Fast to write, since it is done for every file; higher levels save a tenth of the bytes at twice the time.
const LEVEL: i32 = 3;

/// Largest result read back: far above what `Limits` lets a document grow to, far below what a made frame may claim.
const LARGEST: u64 = 4 << 30;

/// What the files of results end in.
const SUFFIX: &str = ".json.zst";

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

    /// Stores a packed record and gives the size of its file.
    pub(crate) fn put_packed(&self, key: &Key, packed: &[u8]) -> Result<u64, StoreError> {
        durable::write(&self.path(key), packed)?;
        Ok(packed.len() as u64)
    }

    /// Size of a result's file; `None` where there is none.
    pub(crate) fn size(&self, key: &Key) -> Option<u64> {
        key.is_plain().then(|| fs::metadata(self.path(key)).ok()).flatten().map(|metadata| metadata.len())
    }

    /// Removes all results but those named, and what killed runs left unfinished.
    pub(crate) fn keep_only(&self, kept: &BTreeSet<&str>) -> Result<usize, StoreError> {
        let mut removed = 0;
        for entry in WalkDir::new(&self.folder).into_iter().filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy();
            let is_kept = name.strip_suffix(SUFFIX).is_some_and(|key| kept.contains(key));
            let is_ours = name.ends_with(SUFFIX) || durable::is_unfinished(&name);
            if entry.file_type().is_file() && is_ours && !is_kept {
                fs::remove_file(entry.path()).map_err(StoreError::io(entry.path()))?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Removes one result that stands for nothing any more.
    pub(crate) fn remove(&self, key: &Key) {
        // What can't be removed now is removed by the next run that prunes.
        let _ = fs::remove_file(self.path(key));
    }

    /// Reads a record back.
    pub(crate) fn get(&self, key: &Key) -> Result<DocumentRecord, StoreError> {
        let path = self.path(key);
        unpack(&self.packed(key)?).map_err(|error| StoreError::Damaged { path, detail: error.to_string() })
    }

    /// A result as it is stored.
    pub(crate) fn packed(&self, key: &Key) -> Result<Vec<u8>, StoreError> {
        let path = self.path(key);
        if !key.is_plain() {
            return Err(StoreError::Damaged { path, detail: "名称不合规".to_owned() });
        }
        fs::read(&path).map_err(StoreError::io(&path))
    }

    fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(key.shard()).join(format!("{}{SUFFIX}", key.as_str()))
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
        results.put_packed(&key, &pack(&record).unwrap()).unwrap();
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
