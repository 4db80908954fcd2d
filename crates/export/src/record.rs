//! One input file and what became of it.

use crate::foreign::plainly_no_document;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use yusuan_normalize::{Concept, DocumentKind, NormalizedDocument, Phase};

/// One input file with its result: a row of `documents` and everything below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// First 16 hex digits of the SHA-256 of the file's bytes.
    pub doc_id: String,
    /// Input path relative to the input root it was found under, `/` separated.
    pub source: String,
    /// Format by content; empty when not recognised.
    pub format: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// What became of it.
    pub status: DocumentStatus,
    /// Why it failed or is only a part, in words for the user; empty when all is well.
    pub error: String,
    /// Where the file was published, as a list of the inputs says; empty when none does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_url: String,
    /// `doc_id` of the document of the same body, year, kind and scope that is to be used instead; empty for those to use.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub superseded_by: String,
    /// What other documents of the same body, year, kind and scope print of its concepts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rivals: Vec<Rival>,
    /// The result; `None` when nothing could be read.
    pub document: Option<NormalizedDocument>,
}

/// What other documents of the same body, year, kind and scope print of a concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rival {
    /// Which quantity.
    pub concept: Concept,
    /// Which stage.
    pub phase: Phase,
    /// Whether another document stands for it in the panel.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
    /// Other values in yuan, where rounding does not explain them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Decimal>,
}

impl DocumentRecord {
    /// Whether it is a paper of another kind (rules, statistics, a tender, a blank template), which no comparison takes in.
    pub fn is_no_disclosure(&self) -> bool {
        self.document.as_ref().is_some_and(|d| d.identity.kind == Some(DocumentKind::Other))
    }
}

impl DocumentRecord {
    /// Whether it lies beside disclosures and is plainly no document, which is worth a count and no line.
    pub(crate) fn is_no_document(&self) -> bool {
        self.status == DocumentStatus::Unsupported && plainly_no_document(&self.source).is_some()
    }
}

/// What became of an input file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    /// Converted, nothing lost.
    Ok,
    /// Something was lost; `error` says what.
    Partial,
    /// Nothing could be read.
    Failed,
    /// Not a kind of file that is read.
    Unsupported,
    /// The same bytes as an earlier input.
    Duplicate,
}

impl DocumentStatus {
    /// The id used in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Partial => "partial",
            Self::Failed => "failed",
            Self::Unsupported => "unsupported",
            Self::Duplicate => "duplicate",
        }
    }
}
