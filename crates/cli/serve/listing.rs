//! The files of a project with what became of each: those of the last finished run, those that wait, and those at work now.

use super::doubts::{Doubts, Progress, progress};
use super::project::Project;
use crate::inputs::Fingerprint;
use crate::language::told;
use crate::store::Entry;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use walkdir::WalkDir;

/// A file.
#[derive(Debug, Default, Serialize)]
struct Row {
    source: String,
    /// `waiting`, or a status of the results.
    state: String,
    doc_id: String,
    error: String,
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
}

/// All about a project for its page.
pub(super) fn listing(project: &Project, doubts: &Doubts) -> Value {
    let (all, by_document) = progress(project, doubts);
    let manifest = project.manifest();
    let entries = manifest.as_ref().map_or(&[][..], |manifest| &manifest.entries);
    let mut rows: Vec<Row> = entries.iter().map(|entry| row(entry, &by_document)).collect();
    let known: BTreeSet<&str> = entries.iter().map(|entry| entry.source.as_str()).collect();
    let is_known = |source: &str| {
        // What is in an archive is named below it.
        let inside = format!("{source}/");
        let next = known.range(inside.as_str()..).next();
        known.contains(source) || next.is_some_and(|next| next.starts_with(&inside))
    };
    let waiting = files(project).into_iter().filter(|source| !is_known(source));
    let mut waiting: Vec<Row> =
        waiting.map(|source| Row { source, state: "waiting".to_owned(), ..Row::default() }).collect();
    rows.append(&mut waiting);
    rows.sort_by(|a, b| a.source.cmp(&b.source));
    let (run, now) = project.live.now();
    json!({
        "id": project.id, "name": project.about.name, "takesFiles": project.inputs.is_some(),
        "rows": rows, "run": run, "now": now, "progress": all,
    })
}

fn row(entry: &Entry, progress: &BTreeMap<String, Progress>) -> Row {
    let card = entry.card();
    let doc_id = entry.content.as_ref().map(Fingerprint::doc_id).unwrap_or_default();
    let identity = card.identity.clone().unwrap_or_default();
    let is_copy = entry.record.is_some();
    Row {
        source: entry.source.clone(),
        state: card.status.as_str().to_owned(),
        error: told(&card.error).into_owned(),
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
    }
}

/// The names of the files that were put in.
fn files(project: &Project) -> Vec<String> {
    let Some(inputs) = &project.inputs else { return Vec::new() };
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
