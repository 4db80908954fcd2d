//! Things of a page by the squares that they stand in, so that what is near a place is found without looking at all.

use crate::model::Rect;
use std::collections::BTreeMap;

/// Side (points) of a square.
const SIDE: f64 = 48.0;
/// Most squares that one thing is entered in or searched over: a page of poster size.
const MOST: i64 = 6_000;

/// Numbers of things by square.
#[derive(Default)]
pub(super) struct Squares(BTreeMap<(i32, i32), Vec<u32>>);

impl Squares {
    /// Enters a thing that stands in a box; false where it is larger than any page.
    pub(super) fn enter(&mut self, bbox: &Rect, thing: u32) -> bool {
        let Some(squares) = over(bbox) else { return false };
        for square in squares {
            self.0.entry(square).or_default().push(thing);
        }
        true
    }

    /// Enters a thing by the middle of its box.
    pub(super) fn enter_middle(&mut self, bbox: &Rect, thing: u32) {
        self.0.entry(square(bbox.center_x(), bbox.center_y())).or_default().push(thing);
    }

    /// Things in the square of a place, in the order in which they were entered.
    pub(super) fn at(&self, x: f64, y: f64) -> &[u32] {
        self.0.get(&square(x, y)).map_or(&[], Vec::as_slice)
    }

    /// Things whose square a box touches.
    pub(super) fn near(&self, bbox: &Rect) -> Vec<u32> {
        if self.0.is_empty() {
            return Vec::new();
        }
        match over(bbox) {
            Some(squares) => squares.filter_map(|square| self.0.get(&square)).flatten().copied().collect(),
            None => self.0.values().flatten().copied().collect(),
        }
    }
}

fn square(x: f64, y: f64) -> (i32, i32) {
    ((x / SIDE).floor() as i32, (y / SIDE).floor() as i32)
}

/// The squares that a box touches; `None` for too many.
fn over(bbox: &Rect) -> Option<impl Iterator<Item = (i32, i32)>> {
    let (first, last) = (square(bbox.x0, bbox.y0), square(bbox.x1, bbox.y1));
    let count = |a: i32, b: i32| i64::from(b) - i64::from(a) + 1;
    (count(first.0, last.0).saturating_mul(count(first.1, last.1)) <= MOST)
        .then(|| (first.0..=last.0).flat_map(move |x| (first.1..=last.1).map(move |y| (x, y))))
}
