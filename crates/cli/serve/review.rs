//! The review page of a document, served: the page as it is on the disk, its data made when they are asked for.

use super::http::{self, Answer, bytes, nothing, page, refused};
use super::inside::read_below;
use super::project::Project;
use crate::inputs::{Fingerprint, hints_in};
use crate::language::{said, sentences};
use crate::run::{Desk, Shown};
use crate::store::Entry;
use anyhow::{Context, Result};
use hyper::StatusCode;
use serde_json::{Value, json};
use yusuan_export::{served_data, served_file, served_line, served_list, served_page};
use yusuan_normalize::Correction;

/// The names of the page's own data.
const DATA: &str = "data.js";
const LIST: &str = "documents.js";
const PAGES: &str = "pages.js";

/// The page of a document.
pub(super) fn of_document(project: &Project, doc_id: &str, language: &str) -> Answer {
    if project.source_of(doc_id).is_none() {
        return nothing();
    }
    page(StatusCode::OK, served_page(&format!("/p/{}/api/d/{doc_id}", project.id), language))
}

/// A file that the page of a document loads; `rest` is what stands behind its id.
pub(super) fn file(project: &Project, desk: &Desk, doc_id: &str, rest: &[&str]) -> Answer {
    let made = match rest {
        [LIST] => list(project, desk, doc_id),
        [name] => {
            return served_file(name, sentences()).map_or_else(nothing, |(kind, text)| bytes(kind, text.into_owned()));
        }
        [other, DATA] if project.source_of(other).is_some() => desk.shown(other).map(|shown| served_data(&shown.data)),
        [other, name] => return drawn(project, other, name),
        _ => return nothing(),
    };
    made.map_or_else(|error| http::failed(&error), |text| bytes("text/javascript; charset=utf-8", text))
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
    read_below(&project.out, &file).map_or_else(|_| nothing(), |content| bytes(kind, content))
}

/// The list of all documents, this one as it is now, the others as the last run knew them.
fn list(project: &Project, desk: &Desk, doc_id: &str) -> Result<String> {
    let manifest = project.manifest().with_context(said::page_not_found)?;
    let this = served_line(&desk.shown(doc_id)?.record);
    let line = |entry: &Entry| {
        let id = entry.content.as_ref().map(Fingerprint::doc_id).unwrap_or_default();
        if id == doc_id && entry.record.is_none() {
            this.clone()
        } else {
            known(entry, &id).to_string().replace('<', "\\u003c")
        }
    };
    Ok(served_list(&manifest.entries.iter().map(line).collect::<Vec<_>>()))
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

/// What the page sends when somebody corrects.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Corrected {
    corrections: Vec<Value>,
    known: Option<Vec<Value>>,
    #[serde(default)]
    who: String,
}

/// What it sends when somebody drew.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Hinted {
    hints: Value,
    #[serde(default)]
    who: String,
}

/// Keeps the corrections of a document and gives what follows from them.
pub(super) fn correct(desk: &Desk, doc_id: &str, sent: &Corrected) -> Answer {
    let read = |all: &[Value]| all.iter().map(correction).collect::<Option<Vec<Correction>>>();
    let known = sent.known.as_deref().map(read);
    let (Some(corrections), false) = (read(&sent.corrections), known == Some(None)) else {
        return refused(StatusCode::BAD_REQUEST, &said::not_understood());
    };
    shown(desk.corrected(doc_id, &corrections, known.flatten().as_deref(), &short(&sent.who)))
}

/// Keeps what was drawn in a document and gives what follows from it.
pub(super) fn hint(desk: &Desk, doc_id: &str, sent: &Hinted) -> Answer {
    match hints_in(&sent.hints) {
        Ok(hints) => shown(desk.hinted(doc_id, hints, &short(&sent.who))),
        Err(words) => refused(StatusCode::BAD_REQUEST, &words),
    }
}

fn shown(outcome: Result<Shown>) -> Answer {
    match outcome {
        Ok(Shown { data, took_ms, not_taken, .. }) => bytes(
            "application/json",
            format!("{{\"document\": {data}, \"took_ms\": {took_ms}, \"not_taken\": {not_taken}}}"),
        ),
        Err(error) => http::refused_for(StatusCode::CONFLICT, &error),
    }
}

/// A text that somebody typed, no longer than anybody types.
fn short(text: &str) -> String {
    text.chars().take(2000).collect()
}

/// A correction as the page has it: numbers may be texts there, as in the file.
fn correction(value: &Value) -> Option<Correction> {
    let text = |name: &str| short(value[name].as_str().unwrap_or_default());
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
