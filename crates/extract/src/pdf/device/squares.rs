//! Things of a page by the squares that they stand in, so that what is near a place is found without looking at all.

use crate::model::Rect;
use std::collections::BTreeMap;

/// Most squares that one thing is entered in or searched over: a page of poster size.
const MOST: i64 = 6_000;

/// Numbers of things by square.
pub(super) struct Squares {
    /// Length (points) of a square's side.
    side: f64,
    things: BTreeMap<(i32, i32), Vec<u32>>,
}

impl Squares {
    /// Squares with a side of so many points.
    pub(super) fn new(side: f64) -> Self {
        Self { side, things: BTreeMap::new() }
    }

    /// Enters a thing that stands in a box; false where it is larger than any page.
    pub(super) fn enter(&mut self, bbox: &Rect, thing: u32) -> bool {
        let Some(squares) = self.over(bbox) else { return false };
        for square in squares {
            self.things.entry(square).or_default().push(thing);
        }
        true
    }

    /// Enters a thing by the middle of its box.
    pub(super) fn enter_middle(&mut self, bbox: &Rect, thing: u32) {
        self.things.entry(self.square(bbox.center_x(), bbox.center_y())).or_default().push(thing);
    }

    /// Things in the square of a place, in the order in which they were entered.
    pub(super) fn at(&self, x: f64, y: f64) -> &[u32] {
        self.things.get(&self.square(x, y)).map_or(&[], Vec::as_slice)
    }

    /// Things whose square a box touches.
    pub(super) fn near(&self, bbox: &Rect) -> Vec<u32> {
        if self.things.is_empty() {
            return Vec::new();
        }
        match self.over(bbox) {
            Some(squares) => squares.filter_map(|square| self.things.get(&square)).flatten().copied().collect(),
            None => self.things.values().flatten().copied().collect(),
        }
    }

    fn square(&self, x: f64, y: f64) -> (i32, i32) {
        ((x / self.side).floor() as i32, (y / self.side).floor() as i32)
    }

    /// The squares that a box touches; `None` for too many.
    fn over(&self, bbox: &Rect) -> Option<impl Iterator<Item = (i32, i32)> + use<>> {
        let (first, last) = (self.square(bbox.x0, bbox.y0), self.square(bbox.x1, bbox.y1));
        let count = |a: i32, b: i32| i64::from(b) - i64::from(a) + 1;
        (count(first.0, last.0).saturating_mul(count(first.1, last.1)) <= MOST)
            .then(|| (first.0..=last.0).flat_map(move |x| (first.1..=last.1).map(move |y| (x, y))))
    }
}
