//! The ground under text while a page is drawn: the colour that was painted last at a place.

use super::paint::WHITE;
use super::squares::Squares;
use crate::model::Rect;

/// Painted areas that are kept; with more of them the ground is unknown.
const MOST: usize = 20_000;
/// Side (points) of the squares that they are looked up by.
const SIDE: f64 = 48.0;

/// Areas in drawing order.
pub(super) struct Grounds {
    areas: Vec<(Rect, Option<[f32; 3]>)>,
    squares: Squares,
    /// Whether areas were left out.
    full: bool,
}

impl Grounds {
    pub(super) fn new(page: (f64, f64)) -> Self {
        Self { areas: Vec::new(), squares: Squares::new(page, SIDE), full: false }
    }

    /// Notes a painted area; without a colour, anything may be there.
    pub(super) fn paint(&mut self, area: Rect, colour: Option<[f32; 3]>) {
        if self.areas.len() >= MOST {
            self.full = true;
            return;
        }
        if self.squares.enter(&area, self.areas.len() as u32) {
            self.areas.push((area, colour));
        } else {
            self.full = true;
        }
    }

    /// The colour at a place; `None` where it is not known.
    pub(super) fn colour_at(&self, x: f64, y: f64) -> Option<[f32; 3]> {
        if self.full {
            return None;
        }
        let mut areas = self.squares.at(x, y).filter_map(|index| self.areas.get(index));
        areas.find(|(area, _)| area.contains(x, y)).map_or(Some(WHITE), |(_, colour)| *colour)
    }
}
