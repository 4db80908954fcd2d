//! The search for files: folders are walked, patterns expanded, lists read.

use super::file::refusal;
use super::input::Input;
use super::list::{self, Listed};
use super::name::path_text;
use super::naming::{Found, absolute, name_all};
use crate::language::kept;
use crate::remote::{self, Failure, Object};
use globset::{GlobBuilder, GlobMatcher};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{BufRead, Error};
use std::path::{Component, Path, PathBuf};
use walkdir::{DirEntry, WalkDir};
use yusuan_normalize::Given;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Search {
    /// The files, ordered by source.
    pub(crate) inputs: Vec<Input>,
    /// Folders left out because an earlier run wrote them.
    pub(crate) outputs_skipped: Vec<PathBuf>,
    /// The folders that were walked.
    pub(crate) roots: Vec<Root>,
    /// Whether files were named one by one, on the command line or in a list.
    pub(crate) has_named: bool,
    /// Lines of lists that could not be used.
    pub(crate) problems: Vec<String>,
    /// Whether there was more than was to be looked at.
    pub(crate) is_cut: bool,
}

/// How far folders are walked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    /// Whether links to folders are followed; where they are not, each is an error.
    pub(crate) follows_links: bool,
    /// Entries that are looked at.
    pub(crate) most: usize,
}

impl Default for Reach {
    fn default() -> Self {
        Self { follows_links: true, most: usize::MAX }
    }
}

/// A folder that was walked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Root {
    /// Where it is from the file system's root, as a text.
    pub(crate) place: String,
    /// The device that it is on, where the system tells.
    pub(crate) device: Option<u64>,
    /// Files found below it.
    pub(crate) files: usize,
    /// A folder at or below it that can't be read.
    pub(crate) unreadable: Option<PathBuf>,
}

/// Finds the files that `paths` mean, with those that lists in files name; `-` stands for a list on `stdin`. Results below
/// `out` are never taken for inputs.
pub(crate) fn find(
    paths: &[PathBuf],
    listed_files: &[Listed],
    out: Option<&Path>,
    stdin: impl BufRead,
    reach: Reach,
) -> std::io::Result<Search> {
    let mut finder = Finder { out: out.and_then(|out| out.canonicalize().ok()), reach, ..Finder::default() };
    for file in listed_files {
        finder.add_listed(file);
    }
    let mut list = Some(stdin);
    for path in paths {
        if path.as_os_str() != "-" {
            finder.add(path);
        } else if let Some(lines) = list.take() {
            for line in list::lines(lines)? {
                finder.add(&line);
            }
        }
    }
    let Finder { found, skipped, roots, has_named, seen, .. } = finder;
    let (inputs, is_cut) = (name_all(found), seen > reach.most);
    Ok(Search { inputs, outputs_skipped: skipped, roots, has_named, problems: Vec::new(), is_cut })
}

#[derive(Default)]
struct Finder {
    out: Option<PathBuf>,
    reach: Reach,
    seen: usize,
    found: Vec<Found>,
    skipped: Vec<PathBuf>,
    roots: Vec<Root>,
    has_named: bool,
}

impl Finder {
    /// A file of a list keeps the path that the list gives it as its name: a name that depended on the other files of the
    /// night would make the same file a new one when they change.
    fn add_listed(&mut self, file: &Listed) {
        let is_here = !remote::is_address(&file.path);
        let error = is_here.then(|| std::fs::metadata(&file.path).err().map(|error| refusal(&error))).flatten();
        let (path, depth) = (file.path.clone(), file.depth);
        self.has_named = true;
        self.found.push(Found { path, depth, named: true, tag: None, error, given: file.given.clone() });
    }

    fn add(&mut self, path: &Path) {
        if let Some(address) = remote::address(path) {
            return self.add_address(address);
        }
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.walk(path, None),
            Ok(_) => {
                self.has_named = true;
                self.found.push(named(path, None));
            }
            Err(error) => self.add_pattern(path, &error),
        }
    }

    /// A web address is one file; one of object storage is a folder, or one object.
    fn add_address(&mut self, address: &str) {
        if remote::is_web(address) {
            self.has_named = true;
            return self.found.push(named(Path::new(address), None));
        }
        let root = address.trim_end_matches('/');
        let (listed, error) = match remote::list(root) {
            Ok(listed) if listed.is_empty() => (listed, Some(kept::nothing_there(root))),
            Ok(listed) => (listed, None),
            Err(Failure::Words(words)) => (Vec::new(), Some(words)),
            Err(failure) => (Vec::new(), Some(failure.to_string())),
        };
        if let [Object { name, tag }] = listed.as_slice()
            && name.is_empty()
        {
            self.has_named = true;
            let tag = Some(tag.clone());
            return self.found.push(Found { tag, ..named(Path::new(root), None) });
        }
        let place = PathBuf::from(root);
        let unreadable = error.is_some().then(|| place.clone());
        let files = self.add_objects(root, listed);
        self.roots.push(Root { place: root.to_owned(), device: None, files, unreadable });
        if error.is_some() {
            self.found.push(named(&place, error));
        }
    }

    /// What would be taken of a folder on the disk with the same files; gives how many those are.
    fn add_objects(&mut self, root: &str, listed: Vec<Object>) -> usize {
        let is_hidden = |name: &str| name.split('/').any(|part| is_hidden(OsStr::new(part)));
        let state = format!("{}/", yusuan_export::STATE_FOLDER);
        let below_state =
            |name: &str| name.find(&state).filter(|at| name[..*at].is_empty() || name[..*at].ends_with('/'));
        let outputs: BTreeSet<String> =
            listed.iter().filter_map(|one| Some(one.name[..below_state(&one.name)?].to_owned())).collect();
        self.skipped.extend(outputs.iter().map(|output| PathBuf::from(remote::below(root, output))));
        let is_output = |name: &str| {
            let ends = name.match_indices('/').map(|(at, _)| &name[..=at]);
            std::iter::once("").chain(ends).any(|folder| outputs.contains(folder))
        };
        let before = self.found.len();
        for Object { name, tag } in listed {
            if is_hidden(&name) || is_output(&name) {
                continue;
            }
            let depth = name.split('/').filter(|part| !part.is_empty()).count();
            let path = PathBuf::from(remote::below(root, &name));
            let (tag, given) = (Some(tag), Given::default());
            self.found.push(Found { path, depth, named: false, tag, error: None, given });
        }
        self.found.len() - before
    }

    /// A path that doesn't exist may be a pattern that the shell left alone.
    fn add_pattern(&mut self, path: &Path, error: &Error) {
        let before = self.found.len();
        if let Some((root, matcher)) = pattern(path) {
            self.walk(&root, Some(&matcher));
        }
        if self.found.len() == before {
            let is_pattern = pattern(path).is_some();
            let error = if is_pattern { kept::no_match() } else { refusal(error) };
            self.found.push(named(path, Some(error)));
        }
    }

    fn walk(&mut self, root: &Path, matcher: Option<&GlobMatcher>) {
        let before = self.found.len();
        self.roots.push(Root { place: path_text(&absolute(root)), device: device(root), ..Root::default() });
        let mut walk = WalkDir::new(root).follow_links(self.reach.follows_links).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            self.seen += 1;
            if self.seen > self.reach.most {
                break;
            }
            match entry {
                Ok(entry) if entry.depth() > 0 && is_hidden(entry.file_name()) => leave_out(&mut walk, &entry),
                Ok(entry) if entry.file_type().is_dir() && self.is_output(&entry) => {
                    self.skipped.push(entry.path().to_owned());
                    walk.skip_current_dir();
                }
                Ok(entry) if entry.file_type().is_file() => self.add_entry(&entry, matcher),
                Ok(entry) if entry.path_is_symlink() => self.add_link(&entry, matcher),
                Ok(_) => {}
                Err(error) => self.add_unreadable(root, &error),
            }
        }
        let files = self.found.iter().skip(before).filter(|found| found.error.is_none()).count();
        if let Some(this) = self.roots.last_mut() {
            this.files = files;
        }
    }

    fn add_entry(&mut self, entry: &DirEntry, matcher: Option<&GlobMatcher>) {
        if matcher.is_none_or(|matcher| matcher.is_match(without_dot(entry.path()))) {
            let path = entry.path().to_owned();
            self.found.push(Found {
                path,
                depth: entry.depth(),
                named: false,
                tag: None,
                error: None,
                given: Given::default(),
            });
        }
    }

    /// A link that is not followed: what it leads to is meant where that is a file.
    fn add_link(&mut self, entry: &DirEntry, matcher: Option<&GlobMatcher>) {
        match std::fs::metadata(entry.path()) {
            Ok(metadata) if metadata.is_file() => self.add_entry(entry, matcher),
            Ok(metadata) if metadata.is_dir() => {
                let (path, error) = (entry.path().to_owned(), Some(kept::not_a_plain_file()));
                self.found.push(Found {
                    path,
                    depth: entry.depth(),
                    named: false,
                    tag: None,
                    error,
                    given: Given::default(),
                });
            }
            _ => {}
        }
    }

    /// A folder without permission must not pass for an empty one. A link back to a folder above loses nothing.
    fn add_unreadable(&mut self, root: &Path, error: &walkdir::Error) {
        if error.loop_ancestor().is_some() {
            return;
        }
        let why = error.io_error().map_or_else(|| error.to_string(), refusal);
        let path = error.path().unwrap_or(root).to_owned();
        let depth = error.depth().max(1);
        if let Some(this) = self.roots.last_mut() {
            this.unreadable = Some(path.clone());
        }
        self.found.push(Found { path, depth, named: false, tag: None, error: Some(why), given: Given::default() });
    }

    /// Whether the folder holds results: of this run, or of another one somewhere below the inputs.
    fn is_output(&self, entry: &DirEntry) -> bool {
        let this = self.out.as_deref().is_some_and(|out| entry.path().canonicalize().is_ok_and(|path| path == out));
        this || yusuan_export::is_output_folder(entry.path())
    }
}

#[cfg(unix)]
fn device(folder: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(folder).ok().map(|metadata| metadata.dev())
}

#[cfg(not(unix))]
fn device(_folder: &Path) -> Option<u64> {
    None
}

fn leave_out(walk: &mut walkdir::IntoIter, entry: &DirEntry) {
    if entry.file_type().is_dir() {
        walk.skip_current_dir();
    }
}

/// Hidden files, and the lock files that office programs leave beside an open document.
fn is_hidden(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.starts_with(b"~$")
}

fn named(path: &Path, error: Option<String>) -> Found {
    Found { path: path.to_owned(), depth: 1, named: true, tag: None, error, given: Given::default() }
}

/// The folder to walk and what to look for below it, if the path has wildcards.
fn pattern(path: &Path) -> Option<(PathBuf, GlobMatcher)> {
    let text = path.to_str()?;
    let wild = |part: &Component<'_>| part.as_os_str().to_str().is_some_and(|part| part.contains(['*', '?', '[', '{']));
    if !text.contains(['*', '?', '[', '{']) {
        return None;
    }
    let root: PathBuf = path.components().take_while(|part| !wild(part)).collect();
    let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
    let whole = without_dot(path).to_str()?.to_owned();
    let glob = GlobBuilder::new(&whole).literal_separator(true).build().ok()?;
    Some((root, glob.compile_matcher()))
}

fn without_dot(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn tree() -> tempfile::TempDir {
        let folder = tempfile::Builder::new().prefix("inputs").tempdir().unwrap();
        let files = ["b.pdf", "a/x.xlsx", "a/y.pdf", ".hidden/z.pdf", "~$b.xlsx", ".b.pdf", "a/deep/w.pdf"];
        for name in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        folder
    }

    fn sources(paths: &[PathBuf], out: Option<&Path>, list: &str) -> Vec<String> {
        find(paths, &[], out, list.as_bytes(), Reach::default())
            .unwrap()
            .inputs
            .into_iter()
            .map(|input| input.source)
            .collect()
    }

    #[test]
    fn folders_are_walked_without_hidden_and_lock_files() {
        let folder = tree();
        let all = sources(&[folder.path().to_owned()], None, "");
        assert_eq!(all, ["a/deep/w.pdf", "a/x.xlsx", "a/y.pdf", "b.pdf"]);
    }

    #[test]
    fn patterns_are_expanded_below_their_plain_part() {
        let folder = tree();
        assert_eq!(sources(&[folder.path().join("*/*.pdf")], None, ""), ["a/y.pdf"]);
        assert_eq!(sources(&[folder.path().join("**/*.pdf")], None, ""), ["a/deep/w.pdf", "a/y.pdf", "b.pdf"]);
    }

    #[test]
    fn a_list_may_come_from_windows() {
        let folder = tree();
        let list = format!("\u{feff}{0}/b.pdf\r\n\r\n{0}/a/x.xlsx\r\n", folder.path().display());
        assert_eq!(sources(&[PathBuf::from("-")], None, &list), ["b.pdf", "x.xlsx"]);
    }

    #[test]
    #[cfg(unix)]
    fn a_reach_ends_at_links_to_folders_and_at_a_number() {
        let folder = tree();
        std::os::unix::fs::symlink("/", folder.path().join("root")).unwrap();
        let within = |most| {
            let reach = Reach { follows_links: false, most };
            find(&[folder.path().to_owned()], &[], None, std::io::empty(), reach).unwrap()
        };
        let all = within(100);
        let refused: Vec<&Input> = all.inputs.iter().filter(|input| input.error.is_some()).collect();
        assert!(!all.is_cut && refused.len() == 1 && refused[0].path.ends_with("root"), "{refused:?}");
        assert!(within(2).is_cut);
    }

    #[test]
    fn what_is_not_there_is_said() {
        let folder = tree();
        for (name, words) in [("none.pdf", "找不到"), ("*.docx", "没有符合")] {
            let search = find(&[folder.path().join(name)], &[], None, std::io::empty(), Reach::default()).unwrap();
            assert_eq!(search.inputs.len(), 1);
            assert!(search.inputs[0].error.as_ref().unwrap().contains(words), "{search:?}");
        }
    }

    #[test]
    fn folders_that_were_walked_are_told() {
        let folder = tree();
        let search = find(&[folder.path().to_owned()], &[], None, std::io::empty(), Reach::default()).unwrap();
        assert_eq!(search.roots.iter().map(|root| root.files).collect::<Vec<_>>(), [4]);
        assert!(!search.has_named && search.roots[0].unreadable.is_none());
        let search = find(&[folder.path().join("b.pdf")], &[], None, std::io::empty(), Reach::default()).unwrap();
        assert!(search.has_named && search.roots.is_empty());
    }

    #[test]
    fn results_are_never_inputs() {
        let folder = tree();
        let out = folder.path().join("a");
        let elsewhere = folder.path().join("old");
        fs::create_dir_all(elsewhere.join(".yusuan")).unwrap();
        fs::write(elsewhere.join("x.xlsx"), "x").unwrap();
        let search = find(&[folder.path().to_owned()], &[], Some(&out), std::io::empty(), Reach::default()).unwrap();
        assert_eq!(search.inputs.iter().map(|input| &input.source).collect::<Vec<_>>(), ["b.pdf"]);
        assert_eq!(search.outputs_skipped.len(), 2);
    }
}
