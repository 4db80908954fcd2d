//! Which sources does the last finished run stand for, and which result belongs to each?

use super::durable;
use super::error::StoreError;
use super::key::Key;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use yusuan_export::DocumentRecord;

/// Raised when the form of the state changes, so that an older one is made again instead of being misread.
const FORM: u32 = 1;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// Form of the state.
    pub(crate) form: u32,
    /// The program that wrote it.
    pub(crate) version: String,
}

impl Header {
    /// The header that this program writes.
    pub(crate) fn current() -> Self {
        Self { form: FORM, version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// One source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Its name in the results.
    pub(crate) source: String,
    /// The result that stands for it, after comparison with the other files of the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) result: Option<Key>,
    /// The record itself where there is nothing to store apart: a duplicate, a file that could not be opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) record: Option<DocumentRecord>,
}

/// The last line: a file without it was cut off.
#[derive(Debug, Serialize, Deserialize)]
struct End {
    end: usize,
    sha256: String,
}

/// All sources of a finished run, ordered by source.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Manifest {
    pub(crate) header: Header,
    pub(crate) entries: Vec<Entry>,
}

impl Manifest {
    /// Reads the manifest of an output folder.
    pub(crate) fn read(out: &Path) -> Result<Self, StoreError> {
        let path = path(out);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::NotFinished { path: out.to_owned() });
            }
            Err(error) => return Err(StoreError::io(&path)(error)),
        };
        let damaged = |detail: String| StoreError::Damaged { path: path.clone(), detail };
        let (body, end) = split_end(&text).ok_or_else(|| damaged("不完整".to_owned()))?;
        if end.sha256 != yusuan_export::sha256_hex(body.as_bytes()) {
            return Err(damaged("校验和不符".to_owned()));
        }
        let mut lines = body.lines();
        let header: Header = parse(lines.next().unwrap_or_default()).map_err(damaged)?;
        if header.form != FORM {
            return Err(StoreError::OtherVersion { path: out.to_owned() });
        }
        let entries: Vec<Entry> = lines.map(parse).collect::<Result<_, _>>().map_err(damaged)?;
        if entries.len() != end.end {
            return Err(damaged("行数不符".to_owned()));
        }
        Ok(Self { header, entries })
    }

    /// Makes this the manifest of the output folder.
    pub(crate) fn write(&self, out: &Path) -> Result<(), StoreError> {
        let path = path(out);
        let mut text = self.text().map_err(|error| StoreError::io(&path)(error.into()))?;
        let end = End { end: self.entries.len(), sha256: yusuan_export::sha256_hex(text.as_bytes()) };
        text += &serde_json::to_string(&end).map_err(|error| StoreError::io(&path)(error.into()))?;
        text.push('\n');
        durable::write(&path, text.as_bytes())
    }

    fn text(&self) -> serde_json::Result<String> {
        let mut text = serde_json::to_string(&self.header)? + "\n";
        for entry in &self.entries {
            text += &serde_json::to_string(entry)?;
            text.push('\n');
        }
        Ok(text)
    }
}

fn path(out: &Path) -> PathBuf {
    super::folder(out).join("manifest.jsonl")
}

/// The lines before the last one, and the last one.
fn split_end(text: &str) -> Option<(&str, End)> {
    let lines = text.strip_suffix('\n')?;
    let at = lines.rfind('\n')? + 1;
    let end = serde_json::from_str(lines.get(at..)?).ok()?;
    Some((text.get(..at)?, end))
}

fn parse<'a, T: Deserialize<'a>>(line: &'a str) -> Result<T, String> {
    serde_json::from_str(line).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(source: &str) -> Entry {
        Entry { source: source.to_owned(), result: Some(Key::of(&[source])), record: None }
    }

    #[test]
    fn a_manifest_comes_back_and_a_cut_one_is_an_error() {
        let out = tempfile::tempdir().unwrap();
        assert!(matches!(Manifest::read(out.path()), Err(StoreError::NotFinished { .. })));
        let manifest = Manifest { header: Header::current(), entries: vec![entry("a.pdf"), entry("b\n.pdf")] };
        manifest.write(out.path()).unwrap();
        assert_eq!(Manifest::read(out.path()).unwrap(), manifest);
        let whole = fs::read(path(out.path())).unwrap();
        for length in 0..whole.len() {
            fs::write(path(out.path()), &whole[..length]).unwrap();
            assert!(matches!(Manifest::read(out.path()), Err(StoreError::Damaged { .. })), "cut at {length}");
        }
    }

    #[test]
    fn another_form_is_said() {
        let out = tempfile::tempdir().unwrap();
        let header = Header { form: FORM + 1, ..Header::current() };
        Manifest { header, entries: Vec::new() }.write(out.path()).unwrap();
        assert!(matches!(Manifest::read(out.path()), Err(StoreError::OtherVersion { .. })));
    }
}
