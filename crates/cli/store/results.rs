//! One file per result.

use super::away::Away;
use super::envelope::{enclose, open};
use super::error::StoreError;
use super::folder::folder;
use super::key::Key;
use crate::document::unpack;
use crate::language::{said, told};
use crate::remote::Failure;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;
use yusuan_export::{DocumentRecord, is_unfinished, replace_file};

/// What the files of results end in.
const SUFFIX: &str = ".json.zst";

/// The results below an output folder.
#[derive(Debug, Clone)]
pub(crate) struct Results {
    folder: PathBuf,
    /// Where they are, if not here; then the folder holds those that this run has seen.
    away: Option<Arc<Away>>,
}

impl Results {
    /// Those of an output folder.
    pub(crate) fn below(out: &Path) -> Self {
        Self { folder: folder(out).join("results"), away: None }
    }

    /// The same, kept elsewhere.
    pub(crate) fn kept(self, away: Option<Arc<Away>>) -> Self {
        Self { away, ..self }
    }

    /// Stores a packed record with its proof and gives the size of its file.
    pub(crate) fn put_packed(&self, key: &Key, packed: &[u8]) -> Result<u64, StoreError> {
        let file = enclose(key, packed);
        if let Some(away) = &self.away {
            away.put(&name(key), &file).map_err(|failure| refused(self.path(key), failure))?;
            away.note(key.as_str(), file.len() as u64);
        }
        replace_file(&self.path(key), &file)?;
        Ok(file.len() as u64)
    }

    /// Whether exactly this is stored under the key.
    pub(crate) fn holds(&self, key: &Key, packed: &[u8]) -> bool {
        let is_there = self.away.as_ref().is_none_or(|away| away.known(key.as_str()).is_some());
        is_there && self.packed(key).is_ok_and(|stored| stored == packed)
    }

    /// Size of a result's file; `None` where there is none.
    pub(crate) fn size(&self, key: &Key) -> Option<u64> {
        if let Some(away) = self.away.as_ref().filter(|_| key.is_plain()) {
            // What the manifest knows costs no request. A result that a killed run left is found by its name.
            return match away.known(key.as_str()) {
                Some(Some(size)) => Some(size),
                _ => self.fetched(away, key).ok().flatten().map(|file| file.len() as u64),
            };
        }
        key.is_plain().then(|| fs::metadata(self.path(key)).ok()).flatten().map(|metadata| metadata.len())
    }

    /// Whether a result is there and can be read back. Of one that is elsewhere its being there is all that is asked.
    pub(crate) fn is_whole(&self, key: &Key) -> bool {
        self.away.as_ref().map_or_else(|| self.packed(key).is_ok(), |away| away.known(key.as_str()).is_some())
    }

    /// Removes all results but those named, and what killed runs left unfinished.
    pub(crate) fn keep_only(&self, kept: &BTreeSet<&str>) -> Result<usize, StoreError> {
        let mut removed = 0;
        if let Some(away) = &self.away {
            let results = away.list(".yusuan/results").map_err(|failure| refused(self.folder.clone(), failure))?;
            let key =
                |name: &str| name.rsplit('/').next().and_then(|name| name.strip_suffix(SUFFIX)).map(str::to_owned);
            for name in results.into_iter().filter(|name| key(name).is_some_and(|key| !kept.contains(key.as_str()))) {
                away.leave(name);
                removed += 1;
            }
            return Ok(removed);
        }
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
        if let Some(away) = &self.away {
            away.leave(name(key));
        }
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
        let file = match (fs::read(&path), &self.away) {
            (Err(error), Some(away)) => {
                let fetched = self.fetched(away, key).map_err(|failure| refused(path.clone(), failure))?;
                fetched.ok_or_else(|| StoreError::io(&path)(error))?
            }
            (read, _) => read.map_err(StoreError::io(&path))?,
        };
        let packed = open(key, &file).map_err(|detail| StoreError::Damaged { path, detail })?;
        Ok(packed.to_vec())
    }

    /// A result's file from where it is, which is then here too.
    fn fetched(&self, away: &Away, key: &Key) -> Result<Option<Vec<u8>>, Failure> {
        let Some(file) = away.fetch(&name(key))? else { return Ok(None) };
        away.note(key.as_str(), file.len() as u64);
        // Without it here, it is fetched once more where it is wanted again.
        let _ = replace_file(&self.path(key), &file);
        Ok(Some(file))
    }

    fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(key.shard()).join(format!("{}{SUFFIX}", key.as_str()))
    }
}

/// Its name below the output folder.
fn name(key: &Key) -> String {
    format!(".yusuan/results/{}/{}{SUFFIX}", key.shard(), key.as_str())
}

/// A storage that refuses, as a file system that does.
fn refused(path: PathBuf, failure: Failure) -> StoreError {
    let words = match failure {
        Failure::Words(words) => told(&words).into_owned(),
        Failure::TooLarge { .. } => failure.to_string(),
    };
    StoreError::Io { path, source: std::io::Error::other(words) }
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
