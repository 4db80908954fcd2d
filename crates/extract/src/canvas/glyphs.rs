//! The glyphs of a page while it is drawn: those that are seen, and those of an invisible text layer.

use super::drawn::{Drawn, Sight};
use super::squares::Squares;
use crate::model::Rect;
use hayro_interpret::kurbo::Point;

/// How far (points) the middle of a glyph that an area touches may stand outside it.
const REACH: f64 = 16.0;
/// Side (points) of the squares that glyphs are looked up by.
const SIDE: f64 = 48.0;

/// Glyphs in drawing order, as many as the limit allows.
pub(super) struct Glyphs {
    pub(super) drawn: Vec<Drawn>,
    places: Squares,
    most: usize,
    /// Whether the limit left glyphs out.
    pub(super) truncated: bool,
    /// Whether text was set in no size at all.
    pub(super) sizeless: bool,
    /// Characters that are drawn in no colour that can be seen.
    pub(super) unseen: Vec<(Rect, String)>,
    /// Characters with ink whose text is blank.
    pub(super) ink_without_text: u32,
}

impl Glyphs {
    pub(super) fn new(page: (f64, f64), most: usize) -> Self {
        Self {
            drawn: Vec::new(),
            places: Squares::new(page, SIDE),
            most,
            truncated: false,
            sizeless: false,
            unseen: Vec::new(),
            ink_without_text: 0,
        }
    }

    /// Whether there is room for another glyph.
    pub(super) fn admit(&mut self) -> bool {
        let admitted = self.drawn.len() + self.unseen.len() < self.most;
        self.truncated |= !admitted;
        admitted
    }

    pub(super) fn push(&mut self, glyph: Drawn) {
        self.places.enter_middle(&glyph.glyph.bbox, self.drawn.len() as u32);
        self.drawn.push(glyph);
    }

    /// Notes what an area covers of the glyphs drawn before it. A picture of a whole page lies over a text layer, which
    /// is then one that nobody sees and that says what the picture shows.
    pub(super) fn cover(&mut self, area: &Rect, is_page: bool, covers: &impl Fn(Point) -> bool) {
        if self.drawn.is_empty() {
            return;
        }
        let near = Rect::new(area.x0 - REACH, area.y0 - REACH, area.x1 + REACH, area.y1 + REACH);
        for index in self.places.near(&near) {
            let Some(glyph) = self.drawn.get_mut(index) else { continue };
            if glyph.glyph.hidden || glyph.covered == u16::MAX || !touches(&glyph.glyph.bbox, area) {
                continue;
            }
            let before = glyph.covered;
            glyph.cover(covers);
            if is_page && glyph.sight() == Sight::Gone {
                (glyph.covered, glyph.glyph.hidden) = (before, true);
            }
        }
    }
}

fn touches(a: &Rect, b: &Rect) -> bool {
    a.overlap_x(b) > 0.0 && a.overlap_y(b) > 0.0
}
