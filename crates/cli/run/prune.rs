//! May the results of files that were not found be removed? Out of reach is not gone: a disk that is not mounted and a folder
//! without permission look like an empty one.

use super::before::Before;
use super::planned::Planned;
use super::target::Prune;
use crate::inputs::{Root, Search, path_of};
use crate::language::said;
use crate::store::Entry;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// More than one of so many files gone at once is an accident until somebody says otherwise.
const MOST_GONE: usize = 3;

/// Why nothing is removed, in words for the user; `None` where it may be.
pub(super) fn refusal(prune: Prune, planned: &[Planned], before: &Before, search: &Search) -> Option<String> {
    if prune == Prune::Force {
        return None;
    }
    let found: BTreeSet<&str> = planned.iter().map(|one| one.entry.source.as_str()).collect();
    // What never had any content stands for nothing that could be lost.
    let was_read = |entry: &&Entry| entry.content.is_some();
    let known = before.entries.values().filter(was_read);
    // A file that was found under another name did not vanish.
    let place = |entry: &Entry| (entry.path.clone(), entry.member.clone());
    let read = planned.iter().filter(|one| one.entry.content.is_some());
    let places: BTreeSet<(String, String)> = read.map(|one| place(&one.entry)).collect();
    let is_gone = |entry: &&Entry| !found.contains(entry.source.as_str()) && !places.contains(&place(entry));
    let gone: Vec<&Entry> = known.clone().filter(is_gone).collect();
    if gone.is_empty() {
        return None;
    }
    let why = unreadable(&gone, planned, search).or_else(|| other_device(before, search)).or_else(|| empty(&gone));
    let why = why.or_else(|| elsewhere(&gone, search)).or_else(|| many(gone.len(), known.count()));
    why.map(said::not_pruned)
}

/// A folder that can't be read now may hold what was not found, and so may an archive of which something can't be read.
fn unreadable(gone: &[&Entry], planned: &[Planned], search: &Search) -> Option<String> {
    let folder = search.roots.iter().find_map(|root| root.unreadable.clone());
    let lost = || {
        let lost = planned.iter().filter(|one| one.entry.content.is_none() && !one.kept);
        let lost: BTreeSet<&str> = lost.map(|one| one.entry.path.as_str()).collect();
        gone.iter().find(|entry| lost.contains(entry.path.as_str())).map(|entry| path_of(&entry.path))
    };
    folder.or_else(lost).map(|path| said::out_of_reach(path.display()))
}

fn other_device(before: &Before, search: &Search) -> Option<String> {
    let moved = |root: &&Root| {
        let earlier = before.roots.get(&root.place);
        earlier.is_some() && root.device.is_some() && earlier != root.device.as_ref()
    };
    let moved = search.roots.iter().find(moved)?;
    Some(said::other_device(path_of(&moved.place).display()))
}

/// A folder that is there and holds nothing, where files were: the place of a disk that is not mounted.
fn empty(gone: &[&Entry]) -> Option<String> {
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    for entry in gone {
        let path = path_of(&entry.path);
        for folder in path.ancestors().skip(1) {
            // What stands above a folder that was looked at was looked at with it.
            if !seen.insert(folder.to_owned()) {
                break;
            }
            if let Ok(mut entries) = std::fs::read_dir(folder) {
                if entries.next().is_none() {
                    return Some(said::now_empty(folder.display()));
                }
                break;
            }
        }
    }
    None
}

/// Files outside the folders that were walked, where no list says which ones there are.
fn elsewhere(gone: &[&Entry], search: &Search) -> Option<String> {
    if search.has_named {
        return None;
    }
    let roots: Vec<PathBuf> = search.roots.iter().map(|root| path_of(&root.place)).collect();
    let is_below = |path: &Path| roots.iter().any(|root| path.starts_with(root));
    let outside = gone.iter().map(|entry| path_of(&entry.path)).find(|path| !is_below(path))?;
    Some(said::outside(outside.display()))
}

fn many(gone: usize, known: usize) -> Option<String> {
    (gone * MOST_GONE > known).then(|| said::too_many_gone(gone, known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::Fingerprint;

    /// Ten files below /in that were known, of which those numbered were found again.
    fn night(found: std::ops::Range<usize>) -> (Vec<Planned>, Before) {
        let entry = |number: usize| Entry {
            source: format!("{number}.pdf"),
            path: format!("/nowhere/in/{number}.pdf"),
            content: Some(Fingerprint::of(&[number as u8])),
            ..Entry::default()
        };
        let planned = found.map(|number| Planned { entry: entry(number), ..Planned::default() });
        let mut before = Before::default();
        before.entries = (0..10).map(|number| (format!("{number}.pdf"), entry(number))).collect();
        (planned.collect(), before)
    }

    fn walked(device: u64) -> Search {
        let root = Root { place: "/nowhere/in".to_owned(), device: Some(device), files: 9, unreadable: None };
        Search { roots: vec![root], ..Search::default() }
    }

    fn why(planned: &[Planned], before: &Before, search: &Search) -> String {
        refusal(Prune::Gone, planned, before, search).unwrap_or_default()
    }

    #[test]
    fn what_a_complete_walk_shows_to_be_gone_is_removed() {
        let (planned, before) = night(3..10);
        assert_eq!(why(&planned, &before, &walked(1)), "");
        let (planned, before) = night(4..10);
        assert!(why(&planned, &before, &walked(1)).contains("10 个文件中有 4 个不见了"));
        assert_eq!(refusal(Prune::Force, &planned, &before, &walked(1)), None);
    }

    #[test]
    fn another_device_another_folder_and_what_cannot_be_read_remove_nothing() {
        let (mut planned, mut before) = night(1..10);
        before.roots.insert("/nowhere/in".to_owned(), 1);
        assert_eq!(why(&planned, &before, &walked(1)), "");
        assert!(why(&planned, &before, &walked(2)).contains("不在同一个设备上"));
        let elsewhere =
            Search { roots: vec![Root { place: "/other".to_owned(), ..Root::default() }], ..Search::default() };
        assert!(why(&planned, &before, &elsewhere).contains("不在这次查找的文件夹里"));
        let mut unreadable = walked(1);
        unreadable.roots[0].unreadable = Some("/nowhere/in/x".into());
        assert!(why(&planned, &before, &unreadable).contains("/nowhere/in/x 无法读取"));
        // An archive that can't be read now, and a file in it that is not found therefore.
        planned[0].entry.content = None;
        assert_eq!(why(&planned, &before, &walked(1)), "", "a file of its own says nothing of others");
        planned[0].entry.path = "/nowhere/in/0.pdf".to_owned();
        assert!(why(&planned, &before, &walked(1)).contains("0.pdf 无法读取"));
    }
}
