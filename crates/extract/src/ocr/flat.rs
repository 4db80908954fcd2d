//! Photographs of pages: lines that run apart, as they do when a page is not seen from straight above, and the page laid flat.

use super::ink::Ink;
use super::skew::{self, between};
use crate::model::{Picture, Plane};

/// Steepest line and most difference between the first and the last line of a page, in degrees: whoever takes a picture of a
/// page to be read holds the camera no more askew.
const STEEPEST: f64 = 6.0;
/// First step of the search in degrees, with rows put together by so many (a line moves by that at the page's edge); both are
/// halved until a row is a row, and then the step alone so often.
const STEP: f64 = 0.5;
const ROWS: usize = 8;
const FINER: usize = 2;
/// Edges looked at in the first search, and later.
const COARSE_EDGES: usize = 12_000;
const EDGES: usize = 60_000;
/// Lines run apart where that makes their rows so much clearer than turning the page does: pages from scanners gain a ninth at
/// most (faxes, copies, pages on their side among them), photographs two fifths at least in one direction.
const CLEARER: f64 = 1.25;
/// The other direction follows where it gains by so much at least.
const ALSO: f64 = 1.03;

/// Slopes of the first and of the last line of a page, each seen from its middle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Fan {
    first: f64,
    last: f64,
}

/// How the page lies in the picture, where it does not only lie turned by some degrees.
pub(super) fn plane(ink: &Ink, degrees: f64) -> Option<Plane> {
    let slope = degrees.to_radians().tan();
    let (across, clear_across) = fan(ink, slope);
    let (down, clear_down) = fan(&ink.transposed(), -slope);
    if clear_across.max(clear_down) < CLEARER {
        return None;
    }
    let rigid = |slope: f64| Fan { first: slope, last: slope };
    let across = if clear_across >= ALSO { across } else { rigid(slope) };
    let down = if clear_down >= ALSO { down } else { rigid(-slope) };
    let (w, h) = (ink.width as f64, ink.height as f64);
    // Where a line through the middle of the upper or lower edge crosses one through the middle of a side.
    let corner = |(y, s): (f64, f64), (x, t): (f64, f64)| {
        let down = (y + s * (x - t * h / 2.0 - w / 2.0)) / (1.0 - s * t);
        (x + t * (down - h / 2.0), down)
    };
    let (top, bottom) = ((0.0, across.first), (h, across.last));
    let (left, right) = ((0.0, down.first), (w, down.last));
    Plane::onto(w, h, [corner(top, left), corner(top, right), corner(bottom, right), corner(bottom, left)])
}

/// The picture of the page laid flat.
pub(super) fn laid_flat(picture: &Picture, plane: &Plane) -> Picture {
    let mut grey = Vec::with_capacity(picture.grey.len());
    // What lies outside goes on as the picture ends: white paper beside a dark desk would be an edge.
    let (right, below) = ((picture.width as f64 - 2.0).max(0.0), (picture.height as f64 - 2.0).max(0.0));
    for y in 0..picture.height {
        for x in 0..picture.width {
            let (from_x, from_y) = plane.at(x as f64 + 0.5, y as f64 + 0.5);
            grey.push(between(picture, (from_x - 0.5).clamp(0.0, right), (from_y - 0.5).clamp(0.0, below)));
        }
    }
    Picture { grey, ..*picture }
}

/// The slopes that make the rows of ink clearest, and how much clearer than with one slope for all.
fn fan(ink: &Ink, slope: f64) -> (Fan, f64) {
    let edges = skew::edges(ink, EDGES);
    let few: Vec<(u32, u32)> = edges.iter().step_by(edges.len().div_ceil(COARSE_EDGES).max(1)).copied().collect();
    let mut rows = Rows { counts: Vec::new(), width: ink.width as f64, height: ink.height as f64 };
    let tan = |degrees: f64| degrees.to_radians().tan();
    let steps = (STEEPEST / STEP) as i32;
    let mut found = Fan { first: slope, last: slope };
    let mut clear = rows.clearness(&few, found, ROWS);
    for (first, last) in (-steps..=steps).flat_map(|first| (-steps..=steps).map(move |last| (first, last))) {
        let tried = Fan { first: tan(f64::from(first) * STEP), last: tan(f64::from(last) * STEP) };
        let value = if (first - last).abs() <= steps { rows.clearness(&few, tried, ROWS) } else { 0.0 };
        if value > clear {
            (found, clear) = (tried, value);
        }
    }
    let (mut step, mut together) = (STEP, ROWS);
    let mut left = FINER;
    while left > 0 {
        step /= 2.0;
        if together > 1 {
            together /= 2;
        } else {
            left -= 1;
        }
        found = rows.climbed(&edges, found, (tan(step), together));
    }
    let before = rows.clearness(&edges, Fan { first: slope, last: slope }, 1);
    (found, rows.clearness(&edges, found, 1) / before.max(1.0))
}

/// Rows of a page into which edges of ink are counted.
struct Rows {
    counts: Vec<u32>,
    width: f64,
    height: f64,
}

impl Rows {
    /// How clear the rows are along the lines of a fan, rows put together by so many.
    fn clearness(&mut self, edges: &[(u32, u32)], fan: Fan, together: usize) -> f64 {
        let margin = self.width * STEEPEST.to_radians().tan();
        let size = together as f64;
        self.counts.clear();
        self.counts.resize(((self.height + 2.0 * margin) / size) as usize + 2, 0);
        let apart = (fan.last - fan.first) / self.height;
        for (x, y) in edges {
            let aside = f64::from(*x) - self.width / 2.0;
            let row = (f64::from(*y) - fan.first * aside) / (1.0 + apart * aside);
            if let Some(count) = self.counts.get_mut(((row + margin) / size).max(0.0) as usize) {
                *count += 1;
            }
        }
        self.counts.iter().map(|count| f64::from(*count) * f64::from(*count)).sum()
    }

    /// A fan near another one whose rows are clearer than those of all around it.
    fn climbed(&mut self, edges: &[(u32, u32)], from: Fan, (step, together): (f64, usize)) -> Fan {
        let (mut found, mut clear) = (from, self.clearness(edges, from, together));
        loop {
            let start = found;
            for (first, last) in
                [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0)]
            {
                let tried = Fan { first: start.first + first * step, last: start.last + last * step };
                let value = self.clearness(edges, tried, together);
                if value > clear {
                    (found, clear) = (tried, value);
                }
            }
            if found == start {
                return found;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid of lines, seen through a projection.
    fn seen(corners: [(f64, f64); 4]) -> Picture {
        let (width, height) = (600, 800);
        let straight = (0..width * height).map(|at| {
            let (x, y) = (at % width, at / width);
            let inside = (60..540).contains(&x) && (100..=700).contains(&y);
            if inside && (y % 50 < 2 || (x + 60) % 120 < 2) { 0 } else { 255 }
        });
        let flat = Picture { width, height, grey: straight.collect(), scale: 2.0 };
        laid_flat(&flat, &Plane::onto(600.0, 800.0, corners).unwrap())
    }

    #[test]
    fn a_page_seen_askew_is_laid_flat() {
        let picture = seen([(10.0, 5.0), (585.0, -14.0), (606.0, 812.0), (-9.0, 790.0)]);
        let ink = Ink::of(&picture);
        let plane = plane(&ink, skew::angle(&ink)).unwrap();
        let flat = Ink::of(&laid_flat(&picture, &plane));
        let full = |ink: &Ink| (0..ink.height).filter(|y| ink.row(*y).iter().filter(|dot| **dot).count() > 400).count();
        assert!(full(&flat) >= 12 && full(&ink) < 6, "{} {}", full(&flat), full(&ink));
        assert!(full(&flat.transposed()) >= 4);
    }

    #[test]
    fn a_page_that_is_only_turned_is_none() {
        for degrees in [0.0, 1.3, -2.0] {
            let picture = seen([(0.0, 0.0), (600.0, 0.0), (600.0, 800.0), (0.0, 800.0)]);
            let ink = Ink::of(&skew::turned_back(&picture, -degrees));
            assert_eq!(plane(&ink, skew::angle(&ink)), None, "{degrees}");
        }
    }
}
