//! The bytes of the documents that are to be read: files of their own, and members of archives, which are opened once for
//! all that is wanted of them.

use crate::document::Job;
use crate::inputs::{Fingerprint, read_file, visit_archive};
use crate::language::kept;
use anyhow::Result;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use yusuan_extract::Limits;

/// Members of an archive that wait together to be read: bounds the bytes in memory.
const WAITING: usize = 16;

/// A document that is wanted.
pub(super) struct Wanted<T> {
    /// The file, or the archive that it is in.
    pub(super) path: PathBuf,
    /// Its name inside the archive; empty for a file of its own.
    pub(super) member: String,
    /// What is asked of it.
    pub(super) job: Job,
    /// What its caller knows it by.
    pub(super) what: T,
}

/// A member of an archive that is wanted, with its bytes or the reason why they can't be had.
type Found<T> = (Wanted<T>, Result<Vec<u8>, String>);

/// Does `work` on each document, many at a time: with its bytes, or with the reason why they are not to be had.
pub(super) fn for_each<T: Send, R: Send>(
    wanted: Vec<Wanted<T>>,
    limits: &Limits,
    work: &(impl Fn(Job, T, Result<&[u8], String>) -> Result<R> + Sync),
) -> Result<Vec<R>> {
    // By their bytes, which is faster than part by part.
    let mut by_path: BTreeMap<OsString, Vec<Wanted<T>>> = BTreeMap::new();
    for one in wanted {
        by_path.entry(one.path.clone().into_os_string()).or_default().push(one);
    }
    let files: Vec<(OsString, Vec<Wanted<T>>)> = by_path.into_iter().collect();
    let read = |(path, wanted): (OsString, Vec<Wanted<T>>)| file(Path::new(&path), wanted, limits, work);
    let done: Vec<Vec<R>> = files.into_par_iter().map(read).collect::<Result<_>>()?;
    Ok(done.into_iter().flatten().collect())
}

/// What is wanted of one file: itself, or members of the archive that it is.
fn file<T: Send, R: Send>(
    path: &Path,
    wanted: Vec<Wanted<T>>,
    limits: &Limits,
    work: &(impl Fn(Job, T, Result<&[u8], String>) -> Result<R> + Sync),
) -> Result<Vec<R>> {
    let bytes = match read_file(path, limits) {
        Ok(bytes) => bytes,
        Err(error) => return wanted.into_iter().map(|one| work(one.job, one.what, Err(error.clone()))).collect(),
    };
    if wanted.iter().all(|one| one.member.is_empty()) {
        return wanted.into_iter().map(|one| document(one, Ok(&bytes), work)).collect();
    }
    members(&bytes, wanted, limits, work)
}

/// Members of an archive, some at a time.
fn members<T: Send, R: Send>(
    bytes: &[u8],
    wanted: Vec<Wanted<T>>,
    limits: &Limits,
    work: &(impl Fn(Job, T, Result<&[u8], String>) -> Result<R> + Sync),
) -> Result<Vec<R>> {
    let mut wanted: BTreeMap<String, Wanted<T>> = wanted.into_iter().map(|one| (one.member.clone(), one)).collect();
    let mut waiting: Vec<Found<T>> = Vec::new();
    let mut done: Vec<Result<Vec<R>>> = Vec::new();
    let read = |waiting: Vec<Found<T>>| {
        let each = waiting.into_par_iter();
        each.map(|(one, bytes)| document(one, bytes.as_deref().map_err(Clone::clone), work)).collect()
    };
    visit_archive(bytes, limits, &mut |member| {
        if done.last().is_some_and(Result::is_err) {
            return;
        }
        if let Some(one) = wanted.remove(&member.name) {
            waiting.push((one, member.bytes));
        }
        if waiting.len() >= WAITING {
            done.push(read(std::mem::take(&mut waiting)));
        }
    });
    done.push(read(waiting));
    let mut all: Vec<R> = done.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    for one in wanted.into_values() {
        all.push(work(one.job, one.what, Err(kept::changed_meanwhile()))?);
    }
    Ok(all)
}

/// The bytes of one document, which must still be those that are known.
pub(super) fn read_one(path: &Path, member: &str, known: &Fingerprint, limits: &Limits) -> Result<Vec<u8>, String> {
    let mut bytes = read_file(path, limits)?;
    if !member.is_empty() {
        let mut found = Err(kept::changed_meanwhile());
        visit_archive(&bytes, limits, &mut |one| {
            if one.name == member {
                found = one.bytes;
            }
        });
        bytes = found?;
    }
    Some(bytes).filter(|bytes| Fingerprint::of(bytes) == *known).ok_or_else(kept::changed_meanwhile)
}

/// One document, whose bytes must still be those that were looked at.
fn document<T, R>(
    one: Wanted<T>,
    bytes: Result<&[u8], String>,
    work: &impl Fn(Job, T, Result<&[u8], String>) -> Result<R>,
) -> Result<R> {
    let is_same = |bytes: &&[u8]| Fingerprint::of(bytes) == one.job.fingerprint;
    let bytes = bytes.and_then(|bytes| Some(bytes).filter(is_same).ok_or_else(kept::changed_meanwhile));
    work(one.job, one.what, bytes)
}
