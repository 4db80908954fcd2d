//! The manifest of the last finished run: which sources it stands for, and which result belongs to each.

use super::error::StoreError;
use super::folder::folder;
use super::key::{Key, PROGRAM};
use super::layout::Layout;
use super::results::Results;
use super::seal::Seal;
use super::settings::Settings;
use super::stat::Stat;
use crate::document::{Card, unreadable};
use crate::inputs::Fingerprint;
use crate::language::{kept, said};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use yusuan_export::{DocumentRecord, Rival, Sum, replace_file_with};
use yusuan_extract::Hint;
use yusuan_normalize::{Correction, Given};

/// Raised when the form of the state changes, so that an older one is made again instead of being misread.
const FORM: u32 = 3;

/// The form before it lacks only what is new, so what it knows of files that are gone is not lost.
const FORM_BEFORE: u32 = 2;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// Form of the state.
    pub(crate) form: u32,
    /// The program that wrote it.
    pub(crate) program: String,
    /// The layout of the folder.
    pub(crate) layout: Layout,
    /// How documents were read and written.
    #[serde(default)]
    pub(crate) settings: Settings,
    /// The folders that were walked and the devices they were on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) roots: BTreeMap<String, u64>,
    /// Stored results that did not fit their hash and were made anew.
    #[serde(default)]
    pub(crate) healed: usize,
}

impl Header {
    /// The header that this program writes.
    pub(crate) fn current(layout: Layout, settings: Settings) -> Self {
        Self { form: FORM, program: PROGRAM.to_owned(), layout, settings, roots: BTreeMap::new(), healed: 0 }
    }
}

/// One source.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Its name in the results.
    pub(crate) source: String,
    /// Where the file, or the archive that it is in, was found, from the file system's root.
    pub(crate) path: String,
    /// Where it was published, as a list says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) url: String,
    /// Its name inside the archive; empty for a file of its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) member: String,
    /// What the file system said of the file when it was read, where that can be trusted to change with its content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stat: Option<Stat>,
    /// Size and hash of its bytes, where they could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) content: Option<Fingerprint>,
    /// Its result, made from the file alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) read: Option<Key>,
    /// Size of that result's file: a shorter one was cut off.
    #[serde(default)]
    pub(crate) packed: u64,
    /// The result after comparison with the other files of the run, where that changed it.
    #[serde(default, rename = "settled", skip_serializing_if = "Option::is_none")]
    pub(crate) compared: Option<Key>,
    /// What that comparison was made from: of the same nothing else would come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) compared_from: Option<Key>,
    /// The record itself where there is nothing to store apart: a duplicate, a file that could not be opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) record: Option<Box<DocumentRecord>>,
    /// The result in short; the run before, this one and its report share it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) card: Option<Arc<Card>>,
    /// How often a worker died of it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) deaths: u32,
    /// What its own output files were made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) written: Option<Key>,
    /// What those files were when they were written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sealed: Option<Seal>,
    /// What a list says of it.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub(crate) given: Given,
    /// What a reviewer corrected in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) corrections: Vec<Correction>,
    /// What somebody said of its tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) hints: Vec<Hint>,
    /// The documents that stood under this name before, the last one first: each by its `doc_id`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) formerly: Vec<String>,
    /// The document of the same body, year, kind and scope that is to be used instead, by its `doc_id`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) superseded_by: String,
    /// What the others of them print of its figures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) rivals: Vec<Rival>,
}

impl Entry {
    /// The result that stands for the source.
    pub(crate) fn result(&self) -> Option<&Key> {
        self.compared.as_ref().or(self.read.as_ref())
    }

    /// What became of it in short.
    pub(crate) fn card(&self) -> Arc<Card> {
        match (&self.record, &self.card) {
            (Some(record), _) => Arc::new(Card::of(record)),
            (None, Some(card)) => Arc::clone(card),
            // Every result has its card; one without is told as what it is.
            (None, None) => Arc::new(Card::of(&unreadable(&self.source, kept::no_result()))),
        }
    }

    /// The record that stands for the source.
    pub(crate) fn load(&self, results: &Results) -> Result<DocumentRecord, StoreError> {
        let record = match (&self.record, self.result()) {
            (Some(record), _) => (**record).clone(),
            (None, Some(key)) => results.get(key)?,
            (None, None) => {
                let detail = said::no_result_of(&self.source);
                return Err(StoreError::Damaged { path: self.path.clone().into(), detail });
            }
        };
        Ok(self.complete(record))
    }

    /// The record with what is known of it beside its result: where it was published, whose it is, what stands beside it.
    pub(crate) fn complete(&self, mut record: DocumentRecord) -> DocumentRecord {
        let known = self.card.as_ref().and_then(|card| card.identity.as_ref());
        if let (Some(known), Some(document)) = (known, record.document.as_mut()) {
            document.identity.body_id.clone_from(&known.body_id);
            document.identity.body.clone_from(&known.body);
        }
        let (superseded_by, rivals) = (self.superseded_by.clone(), self.rivals.clone());
        DocumentRecord { source_url: self.url.clone(), superseded_by, rivals, ..record }
    }
}

fn is_nothing(given: &Given) -> bool {
    *given == Given::default()
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
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
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(StoreError::NotFinished { path: out.to_owned() });
            }
            Err(error) => return Err(StoreError::io(&path)(error)),
        };
        let damaged = |detail: String| StoreError::Damaged { path: path.clone(), detail };
        let lines = Lines::of(BufReader::new(file));
        let mut lines = lines.map_err(StoreError::io(&path))?.ok_or_else(|| damaged(said::cut_off()))?;
        let first = lines.next().map_err(StoreError::io(&path))?.ok_or_else(|| damaged(said::cut_off()))?;
        let header: Result<Header, String> = parse(&first);
        let mut entries = Vec::new();
        let mut unread = None;
        while let Some(line) = lines.next().map_err(StoreError::io(&path))? {
            // The sum over all lines tells more than the first line that can't be understood.
            match parse::<Entry>(&line) {
                Ok(entry) if unread.is_none() => entries.push(entry),
                Ok(_) => {}
                Err(error) => unread = unread.or(Some(error)),
            }
        }
        let end = lines.end().ok_or_else(|| damaged(said::cut_off()))?;
        if end.sha256 != lines.sha256() {
            return Err(damaged(said::wrong_checksum()));
        }
        let header = header.map_err(damaged)?;
        if ![FORM, FORM_BEFORE].contains(&header.form) {
            return Err(StoreError::OtherVersion { path: out.to_owned() });
        }
        if let Some(error) = unread {
            return Err(damaged(error));
        }
        if entries.len() != end.end {
            return Err(damaged(said::wrong_count()));
        }
        Ok(Self { header, entries })
    }

    /// Makes this the manifest of the output folder.
    pub(crate) fn write(&self, out: &Path) -> Result<(), StoreError> {
        write_manifest(out, &self.header, self.entries.iter())
    }
}

/// Makes these the manifest of the output folder, an entry at a time: as text all of them take as much memory again.
pub(crate) fn write_manifest<'a>(
    out: &Path,
    header: &Header,
    entries: impl Iterator<Item = &'a Entry>,
) -> Result<(), StoreError> {
    let fill = |to: &mut dyn Write| {
        let (mut sum, mut count) = (Sum::default(), 0);
        let mut line = serde_json::to_string(header)?;
        line.push('\n');
        sum.add(&line);
        to.write_all(line.as_bytes())?;
        for entry in entries {
            line = serde_json::to_string(entry)?;
            line.push('\n');
            sum.add(&line);
            to.write_all(line.as_bytes())?;
            count += 1;
        }
        let end = End { end: count, sha256: sum.hex() };
        line = serde_json::to_string(&end)?;
        line.push('\n');
        to.write_all(line.as_bytes())
    };
    Ok(replace_file_with(&path(out), fill)?)
}

fn path(out: &Path) -> PathBuf {
    folder(out).join("manifest.jsonl")
}

/// The lines before the last one, one after the other, and then the last one.
struct Lines {
    from: BufReader<File>,
    /// The line that comes next, with its end: the last one where nothing follows it.
    next: String,
    sum: Sum,
}

impl Lines {
    fn of(from: BufReader<File>) -> Result<Option<Self>, std::io::Error> {
        let mut lines = Self { from, next: String::new(), sum: Sum::default() };
        Ok((lines.from.read_line(&mut lines.next)? > 0).then_some(lines))
    }

    fn next(&mut self) -> Result<Option<String>, std::io::Error> {
        let mut after = String::new();
        if self.from.read_line(&mut after)? == 0 {
            return Ok(None);
        }
        let line = std::mem::replace(&mut self.next, after);
        self.sum.add(&line);
        Ok(Some(line))
    }

    /// The last line, which must be whole.
    fn end(&self) -> Option<End> {
        serde_json::from_str(self.next.strip_suffix('\n')?).ok()
    }

    /// The hash of those before it.
    fn sha256(&self) -> String {
        self.sum.hex()
    }
}

fn parse<'a, T: Deserialize<'a>>(line: &'a str) -> Result<T, String> {
    serde_json::from_str(line).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn entry(source: &str) -> Entry {
        Entry { source: source.to_owned(), read: Some(Key::of(&[source])), ..Entry::default() }
    }

    #[test]
    fn a_manifest_comes_back_and_a_cut_one_is_an_error() {
        let out = tempfile::tempdir().unwrap();
        assert!(matches!(Manifest::read(out.path()), Err(StoreError::NotFinished { .. })));
        let manifest = Manifest {
            header: Header::current(Layout::Single, Settings::default()),
            entries: vec![entry("a.pdf"), entry("b\n.pdf")],
        };
        manifest.write(out.path()).unwrap();
        assert_eq!(Manifest::read(out.path()).unwrap(), manifest);
        let whole = fs::read(path(out.path())).unwrap();
        for length in 0..whole.len() {
            fs::write(path(out.path()), &whole[..length]).unwrap();
            assert!(matches!(Manifest::read(out.path()), Err(StoreError::Damaged { .. })), "cut at {length}");
        }
    }

    #[test]
    fn another_form_is_said_and_the_one_before_is_understood() {
        let out = tempfile::tempdir().unwrap();
        let header = r#"{"form":2,"program":"0.1.0+1","layout":"single"}"#;
        let body = format!("{header}\n{}\n", r#"{"source":"a.pdf","path":"in/a.pdf","packed":7}"#);
        let end = End { end: 1, sha256: yusuan_export::sha256_hex(body.as_bytes()) };
        fs::create_dir_all(folder(out.path())).unwrap();
        fs::write(path(out.path()), format!("{body}{}\n", serde_json::to_string(&end).unwrap())).unwrap();
        assert_eq!(Manifest::read(out.path()).unwrap().entries[0].packed, 7);
        let header = Header { form: FORM + 1, ..Header::current(Layout::Single, Settings::default()) };
        Manifest { header, entries: Vec::new() }.write(out.path()).unwrap();
        assert!(matches!(Manifest::read(out.path()), Err(StoreError::OtherVersion { .. })));
    }
}
