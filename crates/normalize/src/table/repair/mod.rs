//! Figures that can be read in more than one way, settled by the table's own sums.
//!
//! Two figures run into one cell, a figure broken over two, a point or a bracket lost, 0 and O mixed up, a cell merged
//! over two columns: what is printed has a few readings and no more. Where exactly one of them makes the row's or the
//! column's printed total hold, and breaks none, it is taken and marked `repaired`; else the cell stays as it is.

pub(crate) mod field;
pub(crate) mod glued;
mod proof;
mod readings;
pub(crate) mod restore;
mod site;

use crate::model::rule::Rule;
use field::{Field, Repairs};
use proof::Ledger;

/// A table has no more doubtful places than this; more are no slips but another layout.
const MOST_SITES: usize = 200;

/// Repairs the doubtful places of a table that its own sums settle.
pub(crate) fn repair(field: &Field) -> Repairs {
    let mut repairs = Repairs::new();
    if field.columns.len() < 2 && field.columns.iter().all(|c| c.rows.len() < 3) {
        return repairs;
    }
    let mut ledger = Ledger::new(field);
    let mut sites = site::sites(field, ledger.decimals());
    if sites.is_empty() || sites.len() > MOST_SITES {
        return repairs;
    }
    for site in sites.iter().filter(|s| !s.plain) {
        ledger.doubt(site.changes.iter().flatten().map(|(place, _)| *place));
    }
    // A figure that is settled may make another's sums complete.
    loop {
        let before = sites.len();
        sites.retain(|site| match ledger.only(site) {
            Some(change) => {
                ledger.take(change);
                repairs.extend(change.iter().cloned());
                false
            }
            None => true,
        });
        if sites.len() == before || sites.is_empty() {
            return repairs;
        }
    }
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "F01",
        title: "Readings of what is printed",
        statement: "a figure that is no plain amount (two run into one cell, one broken over two cells or columns, a lost point or bracket, O for 0) has only the readings that its own signs allow",
        source: "cells run together by converters and typists: 24,458.4331.50; 1,2 and 34.56; 1,234 56",
    },
    Rule {
        id: "F02",
        title: "Exactly one reading is proved",
        statement: "a reading is taken, marked `repaired`, where it alone makes its row's or its column's printed total hold and breaks no other; else the cell gives no amount, or stays as printed if it is one",
        source: "合计 = sum of its parts in the forms of the Ministry of Finance; printed figures are never changed",
    },
];

#[cfg(test)]
mod tests;
