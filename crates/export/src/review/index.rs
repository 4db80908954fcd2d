//! The list of documents, and the page that shows it.

use super::assets::{ASSETS, ENGLISH, LIST, VOCABULARY};
use super::folders::folder;
use super::{script, vocabulary};
use crate::doubt::is_doubtful;
use crate::error::ExportError;
use crate::file::replace_file;
use crate::record::DocumentRecord;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;
use yusuan_normalize::{CheckStatus, Correction, DocumentKind, Fact, Identity, NormalizedDocument, Statement, Unread};

/// The list, document by document: one line each, so that memory holds lines and no records.
#[derive(Default)]
pub(super) struct Index {
    lines: Vec<String>,
    /// Files that are plainly no documents.
    passed_over: usize,
}

/// A line of the list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    doc_id: &'a str,
    source: &'a str,
    format: &'a str,
    status: &'a str,
    error: &'a str,
    #[serde(flatten)]
    read: Option<Read<'a>>,
}

/// What is known of a document that could be read.
#[derive(Serialize)]
struct Read<'a> {
    department: &'a str,
    region: &'a str,
    year: Option<i32>,
    kind: &'a str,
    scope: &'a str,
    pages: usize,
    tables: usize,
    facts: usize,
    passed: usize,
    rounding: usize,
    failed: usize,
    doubtful: usize,
    missing: usize,
    /// What of its identity is doubtful, by the ids of the vocabulary.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<&'a Correction>,
}

impl Index {
    /// Adds a document. What is plainly none is counted: a red line would ask somebody to look at it.
    pub(super) fn add(&mut self, record: &DocumentRecord) {
        if record.is_no_document() {
            self.passed_over += 1;
            return;
        }
        self.lines.push(line(record));
    }

    /// Writes the page, its list and `sentences`, those of the program, Chinese and English.
    pub(super) fn write(&self, out: &Path, sentences: &[(&str, &str)]) -> Result<(), ExportError> {
        let folder = folder(out);
        let mut list = String::from("yusuanReview.openList([\n");
        list.push_str(&self.lines.join(",\n"));
        list.extend(["\n], ", &self.passed_over.to_string(), ");\n"]);
        replace_file(&folder.join(LIST), list.as_bytes())?;
        replace_file(&folder.join(VOCABULARY), vocabulary::script().as_bytes())?;
        replace_file(&folder.join(ENGLISH), english(sentences).as_bytes())?;
        // The page comes last: where it stands, everything that it loads stands too.
        for (name, text) in ASSETS.iter().rev() {
            replace_file(&folder.join(name), text.as_bytes())?;
        }
        Ok(())
    }
}

/// Sentences with their English, as a script reads them.
pub(super) fn english(sentences: &[(&str, &str)]) -> String {
    script::call("openEnglish", &sentences)
}

/// A document's line, as a script reads it.
pub(super) fn line(record: &DocumentRecord) -> String {
    script::json(&Line {
        doc_id: &record.doc_id,
        source: &record.source,
        format: &record.format,
        status: record.status.as_str(),
        error: &record.error,
        read: record.document.as_ref().map(read),
    })
}

fn read(document: &NormalizedDocument) -> Read<'_> {
    let identity = &document.identity;
    let facts = || document.statements.iter().flat_map(|statement| &statement.facts);
    let checks = |status| document.checks.iter().filter(|check| check.status == status).count();
    Read {
        department: &identity.department,
        region: &identity.region,
        year: identity.year,
        kind: identity.kind.map_or("", yusuan_normalize::DocumentKind::label_zh),
        scope: identity.scope.label_zh(),
        pages: document.pages.len(),
        tables: document.statements.len(),
        facts: facts().count(),
        passed: checks(CheckStatus::Passed),
        rounding: checks(CheckStatus::Rounding),
        failed: checks(CheckStatus::Failed),
        doubtful: facts().filter(|fact| is_doubtful(&fact.flags)).count() + unread(document),
        missing: document.tables_missing.len(),
        unknown: unknown(identity),
        corrections: document.corrections.iter().filter(|correction| correction.is_applied()).collect(),
    }
}

/// What is not known of whose document it is, or what contradicts itself.
fn unknown(identity: &Identity) -> Vec<&'static str> {
    let told = [
        ("kind", matches!(identity.kind, None | Some(DocumentKind::Other))),
        ("department", identity.department.is_empty() && !is_government(identity.kind)),
        ("year", identity.year.is_none()),
        ("identity", !identity.flags.is_empty()),
    ];
    told.into_iter().filter(|(_, is)| *is).map(|(id, _)| id).collect()
}

/// Whether the document is a whole government's, which has a region and no department.
fn is_government(kind: Option<DocumentKind>) -> bool {
    matches!(kind, Some(DocumentKind::GovernmentBudget | DocumentKind::GovernmentFinalAccounts))
}

/// Numbers that were not read and which no amount stands for.
fn unread(document: &NormalizedDocument) -> usize {
    let of_table = |statement: &Statement| {
        let amount = |fact: &Fact| statement.raw.cells.get(fact.cell).map(|cell| (cell.row, cell.col));
        let amounts: BTreeSet<(usize, usize)> = statement.facts.iter().filter_map(amount).collect();
        let open = |unread: &&Unread| unread.position.is_none_or(|position| !amounts.contains(&position));
        statement.unread.iter().filter(open).count()
    };
    document.strays.len() + document.statements.iter().map(of_table).sum::<usize>()
}
