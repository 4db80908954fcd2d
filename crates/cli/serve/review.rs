//! The review page of a document, served: the page as it is on the disk, its data made from the results when they are asked for.

use super::changes;
use super::http::{self, Answer, bytes, nothing, page, refused};
use super::project::Project;
use crate::inputs::Fingerprint;
use crate::language::said;
use crate::store::{Entry, Results};
use anyhow::{Context, Result};
use hyper::StatusCode;
use serde_json::{Value, json};
use yusuan_export::{
    DocumentRecord, has_pages, served_document, served_file, served_line, served_page, served_script,
};
use yusuan_normalize::Correction;

/// The names of the page's own data.
const DATA: &str = "data.js";
const LIST: &str = "documents.js";
const PAGES: &str = "pages.js";

/// A file of the page of one document; `rest` is what stands behind its id.
pub(super) fn file(project: &Project, doc_id: &str, rest: &[&str]) -> Answer {
    match rest {
        [] if project.source_of(doc_id).is_some() => {
            page(StatusCode::OK, served_page(&format!("/p/{}/api/d/{doc_id}", project.id)))
        }
        [LIST] => list(project, doc_id).map_or_else(|error| http::failed(&error), script),
        [name] => served_file(name).map_or_else(nothing, |(kind, text)| bytes(kind, text.into_owned())),
        [other, DATA] => data(project, other),
        [other, name] => drawn(project, other, name),
        _ => nothing(),
    }
}

fn script(text: String) -> Answer {
    bytes("text/javascript; charset=utf-8", text)
}

fn data(project: &Project, doc_id: &str) -> Answer {
    match document(project, doc_id) {
        Ok(Some(data)) => script(served_script(DATA, &data)),
        Ok(None) => nothing(),
        Err(error) => http::failed(&error),
    }
}

/// The list of pictures of a document's pages, or one of them.
fn drawn(project: &Project, doc_id: &str, name: &str) -> Answer {
    let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let (stem, kind) = match name.rsplit_once('.') {
        Some((stem, "png")) => (stem, "image/png"),
        Some((stem, "svg")) => (stem, "image/svg+xml"),
        _ if name == PAGES => ("pages", "text/javascript; charset=utf-8"),
        _ => return nothing(),
    };
    if !is_plain(doc_id) || !is_plain(stem) {
        return nothing();
    }
    let file = project.out.join("review").join(doc_id).join(name);
    std::fs::read(file).map_or_else(|_| nothing(), |content| bytes(kind, content))
}

/// A document's data for the page; `None` where there is no such document.
pub(super) fn document(project: &Project, doc_id: &str) -> Result<Option<Value>> {
    let Some(record) = record(project, doc_id)? else { return Ok(None) };
    Ok(served_document(&record, has_pages(&project.out, doc_id)))
}

/// The list of all documents, this one as it is now, the others as the last run knew them.
fn list(project: &Project, doc_id: &str) -> Result<String> {
    let manifest = project.manifest().with_context(said::page_not_found)?;
    let this = record(project, doc_id)?;
    let line = |entry: &Entry| -> Result<Value> {
        let id = entry.content.as_ref().map(Fingerprint::doc_id).unwrap_or_default();
        match &this {
            Some(record) if id == doc_id && entry.record.is_none() => Ok(serde_json::from_str(&served_line(record))?),
            _ => Ok(known(entry, &id)),
        }
    };
    let lines: Vec<Value> = manifest.entries.iter().map(line).collect::<Result<_>>()?;
    Ok(served_script(LIST, &Value::Array(lines)))
}

/// The line of a document as the manifest knows it.
fn known(entry: &Entry, id: &str) -> Value {
    let card = entry.card();
    let mut line = json!({
        "docId": id, "source": entry.source, "format": "", "status": card.status.as_str(), "error": card.error,
    });
    let Some(identity) = card.identity.as_ref().filter(|_| entry.record.is_none()) else { return line };
    let read = json!({
        "department": identity.department, "region": identity.region, "year": identity.year,
        "kind": identity.kind.map_or("", yusuan_normalize::DocumentKind::label_zh), "scope": identity.scope.label_zh(),
        "pages": 0, "tables": card.tables, "facts": card.facts, "passed": card.passed, "rounding": card.rounding,
        "failed": card.failed, "doubtful": 0, "missing": card.missing,
    });
    if let (Value::Object(line), Value::Object(read)) = (&mut line, read) {
        line.extend(read);
    }
    line
}

/// The record of a document with the corrections that it has now.
pub(super) fn record(project: &Project, doc_id: &str) -> Result<Option<DocumentRecord>> {
    let Some(manifest) = project.manifest() else { return Ok(None) };
    let is_it = |entry: &&Entry| {
        entry.record.is_none() && entry.content.as_ref().is_some_and(|content| content.doc_id() == doc_id)
    };
    let Some(entry) = manifest.entries.iter().find(is_it) else { return Ok(None) };
    let _ = changes::corrections(project)?;
    Ok(Some(entry.load(&Results::below(&project.out))?))
}

/// What the page sends when somebody corrects.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Sent {
    corrections: Vec<Value>,
    #[serde(default)]
    who: String,
}

/// Keeps the corrections of a document and gives what follows from them.
pub(super) fn correct(project: &Project, doc_id: &str, sent: Sent) -> Answer {
    let began = std::time::Instant::now();
    if project.source_of(doc_id).is_none() {
        return nothing();
    }
    let Some(corrections) = sent.corrections.iter().map(correction).collect::<Option<Vec<_>>>() else {
        return refused(StatusCode::BAD_REQUEST, &said::not_understood());
    };
    let at = corrections.iter().map(|one| one.at.clone()).max().unwrap_or_default();
    let done = changes::correct(project, doc_id, corrections, &sent.who, &at).and_then(|_| document(project, doc_id));
    match done {
        Ok(document) => http::json(&json!({"document": document, "took_ms": began.elapsed().as_millis() as u64})),
        Err(error) => http::failed(&error),
    }
}

/// A correction as the page has it: numbers may be texts there, as in the file.
fn correction(value: &Value) -> Option<Correction> {
    let text = |name: &str| value[name].as_str().unwrap_or_default().chars().take(2000).collect::<String>();
    let number = |name: &str| {
        let number = value[name].as_u64().or_else(|| value[name].as_str()?.parse().ok())?;
        u32::try_from(number).ok().filter(|number| *number > 0)
    };
    Some(Correction {
        table_id: text("table_id"),
        row: number("row")?,
        col: number("col")?,
        printed: text("printed"),
        corrected: text("corrected"),
        by: text("by"),
        at: text("at"),
        note: text("note"),
        refusal: String::new(),
    })
}
