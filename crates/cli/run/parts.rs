//! `--layout parts`: the datasets as many small Parquet files that never change, so that a night with a hundred new
//! documents costs a hundred documents and not the archive.
//!
//! ```text
//! OUT/facts/2024/41/b-0123456789abcdef.parquet    year, province (GB/T 2260), bucket and content
//! OUT/parts.json                                  which files are current
//! ```
//!
//! Which documents share a file depends on the documents alone: year, province and the first digits of their source's hash,
//! as many as it takes that no file holds too many. The same documents therefore give the same files, in whatever order they
//! came over the nights, and a new document costs its file alone however large the archive is.

use super::before::Before;
use super::explain::explain;
use super::finish;
use super::heal;
use super::planned::Planned;
use super::shared::Run;
use super::write::remove_unfinished;
use crate::language::said;
use crate::store::{Key, Look, PROGRAM, Seal, Seals, StoreError, folder, is_trusted};
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use yusuan_export::{DatasetWriter, replace_file, sha256_hex};

/// Where documents stand of which year or province is not known.
const UNKNOWN: &str = "unknown";

/// Most documents that share a file: what one new document makes the run write again.
const MOST_SHARED: usize = 128;

/// Documents that share their files.
struct Group {
    /// `2024/41`
    folder: String,
    /// `b-0123456789abcdef.parquet`
    name: String,
    members: Vec<usize>,
}

/// The files of a group as they stand.
struct Written {
    files: Vec<String>,
    /// Whether they were written in this run.
    is_new: bool,
    /// Whether every document's result went into them.
    is_whole: bool,
}

/// The files of each dataset that are current, as `parts.json` lists them.
type Current = BTreeMap<String, Vec<String>>;

/// Writes what is not there yet, then says which files are current, then removes those that were not even current before:
/// whoever reads the list of the night before can finish.
pub(super) fn all(run: &Run<'_>, planned: &mut [Planned], before: &Before) -> Result<()> {
    remove_unfinished(run.out, false);
    let groups = groups(planned);
    let (earlier, seals) = (read(run.out), Seals::read(run.out));
    run.reporter.begin_writing(groups.len());
    let shared: &[Planned] = planned;
    let written = groups.par_iter().map(|group| {
        run.interrupt.check()?;
        let files = write(run, shared, group, (&earlier, &seals));
        run.reporter.written();
        files
    });
    let written: Vec<Written> = written.collect::<Result<_>>()?;
    let seals = sealed(run, &written, &seals);
    let files: Vec<String> = written.into_iter().flat_map(|group| group.files).collect();
    run.reporter.end_writing();
    let mut current = Current::new();
    for file in files {
        let dataset = file.split('/').next().unwrap_or_default().to_owned();
        current.entry(dataset).or_default().push(file);
    }
    for files in current.values_mut() {
        files.sort();
    }
    let text = serde_json::to_string_pretty(&current)? + "\n";
    replace_file(&run.out.join("parts.json"), text.as_bytes()).map_err(StoreError::from)?;
    seals.write(run.out)?;
    finish::manifest(run, planned, before)?;
    remove_old(run.out, &[&earlier, &current])
}

/// The seals of all current files. A file that misses a document's result gets none, so that it is written again.
fn sealed(run: &Run<'_>, written: &[Written], before: &Seals) -> Seals {
    let whole = written.par_iter().filter(|group| group.is_whole);
    let seal = |(file, is_new): (&String, bool)| {
        let known = before.0.get(file).filter(|_| !is_new);
        let known = known.map(|seal| match seal.look(run.out, &[run.out.join(file)], false) {
            Look::Moved(seal) => seal,
            Look::Same | Look::Changed => seal.clone(),
        });
        (file.clone(), known.unwrap_or_else(|| Seal::of(run.out, &[run.out.join(file)])))
    };
    let files = whole.flat_map_iter(|group| group.files.iter().map(|file| (file, group.is_new)));
    Seals(files.map(seal).collect())
}

fn groups(planned: &[Planned]) -> Vec<Group> {
    let placed = planned.par_iter().map(|one| (place_of(one), sha256_hex(one.entry.source.as_bytes())));
    let placed: Vec<(String, String)> = placed.collect();
    let mut folders: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for (index, (folder, hash)) in placed.iter().enumerate() {
        folders.entry(folder).or_default().push((hash, index));
    }
    let mut buckets = Vec::new();
    for (folder, members) in folders {
        let mut parts = Vec::new();
        split(members, 1, &mut parts);
        buckets.extend(parts.into_iter().map(|(bucket, members)| (folder.to_owned(), bucket, members)));
    }
    let group = |(folder, bucket, members): (String, String, Vec<usize>)| {
        let of: Vec<String> = members.iter().filter_map(|index| planned.get(*index)).map(made_from).collect();
        let mut parts = vec!["part", PROGRAM];
        parts.extend(of.iter().map(String::as_str));
        let hash: String = Key::of(&parts).as_str().chars().take(16).collect();
        Group { folder, name: format!("{bucket}-{hash}.parquet"), members }
    };
    buckets.into_par_iter().map(group).collect()
}

/// Parts the documents of a folder by the first `digits` digits of their hash, and by one more where there are too many.
fn split(members: Vec<(&str, usize)>, digits: usize, parts: &mut Vec<(String, Vec<usize>)>) {
    let mut buckets: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for (hash, index) in members {
        buckets.entry(hash.get(..digits).unwrap_or(hash)).or_default().push((hash, index));
    }
    for (bucket, members) in buckets {
        // A hash has 64 digits, and no two sources have the same.
        if members.len() > MOST_SHARED && digits < 64 {
            split(members, digits + 1, parts);
        } else {
            let mut members: Vec<usize> = members.into_iter().map(|(_, index)| index).collect();
            members.sort_unstable();
            parts.push((bucket.to_owned(), members));
        }
    }
}

/// Year and province, where the document says them.
fn place_of(one: &Planned) -> String {
    let card = one.entry.card();
    let identity = card.identity.as_ref();
    let year = identity.and_then(|identity| identity.year).map(|year| year.to_string());
    let province = identity.and_then(|identity| identity.region_code.get(..2)).map(ToOwned::to_owned);
    format!("{}/{}", year.as_deref().unwrap_or(UNKNOWN), province.as_deref().unwrap_or(UNKNOWN))
}

/// Everything that decides the rows of a document.
fn made_from(one: &Planned) -> String {
    let entry = &one.entry;
    let result = match (&entry.record, entry.result()) {
        (None, Some(key)) => key.as_str().to_owned(),
        _ => serde_json::to_string(&entry.record).unwrap_or_default(),
    };
    let card = entry.card();
    let (id, name) = card.identity.as_ref().map_or(("", ""), |i| (i.body_id.as_str(), i.body.as_str()));
    let rivals = serde_json::to_string(&entry.rivals).unwrap_or_default();
    let beside = [&entry.url, id, name, &entry.superseded_by, rivals.as_str()].join("\n");
    format!("{}\n{beside}\n{result}", entry.source)
}

/// The files of a group, written where they are not there.
fn write(run: &Run<'_>, planned: &[Planned], group: &Group, (earlier, seals): (&Current, &Seals)) -> Result<Written> {
    let ends = format!("/{}/{}", group.folder, group.name);
    let known: Vec<String> = earlier
        .values()
        .flatten()
        .filter(|file| file.ends_with(&ends) && is_sound(run, seals, file))
        .cloned()
        .collect();
    if !earlier.is_empty() && known.len() == earlier.len() {
        return Ok(Written { files: known, is_new: false, is_whole: true });
    }
    let making = folder(run.out).join("making").join(group.folder.replace('/', "-")).join(&group.name);
    let mut writer = DatasetWriter::begin_parts(&making).map_err(|error| explain(&error))?;
    for one in group.members.iter().filter_map(|index| planned.get(*index)) {
        writer.append(&heal::load(run, one)?).map_err(|error| explain(&error))?;
    }
    writer.finish().map_err(|error| explain(&error))?;
    let files = move_all(run.out, &making, &ends)?;
    fs::remove_dir_all(&making).with_context(|| said::not_removable(making.display()))?;
    let lost = run.lost.lock().unwrap_or_else(PoisonError::into_inner);
    let mut members = group.members.iter().filter_map(|index| planned.get(*index));
    let is_whole = members.all(|one| !lost.contains_key(&one.entry.source));
    Ok(Written { files, is_new: true, is_whole })
}

/// Whether a part is what was written. One that is elsewhere is not looked at: only runs write there.
fn is_sound(run: &Run<'_>, seals: &Seals, file: &str) -> bool {
    match run.away {
        Some(_) => is_trusted(run.away.as_ref(), seals, file),
        None => seals.look(run.out, file, run.rehash) != Look::Changed,
    }
}

/// Moves each finished dataset file to its place.
fn move_all(out: &Path, making: &Path, ends: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(making).with_context(|| said::not_readable(making.display()))? {
        let path = entry?.path();
        let (Some(dataset), Some("parquet")) = (path.file_stem(), path.extension().and_then(|e| e.to_str())) else {
            continue;
        };
        let file = format!("{}{ends}", dataset.to_string_lossy());
        let target = out.join(&file);
        let folder = target.parent().unwrap_or(out);
        fs::create_dir_all(folder).with_context(|| said::not_writable(folder.display()))?;
        fs::rename(&path, &target).with_context(|| said::not_writable(target.display()))?;
        files.push(file);
    }
    Ok(files)
}

/// The list of the run before; none where it can't be read, and then everything is written again.
fn read(out: &Path) -> Current {
    let text = fs::read(out.join("parts.json")).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

/// Removes the Parquet files below the datasets' folders that neither list names, and what killed runs left.
fn remove_old(out: &Path, lists: &[&Current]) -> Result<()> {
    let kept: BTreeSet<&String> = lists.iter().flat_map(|list| list.values().flatten()).collect();
    let datasets: BTreeSet<&String> = lists.iter().flat_map(|list| list.keys()).collect();
    for dataset in datasets {
        for entry in walkdir::WalkDir::new(out.join(dataset)).into_iter().filter_map(Result::ok) {
            let file = entry.path().strip_prefix(out).ok().map(|path| path.to_string_lossy().replace('\\', "/"));
            let is_old = file.as_ref().is_some_and(|file| !kept.contains(file));
            if entry.file_type().is_file() && entry.path().extension().is_some_and(|e| e == "parquet") && is_old {
                fs::remove_file(entry.path()).with_context(|| said::not_removable(entry.path().display()))?;
            }
        }
    }
    let making: PathBuf = folder(out).join("making");
    match fs::remove_dir_all(&making) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| said::not_removable(making.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_buckets_are_parted_whatever_the_order() {
        let hashes: Vec<String> = (0..1_000_u32).map(|n| sha256_hex(&n.to_le_bytes())).collect();
        let members: Vec<(&str, usize)> = hashes.iter().map(String::as_str).zip(0..).collect();
        let (mut one, mut other) = (Vec::new(), Vec::new());
        split(members.clone(), 1, &mut one);
        split(members.into_iter().rev().collect(), 1, &mut other);
        assert_eq!(one, other);
        assert_eq!(one.iter().map(|(_, members)| members.len()).sum::<usize>(), 1_000);
        assert!(one.iter().all(|(_, members)| members.len() <= MOST_SHARED && members.is_sorted()));
        let few = vec![("ab", 1), ("cd", 0), ("ae", 2)];
        let mut parts = Vec::new();
        split(few, 1, &mut parts);
        assert_eq!(parts, [("a".to_owned(), vec![1, 2]), ("c".to_owned(), vec![0])]);
    }
}
