//! The files that are in a project, and what a page calls them.

use super::project::Project;
use std::collections::BTreeSet;
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
