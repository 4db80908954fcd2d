//! The files inside an archive: scraped disclosures often come as zip files, sometimes with more of them inside.

use super::central::{Renamed, renamed};
use crate::language::kept;
use crate::worker::contain;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::Path;
use yusuan_extract::Limits;
use zip::ZipArchive;

/// Archives inside archives are opened so deep: three levels occur (省 → 市 → 单位), an endless chain is a trap.
const DEEPEST: usize = 4;

/// Most files in one archive, and in all of those inside it.
const MOST_FILES: usize = 50_000;

/// Most bytes unpacked from one archive in all, and to how many times its size: entries of a made one may all point to the
/// same bytes. Only one file is in memory at a time.
const MOST_BYTES: u64 = 16 << 30;
const MOST_OVERALL_RATIO: u64 = 100;

/// A file that unpacks to more than this …
const LARGE: u64 = 16 << 20;

/// … and to so many times its packed size was made to fill memory: PDF and office files are packed themselves, and old
/// workbooks shrink to a twentieth.
const MOST_RATIO: u64 = 200;

/// What a package of one document holds; such a file is no archive of files.
const PACKAGE_MARKS: [&str; 6] =
    ["[content_types].xml", "mimetype", "ofd.xml", "content.xml", "meta-inf/manifest.mf", "index/document.iwa"];

/// Extensions of single documents. An archive called so is no archive of files that somebody packed, but a download gone
/// wrong; it is told as what it is.
const DOCUMENTS: [&str; 10] = ["pdf", "xlsx", "xlsm", "xlsb", "xls", "ods", "docx", "docm", "odt", "ofd"];

/// One file found inside, or why it could not be read.
pub(crate) struct Member {
    /// Its path inside the archive, `/` separated; an archive inside is a folder of that path.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Result<Vec<u8>, String>,
}

/// Whether the name says that the file is one document.
pub(crate) fn claims_to_be_a_document(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| DOCUMENTS.contains(&extension.as_str()))
}

/// Whether the bytes are a zip archive of files, and not a document whose format happens to be one.
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    contain(|| is_zip_of_files(bytes)).unwrap_or(false)
}

fn is_zip_of_files(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        return false;
    }
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let is_mark = |name: &str| PACKAGE_MARKS.contains(&name.to_ascii_lowercase().as_str());
    let is_package = archive.file_names().any(|name| name.is_ok_and(|name| is_mark(&name)));
    !archive.is_empty() && !is_package
}

/// Gives every file in an archive and in the archives inside it to `visit`, one at a time, ordered by name.
pub(crate) fn visit_archive(bytes: &[u8], limits: &Limits, visit: &mut dyn FnMut(Member)) {
    let most = (bytes.len() as u64).saturating_mul(MOST_OVERALL_RATIO).clamp(LARGE, MOST_BYTES);
    let mut walk = Walk { limits, visit, files: 0, unpacked: 0, most };
    walk.archive(bytes, "", 1);
}

struct Walk<'a> {
    limits: &'a Limits,
    visit: &'a mut dyn FnMut(Member),
    files: usize,
    unpacked: u64,
    /// How much may be unpacked in all.
    most: u64,
}

impl Walk<'_> {
    fn archive(&mut self, bytes: &[u8], prefix: &str, depth: usize) {
        let (mut archive, names) = match contain(|| open(bytes)).flatten() {
            Ok(opened) => opened,
            Err(error) => return self.refuse(prefix.trim_end_matches('/'), error),
        };
        for Named { name, plain, index } in names {
            let is_document = claims_to_be_a_document(Path::new(&plain));
            let name = format!("{prefix}{name}");
            self.files += 1;
            if self.files > MOST_FILES {
                return self.refuse(&name, kept::too_many_in_archive(MOST_FILES));
            }
            match contain(|| self.unpack(&mut archive, index)).flatten() {
                bytes if is_document => (self.visit)(Member { name, bytes }),
                Ok(inner) if is_archive(&inner) && depth >= DEEPEST => {
                    self.refuse(&name, kept::nested_too_deep(DEEPEST));
                }
                Ok(inner) if is_archive(&inner) => self.archive(&inner, &format!("{name}/"), depth + 1),
                bytes => (self.visit)(Member { name, bytes }),
            }
        }
    }

    fn refuse(&mut self, name: &str, why: String) {
        (self.visit)(Member { name: name.to_owned(), bytes: Err(why) });
    }

    fn unpack(&mut self, archive: &mut Archive<'_>, index: usize) -> Result<Vec<u8>, String> {
        let damaged = |error: &dyn std::fmt::Display| kept::member_damaged(error);
        let file = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                kept::archive_encrypted()
            }
            other => damaged(&other),
        })?;
        let packed = file.compressed_size();
        let most = self.limits.file_bytes.min(self.most.saturating_sub(self.unpacked));
        let mut bytes = Vec::new();
        // Declared sizes may lie, so what really comes out is counted.
        let allowed = most.min(packed.saturating_mul(MOST_RATIO).max(LARGE));
        file.take(allowed.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        self.unpacked = self.unpacked.saturating_add(bytes.len() as u64);
        if bytes.len() as u64 > allowed {
            return Err(kept::member_too_large(allowed >> 20));
        }
        Ok(bytes)
    }
}

/// An archive, in a copy where its own list can't be used.
type Archive<'a> = ZipArchive<Cursor<Cow<'a, [u8]>>>;

/// A file in an archive.
struct Named {
    /// Its name, which no other one has.
    name: String,
    /// Its name as the archive says.
    plain: String,
    /// Its place in the archive's list.
    index: usize,
}

fn open(bytes: &[u8]) -> Result<(Archive<'_>, Vec<Named>), String> {
    let (bytes, names) = match renamed(bytes) {
        Some(Renamed { bytes, names }) => (Cow::Owned(bytes), names),
        None => (Cow::Borrowed(bytes), Vec::new()),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(kept::archive_damaged)?;
    let names = names_of(&mut archive, &names);
    Ok((archive, names))
}

/// The files inside ordered by name: no folders, none of the files that systems leave behind. `known` are the names of the
/// list where the archive itself does not hold them.
fn names_of(archive: &mut Archive<'_>, known: &[Vec<u8>]) -> Vec<Named> {
    let known = if known.len() == archive.len() { known } else { &[] };
    let mut names = Vec::new();
    for index in 0..archive.len().min(MOST_FILES + 1) {
        let Ok(file) = archive.by_index_raw(index) else {
            names.push((format!("{index}"), index));
            continue;
        };
        let raw = known.get(index).map_or(file.name_raw(), Vec::as_slice);
        let name = plain(&decoded(raw));
        let is_folder = raw.ends_with(b"/") || (known.is_empty() && file.is_dir());
        if !is_folder && !name.is_empty() && !is_left_behind(&name) {
            names.push((name, index));
        }
    }
    names.sort();
    tell_apart(names)
}

/// Files of one name are told apart by a number; the first one keeps its name.
fn tell_apart(names: Vec<(String, usize)>) -> Vec<Named> {
    let mut taken: BTreeSet<String> = names.iter().map(|(name, _)| name.clone()).collect();
    let mut named: Vec<Named> = Vec::new();
    for (plain, index) in names {
        let is_second = named.last().is_some_and(|before| before.plain == plain);
        let mut name = plain.clone();
        let mut number = 2;
        while is_second && taken.contains(&name) {
            name = format!("{plain}~{number}");
            number += 1;
        }
        taken.insert(name.clone());
        named.push(Named { name, plain, index });
    }
    named
}

/// Windows writes names in the Chinese national encoding and often without saying so.
fn decoded(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(name).0.into_owned(),
    }
}

/// The name with plain parts only: nothing leads out of the archive.
fn plain(name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    parts.map(|part| part.replace(char::is_control, "_")).collect::<Vec<_>>().join("/")
}

fn is_left_behind(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || part.starts_with('.') || part.starts_with("~$"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn found(bytes: &[u8]) -> Vec<(String, Result<usize, String>)> {
        let mut found = Vec::new();
        visit_archive(bytes, &Limits::default(), &mut |m| found.push((m.name, m.bytes.map(|b| b.len()))));
        found
    }

    #[test]
    fn archives_inside_archives_are_folders() {
        let inner = packed(&[("b.pdf", b"22"), ("../../up.pdf", b"333")]);
        let outer = packed(&[("z.pdf", b"1"), ("市/内.zip", &inner), ("__MACOSX/z.pdf", b"x"), ("d/.DS_Store", b"x")]);
        assert!(is_archive(&outer));
        let expected = [("z.pdf", 1), ("市/内.zip/b.pdf", 2), ("市/内.zip/up.pdf", 3)];
        assert_eq!(found(&outer), expected.map(|(name, size)| (name.to_owned(), Ok(size))));
    }

    #[test]
    fn a_document_that_is_a_package_is_no_archive() {
        assert!(!is_archive(&packed(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")])));
        assert!(!is_archive(&packed(&[("mimetype", b"x"), ("content.xml", b"x")])));
        assert!(!is_archive(b"%PDF-1.7"));
    }

    #[test]
    fn bombs_and_endless_chains_are_refused() {
        let bomb = packed(&[("a.pdf", &vec![0; (LARGE + 2) as usize])]);
        assert!(found(&bomb)[0].1.as_ref().unwrap_err().contains("超出限制"));
        let mut chain = packed(&[("a.pdf", b"1")]);
        for _ in 0..6 {
            chain = packed(&[("x.zip", &chain)]);
        }
        let found = found(&chain);
        assert_eq!(found.len(), 1);
        assert!(found[0].1.as_ref().unwrap_err().contains("嵌套"), "{found:?}");
    }

    #[test]
    fn names_of_windows_archives_are_read() {
        let (name, _, _) = encoding_rs::GB18030.encode("预算.pdf");
        assert_eq!(decoded(&name), "预算.pdf");
    }

    /// An archive with several files of one name; the library that writes archives refuses to make one.
    fn twice(name: &str, contents: &[&[u8]]) -> Vec<u8> {
        let other = |index: usize| format!("{index}{}", &name[1..]);
        let files: Vec<(String, &[u8])> = contents.iter().enumerate().map(|(i, bytes)| (other(i), *bytes)).collect();
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        let mut bytes = packed(&files);
        for (other, _) in files {
            while let Some(at) = bytes.windows(other.len()).position(|window| window == other.as_bytes()) {
                bytes[at..at + other.len()].copy_from_slice(name.as_bytes());
            }
        }
        bytes
    }

    #[test]
    fn files_of_one_name_are_each_a_file() {
        let archive = twice("a.pdf", &[b"1", b"22", b"333"]);
        assert!(is_archive(&archive));
        let expected = [("a.pdf", 1), ("a.pdf~2", 2), ("a.pdf~3", 3)];
        assert_eq!(found(&archive), expected.map(|(name, size)| (name.to_owned(), Ok(size))));
        // The same name but for its case, and but for how its accent is written.
        let alike = packed(&[("A.pdf", b"1"), ("a.pdf", b"2"), ("\u{e9}.pdf", b"3"), ("e\u{301}.pdf", b"4")]);
        assert_eq!(found(&alike).len(), 4);
    }

    #[test]
    fn a_damaged_archive_is_told_wherever_it_is_cut() {
        let whole = packed(&[("a.pdf", b"0123456789"), ("b.pdf", b"0123456789")]);
        for length in 4..whole.len() {
            // Without its list at the end it is no archive, and the reader says so.
            assert!(!is_archive(&whole[..length]) || found(&whole[..length]).len() <= 2);
        }
    }
}
