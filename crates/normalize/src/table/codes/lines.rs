//! The table as its codes are read.

use crate::table::column::Column;
use crate::table::grid::Grid;

/// The table and the label columns whose codes are read.
pub(crate) struct Lines<'a> {
    pub(crate) grid: &'a Grid<'a>,
    pub(crate) columns: &'a [Column],
    /// First row of the body.
    pub(crate) first: usize,
    /// Label columns, nearest first.
    pub(crate) labels: &'a [usize],
}
