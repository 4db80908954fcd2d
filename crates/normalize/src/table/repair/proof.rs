//! The sums that a doubtful figure takes part in.

use crate::model::vocabulary::{ColumnKind, RowKind};
use crate::reading::amount::{Reading, is_unread};
use crate::table::repair::field::{Change, Field, Figures, Site};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

type Position = (usize, usize);

/// A printed total with what it sums.
struct Identity {
    /// The printed totals: one of them has to agree (本年支出合计, 支出总计).
    totals: Vec<Position>,
    parts: Vec<Position>,
}

/// The table's figures and its sums.
pub(super) struct Ledger {
    values: BTreeMap<Position, Decimal>,
    doubtful: BTreeSet<Position>,
    identities: Vec<Identity>,
    decimals: u32,
}

/// How a reading stands the test.
#[derive(Default)]
struct Verdict {
    held: usize,
    broken: usize,
}

impl Ledger {
    pub(super) fn new(field: &Field) -> Self {
        let (mut values, mut doubtful) = (BTreeMap::new(), BTreeSet::new());
        for column in &field.columns {
            for row in field.first..field.grid.rows() {
                let begins = field.grid.origin(row, column.at).is_some();
                match field.grid.reading(row, column.at) {
                    Reading::Amount(value, _) if begins => _ = values.insert((row, column.at), value),
                    // A figure stands there, but which: no sum over it proves anything.
                    Reading::Several if begins => _ = doubtful.insert((row, column.at)),
                    Reading::Other if begins && is_unread(field.grid.folded(row, column.at)) => {
                        doubtful.insert((row, column.at));
                    }
                    _ => {}
                }
            }
        }
        let decimals = values.values().map(Decimal::scale).max().unwrap_or(0);
        let mut identities: Vec<Identity> = field.columns.iter().filter_map(|c| column_sum(field, c)).collect();
        for row in field.first..field.grid.rows() {
            identities.extend(row_sums(field, row));
        }
        Self { values, doubtful, identities, decimals }
    }

    /// Number of decimals that the table prints.
    pub(super) fn decimals(&self) -> u32 {
        self.decimals
    }

    /// Marks places whose figure is not known: no sum proves anything with them but one that reads them.
    pub(super) fn doubt(&mut self, places: impl Iterator<Item = Position>) {
        for place in places {
            self.doubtful.insert(place);
            self.values.remove(&place);
        }
    }

    /// Takes a reading as the table's own.
    pub(super) fn take(&mut self, change: &Change) {
        for (place, repaired) in change {
            self.doubtful.remove(place);
            match repaired {
                Some(repaired) => self.values.insert(*place, repaired.figure),
                None => self.values.remove(place),
            };
        }
    }

    /// The only reading that the sums prove.
    pub(super) fn only<'s>(&self, site: &'s Site) -> Option<&'s Change> {
        let standing = self.verdict(&Vec::new(), site.changes.first()?);
        if site.plain && standing.broken == 0 {
            return None;
        }
        let proved = |change: &&Change| {
            let verdict = self.verdict(change, change);
            verdict.held > 0 && verdict.broken == 0
        };
        let mut found = site.changes.iter().filter(proved);
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }

    /// Tests the sums that the places of `around` take part in, with the figures of `change` in place.
    fn verdict(&self, change: &Change, around: &Change) -> Verdict {
        let changed: BTreeMap<Position, Option<Decimal>> =
            change.iter().map(|(place, r)| (*place, r.as_ref().map(|r| r.figure))).collect();
        let touches = |identity: &&Identity| {
            around.iter().any(|(place, _)| identity.parts.contains(place) || identity.totals.contains(place))
        };
        let mut verdict = Verdict::default();
        for identity in self.identities.iter().filter(touches) {
            match self.holds(identity, &changed) {
                Some(true) => verdict.held += 1,
                Some(false) => verdict.broken += 1,
                None => {}
            }
        }
        verdict
    }

    /// Whether a sum agrees; `None` where a figure of it is not known or nothing is printed to compare.
    fn holds(&self, identity: &Identity, changed: &BTreeMap<Position, Option<Decimal>>) -> Option<bool> {
        let unknown = |place: &Position| self.doubtful.contains(place) && !changed.contains_key(place);
        if identity.parts.iter().chain(&identity.totals).any(unknown) {
            return None;
        }
        let value = |place: &Position| match changed.get(place) {
            Some(figure) => *figure,
            None => self.values.get(place).copied(),
        };
        let parts: Vec<Decimal> = identity.parts.iter().filter_map(value).collect();
        let totals: Vec<Decimal> = identity.totals.iter().filter_map(value).collect();
        if totals.is_empty() || parts.is_empty() && totals.iter().all(Decimal::is_zero) {
            return None;
        }
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part))?;
        let half = Decimal::new(5, (self.decimals + 1).min(28));
        let tolerance = half.checked_mul(Decimal::from(parts.len() + 1))?;
        Some(totals.iter().filter_map(|t| t.checked_sub(sum)).any(|difference| difference.abs() <= tolerance))
    }
}

/// The printed total rows of a column against its leaves.
fn column_sum(field: &Field, column: &Figures) -> Option<Identity> {
    let of = |wanted: &dyn Fn(&crate::table::row::Row) -> bool| -> Vec<Position> {
        let rows = column.rows.iter().enumerate().filter(|(_, row)| wanted(row));
        rows.map(|(at, _)| (field.first + at, column.at)).collect()
    };
    let totals = of(&|row| row.kind == Some(RowKind::Total));
    let parts = of(&|row| row.additive);
    (!totals.is_empty() && !parts.is_empty()).then_some(Identity { totals, parts })
}

/// The totals and subtotals of a row against the columns below their heads.
fn row_sums(field: &Field, row: usize) -> Vec<Identity> {
    let mut found = Vec::new();
    for total in &field.columns {
        let items: Vec<&Figures> = field
            .columns
            .iter()
            .filter(|c| c.side == total.side && c.kind == ColumnKind::Item && c.at != total.at)
            .collect();
        let parts: Vec<Position> = match total.kind {
            ColumnKind::Total if is_only_total(field, total) => items.iter().map(|c| (row, c.at)).collect(),
            ColumnKind::Subtotal => {
                let head = total.path.get(..total.path.len().saturating_sub(1)).unwrap_or_default();
                let below = items.iter().filter(|c| !head.is_empty() && c.path.starts_with(head));
                below.map(|c| (row, c.at)).collect()
            }
            _ => Vec::new(),
        };
        if parts.len() > 1 {
            found.push(Identity { totals: vec![(row, total.at)], parts });
        }
    }
    found
}

fn is_only_total(field: &Field, total: &Figures) -> bool {
    let totals = field.columns.iter().filter(|c| c.side == total.side && c.kind == ColumnKind::Total);
    totals.count() == 1
}
