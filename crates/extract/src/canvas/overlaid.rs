//! Texts drawn on each other. One that lies over others, paler or in a colour of its own and set in another size or
//! direction, is a stamp or a watermark and no part of what it lies over. Where nothing tells which of two texts is
//! meant, none of them is taken.

use super::drawn::Drawn;
use super::figures::words;
use super::paint::{distance, lightness};
use super::sight::UNREADABLE;
use super::squares::Squares;
use crate::model::{Direction, Rect};
use std::collections::BTreeMap;

/// Two characters are drawn on each other where they share this of the smaller one's box …
const SHARED: f64 = 0.2;
/// … and stand at one place where they share this of its width and of its height …
const SAME_PLACE: f64 = 0.5;
/// … and the larger is at most so many times as large.
const SAME_SIZE: f64 = 1.6;
/// A stamp is set at least so many times as large as what it lies over, or in another direction …
const LARGER: f64 = 1.5;
/// … in a colour that differs by this …
const OTHER_COLOUR: f32 = 0.2;
/// … or paler by this.
const PALER: f64 = 0.3;
/// Share of a stamp's characters that lie on others, and of the page's text that all of it may be.
const LIES_ON: f64 = 0.2;
const MOST: f64 = 0.34;
/// Side (points) of the squares that characters are looked up by.
const SIDE: f64 = 12.0;
/// Steps in which colours are compared.
const COLOUR_STEPS: f32 = 16.0;

/// Characters taken away, and figures that can't be told.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Overlaid {
    pub(super) stamped: u32,
    pub(super) conflicts: u32,
}

/// The look of a text: colour, size, direction.
type Look = ([i16; 3], i32, u8);

fn look(d: &Drawn) -> Look {
    let direction = match d.glyph.direction {
        Direction::Right => 0,
        Direction::Down => 1,
        Direction::Up => 2,
        Direction::Left => 3,
    };
    (d.colour.map(|part| (part * COLOUR_STEPS).round() as i16), (2.0 * d.glyph.size).round() as i32, direction)
}

/// Takes stamps away and makes conflicts unreadable.
pub(super) fn settle(drawn: &mut Vec<Drawn>, page: (f64, f64)) -> Overlaid {
    let pairs = pairs(drawn, page);
    if pairs.is_empty() {
        return Overlaid::default();
    }
    let stamps = stamps(drawn, &pairs);
    let (conflicts, unreadable) = conflicts(drawn, &pairs, &stamps);
    for index in unreadable {
        UNREADABLE.clone_into(&mut drawn[index].glyph.text);
    }
    let before = drawn.len();
    let mut goes = stamps.into_iter();
    drawn.retain(|_| goes.next() == Some(false));
    Overlaid { stamped: (before - drawn.len()) as u32, conflicts }
}

/// Characters of different showings that lie on each other.
fn pairs(drawn: &[Drawn], page: (f64, f64)) -> Vec<(usize, usize)> {
    let mut squares = Squares::new(page, SIDE);
    let mut out = Vec::new();
    for (index, d) in drawn.iter().enumerate().filter(|(_, d)| d.is_written() || d.glyph.text == UNREADABLE) {
        let b = &d.glyph.bbox;
        for other in squares.near(b) {
            let o = &drawn[other];
            if o.run != d.run && shared(b, &o.glyph.bbox) >= SHARED && out.last() != Some(&(other, index)) {
                out.push((other, index));
            }
        }
        squares.enter(b, index as u32);
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The share of the smaller box that two boxes have in common.
fn shared(a: &Rect, b: &Rect) -> f64 {
    let (w, h) = (a.overlap_x(b), a.overlap_y(b));
    if w <= 0.0 || h <= 0.0 {
        return 0.0;
    }
    let area = |r: &Rect| r.width() * r.height();
    w * h / area(a).min(area(b)).max(f64::MIN_POSITIVE)
}

/// For each character whether it belongs to a stamp.
fn stamps(drawn: &[Drawn], pairs: &[(usize, usize)]) -> Vec<bool> {
    let mut sizes: BTreeMap<Look, usize> = BTreeMap::new();
    for d in drawn {
        *sizes.entry(look(d)).or_default() += 1;
    }
    let mut lying: BTreeMap<Look, Vec<usize>> = BTreeMap::new();
    for (a, b) in pairs {
        for (stamp, under) in [(*a, *b), (*b, *a)] {
            if is_stamp_over(&drawn[stamp], &drawn[under]) {
                lying.entry(look(&drawn[stamp])).or_default().push(stamp);
            }
        }
    }
    lying.retain(|look, on| {
        on.sort_unstable();
        on.dedup();
        let count = sizes.get(look).copied().unwrap_or_default() as f64;
        on.len() as f64 >= LIES_ON * count && count <= MOST * drawn.len() as f64
    });
    drawn.iter().map(|d| lying.contains_key(&look(d))).collect()
}

fn is_stamp_over(stamp: &Drawn, under: &Drawn) -> bool {
    let paler = lightness(stamp.colour) - lightness(under.colour);
    let apart = stamp.glyph.direction != under.glyph.direction || stamp.glyph.size >= LARGER * under.glyph.size;
    paler >= PALER || apart && paler >= 0.0 && distance(stamp.colour, under.colour) >= OTHER_COLOUR
}

/// The number of figures or characters at whose place another text stands, and all their characters.
fn conflicts(drawn: &[Drawn], pairs: &[(usize, usize)], stamps: &[bool]) -> (u32, Vec<usize>) {
    let mut hit = vec![false; drawn.len()];
    for (a, b) in pairs {
        if !stamps[*a] && !stamps[*b] && is_conflict(&drawn[*a], &drawn[*b]) {
            (hit[*a], hit[*b]) = (true, true);
        }
    }
    let words = words(drawn).into_iter().filter(|word| hit[word.clone()].contains(&true));
    let mut count = 0;
    let mut unreadable = Vec::new();
    for word in words {
        count += 1;
        unreadable.extend(word);
    }
    (count, unreadable)
}

fn is_conflict(a: &Drawn, b: &Drawn) -> bool {
    let (g, h) = (&a.glyph, &b.glyph);
    let digit = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let share = |overlap: f64, a: f64, b: f64| overlap >= SAME_PLACE * a.min(b);
    g.text != h.text
        && (digit(&g.text) || digit(&h.text))
        && g.size.max(h.size) <= SAME_SIZE * g.size.min(h.size)
        && share(g.bbox.overlap_x(&h.bbox), g.bbox.width(), h.bbox.width())
        && share(g.bbox.overlap_y(&h.bbox), g.bbox.height(), h.bbox.height())
}
