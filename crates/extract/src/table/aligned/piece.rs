//! Pieces of text on a line, and the words that they consist of.

use super::kind::{Kind, kind_of};
use crate::model::Rect;

/// Gap (in font sizes) between two glyphs that is a blank between words. A space is a quarter em or a little less.
pub(super) const BLANK: f64 = 0.15;

/// Text of one cell on one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Indices of its glyphs, left to right.
    pub(super) glyphs: Vec<usize>,
    pub(super) bbox: Rect,
    pub(super) size: f64,
    pub(super) text: String,
    pub(super) kind: Kind,
    /// Whether it ends in dots that lead the eye to the right.
    pub(super) leader: bool,
    /// Blanks between its words: index of the glyph behind, left and right end.
    pub(super) blanks: Vec<(usize, f64, f64)>,
}

impl Piece {
    /// Whether it stands where tables print numbers.
    pub(super) fn is_value(&self) -> bool {
        self.kind != Kind::Words
    }

    /// Takes in a piece to its right.
    pub(super) fn absorb(&mut self, other: &Self) {
        let before = self.glyphs.len();
        if other.bbox.x0 - self.bbox.x1 > BLANK * other.size {
            self.blanks.push((before, self.bbox.x1, other.bbox.x0));
            self.text.push(' ');
        }
        self.blanks.extend(other.blanks.iter().map(|&(at, a, b)| (before + at, a, b)));
        self.glyphs.extend(&other.glyphs);
        self.bbox = self.bbox.union(&other.bbox);
        self.size = self.size.max(other.size);
        self.text.push_str(&other.text);
        self.kind = kind_of(&self.text);
        self.leader = other.leader;
    }
}

impl Piece {
    /// Its words other than the first.
    pub(super) fn words(&self) -> Vec<Word> {
        let texts: Vec<&str> = self.text.split(' ').skip(1).collect();
        let ends = self.blanks.iter().skip(1).map(|b| b.1).chain([self.bbox.x1]);
        let word = |((blank, x1), text): ((&(usize, f64, f64), f64), &&str)| {
            let number = matches!(kind_of(text), Kind::Value | Kind::Year);
            Word { x0: blank.2, x1, blank: blank.2 - blank.1, number, inner: true }
        };
        self.blanks.iter().zip(ends).zip(&texts).map(word).collect()
    }

    /// Cuts before the words that `at` names.
    pub(super) fn cut(self, at: impl Fn(&Word) -> bool) -> Vec<Self> {
        let words = self.words();
        let cuts: Vec<(usize, f64, f64)> =
            self.blanks.iter().zip(&words).filter(|(_, w)| at(w)).map(|(b, _)| *b).collect();
        if cuts.is_empty() || self.leader || words.len() != self.blanks.len() {
            return vec![self];
        }
        let texts: Vec<&str> = self.text.split(' ').collect();
        let ends = cuts.iter().copied().chain([(self.glyphs.len(), self.bbox.x1, f64::INFINITY)]);
        let mut out = Vec::new();
        let (mut from, mut left) = (0, self.bbox.x0);
        for (to, right, next) in ends {
            let inner: Vec<(usize, f64, f64)> =
                self.blanks.iter().filter(|b| b.0 > from && b.0 < to).copied().collect();
            let skipped = self.blanks.iter().filter(|b| b.0 <= from).count();
            let text = texts.iter().skip(skipped).take(inner.len() + 1).copied().collect::<Vec<&str>>().join(" ");
            out.push(Self {
                glyphs: self.glyphs[from..to].to_vec(),
                bbox: Rect::new(left, self.bbox.y0, right, self.bbox.y1),
                size: self.size,
                kind: kind_of(&text),
                text,
                leader: false,
                blanks: inner.iter().map(|b| (b.0 - from, b.1, b.2)).collect(),
            });
            (from, left) = (to, next);
        }
        out
    }
}

/// A word behind a blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Width of the blank before it.
    pub(super) blank: f64,
    pub(super) number: bool,
    /// Whether the blank is inside a piece.
    pub(super) inner: bool,
}
