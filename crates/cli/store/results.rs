//! One file per result.

use super::envelope::{enclose, open};
use super::error::StoreError;
use super::folder::folder;
use super::key::Key;
use crate::document::unpack;
use crate::language::said;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;
use yusuan_export::{DocumentRecord, is_unfinished, replace_file};

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
        Self { folder: folder(out).join("results") }
    }

    /// Stores a packed record with its proof and gives the size of its file.
    pub(crate) fn put_packed(&self, key: &Key, packed: &[u8]) -> Result<u64, StoreError> {
        let file = enclose(key, packed);
        replace_file(&self.path(key), &file)?;
        Ok(file.len() as u64)
    }

    /// Whether exactly this is stored under the key.
    pub(crate) fn holds(&self, key: &Key, packed: &[u8]) -> bool {
        self.packed(key).is_ok_and(|stored| stored == packed)
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
            let is_ours = name.ends_with(SUFFIX) || is_unfinished(&name);
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

    /// A packed result whose proof fits.
    pub(crate) fn packed(&self, key: &Key) -> Result<Vec<u8>, StoreError> {
        let path = self.path(key);
        if !key.is_plain() {
            return Err(StoreError::Damaged { path, detail: said::wrong_name() });
        }
        let file = fs::read(&path).map_err(StoreError::io(&path))?;
        let packed = open(key, &file).map_err(|detail| StoreError::Damaged { path, detail })?;
        Ok(packed.to_vec())
    }

    fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(key.shard()).join(format!("{}{SUFFIX}", key.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{pack, unreadable};

    #[test]
    fn a_result_comes_back_as_it_was() {
        let out = tempfile::tempdir().unwrap();
        let (results, key) = (Results::below(out.path()), Key::of(&["a"]));
        let record = unreadable("甲/a.pdf", "文件已加密".to_owned());
        results.put_packed(&key, &pack(&record).unwrap()).unwrap();
        assert_eq!(results.get(&key).unwrap(), record);
    }
}
