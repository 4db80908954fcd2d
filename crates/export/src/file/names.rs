//! The names of files: which one does a document's output go to?

use crate::hash::{SHORT, short_hash};
use std::path::{Path, PathBuf};

/// Longest file name written, in bytes. Common file systems allow 255; some encrypted or network ones a little less.
const LONGEST_NAME: usize = 230;

/// Folder for the state of a run, below the output folder. It is made before anything else, so that an interrupted run
/// leaves a folder that is known as ours. Unfinished files begin with the same word.
pub const STATE_FOLDER: &str = ".yusuan";

/// The workbook of a document, below the output folder.
pub fn workbook_path(out: &Path, source: &str) -> PathBuf {
    below(out.join("workbooks"), source, ".xlsx")
}

/// The folder of a document's tables, below the output folder.
pub fn tables_folder(out: &Path, source: &str) -> PathBuf {
    below(out.join("tables"), source, "")
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
        let mut end = name.len().min(LONGEST_NAME - suffix.len() - '~'.len_utf8() - SHORT);
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
}
