//! Files of a checkout as texts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Texts of files by their path below the root, with `/` on every system.
pub(crate) type Sources = BTreeMap<String, String>;

/// The checkout whose sources are read.
pub(crate) fn root() -> PathBuf {
    env::var_os("HOUSE_ROOT").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
}

/// Every Rust file below a folder of the root. Folders of build results are left out.
pub(crate) fn rust_files(root: &Path, folder: &str) -> Sources {
    let mut sources = Sources::new();
    let mut folders = vec![root.join(folder)];
    while let Some(next) = folders.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                sources.insert(below(root, &path), text);
            }
        }
    }
    sources
}

fn below(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap().components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
