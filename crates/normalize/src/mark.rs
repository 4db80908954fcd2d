//! Doubts of later phases, written on the amounts that earlier ones read: values stay as printed, flags and the other
//! reading stand beside them.

use crate::model::check::{Check, CheckStatus};
use crate::model::doubt::{Doubt, Witness};
use crate::model::fact::Fact;
use crate::model::money::UnitSource;
use crate::model::statement::Statement;
use crate::model::unread::Unread;
use crate::model::vocabulary::FactFlag;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Flags an amount once.
pub(crate) fn flag(fact: &mut Fact, flag: FactFlag) {
    if !fact.flags.contains(&flag) {
        fact.flags.push(flag);
    }
}

/// Marks a table whose amounts a witness states `factor` times as large.
pub(crate) fn unit_contradicted(statement: &mut Statement, factor: Decimal, witness: Witness) {
    let unit = statement.unit;
    let own = |fact: &&mut Fact| fact.unit == unit && fact.unit_source != Some(UnitSource::Cell);
    for fact in statement.facts.iter_mut().filter(own) {
        fact.alternative = fact.value.and_then(|v| v.checked_mul(factor)).map(|v| v.normalize());
        flag(fact, FactFlag::UnitConflict);
    }
    let ratio = if factor >= Decimal::ONE { factor } else { Decimal::ONE / factor };
    statement.doubts.push(Doubt::UnitSuspect { unit, witness, times: ratio.normalize() });
}

/// Enters amounts that were left without a value for a doubt of their text among a table's unread numbers. A missing unit
/// is no such doubt: the number was read, and the flag says what it lacks.
pub(crate) fn undecided(statements: &mut [Statement]) {
    for statement in statements {
        let open = statement.facts.iter().filter(|fact| is_undecided(fact));
        let unread = open.map(|fact| Unread {
            text: fact.value_text.clone(),
            place: fact.place,
            position: statement.raw.cells.get(fact.cell).map(|cell| (cell.row, cell.col)),
        });
        let unread: Vec<Unread> = unread.collect();
        statement.unread.extend(unread);
    }
}

fn is_undecided(fact: &Fact) -> bool {
    let doubts = [FactFlag::LowConfidence];
    fact.value.is_none() && fact.unit.is_some() && doubts.iter().any(|doubt| fact.flags.contains(doubt))
}

/// Flags every fact that took part in a failed check with `check_failed`.
pub(crate) fn checks_failed(statements: &mut [Statement], checks: &[Check]) {
    let cells = checks.iter().filter(|c| c.status == CheckStatus::Failed).flat_map(|c| &c.cells);
    let own = cells.filter(|cell| cell.source.is_empty());
    let cells: BTreeSet<(&str, u32, u32)> = own.map(|cell| (cell.table.as_str(), cell.row, cell.col)).collect();
    if cells.is_empty() {
        return;
    }
    for statement in statements {
        for fact in &mut statement.facts {
            if cells.contains(&(statement.id.as_str(), fact.row, fact.col)) {
                flag(fact, FactFlag::CheckFailed);
            }
        }
    }
}
