//! What a person says of a file's tables: read instead of guessing where it speaks.

use serde::{Deserialize, Serialize};

/// One thing that a person says. Lengths are points from the displayed page's top left; pages, tables, rows and columns
/// are counted from 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Hint {
    /// A table stands here on a page, with these columns.
    Table {
        /// The page that it begins on.
        page: u32,
        /// Left, top, right and bottom of its grid.
        bbox: [f64; 4],
        /// The lines between its columns, from left to right, without the outer two.
        columns: Vec<f64>,
        /// The lines between its rows from top to bottom, without the outer two; empty to find the rows by the rulings and
        /// the text.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rows: Vec<f64>,
        /// How many of its first rows are its header.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        header_rows: Option<usize>,
        /// The pages that it runs on over.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        runs_on: Vec<u32>,
        /// Whether it goes on with the table that was drawn last on a page before.
        #[serde(default, skip_serializing_if = "is_false")]
        continues: bool,
    },
    /// What stands here on a page is no table.
    NotATable {
        /// The page.
        page: u32,
        /// Left, top, right and bottom.
        bbox: [f64; 4],
    },
    /// The header of the table that was found here on a page.
    Header {
        /// The page that it begins on.
        page: u32,
        /// Left, top, right and bottom of the table, or of a part of it.
        bbox: [f64; 4],
        /// How many of its first rows.
        header_rows: usize,
    },
    /// A part of the grid of a file without pages is a table of its own.
    Cells {
        /// The grid, as the tables are counted without hints.
        table: usize,
        /// First row, first column, last row and last column of the part, counted in the grid.
        cells: [usize; 4],
        /// How many of its first rows are its header.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        header_rows: Option<usize>,
    },
    /// A grid of a file without pages is no table.
    NoTable {
        /// The grid, as the tables are counted without hints.
        table: usize,
    },
    /// The header of a table of a file without pages.
    HeaderOf {
        /// The grid, as the tables are counted without hints.
        table: usize,
        /// How many of its first rows.
        header_rows: usize,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
