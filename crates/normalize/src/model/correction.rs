//! A reviewer's correction of one cell.

use serde::{Deserialize, Serialize};

/// One corrected cell. Field names are those of `corrections` in the output contract.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Correction {
    /// `t01`, `t02`, … in order of appearance.
    pub table_id: String,
    /// 1-based row as in facts.
    pub row: u32,
    /// 1-based column as in facts.
    pub col: u32,
    /// The cell's text when the reviewer saw it.
    pub printed: String,
    /// What the cell says in the reviewer's reading, in the table's unit; a dash for "nothing is printed here".
    pub corrected: String,
    /// Who says so.
    pub by: String,
    /// When.
    pub at: String,
    /// Why.
    pub note: String,
    /// Why it was not applied, in words for the user; empty when it was.
    #[serde(default)]
    pub refusal: String,
}

impl Correction {
    /// Whether the values follow it.
    pub fn is_applied(&self) -> bool {
        self.refusal.is_empty()
    }
}
