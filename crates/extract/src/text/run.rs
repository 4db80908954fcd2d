//! A run of glyphs on one line.

use crate::model::{Direction, Rect};

/// A run of glyphs on one line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextRun {
    /// The run's text.
    pub(crate) text: String,
    /// Box on the page.
    pub(crate) bbox: Rect,
    /// Largest font size in it.
    pub(crate) size: f64,
    /// Direction it runs in.
    pub(crate) direction: Direction,
}
