//! The script of a document: is it an alphabetic one?

use crate::model::Page;

/// Share of ideographs above which a document is not of an alphabetic script.
const IDEOGRAPHS: f64 = 0.02;

/// Whether a document is written in an alphabetic script.
pub(crate) fn is_alphabetic(pages: &[Page]) -> bool {
    let mut letters = 0_usize;
    let mut ideographs = 0_usize;
    for c in pages.iter().flat_map(|p| &p.glyphs).filter_map(|g| g.text.chars().next()) {
        letters += usize::from(c.is_alphabetic());
        ideographs +=
            usize::from(matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'));
    }
    letters > 0 && (ideographs as f64) < IDEOGRAPHS * letters as f64
}
