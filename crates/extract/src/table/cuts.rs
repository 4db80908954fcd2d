//! Signs that a cell's text was cut by a page break.

use std::collections::BTreeSet;

/// Cells whose text, seen alone, may be cut by a page break, by (row, column).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cuts {
    /// The text reaches the cell's lower edge and its last line is full.
    pub(crate) ends_open: BTreeSet<(usize, usize)>,
    /// The text starts at the cell's upper edge.
    pub(crate) starts_high: BTreeSet<(usize, usize)>,
    /// The last line of the text is full, wherever in the cell it stands.
    pub(crate) ends_full: BTreeSet<(usize, usize)>,
}

impl Cuts {
    /// Moves to other columns (`map`: new index of each) and up by so many rows.
    pub(super) fn moved(&self, map: &[usize], rows: usize) -> Self {
        let shift = |set: &BTreeSet<(usize, usize)>| {
            let kept = set.iter().filter(|(row, _)| *row >= rows);
            kept.filter_map(|(row, col)| map.get(*col).map(|c| (row - rows, *c))).collect()
        };
        Self {
            ends_open: shift(&self.ends_open),
            starts_high: shift(&self.starts_high),
            ends_full: shift(&self.ends_full),
        }
    }

    /// Moves down by so many rows.
    pub(in crate::table) fn lowered(&self, rows: usize) -> Self {
        let shift = |set: &BTreeSet<(usize, usize)>| set.iter().map(|(row, col)| (row + rows, *col)).collect();
        Self {
            ends_open: shift(&self.ends_open),
            starts_high: shift(&self.starts_high),
            ends_full: shift(&self.ends_full),
        }
    }
}
