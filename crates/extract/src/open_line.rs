//! A line of text outside all grids, while its page is still being put together.

use crate::text::TextRun;

/// One line of the open page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OpenLine {
    pub(crate) run: TextRun,
    pub(crate) page: u32,
    /// Running head, foot or page number.
    pub(crate) running: bool,
}
