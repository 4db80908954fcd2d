//! Things of a page by the squares that they stand in, so that what is near a place is found without looking at all.

use crate::model::Rect;

/// Most squares across a page, and down; on larger ones they are larger.
const MOST_ACROSS: f64 = 128.0;
/// Most entries that are kept.
const MOST_ENTRIES: usize = 4_000_000;

/// Numbers of things by square. What stands beside the page is taken to its edge.
pub(super) struct Squares {
    /// Length (points) of a square's side.
    side: f64,
    columns: usize,
    rows: usize,
    /// The entry made last in each square.
    last: Vec<u32>,
    /// Things, each with the entry of its square before it.
    entries: Vec<(u32, u32)>,
}

/// No entry.
const NONE: u32 = u32::MAX;

impl Squares {
    /// Squares over a page of a size, with a side of so many points.
    pub(super) fn new(page: (f64, f64), side: f64) -> Self {
        let side = side.max(page.0.max(page.1) / MOST_ACROSS);
        let count = |length: f64| ((length / side).ceil() as usize).clamp(1, MOST_ACROSS as usize);
        let (columns, rows) = (count(page.0), count(page.1));
        Self { side, columns, rows, last: vec![NONE; columns * rows], entries: Vec::new() }
    }

    /// Enters a thing that stands in a box; false where no more can be kept.
    pub(super) fn enter(&mut self, bbox: &Rect, thing: u32) -> bool {
        if self.entries.len() >= MOST_ENTRIES {
            return false;
        }
        let (columns, rows) = self.over(bbox);
        for row in rows.0..=rows.1 {
            for column in columns.0..=columns.1 {
                self.push(row * self.columns + column, thing);
            }
        }
        true
    }

    /// Enters a thing by the middle of its box.
    pub(super) fn enter_middle(&mut self, bbox: &Rect, thing: u32) {
        let (column, row) = self.square(bbox.center_x(), bbox.center_y());
        self.push(row * self.columns + column, thing);
    }

    fn push(&mut self, square: usize, thing: u32) {
        self.entries.push((thing, self.last[square]));
        self.last[square] = (self.entries.len() - 1) as u32;
    }

    /// Things in a square, the last first.
    fn things(&self, square: usize) -> impl Iterator<Item = usize> {
        let mut at = self.last[square];
        std::iter::from_fn(move || {
            let (thing, before) = self.entries.get(at as usize)?;
            at = *before;
            Some(*thing as usize)
        })
    }

    /// Things in the square of a place, the one entered last first.
    pub(super) fn at(&self, x: f64, y: f64) -> impl Iterator<Item = usize> {
        let (column, row) = self.square(x, y);
        self.things(row * self.columns + column)
    }

    /// Things whose square a box touches, some of them several times.
    pub(super) fn near(&self, bbox: &Rect) -> impl Iterator<Item = usize> {
        let (columns, rows) = self.over(bbox);
        (rows.0..=rows.1).flat_map(move |row| {
            let squares = row * self.columns + columns.0..=row * self.columns + columns.1;
            squares.flat_map(|square| self.things(square))
        })
    }

    /// Column and row of a place.
    fn square(&self, x: f64, y: f64) -> (usize, usize) {
        // Casting takes what is below nothing, and what is no number, to 0.
        let index = |v: f64, count: usize| ((v / self.side) as usize).min(count - 1);
        (index(x, self.columns), index(y, self.rows))
    }

    /// First and last column and row that a box touches.
    fn over(&self, bbox: &Rect) -> ((usize, usize), (usize, usize)) {
        let (first, last) = (self.square(bbox.x0, bbox.y0), self.square(bbox.x1, bbox.y1));
        ((first.0, last.0), (first.1, last.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_found_wherever_it_stands() {
        let mut squares = Squares::new((100.0, 100.0), 10.0);
        squares.enter(&Rect::new(5.0, 5.0, 25.0, 8.0), 1);
        squares.enter(&Rect::new(-50.0, 500.0, -40.0, 510.0), 2);
        let near = |bbox: Rect| -> Vec<usize> { squares.near(&bbox).collect() };
        assert_eq!(near(Rect::new(12.0, 0.0, 14.0, 4.0)), [1]);
        assert!(near(Rect::new(50.0, 50.0, 60.0, 60.0)).is_empty());
        assert_eq!(near(Rect::new(-60.0, 400.0, -55.0, 600.0)), [2]);
        assert_eq!(squares.at(21.0, 1.0).collect::<Vec<_>>(), [1]);
    }
}
