//! A table with what is needed to decide whether the next page goes on with it.

use crate::model::{RawTable, Rect};
use crate::table::cuts::Cuts;
use crate::table::page_table::PageTable;

/// A table with what is needed to decide whether the next page goes on with it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fragment {
    pub(crate) table: RawTable,
    /// Column boundaries on the last page.
    pub(crate) xs: Vec<f64>,
    /// Box on the last page.
    pub(crate) bbox: Rect,
    /// Top on the first page, in points.
    pub(crate) start: f64,
    /// Texts of the lines above on the first page itself (nothing borrowed from the page before).
    pub(crate) own_above: Vec<String>,
    /// Whether lines of text stand below on the last page.
    pub(crate) text_below: bool,
    /// Whether these lines are notes to the table or to the page.
    pub(crate) notes_below: bool,
    /// Cells whose text may be cut by a page break.
    pub(crate) cuts: Cuts,
    /// Whether columns of later pages stand beside its own.
    pub(crate) wide: bool,
    /// The table that a person says it is part of.
    pub(crate) drawn: Option<Drawn>,
}

/// A table that a person drew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// Its number.
    pub(crate) table: usize,
    /// Whether this is not its first part.
    pub(crate) goes_on: bool,
}

impl Fragment {
    pub(crate) fn new(found: PageTable) -> Self {
        Self {
            table: found.table,
            xs: found.xs,
            bbox: found.bbox,
            start: found.bbox.y0,
            own_above: Vec::new(),
            text_below: false,
            notes_below: false,
            cuts: found.cuts,
            wide: false,
            drawn: None,
        }
    }

    pub(crate) fn first_page(&self) -> u32 {
        self.table.pages.first().copied().unwrap_or(0)
    }

    pub(crate) fn last_page(&self) -> u32 {
        self.table.pages.last().copied().unwrap_or(0)
    }
}
