//! How far a scanned page is turned, and the page turned back.

use super::ink::Ink;
use crate::model::Picture;

/// Largest angle looked for, in degrees.
const LARGEST: f64 = 4.0;
/// Steps of the first search, in degrees, and how often the step is made a fifth of it.
const COARSE: f64 = 0.25;
const FINER: usize = 2;
/// Edges that are looked at; of more every so manieth.
const MOST_EDGES: usize = 120_000;
/// A page turned by less is straight.
const STRAIGHT: f64 = 0.03;

/// Degrees by which the page is turned clockwise; 0 where it is straight or shows no lines.
pub(super) fn angle(ink: &Ink) -> f64 {
    let (along, across) = (best(ink), best(&ink.transposed()));
    // Columns are turned the other way against their own axes. The clearer of both tells.
    let (found, _) = if along.1 >= across.1 { along } else { (-across.0, across.1) };
    if found.abs() < STRAIGHT { 0.0 } else { found }
}

/// The angle at which the lower edges of the ink fall into the fewest rows, and how clear that is.
fn best(ink: &Ink) -> (f64, f64) {
    let edges = edges(ink, MOST_EDGES);
    if edges.is_empty() {
        return (0.0, 0.0);
    }
    let mut counts = vec![0_u32; ink.height + 2 * (ink.width as f64 * LARGEST.to_radians().tan()) as usize + 4];
    let mut sharpness = |degrees: f64| {
        counts.fill(0);
        let (slope, shift) = (degrees.to_radians().tan(), (counts.len() - ink.height) as f64 / 2.0);
        let middle = ink.width as f64 / 2.0;
        for (x, y) in &edges {
            let row = f64::from(*y) - (f64::from(*x) - middle) * slope + shift;
            if let Some(count) = counts.get_mut(row.max(0.0) as usize) {
                *count += 1;
            }
        }
        counts.iter().map(|count| f64::from(*count) * f64::from(*count)).sum::<f64>()
    };
    let steps = (LARGEST / COARSE) as i32;
    let level = sharpness(0.0);
    let (mut found, mut clear) = (0.0, level);
    let mut step = COARSE;
    let mut tried: Vec<f64> = (-steps..=steps).map(|k| f64::from(k) * COARSE).collect();
    for _ in 0..=FINER {
        for degrees in tried {
            let value = sharpness(degrees);
            if value > clear {
                (found, clear) = (degrees, value);
            }
        }
        step /= 5.0;
        tried = (-5..=5).map(|k| found + f64::from(k) * step).collect();
    }
    (found, clear / (edges.len() as f64 * edges.len() as f64))
}

/// Places where ink ends downwards; of more than `most` every so manieth.
pub(super) fn edges(ink: &Ink, most: usize) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    for y in 0..ink.height.saturating_sub(1) {
        for (x, (upper, lower)) in ink.row(y).iter().zip(ink.row(y + 1)).enumerate() {
            if *upper && !*lower {
                found.push((x as u32, y as u32));
            }
        }
    }
    let every = found.len().div_ceil(most).max(1);
    found.into_iter().step_by(every).collect()
}

/// The picture turned back by an angle about its middle.
pub(super) fn turned_back(picture: &Picture, degrees: f64) -> Picture {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (picture.width, picture.height);
    let (mx, my) = (width as f64 / 2.0, height as f64 / 2.0);
    let mut grey = Vec::with_capacity(width * height);
    for y in 0..height {
        let dy = y as f64 + 0.5 - my;
        for x in 0..width {
            let dx = x as f64 + 0.5 - mx;
            grey.push(between(picture, dx * cos - dy * sin + mx - 0.5, dx * sin + dy * cos + my - 0.5));
        }
    }
    Picture { grey, ..*picture }
}

/// The grey value between pixels.
pub(super) fn between(picture: &Picture, x: f64, y: f64) -> u8 {
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = (((x - left) * 256.0) as u32, ((y - top) * 256.0) as u32);
    let (left, top) = (left as isize, top as isize);
    let at = |dx: isize, dy: isize| u32::from(picture.at(left + dx, top + dy));
    let upper = at(0, 0) * (256 - fx) + at(1, 0) * fx;
    let lower = at(0, 1) * (256 - fx) + at(1, 1) * fx;
    ((upper * (256 - fy) + lower * fy + (1 << 15)) >> 16) as u8
}

/// The picture turned clockwise by so many quarters.
pub(super) fn quarters(picture: &Picture, turns: u8) -> Picture {
    let (w, h) = (picture.width, picture.height);
    let (width, height) = if turns % 2 == 1 { (h, w) } else { (w, h) };
    let mut grey = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = match turns % 4 {
                0 => (x, y),
                1 => (y, h - 1 - x),
                2 => (w - 1 - x, h - 1 - y),
                _ => (w - 1 - y, x),
            };
            grey.push(picture.grey.get(from_y * w + from_x).copied().unwrap_or(u8::MAX));
        }
    }
    Picture { width, height, grey, scale: picture.scale }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lined(degrees: f64) -> Picture {
        let (width, height) = (600, 800);
        let straight = (0..width * height).map(|at| {
            let (x, y) = (at % width, at / width);
            if (40..560).contains(&x) && (100..700).contains(&y) && y % 50 < 2 { 0 } else { 255 }
        });
        let picture = Picture { width, height, grey: straight.collect(), scale: 2.0 };
        turned_back(&picture, -degrees)
    }

    #[test]
    fn the_angle_is_found_and_taken_back() {
        for degrees in [-1.9, -0.4, 0.0, 0.7, 2.0] {
            let picture = lined(degrees);
            let found = angle(&Ink::of(&picture));
            assert!((found - degrees).abs() < 0.06, "{degrees}: {found}");
            let sideways = angle(&Ink::of(&quarters(&picture, 1)));
            assert!((sideways - degrees).abs() < 0.15, "{degrees} sideways: {sideways}");
        }
    }

    #[test]
    fn four_quarters_are_none() {
        let picture = Picture { width: 3, height: 2, grey: vec![1, 2, 3, 4, 5, 6], scale: 1.0 };
        assert_eq!(quarters(&picture, 1).grey, [4, 1, 5, 2, 6, 3]);
        assert_eq!(quarters(&quarters(&picture, 1), 3), picture);
        assert_eq!(quarters(&quarters(&picture, 2), 2), picture);
    }
}
