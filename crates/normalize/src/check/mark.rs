//! The facts that a failed check throws doubt on.

use crate::model::check::{Check, CheckStatus};
use crate::model::statement::Statement;
use crate::model::vocabulary::FactFlag;
use std::collections::BTreeSet;

/// Flags every fact that took part in a failed check with `check_failed`.
pub(crate) fn failed(statements: &mut [Statement], checks: &[Check]) {
    let cells: BTreeSet<&str> =
        checks.iter().filter(|c| c.status == CheckStatus::Failed).flat_map(|c| &c.cells).map(String::as_str).collect();
    if cells.is_empty() {
        return;
    }
    for statement in statements {
        for fact in &mut statement.facts {
            let name = format!("{}!R{}C{}", statement.id, fact.row, fact.col);
            if cells.contains(name.as_str()) && !fact.flags.contains(&FactFlag::CheckFailed) {
                fact.flags.push(FactFlag::CheckFailed);
            }
        }
    }
}
