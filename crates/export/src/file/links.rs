//! Links inside an output folder: never followed. What is written or removed there could be anywhere.

use super::atomic::FileError;
use super::names::STATE_FOLDER;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders that are written to besides those of the datasets' parts.
const FOLDERS: [&str; 4] = [STATE_FOLDER, "workbooks", "tables", "review"];

/// How deep folders stand in the state folder. Below them are files alone, as many as there are documents, and a file's name is
/// never followed: it is replaced by another file or removed.
const STATE_DEPTH: usize = 2;

/// Removes the links (not what they lead to) at and below the places that are written to, and gives them: a folder or file
/// of ours takes their place. `files` are the names of files and folders directly below the output folder.
pub(crate) fn remove_links(out: &Path, files: &[String]) -> Result<Vec<PathBuf>, FileError> {
    let mut removed = Vec::new();
    let others = files.iter().map(String::as_str).filter(|name| !FOLDERS.contains(name));
    let places = FOLDERS.into_iter().chain(others);
    for place in places.map(|name| out.join(name)) {
        match fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_symlink() => remove(&place, &mut removed)?,
            Ok(metadata) if metadata.is_dir() => {
                let depth = if place.ends_with(STATE_FOLDER) { STATE_DEPTH } else { usize::MAX };
                below(&place, depth, &mut removed)?;
            }
            _ => {}
        }
    }
    Ok(removed)
}

fn below(folder: &Path, depth: usize, removed: &mut Vec<PathBuf>) -> Result<(), FileError> {
    // A folder that can't be read can't be written to either, and says so then.
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        match entry.file_type() {
            Ok(kind) if kind.is_symlink() => remove(&entry.path(), removed)?,
            Ok(kind) if kind.is_dir() && depth > 1 => below(&entry.path(), depth - 1, removed)?,
            _ => {}
        }
    }
    Ok(())
}

fn remove(link: &Path, removed: &mut Vec<PathBuf>) -> Result<(), FileError> {
    // On Windows a link to a folder is removed like a folder.
    fs::remove_file(link).or_else(|error| fs::remove_dir(link).map_err(|_| error)).map_err(FileError::of(link))?;
    removed.push(link.to_owned());
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_go_and_what_they_lead_to_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (out, far) = (folder.path().join("out"), folder.path().join("far"));
        fs::create_dir_all(out.join("tables/a")).unwrap();
        fs::create_dir(&far).unwrap();
        fs::write(far.join("mine.csv"), "mine").unwrap();
        for link in ["workbooks", "tables/a/b", "facts.csv", "notes"] {
            symlink(&far, out.join(link)).unwrap();
        }
        let removed = remove_links(&out, &["facts.csv".to_owned()]).unwrap();
        assert_eq!(removed, ["workbooks", "tables/a/b", "facts.csv"].map(|link| out.join(link)));
        assert!(out.join("notes").exists() && far.join("mine.csv").exists(), "somebody's own link stays");
    }
}
