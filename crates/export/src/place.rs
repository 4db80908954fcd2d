//! Which file does a document's output go to?

use crate::csv;
use crate::dataset::documents::Documents;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Longest file name written, in bytes. Common file systems allow 255; some encrypted or network ones a little less.
const LONGEST_NAME: usize = 230;

/// The workbook of a document, below the output folder.
pub fn workbook_path(out: &Path, source: &str) -> PathBuf {
    below(out.join("workbooks"), source, ".xlsx")
}

/// The folder of a document's tables, below the output folder.
pub(crate) fn tables_folder(out: &Path, source: &str) -> PathBuf {
    below(out.join("tables"), source, "")
}

/// Folder for the state of a run, below the output folder. It is made before anything else, so that an interrupted run
/// leaves a folder that is known as ours.
pub(crate) const STATE_FOLDER: &str = ".yusuan";

/// Whether the folder was written by this program: it holds the state folder, or a `documents.csv` with the contract's
/// header (a copy without hidden files).
pub fn is_output_folder(folder: &Path) -> bool {
    if folder.join(STATE_FOLDER).is_dir() {
        return true;
    }
    let header = csv::header::<Documents>();
    let mut start = Vec::new();
    // The byte order mark may stand before the header.
    let wanted = header.len() + csv::BOM.len();
    let read = fs::File::open(folder.join("documents.csv")).and_then(|f| f.take(wanted as u64).read_to_end(&mut start));
    read.is_ok() && start.strip_prefix(csv::BOM).unwrap_or(&start).starts_with(header.as_bytes())
}

/// The source's folders below `folder`, with only plain components: a source never leads out of the output folder.
fn below(folder: PathBuf, source: &str, suffix: &str) -> PathBuf {
    let mut path = folder;
    let parts: Vec<&str> = source.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    let last = parts.len().saturating_sub(1);
    for (index, part) in parts.iter().enumerate() {
        path.push(plain_name(part, if index == last { suffix } else { "" }));
    }
    path
}

/// A name that every file system takes: the characters that Windows forbids replaced, and the length bounded with a
/// hash of the whole name in place of what was cut, so that two long names stay two.
fn plain_name(part: &str, suffix: &str) -> String {
    let mut name: String =
        part.chars().map(|c| if c.is_control() || ":*?\"<>|".contains(c) { '_' } else { c }).collect();
    let replaced = name != part;
    if replaced || name.len() + suffix.len() > LONGEST_NAME {
        let mut end = name.len().min(LONGEST_NAME - suffix.len() - 17);
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        name.truncate(end);
        name.push('~');
        name.push_str(&short_hash(part.as_bytes()));
    }
    name.push_str(suffix);
    name
}

/// The SHA-256 of some bytes in hex: what `documents` says of a file, and whose first 16 digits are its `doc_id`.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    Sha256::digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// First 16 hex digits of the SHA-256.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    sha256_hex(bytes).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_keeps_its_folders_and_extension() {
        assert_eq!(workbook_path(Path::new("out"), "a/x.pdf"), Path::new("out/workbooks/a/x.pdf.xlsx"));
        assert_eq!(tables_folder(Path::new("out"), "a/x.pdf"), Path::new("out/tables/a/x.pdf"));
    }

    #[test]
    fn no_source_leads_out_of_the_output_folder() {
        assert_eq!(workbook_path(Path::new("out"), "../../etc/x"), Path::new("out/workbooks/etc/x.xlsx"));
        assert_eq!(workbook_path(Path::new("out"), "/etc/x"), Path::new("out/workbooks/etc/x.xlsx"));
    }

    #[test]
    fn long_names_are_cut_and_stay_different() {
        let one = "预".repeat(83) + "甲.pdf";
        let two = "预".repeat(83) + "乙.pdf";
        let (a, b) = (workbook_path(Path::new("o"), &one), workbook_path(Path::new("o"), &two));
        assert_ne!(a, b);
        for path in [a, b] {
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(name.len() <= LONGEST_NAME, "{}", name.len());
            assert_eq!(path.extension().unwrap(), "xlsx");
        }
    }

    #[test]
    fn the_hash_is_the_standard_one() {
        // FIPS 180-4, example "abc".
        assert!(sha256_hex(b"abc").starts_with("ba7816bf8f01cfea414140de5dae2223"));
        assert_eq!(short_hash(b"abc"), "ba7816bf8f01cfea");
    }

    #[test]
    fn only_our_own_documents_csv_marks_an_output_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_output_folder(folder.path()));
        fs::write(folder.path().join("documents.csv"), "doc_id,title\n").unwrap();
        assert!(!is_output_folder(folder.path()));
        fs::write(folder.path().join("documents.csv"), format!("\u{feff}{}", csv::header::<Documents>())).unwrap();
        assert!(is_output_folder(folder.path()));
    }
}
