//! The name of each file in the results: as little of its path as tells it from the others.

use super::input::Input;
use super::name::{path_text, shown};
use crate::remote::{self, Tag};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};
use yusuan_normalize::Given;

/// A file found, before it has its name.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// Number of trailing parts of the path that lie below the root it was found under.
    pub(super) depth: usize,
    pub(super) named: bool,
    pub(super) tag: Option<Tag>,
    pub(super) error: Option<String>,
    pub(super) given: Given,
}

/// Names the files and orders them by name. A file found twice is one input.
pub(super) fn name_all(found: Vec<Found>) -> Vec<Input> {
    let mut files: Vec<Placed> = Vec::new();
    // By their bytes: to compare a hundred thousand paths part by part takes longer than to find them.
    let mut known: BTreeMap<OsString, usize> = BTreeMap::new();
    for file in found {
        let absolute = absolute(&file.path);
        if let Some(&index) = known.get(absolute.as_os_str()) {
            let there = &mut files[index].file;
            there.named |= file.named;
            // A folder finds what a list describes.
            if there.given == Given::default() {
                there.given = file.given;
            }
            continue;
        }
        files.push(Placed { parts: parts(&absolute), place: path_text(&absolute), file });
        known.insert(absolute.into_os_string(), files.len() - 1);
    }
    lengthen_until_unique(&mut files);
    let mut inputs: Vec<Input> = files.into_iter().map(input).collect();
    // Of names that look alike the one that is shown as it is comes first, and keeps its name.
    let is_shown_whole = |input: &Input| input.path.to_str().is_some();
    inputs.sort_by(|a, b| {
        let by_name = a.source.cmp(&b.source).then_with(|| is_shown_whole(b).cmp(&is_shown_whole(a)));
        by_name.then_with(|| a.path.cmp(&b.path))
    });
    number_what_is_still_alike(&mut inputs);
    inputs
}

/// A file with its place.
struct Placed {
    /// The parts of its path from the file system's root, as they are shown.
    parts: Vec<String>,
    place: String,
    file: Found,
}

/// Two files of one name in different folders keep enough parent folders to tell them apart.
fn lengthen_until_unique(files: &mut [Placed]) {
    loop {
        let mut by_source: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, Placed { parts, file, .. }) in files.iter().enumerate() {
            by_source.entry(source(parts, file.depth)).or_default().push(index);
        }
        // Names in one folder that only look alike are not told apart by their folders.
        let differ = |same: &Vec<usize>| same.iter().any(|index| files[*index].parts != files[same[0]].parts);
        let alike: Vec<usize> = by_source.into_values().filter(differ).flatten().collect();
        let mut lengthened = false;
        for index in alike {
            let Placed { parts, file, .. } = &mut files[index];
            if file.depth < parts.len() {
                file.depth += 1;
                lengthened = true;
            }
        }
        if !lengthened {
            return;
        }
    }
}

/// Names that are no UTF-8 may look like others once they are shown; a number then tells them apart.
fn number_what_is_still_alike(inputs: &mut [Input]) {
    let is_alike = |two: &[Input]| matches!(two, [one, other] if one.source == other.source);
    if !inputs.windows(2).any(is_alike) {
        return;
    }
    let mut taken: BTreeSet<String> = inputs.iter().map(|input| input.source.clone()).collect();
    let mut before = String::new();
    for input in &mut *inputs {
        let source = input.source.clone();
        let mut number = 2;
        while source == before && !taken.insert(input.source.clone()) {
            input.source = format!("{source}~{number}");
            number += 1;
        }
        before = source;
    }
    inputs.sort_by(|a, b| a.source.cmp(&b.source));
}

fn input(placed: Placed) -> Input {
    let Placed { parts, place, file: Found { path, depth, named, tag, error, given } } = placed;
    Input { source: source(&parts, depth), place, path, named, tag, error, given }
}

fn source(parts: &[String], depth: usize) -> String {
    parts[parts.len().saturating_sub(depth.max(1))..].join("/")
}

/// The path from the file system's root, `.` and `..` resolved by name; links are left as they are.
pub(super) fn absolute(path: &Path) -> PathBuf {
    if remote::is_address(path) {
        return path.to_owned();
    }
    let mut clean = PathBuf::new();
    for component in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        if component == Component::ParentDir {
            clean.pop();
        } else {
            clean.push(component);
        }
    }
    clean
}

fn parts(absolute: &Path) -> Vec<String> {
    if let Some(address) = remote::address(absolute) {
        return remote::parts(address).iter().map(|part| shown(OsStr::new(part))).collect();
    }
    let normal = absolute.components().filter(|component| matches!(component, Component::Normal(_)));
    normal.map(|component| shown(component.as_os_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, usize)]) -> Vec<String> {
        let found = files.iter().map(|(path, depth)| Found {
            path: PathBuf::from(path),
            depth: *depth,
            named: true,
            tag: None,
            error: None,
            given: Given::default(),
        });
        name_all(found.collect()).into_iter().map(|input| input.source).collect()
    }

    #[test]
    fn a_file_keeps_what_lies_below_its_root() {
        assert_eq!(sources(&[("/data/2024/b.pdf", 2), ("/data/a.pdf", 1)]), ["2024/b.pdf", "a.pdf"]);
    }

    #[test]
    fn equal_names_keep_the_folders_that_tell_them_apart() {
        assert_eq!(sources(&[("/x/2023/a.pdf", 1), ("/x/2024/a.pdf", 1)]), ["2023/a.pdf", "2024/a.pdf"]);
        assert_eq!(sources(&[("/x/s/a.pdf", 1), ("/y/s/a.pdf", 1)]), ["x/s/a.pdf", "y/s/a.pdf"]);
        assert_eq!(sources(&[("/a.pdf", 1), ("/y/a.pdf", 1)]), ["a.pdf", "y/a.pdf"]);
    }

    #[test]
    fn the_same_file_named_twice_is_one_input() {
        assert_eq!(sources(&[("/x/a.pdf", 1), ("/x/./y/../a.pdf", 1)]), ["a.pdf"]);
    }

    #[test]
    #[cfg(unix)]
    fn names_that_look_alike_are_each_a_file_and_change_no_other_name() {
        use std::os::unix::ffi::OsStrExt;
        let names = [b"\xb2\xc6\xd5\xfe.pdf".as_slice(), "财政.pdf".as_bytes(), b"\xff.pdf", b"\\xFF.pdf"];
        let found = names.iter().map(|name| Found {
            path: Path::new("/in").join(std::ffi::OsStr::from_bytes(name)),
            depth: 1,
            named: false,
            tag: None,
            error: None,
            given: Given::default(),
        });
        let inputs = name_all(found.collect());
        let shown: Vec<(&str, bool)> =
            inputs.iter().map(|input| (input.source.as_str(), input.path.to_str().is_some())).collect();
        assert_eq!(shown, [("\\xFF.pdf", true), ("\\xFF.pdf~2", false), ("财政.pdf", true), ("财政.pdf~2", false)]);
    }

    #[test]
    fn the_order_of_the_arguments_does_not_matter() {
        let one = sources(&[("/x/1/a.pdf", 1), ("/x/2/a.pdf", 1), ("/x/b.pdf", 1)]);
        assert_eq!(one, sources(&[("/x/b.pdf", 1), ("/x/2/a.pdf", 1), ("/x/1/a.pdf", 1)]));
    }
}
