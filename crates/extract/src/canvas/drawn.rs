//! A character as it was drawn, with what its place on the page alone does not tell.

use crate::model::{Glyph, Rect};
use hayro_interpret::kurbo::Point;

/// Places of a character that are looked at for what covers it: so many across and so many down.
const ACROSS: usize = 4;
/// Share of the box at each side that is white around a character of Chinese writing …
const MARGIN: f64 = 0.1;
/// … and above and below a digit or letter.
const HEADROOM: (f64, f64) = (0.2, 0.14);
/// Covered places from which on a character can't be seen …
const GONE: u32 = 10;
/// … and from which on a part of it can't.
const TOUCHED: u32 = 4;

/// A drawn character.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub(super) glyph: Glyph,
    /// Degrees by which its line is turned clockwise from rightwards, -180 to 180.
    pub(super) angle: f64,
    /// Colour as seen on white paper.
    pub(super) colour: [f32; 3],
    /// Which showing of text it comes from.
    pub(super) run: u32,
    /// Places of it that something drawn later covers, one bit each.
    pub(super) covered: u16,
    /// Whether a line strikes it out.
    pub(super) struck: bool,
}

/// What can be seen of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sight {
    Whole,
    Part,
    Gone,
}

impl Drawn {
    pub(super) fn sight(&self) -> Sight {
        match self.covered.count_ones() {
            _ if self.struck => Sight::Gone,
            count if count >= GONE => Sight::Gone,
            count if count >= TOUCHED => Sight::Part,
            _ => Sight::Whole,
        }
    }

    /// Notes what of it an area covers.
    pub(super) fn cover(&mut self, covers: &impl Fn(Point) -> bool) {
        let inner = self.inner();
        for place in 0..ACROSS * ACROSS {
            let share = |index: usize| (index as f64 + 0.5) / ACROSS as f64;
            let x = inner.x0 + inner.width() * share(place % ACROSS);
            let y = inner.y0 + inner.height() * share(place / ACROSS);
            if covers(Point::new(x, y)) {
                self.covered |= 1 << place;
            }
        }
    }

    /// The part of the box where its ink is.
    fn inner(&self) -> Rect {
        let b = self.glyph.bbox;
        let (above, below) = if self.glyph.text.is_ascii() { HEADROOM } else { (MARGIN, MARGIN) };
        let (w, h) = (b.width(), b.height());
        Rect::new(b.x0 + MARGIN * w, b.y0 + above * h, b.x1 - MARGIN * w, b.y1 - below * h)
    }

    /// Whether it is part of a printed number.
    pub(super) fn is_figure(&self) -> bool {
        let mut chars = self.glyph.text.chars();
        chars.next().is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-')) && chars.next().is_none()
    }

    /// Whether it is a digit or a letter of any writing.
    pub(super) fn is_written(&self) -> bool {
        self.glyph.text.chars().all(char::is_alphanumeric)
    }
}
