//! Notes on the cells of a table: the checks that they fail.

use super::amount::plain;
use crate::words;
use std::collections::BTreeMap;
use yusuan_normalize::{CellRef, Check, CheckStatus, Statement};

/// For each cell of a statement that took part in failed checks the note on it.
pub(super) fn notes(statement: &Statement, checks: &[Check]) -> BTreeMap<usize, String> {
    let mut notes: BTreeMap<usize, String> = BTreeMap::new();
    let failed: Vec<&Check> = checks
        .iter()
        .filter(|c| c.status == CheckStatus::Failed && c.cells.iter().any(|cell| cell.is_in(&statement.id)))
        .collect();
    if failed.is_empty() {
        return notes;
    }
    for fact in &statement.facts {
        let name = CellRef::of(statement, fact);
        for check in failed.iter().filter(|c| c.cells.contains(&name)) {
            let suspect = if check.suspects.first() == Some(&name) { "（最可疑）" } else { "" };
            let failed = words::check_status(check.status);
            let difference = plain(check.difference);
            let line = format!("{}{failed}{suspect}：{}，差 {difference} 元", check.rule, check.claim_text);
            let note = notes.entry(fact.cell).or_default();
            if !note.is_empty() {
                note.push('\n');
            }
            note.push_str(&line);
        }
    }
    notes
}
