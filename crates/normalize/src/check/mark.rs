//! The facts that a failed check throws doubt on.

use crate::model::check::{Check, CheckStatus};
use crate::model::statement::Statement;
use crate::model::vocabulary::FactFlag;
use std::collections::BTreeSet;

/// Flags every fact that took part in a failed check with `check_failed`.
pub(crate) fn failed(statements: &mut [Statement], checks: &[Check]) {
    let cells = checks.iter().filter(|c| c.status == CheckStatus::Failed).flat_map(|c| &c.cells);
    let own = cells.filter(|cell| cell.source.is_empty());
    let cells: BTreeSet<(&str, u32, u32)> = own.map(|cell| (cell.table.as_str(), cell.row, cell.col)).collect();
    if cells.is_empty() {
        return;
    }
    for statement in statements {
        for fact in &mut statement.facts {
            let took_part = cells.contains(&(statement.id.as_str(), fact.row, fact.col));
            if took_part && !fact.flags.contains(&FactFlag::CheckFailed) {
                fact.flags.push(FactFlag::CheckFailed);
            }
        }
    }
}
