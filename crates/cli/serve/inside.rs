//! The files that are in a project, and what a page calls them.

use super::label;
use super::project::Project;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};
use walkdir::WalkDir;
use yusuan_export::sha256_hex;

/// What a page calls a file: it never says a name.
pub(super) fn id_of(source: &str) -> String {
    sha256_hex(source.as_bytes()).chars().take(16).collect()
}

/// The names of the files that were put in.
pub(super) fn files(project: &Project) -> BTreeSet<String> {
    let Some(inputs) = &project.inputs else { return BTreeSet::new() };
    let is_seen =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(inputs).into_iter().filter_entry(is_seen).filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named = |entry: walkdir::DirEntry| {
        let below = entry.path().strip_prefix(inputs).ok()?;
        Some(below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"))
    };
    files.filter_map(named).collect()
}

/// A place for a file in folders below a root, made where they are not there: a folder whose name a file has, or a link that may
/// lead elsewhere, gets a number, and so does the file. Nothing is replaced.
pub(super) fn free_place(root: &Path, folders: &[&str], name: &str) -> io::Result<PathBuf> {
    let mut at = root.to_owned();
    fs::create_dir_all(&at)?;
    for folder in folders {
        let stands = |path: &PathBuf| fs::symlink_metadata(path).ok().map(|metadata| metadata.is_dir());
        at = names(folder).map(|name| at.join(name)).find(|path| stands(path) != Some(false)).unwrap_or_default();
        if stands(&at).is_none() {
            fs::create_dir(&at)?;
        }
    }
    let free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
    Ok(names(name).map(|name| at.join(name)).find(free).unwrap_or_default())
}

/// What a file below a folder holds; one that a link leads to elsewhere is none. A folder of results may come from anybody.
pub(super) fn read_below(root: &Path, file: &Path) -> io::Result<Vec<u8>> {
    let (root, file) = (root.canonicalize()?, file.canonicalize()?);
    if file.starts_with(root) { fs::read(file) } else { Err(io::ErrorKind::NotFound.into()) }
}

/// A name, then the same with numbers.
fn names(name: &str) -> impl Iterator<Item = String> {
    std::iter::once(name.to_owned()).chain((2..).map(|number| label::numbered(name, number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_replaces_nothing_and_follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("inputs");
        fs::create_dir_all(root.join("b")).unwrap();
        fs::write(root.join("a"), "").unwrap();
        fs::write(root.join("b/c.pdf"), "").unwrap();
        let place = |folders: &[&str], name: &str| free_place(&root, folders, name).unwrap();
        assert_eq!(place(&["a"], "c.pdf"), root.join("a (2)/c.pdf"));
        assert_eq!(place(&["a"], "d.pdf"), root.join("a (2)/d.pdf"));
        assert_eq!(place(&["b"], "c.pdf"), root.join("b/c (2).pdf"));
        assert_eq!(place(&[], "b"), root.join("b (2)"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path(), root.join("link")).unwrap();
            assert_eq!(place(&["link"], "c.pdf"), root.join("link (2)/c.pdf"));
            fs::write(folder.path().join("secret"), "s").unwrap();
            assert!(
                read_below(&root, &root.join("link/secret")).is_err()
                    && read_below(&root, &root.join("../secret")).is_err()
            );
            assert!(read_below(&root.join("link"), &root.join("link/secret")).is_ok());
            assert_eq!(read_below(&root, &root.join("b/c.pdf")).unwrap(), b"");
        }
    }
}
