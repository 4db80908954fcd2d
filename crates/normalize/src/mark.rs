//! Doubts of later phases, written on the amounts that earlier ones read: values stay as printed, flags and the other
//! reading stand beside them.

mod structure;

use crate::model::check::{Check, CheckStatus};
use crate::model::doubt::{Doubt, Witness};
use crate::model::fact::Fact;
use crate::model::money::UnitSource;
use crate::model::statement::Statement;
use crate::model::unread::Unread;
use crate::model::vocabulary::{DocumentKind, FactFlag};
use crate::near_names::Names;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use structure::Doubted;
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
/// Text without a value that was read less surely than this is in doubt, and so is a figure that a sum holds but for its last
/// digit: rounding or a misread digit, nobody knows.
const UNPROVED: f64 = 0.95;
/// How surely another program read a scan's text.
const ELSEWHERE: f64 = 0.5;
/// What an amount is for is in doubt where its label or its column's head was read less surely than this.
const LABEL: f64 = 0.7;

/// Flags amounts that were read from pictures and that no sum proves, and those of which it is not sure what they are for.
pub(crate) fn recognised(statements: &mut [Statement], checks: &[Check]) {
    let (proved, rounded) = (cells_of(checks, CheckStatus::Passed), cells_of(checks, CheckStatus::Rounding));
    let scanned = || statements.iter().filter(|statement| statement.raw.method == Method::Ocr);
    let captions = scanned().flat_map(|statement| &statement.raw.captions).map(|caption| caption.text.as_str());
    let texts = scanned().flat_map(|statement| &statement.raw.cells).map(|cell| cell.text.as_str());
    let names = Names::of(texts.chain(captions));
    let fixed = prints_all_cents(&scanned().flat_map(|statement| &statement.facts).collect::<Vec<&Fact>>());
    for statement in statements.iter_mut().filter(|statement| statement.raw.method == Method::Ocr) {
        let is_head = |row: usize| row < statement.header_start + statement.header_rows;
        let labels = least_sure(&statement.raw, |cell| cell.row..cell.row + cell.row_span, |_| true);
        let heads = least_sure(&statement.raw, |cell| cell.col..cell.col + cell.col_span, |cell| is_head(cell.row));
        let structure = Doubted::of(statement, &names);
        for fact in &mut statement.facts {
            let Some(cell) = statement.raw.cells.get(fact.cell) else { continue };
            let odd = fixed && decimals(&fact.value_text).is_some_and(|count| count != CENTS);
            let confidence = cell.read.as_ref().map_or(ELSEWHERE, |read| read.confidence);
            let place = (statement.id.as_str(), fact.row, fact.col);
            let is_proved = proved.contains(&place) || (rounded.contains(&place) && confidence >= UNPROVED);
            let sure = |of: &BTreeMap<usize, f64>, at: usize| of.get(&at).is_none_or(|least| *least >= LABEL);
            let named = fact.row_label.chars().any(is_chinese);
            let is_clear = named
                && !names.nearly(&fact.row_label)
                && sure(&labels, cell.row)
                && sure(&heads, cell.col)
                && !structure.holds(cell, fact, &names);
            flag(fact, FactFlag::Ocr);
            fact.flags.sort();
            let unproved = !is_proved && (fact.value.is_some() || confidence < UNPROVED);
            // A unit or the gap between two figures may have been lost to the picture.
            let lost = [FactFlag::UnitMissing, FactFlag::MergedFigures].iter().any(|lost| fact.flags.contains(lost));
            if odd || unproved || lost || (fact.value.is_some() && !is_clear) || confidence < PROVED {
                flag(fact, FactFlag::LowConfidence);
                fact.flags.sort();
            }
        }
    }
}

/// Decimals of an amount with cents, amounts that show that a document prints them all, and the share of those that do at least.
const CENTS: usize = 2;
const ZEROS: usize = 1;
const MOSTLY: (usize, usize) = (3, 5);

/// Whether a document prints cents in full, the zeros at their end too: a figure with fewer has lost a digit then, at a ruling or
/// under a seal, whatever sum it stands in.
fn prints_all_cents(facts: &[&Fact]) -> bool {
    let pointed = facts.iter().filter_map(|fact| Some((*fact, decimals(&fact.value_text)?)));
    let (cents, other): (Vec<_>, Vec<_>) = pointed.partition(|(_, count)| *count == CENTS);
    let zeros = cents.iter().filter(|(fact, _)| fact.value_text.ends_with('0')).count();
    zeros >= ZEROS && MOSTLY.1 * cents.len() >= MOSTLY.0 * (cents.len() + other.len())
}

/// Digits behind a figure's point; none where it has no point.
fn decimals(text: &str) -> Option<usize> {
    let (_, cents) = text.trim().rsplit_once('.')?;
    Some(cents.chars().take_while(char::is_ascii_digit).count())
}

/// The cells of the checks that ended so.
fn cells_of(checks: &[Check], status: CheckStatus) -> BTreeSet<(&str, u32, u32)> {
    let own = checks.iter().filter(|check| check.status == status).flat_map(|check| &check.cells);
    own.filter(|cell| cell.source.is_empty()).map(|cell| (cell.table.as_str(), cell.row, cell.col)).collect()
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
    fn a_digit_is_missed_where_a_document_prints_all_cents() {
        let facts = |texts: &[&str]| -> Vec<Fact> {
            let one = |(row, text): (usize, &&str)| Fact {
                value_text: (*text).to_owned(),
                ..fact(u32::try_from(row).unwrap_or(0), 2, "合计", "1")
            };
            texts.iter().enumerate().map(one).collect()
        };
        let prints = |texts: &[&str]| prints_all_cents(&facts(texts).iter().collect::<Vec<&Fact>>());
        assert!(prints(&["12.50", "3.21", "4.07", "19.2"]));
        assert!(!prints(&["12.5", "3.21", "4.07", "19.2"]), "zeros are left out");
        assert_eq!((decimals("1,234.5"), decimals("(12.50)"), decimals("12")), (Some(1), Some(2), None));
    }

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
