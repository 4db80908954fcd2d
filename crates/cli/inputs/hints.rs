//! The file of hints: what people say of the tables of documents (docs/hints.md).

use super::corrections::Corrections;
use super::file::refusal;
use crate::language::{list, said, told};
use anyhow::anyhow;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::path::Path;
use yusuan_extract::Hint;

/// The form that is read and written.
const VERSION: u64 = 1;

/// What a hint may say besides, for people.
const ASIDE: [&str; 3] = ["by", "at", "note"];

/// The kinds of hints: what each needs, and what it may have.
const KINDS: [(&str, &[&str], &[&str]); 6] = [
    ("table", &["page", "bbox", "columns"], &["rows", "header_rows", "runs_on", "continues"]),
    ("not_a_table", &["page", "bbox"], &[]),
    ("header", &["page", "bbox", "header_rows"], &[]),
    ("cells", &["table", "cells"], &["header_rows"]),
    ("no_table", &["table"], &[]),
    ("header_of", &["table", "header_rows"], &[]),
];

/// Lines between columns, and between rows, of one drawn table: no page that people read has as many, and each costs time.
const MOST_COLUMNS: usize = 400;
const MOST_ROWS: usize = 2_000;

/// Pages that one drawn table runs on over, and hints about one document.
const MOST_PAGES: usize = 5_000;
const MOST_HINTS: usize = 2_000;

/// A hint, and who gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SaidHint {
    #[serde(flatten)]
    pub(crate) hint: Hint,
    /// Who.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) by: String,
    /// When.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) at: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) note: String,
}

impl From<Hint> for SaidHint {
    fn from(hint: Hint) -> Self {
        Self { hint, by: String::new(), at: String::new(), note: String::new() }
    }
}

/// The hints of one document, named by its id or by its source.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(crate) struct OfDocument {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) doc_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) source: String,
    pub(crate) hints: Vec<SaidHint>,
}

/// All hints of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Hints {
    version: u64,
    documents: Vec<OfDocument>,
}

impl Default for Hints {
    fn default() -> Self {
        Self { version: VERSION, documents: Vec::new() }
    }
}

impl Hints {
    /// What is said of a document: an id wins over a name, which any content may have.
    pub(crate) fn of(&self, doc_id: &str, source: &str) -> Vec<SaidHint> {
        let mine = |one: &&OfDocument| if one.doc_id.is_empty() { one.source == source } else { one.doc_id == doc_id };
        self.documents.iter().filter(mine).flat_map(|one| one.hints.iter().cloned()).collect()
    }

    /// The documents that are named.
    pub(crate) fn documents(&self) -> &[OfDocument] {
        &self.documents
    }

    /// Says something else of a document than before.
    pub(crate) fn set(&mut self, doc_id: &str, source: &str, hints: Vec<SaidHint>) {
        self.documents.retain(|one| if one.doc_id.is_empty() { one.source != source } else { one.doc_id != doc_id });
        if !hints.is_empty() {
            let (doc_id, source) = (doc_id.to_owned(), source.to_owned());
            self.documents.push(OfDocument { doc_id, source, hints });
            self.documents.sort_by(|a, b| (&a.source, &a.doc_id).cmp(&(&b.source, &b.doc_id)));
        }
    }

    /// The file that says this.
    pub(crate) fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// What people worked out for a conversion.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Work<'a> {
    /// Their corrections, in place of those of the run before.
    pub(crate) corrections: Option<&'a Corrections>,
    /// Their hints, in place of those of the run before.
    pub(crate) hints: Option<&'a Hints>,
}

/// Reads the file of hints; one that can't be understood to the end is not used at all.
pub(crate) fn read_hints(path: &Path) -> anyhow::Result<Hints> {
    let fail = |reason: String| anyhow!(said::hints_unusable(path.display(), told(&reason)));
    let bytes = std::fs::read(path).map_err(|error| fail(refusal(&error)))?;
    parse(&bytes).map_err(fail)
}

/// The hints that a text says of one document.
pub(crate) fn hints_in(value: &Value) -> Result<Vec<SaidHint>, String> {
    let all = value.as_array().ok_or_else(|| said::hints_no_list("hints"))?;
    few(all.len(), MOST_HINTS, "hints")?;
    all.iter().enumerate().map(|(index, hint)| one(hint).map_err(|why| said::in_hint(index + 1, why))).collect()
}

fn parse(bytes: &[u8]) -> Result<Hints, String> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(said::hints_no_json)?;
    if value.get("version").and_then(Value::as_u64) != Some(VERSION) {
        return Err(said::hints_version(VERSION));
    }
    let documents = value.get("documents").and_then(Value::as_array).ok_or_else(|| said::hints_no_list("documents"))?;
    let documents = documents
        .iter()
        .enumerate()
        .map(|(index, value)| document(value).map_err(|why| said::in_hinted_document(index + 1, why)));
    Ok(Hints { version: VERSION, documents: documents.collect::<Result<_, _>>()? })
}

fn document(value: &Value) -> Result<OfDocument, String> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (doc_id, source) = (text("doc_id"), text("source"));
    if doc_id.is_empty() && source.is_empty() {
        return Err(said::hints_whose());
    }
    let hints = hints_in(value.get("hints").unwrap_or(&Value::Null))?;
    Ok(OfDocument { doc_id, source, hints })
}

fn one(value: &Value) -> Result<SaidHint, String> {
    let fields: &Map<String, Value> = value.as_object().ok_or_else(said::hint_no_object)?;
    let kind = fields.get("kind").and_then(Value::as_str).unwrap_or_default();
    let names = || list(&KINDS.map(|(name, ..)| name.to_owned()));
    let (_, needed, free) =
        KINDS.into_iter().find(|(name, ..)| *name == kind).ok_or_else(|| said::hint_kind(names()))?;
    if let Some(name) = needed.iter().find(|name| !fields.contains_key(**name)) {
        return Err(said::hint_lacks(*name));
    }
    let is_known =
        |name: &str| name == "kind" || needed.contains(&name) || free.contains(&name) || ASIDE.contains(&name);
    if let Some(name) = fields.keys().find(|name| !is_known(name)) {
        return Err(said::hint_unknown(name));
    }
    let said: SaidHint = serde_json::from_value(value.clone()).map_err(said::hint_value)?;
    sound(&said.hint)?;
    Ok(said)
}

fn few(count: usize, most: usize, name: &str) -> Result<(), String> {
    if count > most { Err(said::hint_too_many(name, count, most)) } else { Ok(()) }
}

/// What no page and no grid can be like.
fn sound(hint: &Hint) -> Result<(), String> {
    let area = |page: u32, [x0, y0, x1, y1]: [f64; 4]| {
        let is_sound = page > 0 && x0 < x1 && y0 < y1;
        if is_sound { Ok(()) } else { Err(said::hint_area()) }
    };
    let within = |lines: &[f64], low: f64, high: f64, name: &str| {
        let all: Vec<f64> = [low].into_iter().chain(lines.iter().copied()).chain([high]).collect();
        let rises = all.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
        if rises { Ok(()) } else { Err(said::hint_lines(name)) }
    };
    match hint {
        Hint::Table { page, bbox, columns, rows, runs_on, .. } => {
            area(*page, *bbox)?;
            few(columns.len(), MOST_COLUMNS, "columns")?;
            few(rows.len(), MOST_ROWS, "rows")?;
            few(runs_on.len(), MOST_PAGES, "runs_on")?;
            within(columns, bbox[0], bbox[2], "columns")?;
            within(rows, bbox[1], bbox[3], "rows")?;
            let follows = runs_on.iter().all(|next| next > page);
            if follows { Ok(()) } else { Err(said::hint_runs_on()) }
        }
        Hint::NotATable { page, bbox } | Hint::Header { page, bbox, .. } => area(*page, *bbox),
        Hint::Cells { table, cells: [top, left, bottom, right], .. } => {
            let is_sound = *table > 0 && *top > 0 && *left > 0 && top <= bottom && left <= right;
            if is_sound { Ok(()) } else { Err(said::hint_cells()) }
        }
        Hint::NoTable { table } | Hint::HeaderOf { table, .. } => {
            if *table > 0 {
                Ok(())
            } else {
                Err(said::hint_cells())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_one(hint: &str) -> Result<Hints, String> {
        parse(format!(r#"{{"version":1,"documents":[{{"doc_id":"ab","hints":[{hint}]}}]}}"#).as_bytes())
    }

    #[test]
    fn what_is_written_is_read_back() {
        let hint = r#"{"kind":"table","page":3,"bbox":[10,20.5,300,400],"columns":[80,160.25],"header_rows":1,
            "runs_on":[4],"by":"甲","at":"2024-05-01T08:00:00Z"}"#;
        let hints = of_one(hint).unwrap();
        assert_eq!(parse(hints.text().as_bytes()), Ok(hints.clone()));
        assert_eq!((hints.of("ab", "x.pdf").len(), hints.of("cd", "x.pdf").len()), (1, 0));
        let mut changed = hints;
        changed.set("ab", "x.pdf", Vec::new());
        assert_eq!(changed, Hints::default());
    }

    #[test]
    fn a_wrong_hint_is_refused_with_its_number_and_what_to_do() {
        let wrong = [
            (r#"{"kind":"tabel","page":1}"#, "not_a_table"),
            (r#"{"kind":"table","page":1,"bbox":[0,0,9,9]}"#, "columns"),
            (r#"{"kind":"table","page":1,"bbox":[0,0,9,9],"columns":[],"colums":[]}"#, "colums"),
            (r#"{"kind":"table","page":1,"bbox":[0,0,9,9],"columns":[12]}"#, "columns"),
            (r#"{"kind":"table","page":1,"bbox":[9,0,0,9],"columns":[]}"#, "bbox"),
            (r#"{"kind":"table","page":2,"bbox":[0,0,9,9],"columns":[],"runs_on":[2]}"#, "runs_on"),
            (r#"{"kind":"table","page":"1","bbox":[0,0,9,9],"columns":[]}"#, "expected"),
            (r#"{"kind":"cells","table":1,"cells":[3,1,2,1]}"#, "cells"),
        ];
        for (hint, word) in wrong {
            let why = of_one(hint).unwrap_err();
            assert!(why.contains(word) && why.contains("第 1 条"), "{hint}: {why}");
        }
        let columns: Vec<String> = (1..=MOST_COLUMNS + 1).map(|x| x.to_string()).collect();
        let table = |columns: &[String]| {
            of_one(&format!(r#"{{"kind":"table","page":1,"bbox":[0,0,999,9],"columns":[{}]}}"#, columns.join(",")))
        };
        assert!(table(&columns[1..]).is_ok() && table(&columns).unwrap_err().contains("401"));
        assert!(parse(br#"{"documents":[]}"#).unwrap_err().contains("version"));
        assert!(parse(b"{").is_err());
    }
}
