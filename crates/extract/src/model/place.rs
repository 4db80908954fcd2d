//! The place of a cell or a line in its file.

use super::geometry::Rect;
use serde::{Deserialize, Serialize};

/// Where a cell or a line is: a box on a page, or a position on a worksheet.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Place {
    /// 1-based page, `None` for worksheets.
    pub page: Option<u32>,
    /// Box of the cell on that page (of its text where it has some), `None` for worksheets.
    pub bbox: Option<Rect>,
    /// 1-based row and column on the worksheet or, in a document that has no pages, in the table; `None` for pages.
    pub sheet_cell: Option<(u32, u32)>,
}
