//! Doubts of later phases, written on the amounts that earlier ones read: values stay as printed, flags and the other
//! reading stand beside them.

use crate::model::check::{Check, CheckStatus};
use crate::model::doubt::{Doubt, Witness};
use crate::model::fact::Fact;
use crate::model::money::UnitSource;
use crate::model::statement::Statement;
use crate::model::unread::Unread;
use crate::model::vocabulary::{DocumentKind, FactFlag};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use yusuan_extract::{Cell, Method, RawTable};

/// Flags an amount once.
pub(crate) fn flag(fact: &mut Fact, flag: FactFlag) {
    if !fact.flags.contains(&flag) {
        fact.flags.push(flag);
    }
}

/// No department has a budget of a hundred million million yuan (the whole country spends less than three times that), no
/// government one ten times as large.
const MOST: [(bool, i64); 2] = [(false, 100_000_000_000_000), (true, 1_000_000_000_000_000)];

/// Takes the value from amounts that no budget holds: figures that were glued or moved. What is printed stays.
pub(crate) fn implausible(statements: &mut [Statement], kind: Option<DocumentKind>) {
    let government = matches!(kind, Some(DocumentKind::GovernmentBudget | DocumentKind::GovernmentFinalAccounts));
    let most = MOST.iter().find(|(whose, _)| *whose == government).map(|(_, most)| Decimal::from(*most));
    let Some(most) = most else { return };
    for fact in statements.iter_mut().flat_map(|s| &mut s.facts) {
        if fact.value.is_some_and(|value| value.abs() > most) {
            fact.value = None;
            fact.alternative = None;
            flag(fact, FactFlag::Implausible);
        }
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
    let read = fact.foreign_unit.is_some() || fact.flags.contains(&FactFlag::UnitMissing);
    let doubts = [FactFlag::LowConfidence, FactFlag::MergedFigures, FactFlag::Implausible, FactFlag::StaleFormula];
    fact.value.is_none() && !read && doubts.iter().any(|doubt| fact.flags.contains(doubt))
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

/// A figure read from a picture that a sum proves is in doubt where it was read less surely than this.
const PROVED: f64 = 0.3;
/// Text without a value that was read less surely than this is in doubt.
const UNPROVED: f64 = 0.95;
/// How surely another program read a scan's text.
const ELSEWHERE: f64 = 0.5;
/// What an amount is for is in doubt where its label or its column's head was read less surely than this.
const LABEL: f64 = 0.7;

/// Flags amounts that were read from pictures and that no sum proves, and those of which it is not sure what they are for.
pub(crate) fn recognised(statements: &mut [Statement], checks: &[Check]) {
    let held = checks.iter().filter(|check| matches!(check.status, CheckStatus::Passed | CheckStatus::Rounding));
    let own = held.flat_map(|check| &check.cells).filter(|cell| cell.source.is_empty());
    let proved: BTreeSet<(&str, u32, u32)> = own.map(|cell| (cell.table.as_str(), cell.row, cell.col)).collect();
    for statement in statements.iter_mut().filter(|statement| statement.raw.method == Method::Ocr) {
        let is_head = |row: usize| row < statement.header_start + statement.header_rows;
        let labels = least_sure(&statement.raw, |cell| cell.row..cell.row + cell.row_span, |_| true);
        let heads = least_sure(&statement.raw, |cell| cell.col..cell.col + cell.col_span, |cell| is_head(cell.row));
        for fact in &mut statement.facts {
            let Some(cell) = statement.raw.cells.get(fact.cell) else { continue };
            let confidence = cell.read.as_ref().map_or(ELSEWHERE, |read| read.confidence);
            let is_proved = proved.contains(&(statement.id.as_str(), fact.row, fact.col));
            let sure = |of: &BTreeMap<usize, f64>, at: usize| of.get(&at).is_none_or(|least| *least >= LABEL);
            let named = fact.row_label.chars().any(is_chinese);
            let is_clear = named && sure(&labels, cell.row) && sure(&heads, cell.col);
            flag(fact, FactFlag::Ocr);
            fact.flags.sort();
            let unproved = !is_proved && (fact.value.is_some() || confidence < UNPROVED);
            if unproved || (fact.value.is_some() && !is_clear) || confidence < PROVED {
                flag(fact, FactFlag::LowConfidence);
                fact.flags.sort();
            }
        }
    }
}

fn is_chinese(c: char) -> bool {
    c >= '\u{4e00}'
}

/// For each row or column how surely the least sure of its texts was read; figures are none.
fn least_sure(
    raw: &RawTable,
    extent: impl Fn(&Cell) -> Range<usize>,
    counts: impl Fn(&Cell) -> bool,
) -> BTreeMap<usize, f64> {
    let mut found: BTreeMap<usize, f64> = BTreeMap::new();
    for cell in raw.cells.iter().filter(|cell| counts(cell)) {
        let is_text = cell.text.chars().any(is_chinese);
        if let Some(read) = cell.read.as_ref().filter(|_| is_text) {
            for at in extent(cell) {
                let least = found.entry(at).or_insert(1.0);
                *least = least.min(read.confidence);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};
    use crate::model::vocabulary::TableType;

    #[test]
    fn no_budget_is_that_large() {
        let marked = |wan: &str, kind| {
            let mut tables = [statement(TableType::ExpenditureSummary, vec![fact(1, 2, "合计", wan)])];
            implausible(&mut tables, kind);
            let fact = &tables[0].facts[0];
            assert_eq!(fact.value.is_none(), fact.flags.contains(&FactFlag::Implausible));
            assert_eq!(fact.value_text, wan);
            fact.value.is_none()
        };
        let government = Some(DocumentKind::GovernmentBudget);
        assert!(!marked("10000000000", Some(DocumentKind::Budget)));
        assert!(marked("10000000000.01", Some(DocumentKind::Budget)) && marked("-10000000000.01", None));
        assert!(!marked("10000000000.01", government));
        assert!(marked("148791492119340980000", government));
    }
}
