//! Tables with horizontal rules only.

use super::super::ruled::PageTable;
use crate::geometry::Rect;
use crate::page::{Glyph, Page};

/// Finds tables between horizontal rules.
pub(super) fn find(_page: &Page, rest: Vec<Glyph>, _ruled: &[Rect]) -> (Vec<PageTable>, Vec<Glyph>) {
    (Vec::new(), rest)
}
