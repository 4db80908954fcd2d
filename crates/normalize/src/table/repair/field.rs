//! What a table's value columns hold for the sums, and what a repair makes of a place.

use crate::model::vocabulary::{ColumnKind, Side};
use crate::table::grid::Grid;
use crate::table::row::Row;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

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
pub(crate) type Change = Vec<((usize, usize), Option<Repaired>)>;

/// A doubtful place with all its readings.
pub(crate) struct Site {
    /// Whether the place reads as an amount as it stands; then that reading must fail before another is taken.
    pub(crate) plain: bool,
    /// All of them.
    pub(crate) changes: Vec<Change>,
}
