//! The files of a project with what became of each: those of the last finished run, those that wait, and those at work now.

use super::doubts::{Doubts, Progress, progress};
use super::inside::{files, id_of};
use super::project::Project;
use super::removed::taken_out;
use crate::inputs::Fingerprint;
use crate::language::told_in_english;
use crate::store::Entry;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A file.
#[derive(Debug, Default, Serialize)]
struct Row {
    source: String,
    /// `waiting`, or a status of the results.
    state: String,
    doc_id: String,
    error: String,
    /// The same in English, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_en: Option<String>,
    /// Whether it waits for a password.
    locked: bool,
    whose: String,
    region: String,
    year: Option<i32>,
    kind: &'static str,
    tables: usize,
    facts: usize,
    passed: usize,
    failed: usize,
    corrected: usize,
    #[serde(flatten)]
    progress: Option<Progress>,
    /// Whether it can be opened.
    opens: bool,
    /// What a page calls the file that it is or is in, to take it out; none in a finished output folder.
    file: String,
    /// The file's name, where it is an archive.
    archive: String,
}

/// All about a project for its page, with the bytes of the largest file that is taken: a browser that is refused while it sends may
/// hear of nothing but a broken connection.
pub(super) fn listing(project: &Project, doubts: &Doubts, largest: u64) -> Value {
    let (all, by_document) = progress(project, doubts);
    let manifest = project.manifest();
    let entries = manifest.as_ref().map_or(&[][..], |manifest| &manifest.entries);
    let files = files(project);
    let mut rows: Vec<Row> =
        entries.iter().filter_map(|entry| standing(row(entry, &by_document), project, &files)).collect();
    let known: BTreeSet<&str> = entries.iter().map(|entry| entry.source.as_str()).collect();
    let is_known = |source: &str| {
        // What is in an archive is named below it.
        let inside = format!("{source}/");
        let next = known.range(inside.as_str()..).next();
        known.contains(source) || next.is_some_and(|next| next.starts_with(&inside))
    };
    let waiting = files.iter().filter(|source| !is_known(source));
    let row = |source: &String| Row {
        source: source.clone(),
        state: "waiting".to_owned(),
        file: id_of(source),
        ..Row::default()
    };
    let mut waiting: Vec<Row> = waiting.map(row).collect();
    rows.append(&mut waiting);
    rows.sort_by(|a, b| a.source.cmp(&b.source));
    let (run, now) = project.live.now();
    json!({
        "id": project.id, "name": project.about.name, "takesFiles": project.inputs.is_some(), "largest": largest,
        "rows": rows, "run": run, "now": now, "progress": all,
        "removed": taken_out(project).iter().map(|name| json!({"id": id_of(name), "name": name})).collect::<Vec<_>>(),
    })
}

/// A row whose file is still in the project, with what the file is called; what was taken out is gone at once.
fn standing(mut row: Row, project: &Project, files: &BTreeSet<String>) -> Option<Row> {
    if project.inputs.is_none() {
        return Some(row);
    }
    if files.contains(&row.source) {
        row.file = id_of(&row.source);
        return Some(row);
    }
    let mut above = row.source.match_indices('/').map(|(at, _)| &row.source[..at]);
    let archive = above.find_map(|name| files.get(name))?.clone();
    (row.file, row.archive) = (id_of(&archive), archive);
    Some(row)
}

fn row(entry: &Entry, progress: &BTreeMap<String, Progress>) -> Row {
    let card = entry.card();
    let doc_id = entry.content.as_ref().map(Fingerprint::doc_id).unwrap_or_default();
    let identity = card.identity.clone().unwrap_or_default();
    let is_copy = entry.record.is_some();
    Row {
        source: entry.source.clone(),
        state: card.status.as_str().to_owned(),
        error_en: told_in_english(&card.error),
        error: card.error.clone(),
        locked: card.needs_a_password() && !is_copy,
        whose: if identity.department.is_empty() { identity.region.clone() } else { identity.department },
        region: identity.region,
        year: identity.year,
        kind: identity.kind.map_or("", yusuan_normalize::DocumentKind::as_str),
        tables: card.tables,
        facts: card.facts,
        passed: card.passed,
        failed: card.failed,
        corrected: card.corrected,
        progress: progress.get(&doc_id).copied().filter(|_| !is_copy),
        opens: card.was_read() && !is_copy,
        doc_id,
        ..Row::default()
    }
}
