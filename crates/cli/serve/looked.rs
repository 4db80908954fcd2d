//! Which doubts a person has looked at: `looked.csv`.

use super::project::Project;
use crate::store::now;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::PoisonError;
use yusuan_export::{neutralize, replace_file};

/// A place of a document, by the ids of both.
pub(super) type Where = (String, String);

/// Who looked, and when (seconds since 1970).
type Looker = (String, i64);

const COLUMNS: [&str; 4] = ["doc_id", "place", "by", "at"];

fn file(project: &Project) -> PathBuf {
    project.kept.join("looked.csv")
}

/// The places that were looked at.
pub(super) fn looked(project: &Project) -> BTreeMap<Where, Looker> {
    let Ok(mut reader) = csv::Reader::from_path(file(project)) else { return BTreeMap::new() };
    let row = |row: csv::StringRecord| {
        let at = row.get(3)?.parse().ok()?;
        Some(((row.get(0)?.to_owned(), row.get(1)?.to_owned()), (row.get(2)?.to_owned(), at)))
    };
    reader.records().filter_map(Result::ok).filter_map(row).collect()
}

/// Keeps that a place was looked at, or was not after all.
pub(super) fn look(project: &Project, doc_id: &str, place: &str, by: &str, is_looked: bool) -> Result<()> {
    let _writing = project.writing.lock().unwrap_or_else(PoisonError::into_inner);
    let mut all = looked(project);
    let key = (doc_id.to_owned(), place.to_owned());
    if is_looked {
        all.insert(key, (by.to_owned(), now()));
    } else {
        all.remove(&key);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for ((doc_id, place), (by, at)) in &all {
        writer.write_record([doc_id, place, neutralize(by).as_ref(), &at.to_string()])?;
    }
    let text = writer.into_inner().context("looked.csv")?;
    std::fs::create_dir_all(&project.kept)?;
    Ok(replace_file(&file(project), &text)?)
}
