//! Lines as printed tables in alphabetic scripts set them: words parted by blanks, cells by more.

use super::kind::{Kind, kind_of};
use super::piece::{BLANK, Piece};
use crate::model::{Direction, Glyph, Rect};

/// Gap that parts two texts. Justified text rarely opens its blanks further.
const TEXT_GAP: f64 = 0.95;
/// Gap that parts a number from what stands beside it: dense tables leave hardly more than a blank.
const VALUE_GAP: f64 = 0.42;
/// Dots this far apart still are one leader.
const LEADER_GAP: f64 = 1.6;
/// Glyphs are on one line when they overlap by this share of the smaller one's height.
const LEVEL: f64 = 0.6;
/// Dots in a row that lead the eye; fewer are an ellipsis.
const LEADER: usize = 4;
/// A glyph this many times as high as its line sets the line's height.
const HIGHER: f64 = 1.2;
/// Lines, counted from the last, that the next glyph can still be on.
const OPEN: usize = 3;
/// Dots nearer to a digit than this (font sizes) may be its point.
const TOUCH: f64 = 0.05;
/// A percent sign in a column of its own stands at most this far (font sizes) behind its number …
const SIGN_BEHIND: f64 = 2.0;
/// … and a currency sign before it.
const SIGN_BEFORE: f64 = 8.0;

/// Pieces on one line, left to right.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) bbox: Rect,
    /// Font size of most of its text.
    pub(super) size: f64,
}

impl Line {
    /// Whether it holds a number beside something else.
    pub(super) fn is_strong(&self) -> bool {
        self.pieces.len() >= 2 && self.pieces.iter().any(Piece::is_value)
    }

    /// Whether it holds a number that is no year, or what stands for a number.
    pub(super) fn has_value(&self) -> bool {
        self.pieces.iter().any(|p| matches!(p.kind, Kind::Value | Kind::Blank))
    }
}

/// The lines that the glyphs of `chosen` make, top to bottom.
pub(super) fn lines(glyphs: &[Glyph], chosen: &[usize]) -> Vec<Line> {
    levels(glyphs, chosen).into_iter().filter_map(|level| line(glyphs, &level)).collect()
}

/// Whether a glyph stands upright and has a place.
pub(super) fn is_upright(glyph: &Glyph) -> bool {
    let b = &glyph.bbox;
    glyph.direction == Direction::Right && [b.x0, b.y0, b.x1, b.y1, glyph.size].iter().all(|v| v.is_finite())
}

/// Groups glyphs by level, each level from left to right.
pub(super) fn levels(glyphs: &[Glyph], chosen: &[usize]) -> Vec<Vec<usize>> {
    let mut order = chosen.to_vec();
    // The largest come first, so that raised marks join the line that they were raised from.
    let middle = |i: &usize| glyphs[*i].bbox.center_y();
    order.sort_by(|a, b| middle(a).total_cmp(&middle(b)).then(a.cmp(b)));
    let mut out: Vec<(Rect, Vec<usize>)> = Vec::new();
    for index in order {
        let own = glyphs[index].bbox;
        let fits = |band: &Rect| band.overlap_y(&own) > LEVEL * band.height().min(own.height());
        match out.iter_mut().rev().take(OPEN).find(|(band, _)| fits(band)) {
            Some((band, list)) => {
                if own.height() > HIGHER * band.height() {
                    *band = own;
                }
                list.push(index);
            }
            None => out.push((own, vec![index])),
        }
    }
    out.sort_by(|a, b| a.0.center_y().total_cmp(&b.0.center_y()));
    let left = |i: &usize| glyphs[*i].bbox.x0;
    let mut levels: Vec<Vec<usize>> = out.into_iter().map(|(_, list)| list).collect();
    for level in &mut levels {
        level.sort_by(|a, b| left(a).total_cmp(&left(b)).then(a.cmp(b)));
    }
    levels
}

/// Cuts a level into pieces.
fn line(glyphs: &[Glyph], level: &[usize]) -> Option<Line> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in words(glyphs, level) {
        match pieces.last_mut() {
            Some(last) if belongs(last, &word) => {
                last.absorb(&word);
            }
            _ => pieces.push(word),
        }
    }
    join_signs(&mut pieces);
    let bbox = pieces.iter().map(|p| p.bbox).reduce(|a, b| a.union(&b))?;
    let mut sizes: Vec<f64> = level.iter().map(|&i| glyphs[i].size).collect();
    sizes.sort_by(f64::total_cmp);
    Some(Line {
        pieces,
        bbox,
        size: sizes.get(sizes.len() / 2).copied().unwrap_or(Glyph::SMALLEST).max(Glyph::SMALLEST),
    })
}

/// The words of a level: glyphs without a blank between them; dots of a leader apart from a number behind them.
fn words(glyphs: &[Glyph], level: &[usize]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for (at, &index) in level.iter().enumerate() {
        let glyph = &glyphs[index];
        let size = glyph.size.max(Glyph::SMALLEST);
        // The point of .5 is the number's, not the leader's before it.
        let next = level.get(at + 1).map(|&i| &glyphs[i]);
        let point = next.is_some_and(|n| is_digit(&n.text) && n.bbox.x0 - glyph.bbox.x1 <= BLANK * size);
        let goes_on = out.last().is_some_and(|last: &Piece| {
            let gap = (glyph.bbox.x0 - last.bbox.x1) / last.size.max(size);
            let dots = ends_in_dots(&last.text, 1) && is_dot(&glyph.text) && gap <= LEADER_GAP && !point;
            // Dots that touch a digit may be its point: then the two stay together, and no number is read.
            let ends =
                ends_in_dots(&last.text, LEADER) && !is_dot(&glyph.text) && (gap > TOUCH || !is_digit(&glyph.text));
            (dots || gap <= BLANK) && !ends
        });
        let word = Piece {
            glyphs: vec![index],
            bbox: glyph.bbox,
            size,
            text: glyph.text.clone(),
            kind: kind_of(&glyph.text),
            leader: false,
            blanks: Vec::new(),
        };
        match out.last_mut() {
            Some(last) if goes_on => {
                last.absorb(&word);
                last.leader = ends_in_dots(&last.text, LEADER);
            }
            _ => out.push(word),
        }
    }
    out
}

/// Whether a word goes on with the piece to its left.
fn belongs(last: &Piece, word: &Piece) -> bool {
    let gap = (word.bbox.x0 - last.bbox.x1) / last.size.max(word.size);
    if last.leader {
        return false;
    }
    if word.leader || is_dot(&word.text) {
        return gap <= LEADER_GAP && last.kind == Kind::Words;
    }
    let value = |p: &Piece| matches!(p.kind, Kind::Value | Kind::Year);
    // The last word of the piece so far decides, not the piece: 2010 after March belongs to the date.
    let before = last.text.rsplit(' ').next().unwrap_or("");
    let two_numbers = value(word) && (matches!(kind_of(before), Kind::Value | Kind::Year) || last.is_value());
    let both_decimal = before.contains('.') && word.text.contains('.');
    let limit = match (two_numbers, both_decimal) {
        (true, true) => BLANK,
        (true, false) => VALUE_GAP,
        _ => TEXT_GAP,
    };
    gap <= limit
}

/// Signs set in a column of their own belong to their number: $ to the one at its right, % to the one at its left.
pub(super) fn join_signs(pieces: &mut Vec<Piece>) {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in std::mem::take(pieces) {
        match joined.last_mut() {
            Some(last) if is_sign_of(last, &piece) => last.absorb(&piece),
            _ => joined.push(piece),
        }
    }
    *pieces = joined;
}

/// Whether one of two neighbours is the other's sign.
fn is_sign_of(left: &Piece, right: &Piece) -> bool {
    let gap = (right.bbox.x0 - left.bbox.x1) / right.size;
    let currency = !left.text.is_empty() && left.text.chars().all(|c| "$€£¥￥".contains(c));
    let percent = right.text.chars().all(|c| "%)".contains(c)) && gap <= SIGN_BEHIND;
    currency && right.is_value() && gap <= SIGN_BEFORE || percent && left.is_value() && left.kind != Kind::Blank
}

fn is_digit(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

fn is_dot(text: &str) -> bool {
    matches!(text, "." | "…" | "·" | "．" | "‥" | "∙")
}

/// Whether a text ends in at least so many dots (an ellipsis counts three).
fn ends_in_dots(text: &str, least: usize) -> bool {
    let mut dots = 0;
    for c in text.chars().rev().filter(|c| *c != ' ') {
        match c {
            '.' | '·' | '．' | '∙' => dots += 1,
            '…' => dots += 3,
            '‥' => dots += 2,
            _ => break,
        }
    }
    dots >= least
}
