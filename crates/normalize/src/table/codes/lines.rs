//! The table as its codes are read.

use crate::reading::code::{self, Family};
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

impl Lines<'_> {
    /// The text (folded) of a column that holds whole codes. A narrow column wraps them; where the page has no line below the row, the
    /// first digits stand in a row of their own, with nothing beside them.
    pub(crate) fn code_text(&self, row: usize, col: usize) -> String {
        if self.wraps(row, col) {
            return String::new();
        }
        let own = self.grid.folded(row, col);
        match row.checked_sub(1).filter(|above| self.wraps(*above, col)) {
            Some(above) => format!("{}{own}", self.grid.folded(above, col)),
            None => own.to_owned(),
        }
    }

    /// Whether a row prints nothing but the first digits of the code in the row below.
    fn wraps(&self, row: usize, col: usize) -> bool {
        let (own, below) = (self.grid.folded(row, col), self.grid.folded(row + 1, col));
        let joined = format!("{own}{below}");
        let known = joined.get(..3).is_some_and(|class| code::class_name(class).is_some());
        row >= self.first
            && code::is_digits(own)
            && code::is_digits(below)
            && Family::of_code(below).is_none_or(|_| below.len() < 3)
            && matches!(joined.len(), 3 | 5 | 7)
            && known
            && self.grid.starts(row) == [col]
            && self.grid.starts(row + 1).len() > 1
    }
}
