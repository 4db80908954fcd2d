//! How a part of a cell's text looks.

use crate::sheet::filler::Font;

/// How a span inside a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SpanLook {
    pub(super) font: Font,
    pub(super) height: Height,
}

/// Where a text stands on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Height {
    #[default]
    On,
    Raised,
    Lowered,
}
