//! Lines of text from pieces of ink: what stands side by side with no ruling and no wide gap between.

use super::pieces::Piece;
use super::strokes::Strokes;

/// A character's usual height (points) where nothing better is known.
const USUAL: f64 = 10.0;
/// Heights of characters (points) that are looked at.
const HEIGHTS: (f64, f64) = (3.5, 40.0);
/// Most pieces are digits or parts of Chinese characters, lower than a character by this.
const PART: f64 = 0.78;
/// A piece smaller than this in both directions (heights of a character) is a point or dirt.
const SPECK: f64 = 0.17;
/// A piece taller than this (heights of a character) belongs to large letters, to several lines or to none.
const TALL: f64 = 1.5;
/// Large letters are at most so high (heights of a character) …
const LARGEST: f64 = 5.0;
/// … and stand beside others as high (the lower one's share of the higher) no further away than this (their heights).
const AS_HIGH: f64 = 0.6;
const NEAR: f64 = 2.5;
/// … or have the shape of a letter: width to height, and the share of their box that is ink.
const BROAD: (f64, f64) = (0.45, 1.8);
const DENSE: (f64, f64) = (0.08, 0.65);
/// Narrower than this and taller than a character, a piece is what is left of a ruling.
const SLIVER: f64 = 0.16;
/// Widest gap (heights of a character) inside a line.
const GAP: f64 = 1.5;
/// Widest gap (heights of a character) between strokes one above the other in a character.
const STACKED: f64 = 0.42;
/// Most height of a stroke among them.
const LOW: f64 = 0.3;
/// Most height and width of such a character.
const WHOLE: f64 = 1.15;
/// Heights (heights of a character) of a part of a large character, and the gap to the rest of it.
const PARTS: (f64, f64) = (0.15, 0.7);
const PARTS_GAP: f64 = 0.18;
/// Lines of text do not share more of their height (of the lower one's) than this; parts of large letters do.
const CROSSING: f64 = 0.2;
/// Share of the lower of two pieces that must stand at the height of the other.
const BESIDE: f64 = 0.5;
/// Signs are no higher than this (heights of a character): a dash, 一, a comma, a point; and their middles are no further apart:
/// a comma hangs from the line, 一 stands half way up.
const SIGN: f64 = 0.4;
const HANGS: f64 = 0.5;

/// Height of a character in pixels, by the pieces of a page.
pub(super) fn em(pieces: &[Piece], scale: f64) -> f64 {
    let (least, most) = (HEIGHTS.0 * scale, HEIGHTS.1 * scale);
    let mut heights: Vec<usize> = pieces
        .iter()
        .filter(|p| (least..=most).contains(&(p.height() as f64)) && p.width() <= 3 * p.height())
        .map(Piece::height)
        .collect();
    heights.sort_unstable();
    let middle = heights.get(heights.len() / 2).filter(|_| heights.len() >= 8);
    middle.map_or(USUAL * scale, |height| *height as f64 / PART)
}

/// The lines of a page's pieces.
pub(super) fn find(pieces: &[Piece], strokes: &Strokes, em: f64) -> Vec<Piece> {
    let size = |p: &Piece| (p.width() as f64, p.height() as f64);
    let mut parts: Vec<Piece> = pieces
        .iter()
        .filter(|p| {
            let (w, h) = size(p);
            let sliver = (w < SLIVER * em && h > 1.3 * em) || (h < SLIVER * em && w > 4.0 * em);
            w.max(h) >= SPECK * em && h <= LARGEST * em && !sliver
        })
        .copied()
        .collect();
    parts.sort_by_key(|p| (p.x0, p.y0));
    let large = large(&parts, em);
    let is_large = |p: &Piece| large.contains(p);
    let (tall, mut parts): (Vec<Piece>, Vec<Piece>) = parts.into_iter().partition(|p| p.height() as f64 > TALL * em);
    // What is neither text nor a letter is left out: rests of rulings, drawings.
    parts.extend(tall.into_iter().filter(is_large));
    parts.sort_by_key(|p| (p.x0, p.y0));
    let mut joined: Vec<usize> = (0..parts.len()).collect();
    for (at, a) in parts.iter().enumerate() {
        for (beside, b) in parts.iter().enumerate().skip(at + 1) {
            if b.x0 as f64 > a.x1 as f64 + GAP * LARGEST * em {
                break;
            }
            if beside_each_other(a, b, em) && !is_parted(a, b, strokes) {
                let (one, other) = (root(&mut joined, at), root(&mut joined, beside));
                joined[one.max(other)] = one.min(other);
            }
        }
    }
    let mut lines: Vec<Option<Piece>> = vec![None; parts.len()];
    for (at, part) in parts.iter().enumerate() {
        let home = root(&mut joined, at);
        lines[home] = Some(lines[home].map_or(*part, |line| line.union(part)));
    }
    let lines = merged(lines.into_iter().flatten().collect(), strokes, em);
    lines.into_iter().filter(|l| is_text(l, em)).collect()
}

/// Letters of large print: taller than a line of the page's text, and square or beside others as high.
fn large(parts: &[Piece], em: f64) -> Vec<Piece> {
    let tall: Vec<&Piece> = parts.iter().filter(|p| p.height() as f64 > TALL * em).collect();
    let like = |a: &Piece, b: &Piece| {
        let (low, high) = (a.height().min(b.height()) as f64, a.height().max(b.height()) as f64);
        let gap = -overlap((a.x0, a.x1), (b.x0, b.x1));
        a != b && low >= AS_HIGH * high && gap <= NEAR * high && overlap((a.y0, a.y1), (b.y0, b.y1)) >= BESIDE * low
    };
    let letter = |a: &Piece| {
        let (broad, dense) = (a.width() as f64 / a.height() as f64, a.dots as f64 / (a.width() * a.height()) as f64);
        (BROAD.0..=BROAD.1).contains(&broad) && (DENSE.0..=DENSE.1).contains(&dense)
    };
    let has_like = |a: &Piece| a.width() <= 4 * a.height() && tall.iter().any(|b| like(a, b));
    tall.iter().filter(|a| letter(a) || has_like(a)).map(|p| **p).collect()
}

fn root(joined: &mut [usize], mut at: usize) -> usize {
    while joined[at] != at {
        joined[at] = joined[joined[at]];
        at = joined[at];
    }
    at
}

fn overlap(a: (usize, usize), b: (usize, usize)) -> f64 {
    a.1.min(b.1) as f64 - a.0.max(b.0) as f64
}

fn beside_each_other(a: &Piece, b: &Piece, em: f64) -> bool {
    let gap = b.x0 as f64 - a.x1 as f64;
    let tallest = a.height().max(b.height()) as f64;
    if gap > GAP * tallest.clamp(0.6 * em, if tallest > TALL * em { tallest } else { em }) {
        return false;
    }
    let lower = a.height().min(b.height()) as f64;
    let shared = overlap((a.y0, a.y1), (b.y0, b.y1));
    // A point or comma may hang below the line.
    let small = lower < 0.4 * em && tallest > 0.5 * em;
    // Low signs alone, as in 一、一: none of them shows how high the line's letters are.
    let middle = |p: &Piece| (p.y0 + p.y1) as f64 / 2.0;
    let low = tallest <= SIGN * em && (middle(a) - middle(b)).abs() <= HANGS * em;
    shared >= BESIDE * lower || (small && shared >= -0.1 * em) || low
}

/// Strokes of one character that stands alone, as in 二 or 三.
fn stacked(a: &Piece, b: &Piece, em: f64) -> bool {
    let low = |p: &Piece| p.height() as f64 <= LOW * em;
    if a.width().max(b.width()) as f64 > WHOLE * em || !(low(a) || low(b)) {
        return false;
    }
    let narrower = a.width().min(b.width()) as f64;
    let gap = -overlap((a.y0, a.y1), (b.y0, b.y1));
    let whole = (a.y1.max(b.y1) - a.y0.min(b.y0)) as f64;
    overlap((a.x0, a.x1), (b.x0, b.x1)) >= BESIDE * narrower && gap <= STACKED * em && whole <= WHOLE * em
}

/// The lower or upper parts of characters in larger print than the page's: no line is as low and as near.
fn is_part(a: &Piece, b: &Piece, em: f64) -> bool {
    let gap = -overlap((a.y0, a.y1), (b.y0, b.y1));
    let lower = a.height().min(b.height()) as f64;
    let narrower = a.width().min(b.width()) as f64;
    let whole = (a.y1.max(b.y1) - a.y0.min(b.y0)) as f64;
    (PARTS.0..=PARTS.1).contains(&(lower / em))
        && gap <= PARTS_GAP * em
        && whole <= LARGEST * em / 2.0
        && overlap((a.x0, a.x1), (b.x0, b.x1)) >= AS_HIGH * narrower
}

/// Whether a ruling stands between two pieces side by side.
fn is_parted(a: &Piece, b: &Piece, strokes: &Strokes) -> bool {
    let (from, to) = (a.x1.min(b.x0), b.x0.max(a.x1));
    let y = usize::midpoint(a.y0.max(b.y0), a.y1.min(b.y1).max(a.y0.max(b.y0)));
    strokes.down.iter().any(|s| {
        let x = usize::midpoint(s.x0, s.x1);
        (s.y0..=s.y1).contains(&y) && x + 2 >= from && x <= to + 2 && x > a.x0 && x < b.x1
    })
}

/// Whether a line is large enough to be text: dirt is not.
fn is_text(line: &Piece, em: f64) -> bool {
    let (w, h) = (line.width() as f64, line.height() as f64);
    (h >= 0.35 * em || w >= 0.25 * em) && line.dots as f64 >= 0.02 * em * em
}

/// Lines that lie in each other, as one.
fn merged(mut lines: Vec<Piece>, strokes: &Strokes, em: f64) -> Vec<Piece> {
    lines.sort_by_key(|l| (l.y0, l.x0));
    loop {
        let before = lines.len();
        let mut kept: Vec<Piece> = Vec::with_capacity(before);
        for line in lines {
            let home = kept.iter_mut().rev().take(60).find(|other| {
                let (wide, high) = (
                    overlap((line.x0, line.x1), (other.x0, other.x1)),
                    overlap((line.y0, line.y1), (other.y0, other.y1)),
                );
                let lower = line.height().min(other.height()) as f64;
                let whole = (line.y1.max(other.y1) - line.y0.min(other.y0)) as f64;
                let one = stacked(other, &line, em);
                let narrower = line.width().min(other.width()) as f64;
                let crossing = wide >= AS_HIGH * narrower && high > CROSSING * lower && whole <= LARGEST * em / 2.0;
                (crossing && !is_parted(other, &line, strokes))
                    || one
                    || is_part(other, &line, em)
                    || wide > 0.0
                        && high >= 0.6 * lower
                        && whole <= 1.6 * em.max(line.height().max(other.height()) as f64)
                        && !is_parted(other, &line, strokes)
            });
            match home {
                Some(other) => *other = other.union(&line),
                None => kept.push(line),
            }
        }
        lines = kept;
        if lines.len() == before {
            return lines;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::strokes::Stroke;

    fn piece(x0: usize, y0: usize, w: usize, h: usize) -> Piece {
        Piece { x0, y0, x1: x0 + w, y1: y0 + h, dots: w * h / 2 }
    }

    #[test]
    fn a_ruling_and_a_wide_gap_part_lines() {
        let digit = |k: usize| piece(10 * k, 10, 7, 14);
        let point = piece(36, 22, 4, 4);
        let pieces = [digit(0), digit(1), digit(2), point, digit(4), digit(10), digit(11)];
        let none = Strokes::default();
        let found = find(&pieces, &none, 20.0);
        assert_eq!(found.iter().map(|l| (l.x0, l.x1)).collect::<Vec<_>>(), [(0, 47), (100, 117)]);
        let ruling = Stroke { x0: 18, y0: 0, x1: 19, y1: 40 };
        let ruled = Strokes { across: Vec::new(), down: vec![ruling] };
        let found = find(&pieces, &ruled, 20.0);
        assert_eq!(found.iter().map(|l| (l.x0, l.x1)).collect::<Vec<_>>(), [(0, 17), (20, 47), (100, 117)]);
    }

    #[test]
    fn low_signs_in_a_row_are_one_line() {
        let (one, comma, next) = (piece(0, 20, 18, 3), piece(22, 27, 6, 7), piece(41, 20, 18, 3));
        assert_eq!(find(&[one, comma, next, piece(62, 12, 19, 20)], &Strokes::default(), 20.0).len(), 1);
        let below = [one, piece(22, 45, 6, 7)];
        assert!(find(&below, &Strokes::default(), 20.0).iter().all(|line| line.height() < 10));
    }

    #[test]
    fn strokes_one_above_the_other_are_a_character_and_lines_are_not() {
        let three = [piece(0, 0, 18, 3), piece(2, 8, 14, 3), piece(0, 16, 20, 3)];
        assert_eq!(find(&three, &Strokes::default(), 20.0).len(), 1);
        let lines = [piece(0, 0, 18, 18), piece(0, 26, 18, 18)];
        assert_eq!(find(&lines, &Strokes::default(), 20.0).len(), 2);
    }
}
