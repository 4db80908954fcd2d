//! Text with the columns that it stands for.

use super::piece::Piece;
use crate::model::Rect;

/// Text with the columns that it stands for.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) glyphs: Vec<usize>,
    pub(super) bbox: Rect,
    /// Box of its last line.
    pub(super) bottom: Rect,
    pub(super) size: f64,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) row_span: usize,
}

impl Entry {
    pub(super) fn new(piece: &Piece, (first, last): (usize, usize)) -> Self {
        let glyphs = piece.glyphs.clone();
        Self { glyphs, bbox: piece.bbox, bottom: piece.bbox, size: piece.size, first, last, row_span: 1 }
    }

    /// Takes in a piece on the same line.
    pub(super) fn absorb(&mut self, piece: &Piece, last: usize) {
        self.glyphs.extend(&piece.glyphs);
        self.bbox = self.bbox.union(&piece.bbox);
        self.bottom = self.bottom.union(&piece.bbox);
        self.last = self.last.max(last);
    }

    /// Takes in what stands on lines below.
    pub(super) fn join(&mut self, other: &Self) {
        self.glyphs.extend(&other.glyphs);
        self.bbox = self.bbox.union(&other.bbox);
        self.bottom = other.bottom;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}
