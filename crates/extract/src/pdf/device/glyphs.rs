//! The glyphs of a page while it is drawn: those that are seen, and those of an invisible text layer.

use super::doubles::remove_doubles;
use crate::model::Glyph;

/// What text says that no font explains.
const UNKNOWN: &str = "\u{FFFD}";

/// Glyphs in drawing order, as many as the limit allows.
pub(super) struct Glyphs {
    seen: Vec<Glyph>,
    invisible: Vec<Glyph>,
    most: usize,
    /// Glyphs that are seen and whose character could not be found out.
    pub(super) unknown: u32,
    /// Whether the limit left glyphs out.
    pub(super) truncated: bool,
    /// Whether text was set in no size at all.
    pub(super) sizeless: bool,
}

impl Glyphs {
    pub(super) fn new(most: usize) -> Self {
        Self { seen: Vec::new(), invisible: Vec::new(), most, unknown: 0, truncated: false, sizeless: false }
    }

    /// Whether there is room for another glyph.
    pub(super) fn admit(&mut self) -> bool {
        let admitted = self.seen.len() + self.invisible.len() < self.most;
        self.truncated |= !admitted;
        admitted
    }

    pub(super) fn push(&mut self, glyph: Glyph) {
        if glyph.hidden {
            self.invisible.push(glyph);
            return;
        }
        self.unknown += u32::from(glyph.text == UNKNOWN);
        self.seen.push(glyph);
    }

    /// The page's glyphs, each once. Invisible text counts only as the text layer under a scanned picture.
    pub(super) fn finish(self, has_pictures: bool) -> Vec<Glyph> {
        let scanned = self.seen.is_empty() && has_pictures;
        let mut glyphs = if scanned { self.invisible } else { self.seen };
        remove_doubles(&mut glyphs);
        glyphs
    }
}
