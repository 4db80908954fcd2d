//! A record in short: enough for summaries, for finding sister files and for grouping, without reading the
//! record itself: a run over a hundred thousand known files must not unpack them all.

use crate::language::kept;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_extract::ExtractError;
use yusuan_normalize::{
    CheckStatus, Concept, Contents, DocumentKind, Identity, NormalizedDocument, Part, Phase, Profile, contents, part,
    stated, unit_names,
};

/// A record in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Card {
    /// What became of the file.
    pub(crate) status: DocumentStatus,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) error: String,
    /// Whose disclosure it is, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) identity: Option<Identity>,
    /// What it holds of its disclosure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) part: Option<Part>,
    /// Number of tables that its contents list and that were not found.
    #[serde(default)]
    pub(crate) missing: usize,
    /// Units whose rows its tables hold, where it is a department's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) units: Vec<String>,
    /// The types of its tables, and whether it holds the narrative.
    #[serde(default)]
    pub(crate) contents: Contents,
    /// Its key figures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) figures: Vec<Figure>,
    #[serde(default)]
    pub(crate) tables: usize,
    #[serde(default)]
    pub(crate) facts: usize,
    #[serde(default)]
    pub(crate) passed: usize,
    #[serde(default)]
    pub(crate) rounding: usize,
    #[serde(default)]
    pub(crate) failed: usize,
    /// Corrections applied.
    #[serde(default)]
    pub(crate) corrected: usize,
    /// Corrections that were not, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) refused: Vec<String>,
}

impl Card {
    /// Whether it is a paper of another kind: rules, statistics, a tender, a blank template.
    pub(crate) fn is_no_disclosure(&self) -> bool {
        self.identity.as_ref().is_some_and(|i| i.kind == Some(DocumentKind::Other))
    }

    /// The short form of a record.
    pub(crate) fn of(record: &DocumentRecord) -> Self {
        let document = record.document.as_ref();
        let checks = |status| document.map_or(0, |d| d.checks.iter().filter(|c| c.status == status).count());
        Self {
            status: record.status,
            error: record.error.clone(),
            identity: document.map(|d| d.identity.clone()),
            part: document.map(part),
            missing: document.map_or(0, |d| d.tables_missing.len()),
            units: document.map(unit_names).unwrap_or_default(),
            contents: document.map(contents).unwrap_or_default(),
            figures: document.map(figures).unwrap_or_default(),
            tables: document.map_or(0, |d| d.statements.len()),
            facts: document.map_or(0, |d| d.statements.iter().map(|s| s.facts.len()).sum()),
            passed: checks(CheckStatus::Passed),
            rounding: checks(CheckStatus::Rounding),
            failed: checks(CheckStatus::Failed),
            corrected: document.map_or(0, |d| d.corrections.iter().filter(|c| c.is_applied()).count()),
            refused: document.map_or_else(Vec::new, refusals),
        }
    }

    /// What must be known of the document to find those related to it.
    pub(crate) fn profile(&self) -> Option<Profile<'_>> {
        let identity = self.identity.as_ref()?;
        Some(Profile { identity, part: self.part, units: &self.units })
    }

    /// Whether the file is encrypted, and no password that opens it was given.
    pub(crate) fn needs_a_password(&self) -> bool {
        self.status == DocumentStatus::Failed && self.error == ExtractError::Encrypted.to_string()
    }

    /// Whether the file could be read at all.
    pub(crate) fn was_read(&self) -> bool {
        self.identity.is_some()
    }
}

/// A key figure of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Figure {
    #[serde(rename = "c")]
    pub(crate) concept: Concept,
    #[serde(rename = "p")]
    pub(crate) phase: Phase,
    /// In yuan.
    #[serde(rename = "v")]
    pub(crate) value: Decimal,
    /// What rounding in print may hide.
    #[serde(rename = "h")]
    half: Decimal,
}

impl Figure {
    /// Whether the other is another amount, and not only printed less exactly.
    pub(crate) fn differs(&self, other: &Self) -> bool {
        (self.value - other.value).abs() > self.half + other.half
    }
}

fn figures(document: &NormalizedDocument) -> Vec<Figure> {
    let figure =
        |s: yusuan_normalize::Stated| Figure { concept: s.concept, phase: s.phase, value: s.value, half: s.half };
    stated(document).into_iter().map(figure).collect()
}

/// Corrections that could not be applied, in words for the user.
fn refusals(document: &NormalizedDocument) -> Vec<String> {
    let refused = document.corrections.iter().filter(|correction| !correction.is_applied());
    refused.map(|c| kept::not_corrected(&c.table_id, c.row, c.col, &c.refusal)).collect()
}
