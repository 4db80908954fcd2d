//! The normalized document: what export and the batch read and nothing else.

use crate::model::check::Check;
use crate::model::correction::Correction;
use crate::model::identity::Identity;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::unread::Unread;
use serde::{Deserialize, Serialize};
use yusuan_extract::{Diagnostic, Format, PageSummary};

/// One disclosure file, normalized.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NormalizedDocument {
    /// The file's format.
    pub format: Format,
    /// Pages of the file (empty for spreadsheets).
    pub pages: Vec<PageSummary>,
    /// Who, where, when.
    pub identity: Identity,
    /// One statement per table, in order of appearance.
    pub statements: Vec<Statement>,
    /// Amounts stated in the narrative.
    pub prose: Vec<ProseFigure>,
    /// Identities tried.
    pub checks: Vec<Check>,
    /// Titles listed in the document's own contents that no table was found for.
    pub tables_missing: Vec<String>,
    /// Numbers in rows outside every table, as of a table that was not found.
    #[serde(default)]
    pub strays: Vec<Unread>,
    /// What the reader had to say.
    pub diagnostics: Vec<Diagnostic>,
    /// What a reviewer corrected, and which of it was refused.
    #[serde(default)]
    pub corrections: Vec<Correction>,
}

impl NormalizedDocument {
    /// Printed numbers that ended in nothing known, in tables and outside.
    pub fn figures_unread(&self) -> usize {
        self.strays.iter().map(Unread::figures).chain(self.statements.iter().map(Statement::figures_unread)).sum()
    }
}
