//! Text at an angle of its own: watermarks, letters of a seal. No table is written so; and the skew of a whole page.

use super::drawn::Drawn;
use super::paint::is_same;
use crate::model::Rect;
use std::collections::BTreeMap;

/// Text turned by more than this (degrees) against the page's own is no text of a table.
const ASKEW: f64 = 3.0;
/// Share of a page's text that stands askew from which on it is the page's own text.
const MOST: f64 = 0.5;
/// A page is skewed by the angle (degrees) that this share of its text has in common …
const COMMON: f64 = 0.7;
/// … give or take this …
const SPREAD: f64 = 0.25;
/// … unless it is less than this, which no line notices …
const LEAST: f64 = 0.05;
/// … or more than this.
const MOST_SKEW: f64 = 10.0;
/// Fewer characters say nothing of their page.
const FEWEST: usize = 20;
/// Steps (points) in which font sizes are compared.
const SIZE_STEP: f64 = 0.5;
/// Steps in which colours are compared.
const COLOUR_STEPS: f32 = 32.0;

/// The angle (degrees) by which an axis is missed, -45 to 45.
fn off_axis(angle: f64) -> f64 {
    (angle + 45.0).rem_euclid(90.0) - 45.0
}

/// The angle (degrees, clockwise) that most of a page's text is turned by; 0 for all but skewed pages.
pub(super) fn skew(drawn: &[Drawn]) -> f64 {
    if drawn.len() < FEWEST {
        return 0.0;
    }
    let mut angles: Vec<f64> = drawn.iter().map(|d| off_axis(d.angle)).collect();
    angles.sort_by(f64::total_cmp);
    let middle = angles[angles.len() / 2];
    let alike = angles.iter().filter(|angle| (*angle - middle).abs() <= SPREAD).count();
    let skewed = (LEAST..=MOST_SKEW).contains(&middle.abs()) && alike as f64 >= COMMON * angles.len() as f64;
    if skewed { middle } else { 0.0 }
}

/// Takes the text away that stands askew, and what is drawn with it: the letters of a seal that happen to stand upright.
/// The number of characters taken.
pub(super) fn leave_out(drawn: &mut Vec<Drawn>) -> u32 {
    let skew = skew(drawn);
    let askew: Vec<bool> = drawn.iter().map(|d| off_axis(d.angle - skew).abs() > ASKEW).collect();
    let count = askew.iter().filter(|a| **a).count();
    if count == 0 || count as f64 >= MOST * drawn.len() as f64 {
        return 0;
    }
    let colours = colours(drawn, &askew);
    let mut goes = askew.clone();
    for index in 0..drawn.len() {
        if !askew[index] {
            let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
            let follows = beside.filter(|i| askew.get(*i) == Some(&true)).any(|i| is_alike(&drawn[i], &drawn[index]));
            goes[index] = follows || belongs(&drawn[index], &colours);
        }
    }
    let mut goes = goes.into_iter();
    let before = drawn.len();
    drawn.retain(|_| goes.next() == Some(false));
    (before - drawn.len()) as u32
}

/// Whether two characters look alike and were shown one by one.
fn is_alike(a: &Drawn, b: &Drawn) -> bool {
    a.run != b.run && is_same(a.colour, b.colour) && (a.glyph.size - b.glyph.size).abs() < SIZE_STEP
}

/// The askew text of one colour.
#[derive(Default)]
struct Colour {
    askew: usize,
    upright: usize,
    /// The box around the askew text.
    around: Option<Rect>,
}

fn key(drawn: &Drawn) -> [i16; 3] {
    drawn.colour.map(|part| (part * COLOUR_STEPS).round() as i16)
}

fn colours(drawn: &[Drawn], askew: &[bool]) -> BTreeMap<[i16; 3], Colour> {
    let mut colours: BTreeMap<[i16; 3], Colour> = BTreeMap::new();
    for (drawn, askew) in drawn.iter().zip(askew) {
        let colour = colours.entry(key(drawn)).or_default();
        if *askew {
            colour.askew += 1;
            let bbox = drawn.glyph.bbox;
            colour.around = Some(colour.around.map_or(bbox, |around| around.union(&bbox)));
        } else {
            colour.upright += 1;
        }
    }
    colours
}

/// Whether a character stands among askew ones of its colour that outnumber the upright ones of that colour.
fn belongs(drawn: &Drawn, colours: &BTreeMap<[i16; 3], Colour>) -> bool {
    let Some(colour) = colours.get(&key(drawn)) else { return false };
    let (x, y) = (drawn.glyph.bbox.center_x(), drawn.glyph.bbox.center_y());
    colour.askew >= colour.upright && colour.around.is_some_and(|r| r.contains(x, y))
}

#[cfg(test)]
mod tests {
    use super::off_axis;

    #[test]
    fn angles_are_measured_from_the_nearest_axis() {
        for (angle, off) in [(0.0, 0.0), (45.0, -45.0), (88.0, -2.0), (-178.5, 1.5), (270.0, 0.0), (30.0, 30.0)] {
            assert!((off_axis(angle) - off).abs() < 1e-9, "{angle}");
        }
    }
}
