//! The lines of a page's text that no table took.

use crate::model::{Glyph, Page};
use crate::text::{self, OpenLine, TextRun};

/// Gap on a line (in font sizes) that sets two captions apart: 编号：… at the left, 日期：… at the right.
const CAPTION_GAP: f64 = 2.5;
/// Gap on a line (in font sizes) between texts of two cells.
const WORD_GAP: f64 = 0.8;

/// The lines of text that no table took, top to bottom.
pub(super) fn of_page(page: &Page, rest: &[Glyph]) -> Vec<OpenLine> {
    let mut texts = text::lines(rest, Some(WORD_GAP)).into_iter().peekable();
    let line = |run: TextRun| {
        let within = |part: &TextRun| run.bbox.contains(part.bbox.center_x(), part.bbox.center_y());
        let mut parts: Vec<TextRun> = std::iter::from_fn(|| texts.next_if(within)).collect();
        if parts.is_empty() {
            parts.push(run.clone());
        }
        OpenLine { run, parts, page: page.number, running: false }
    };
    text::lines(rest, Some(CAPTION_GAP)).into_iter().map(line).collect()
}
