//! Figures that can be read in more than one way, settled by the table's own sums.
//!
//! Two figures run into one cell, a figure broken over two, a point or a bracket lost, 0 and O mixed up, a cell merged
//! over two columns: what is printed has a few readings and no more. Where exactly one of them makes the row's or the
//! column's printed total hold, and breaks none, it is taken and marked `repaired`; else the cell stays as it is.

pub(crate) mod glued;
mod proof;
mod readings;
pub(crate) mod restore;

use crate::model::rule::Rule;
use crate::model::vocabulary::{ColumnKind, Side};
use crate::reading::amount::Reading;
use crate::table::grid::Grid;
use crate::table::row::Row;
use proof::Ledger;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A table has no more doubtful places than this; more are no slips but another layout.
const MOST_SITES: usize = 200;

/// A value column as the sums see it.
#[derive(Debug)]
pub(crate) struct Figures<'a> {
    /// Grid column.
    pub(crate) at: usize,
    /// What the column is among those of its panel.
    pub(crate) kind: ColumnKind,
    /// Its panel.
    pub(crate) side: Option<Side>,
    /// Its header.
    pub(crate) path: &'a [String],
    /// The rows of its lane, from the first body row on.
    pub(crate) rows: &'a [Row],
}

/// A table's value columns.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    /// The grid.
    pub(crate) grid: &'a Grid<'a>,
    /// First body row.
    pub(crate) first: usize,
    /// Value columns, left to right.
    pub(crate) columns: Vec<Figures<'a>>,
}

/// What a position holds after the repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repaired {
    /// The figure.
    pub(crate) figure: Decimal,
    /// Grid column of the cell that prints it.
    pub(crate) from: usize,
    /// As printed, over all cells that took part.
    pub(crate) text: String,
}

/// Repairs by grid position; `None` where the figure printed there belongs to another column.
pub(crate) type Repairs = BTreeMap<(usize, usize), Option<Repaired>>;

/// One way to read a doubtful place: what each of its positions then holds.
type Change = Vec<((usize, usize), Option<Repaired>)>;

/// A doubtful place with all its readings.
struct Site {
    /// Whether the place reads as an amount as it stands; then that reading must fail before another is taken.
    plain: bool,
    changes: Vec<Change>,
}

/// Finds and settles the doubtful places of a table.
pub(crate) fn settle(field: &Field) -> Repairs {
    let mut repairs = Repairs::new();
    if field.columns.len() < 2 && field.columns.iter().all(|c| c.rows.len() < 3) {
        return repairs;
    }
    let mut ledger = Ledger::new(field);
    let mut sites = sites(field, ledger.decimals());
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

/// All doubtful places, row by row.
fn sites(field: &Field, decimals: u32) -> Vec<Site> {
    let mut sites = Vec::new();
    for row in field.first..field.grid.rows() {
        for index in 0..field.columns.len() {
            sites.extend(Place { field, row, index, decimals }.site());
        }
    }
    sites
}

/// A position among the value columns.
#[derive(Clone, Copy)]
struct Place<'a> {
    field: &'a Field<'a>,
    row: usize,
    index: usize,
    decimals: u32,
}

impl Place<'_> {
    fn site(&self) -> Option<Site> {
        let text = self.text()?;
        let plain = matches!(self.field.grid.reading(self.row, self.col()), Reading::Amount(..));
        if plain && !readings::lost_point(text, self.decimals) {
            let changes = [self.merged(), self.broken()].concat();
            return (!changes.is_empty()).then_some(Site { plain, changes });
        }
        let mut changes: Vec<Change> = readings::whole(text, self.decimals)
            .into_iter()
            .map(|figure| vec![(self.position(), Some(self.repaired(figure, text)))])
            .collect();
        changes.extend(self.pairs(text));
        (!changes.is_empty()).then_some(Site { plain: false, changes })
    }

    fn col(&self) -> usize {
        self.field.columns.get(self.index).map_or(0, |c| c.at)
    }

    fn position(&self) -> (usize, usize) {
        (self.row, self.col())
    }

    /// The text printed here; none where the cell begins elsewhere or is blank.
    fn text(&self) -> Option<&str> {
        self.field.grid.origin(self.row, self.col())?;
        let text = self.field.grid.cell(self.row, self.col())?.text.as_str();
        (!text.trim().is_empty()).then_some(text)
    }

    fn repaired(&self, figure: Decimal, text: &str) -> Repaired {
        Repaired { figure, from: self.col(), text: text.trim().to_owned() }
    }

    /// The value column beside this one in the same panel.
    fn beside(&self, step: isize) -> Option<Self> {
        let index = self.index.checked_add_signed(step)?;
        let (own, other) = (self.field.columns.get(self.index)?, self.field.columns.get(index)?);
        (own.side == other.side && own.at.abs_diff(other.at) == 1).then_some(Self { index, ..*self })
    }

    fn is_blank(&self) -> bool {
        self.field.grid.reading(self.row, self.col()) == Reading::Blank
    }

    /// Two figures printed in this cell, one of them that of the blank column on either side.
    fn pairs(&self, text: &str) -> Vec<Change> {
        let Some((first, second)) = readings::pair(text, self.decimals) else { return Vec::new() };
        let with = |other: Self, (left, right): (Decimal, Decimal)| {
            vec![
                (self.position(), Some(self.repaired(left, text))),
                (other.position(), Some(self.repaired(right, text))),
            ]
        };
        let right = self.beside(1).filter(Self::is_blank).map(|other| with(other, (first, second)));
        let left = self.beside(-1).filter(Self::is_blank).map(|other| with(other, (second, first)));
        right.into_iter().chain(left).collect()
    }

    /// One figure printed over this cell and the next: it belongs to one of both columns.
    fn broken(&self) -> Vec<Change> {
        let Some((own, other)) = self.text().zip(self.beside(1)) else { return Vec::new() };
        let Some(next) = other.text() else { return Vec::new() };
        let Some(figure) = readings::joined(own, next, self.decimals) else { return Vec::new() };
        let text = format!("{}{}", own.trim(), next.trim());
        let at = |place: &Self| (place.position(), Some(self.repaired(figure, &text)));
        vec![vec![at(self), (other.position(), None)], vec![(self.position(), None), at(&other)]]
    }

    /// A figure in a cell merged over several value columns: any of them may be its own.
    fn merged(&self) -> Vec<Change> {
        let Some(text) = self.text() else { return Vec::new() };
        let Reading::Amount(figure, _) = self.field.grid.reading(self.row, self.col()) else { return Vec::new() };
        let width = self.field.grid.width(self.row, self.col());
        let mut options = Vec::new();
        let mut other = *self;
        while let Some(next) = other.beside(1).filter(|o| o.col() < self.col() + width) {
            options.push(vec![(self.position(), None), (next.position(), Some(self.repaired(figure, text)))]);
            other = next;
        }
        options
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
