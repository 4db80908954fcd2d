//! How much of each pixel an outline covers.

use hayro::hayro_interpret::FillRule;
use hayro::kurbo::{BezPath, PathEl, Point, Shape, flatten};
use std::ops::Range;

/// How far a chord may lie from its curve, in pixels.
const FLATNESS: f64 = 0.05;

/// What covers a pixel wholly.
pub(super) const WHOLE: u8 = u8::MAX;

/// A box of whole pixels; its ends are the first ones outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) columns: (i32, i32),
    pub(super) rows: (i32, i32),
}

impl Pixels {
    /// No pixel at all.
    pub(super) const NONE: Self = Self { columns: (0, 0), rows: (0, 0) };

    /// The pixels that a box touches, as far as they can be numbered.
    pub(super) fn touched_by(shape: &impl Shape) -> Self {
        let bounds = shape.bounding_box();
        let ends = |from: f64, to: f64| (from.floor() as i32, to.ceil() as i32);
        Self { columns: ends(bounds.x0, bounds.x1), rows: ends(bounds.y0, bounds.y1) }
    }

    /// Whether another box lies within.
    pub(super) fn holds(self, other: Self) -> bool {
        let within = |own: (i32, i32), other: (i32, i32)| own.0 <= other.0 && other.1 <= own.1;
        within(self.columns, other.columns) && within(self.rows, other.rows)
    }
}

/// Gives the inside of an outline from its top row to its last, each from left to right: neighbouring pixels of one row, and how
/// much of each is covered. Nothing outside `bounds` is given.
pub(super) fn cover(path: &BezPath, rule: FillRule, bounds: Pixels, paint: impl FnMut(i32, Range<i32>, u8)) {
    let mut edges = Edges { bounds, crossed: Vec::new() };
    let (mut first, mut last) = (Point::ZERO, Point::ZERO);
    flatten(path.iter(), FLATNESS, |element| match element {
        PathEl::MoveTo(to) => {
            edges.line(last, first);
            (first, last) = (to, to);
        }
        PathEl::LineTo(to) => {
            edges.line(last, to);
            last = to;
        }
        // Flattened outlines have no curves.
        PathEl::ClosePath | PathEl::QuadTo(..) | PathEl::CurveTo(..) => {
            edges.line(last, first);
            last = first;
        }
    });
    edges.line(last, first);
    edges.sweep(rule, paint);
}

/// A pixel that an edge passes through.
struct Crossed {
    row: i32,
    column: i32,
    /// How far the edge goes down in it, negative for up: what is right of it is inside by so much.
    fall: f32,
    /// The same for the pixel itself, of which only a part is right of the edge.
    inside: f32,
}

struct Edges {
    bounds: Pixels,
    crossed: Vec<Crossed>,
}

impl Edges {
    /// Adds a straight edge, row by row.
    fn line(&mut self, from: Point, to: Point) {
        let (top, bottom) = (f64::from(self.bounds.rows.0), f64::from(self.bounds.rows.1));
        let (mut y, end) = (from.y.min(to.y).max(top), from.y.max(to.y).min(bottom));
        let slope = (to.x - from.x) / (to.y - from.y);
        let x_at = |y: f64| from.x + (y - from.y) * slope;
        let down = if to.y > from.y { 1.0 } else { -1.0 };
        while y < end {
            let next = (y.floor() + 1.0).min(end);
            self.within_row(y.floor() as i32, (x_at(y), x_at(next)), down * (next - y));
            y = next;
        }
    }

    /// Adds the part of an edge that lies in one row, pixel by pixel.
    fn within_row(&mut self, row: i32, (from, to): (f64, f64), fall: f64) {
        let (left, right) = (f64::from(self.bounds.columns.0), f64::from(self.bounds.columns.1));
        let (start, end) = (from.min(to), from.max(to));
        let per_width = fall / (end - start);
        if start < left {
            // All of the row is right of what lies left of it.
            let part = if end <= left { fall } else { (left - start) * per_width };
            self.cross(row, left, part, part);
        } else if end <= start && start < right {
            self.cross(row, start.floor(), fall, fall * (start.floor() + 1.0 - start));
        }
        let (mut x, end) = (start.max(left), end.min(right));
        while x < end {
            let next = (x.floor() + 1.0).min(end);
            let part = (next - x) * per_width;
            self.cross(row, x.floor(), part, part * (x.floor() + 1.0 - f64::midpoint(x, next)));
            x = next;
        }
    }

    fn cross(&mut self, row: i32, column: f64, fall: f64, inside: f64) {
        self.crossed.push(Crossed { row, column: column as i32, fall: fall as f32, inside: inside as f32 });
    }

    fn sweep(mut self, rule: FillRule, mut paint: impl FnMut(i32, Range<i32>, u8)) {
        self.crossed.sort_unstable_by_key(|pixel| (pixel.row, pixel.column));
        let mut paint = |row, columns: Range<i32>, wound| {
            let share = share(wound, rule);
            if share > 0 && !columns.is_empty() {
                paint(row, columns, share);
            }
        };
        for row in self.crossed.chunk_by(|a, b| a.row == b.row) {
            let (mut wound, mut column, number) = (0.0, self.bounds.columns.0, row[0].row);
            for pixel in row.chunk_by(|a, b| a.column == b.column) {
                let at = pixel[0].column;
                paint(number, column..at, wound);
                paint(number, at..at + 1, wound + pixel.iter().map(|edge| edge.inside).sum::<f32>());
                wound += pixel.iter().map(|edge| edge.fall).sum::<f32>();
                column = at + 1;
            }
            paint(number, column..self.bounds.columns.1, wound);
        }
    }
}

/// How much of a pixel is inside where edges wind about it so often.
fn share(wound: f32, rule: FillRule) -> u8 {
    let wound = wound.abs();
    let share = match rule {
        FillRule::NonZero => wound.min(1.0),
        FillRule::EvenOdd => (wound % 2.0).min(2.0 - wound % 2.0),
    };
    (share * f32::from(WHOLE)).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro::kurbo::{Circle, Rect};

    const BOUNDS: Pixels = Pixels { columns: (0, 6), rows: (0, 4) };

    /// The shares of all pixels of the box.
    fn shares(path: &BezPath, rule: FillRule) -> Vec<Vec<u8>> {
        let mut rows = vec![vec![0; 6]; 4];
        cover(path, rule, BOUNDS, |row, columns, share| {
            columns.for_each(|column| rows[row as usize][column as usize] = share);
        });
        rows
    }

    #[test]
    fn a_box_covers_parts_of_the_pixels_at_its_edges() {
        let path = Rect::new(1.5, 1.0, 4.0, 2.5).to_path(0.1);
        let rows = shares(&path, FillRule::NonZero);
        assert_eq!(rows, [[0; 6], [0, 128, 255, 255, 0, 0], [0, 64, 128, 128, 0, 0], [0; 6]]);
    }

    #[test]
    fn what_reaches_over_the_bounds_is_cut_there() {
        let path = Rect::new(-70.0, -3.0, 3.0, 900.0).to_path(0.1);
        assert_eq!(shares(&path, FillRule::NonZero), [[255, 255, 255, 0, 0, 0]; 4]);
        let path = Rect::new(-70.0, -3.0, 90.0, 2.0).to_path(0.1);
        assert_eq!(shares(&path, FillRule::NonZero), [[255; 6], [255; 6], [0; 6], [0; 6]]);
        let mut slanted = BezPath::new();
        [(-4.0, 0.0), (8.0, 0.0), (8.0, 4.0), (-4.0, 4.0)].iter().enumerate().for_each(|(at, corner)| match at {
            0 => slanted.move_to(*corner),
            _ => slanted.line_to(*corner),
        });
        assert_eq!(shares(&slanted, FillRule::NonZero), [[255; 6]; 4], "closed by itself");
    }

    #[test]
    fn an_inner_outline_is_a_hole_where_the_rule_says_so() {
        let mut path = Rect::new(0.0, 0.0, 6.0, 4.0).to_path(0.1);
        path.extend(Rect::new(1.0, 1.0, 5.0, 3.0).to_path(0.1));
        assert_eq!(shares(&path, FillRule::NonZero), [[255; 6]; 4]);
        let hole = [255, 0, 0, 0, 0, 255];
        assert_eq!(shares(&path, FillRule::EvenOdd), [[255; 6], hole, hole, [255; 6]]);
    }

    #[test]
    fn a_disc_covers_as_many_pixels_as_its_area_has() {
        let rows = shares(&Circle::new((3.0, 2.0), 1.5).to_path(0.01), FillRule::NonZero);
        let sum: f64 = rows.iter().flatten().map(|share| f64::from(*share) / 255.0).sum();
        assert!((sum - 7.07).abs() < 0.4, "{sum}");
    }

    #[test]
    fn places_that_are_no_numbers_cover_nothing() {
        let mut path = BezPath::new();
        path.move_to((f64::NAN, 0.0));
        path.line_to((f64::INFINITY, 3.0));
        path.line_to((1.0, f64::NEG_INFINITY));
        let _any = shares(&path, FillRule::NonZero);
    }
}
