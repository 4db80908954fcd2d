//! A text with its place in the grid, and what placing a row of texts has to know.

use super::block::Block;
use super::column::Columns;

/// A block with its place in the grid.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) block: Block,
    pub(super) row: usize,
    pub(super) row_span: usize,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// What placing a row has to know.
pub(super) struct RowRule<'a> {
    pub(super) columns: &'a Columns,
    /// Columns that cells of rows above cover.
    pub(super) taken: &'a [bool],
    /// A header leaves no column without a name.
    pub(super) header: bool,
    /// Whether the table has a header that is known as such.
    pub(super) has_header: bool,
    /// Whether no row above names the columns: then it is a form's row of labels and values.
    pub(super) form: bool,
}

/// A text of the body stands for several columns only when it is centred over them to this share of its size.
pub(super) const CENTRED: f64 = 0.35;
/// The same where the boundaries are estimates.
pub(super) const NEAR: f64 = 1.0;
/// Widest padding, in font sizes, between a text and its cell's edge.
pub(super) const PADDING: f64 = 0.8;

/// How far, in font sizes, a text is from the middle of a range of columns or from the side that it keeps to: numbers
/// to the right one, other texts to the left one.
pub(super) fn misfit(placed: &Placed, (first, last): (usize, usize), columns: &Columns) -> f64 {
    let block = &placed.block;
    let off = (block.bbox.center_x() - columns.center(first, last)).abs();
    let (left, right) = if columns.exact {
        (columns.xs[first] + PADDING * block.size, columns.xs[last + 1] - PADDING * block.size)
    } else {
        (columns.content[first].0, columns.content[last].1)
    };
    let aside = if block.number { right - block.bbox.x1 } else { block.bbox.x0 - left };
    off.min(aside.max(0.0)) / block.size
}
