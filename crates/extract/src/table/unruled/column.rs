//! The columns of a table without upright rules.

use super::block::Block;

/// A text touches a column only with more than this share of its width …
const OVERHANG: f64 = 0.15;
/// … or with more than this (points): a glyph's side bearing may hang over a boundary, half a text may not.
const MOST_OVERHANG: f64 = 2.0;
/// Font size (points) where no text tells it.
const USUAL_SIZE: f64 = 10.0;

/// Columns found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    /// x of the boundaries, ascending; one more than there are columns.
    pub(super) xs: Vec<f64>,
    /// Left and right edge of the text of each column.
    pub(super) content: Vec<(f64, f64)>,
    /// Left and right edges of all texts that stand in one column.
    pub(super) edges: Vec<Vec<(f64, f64)>>,
    /// Whether rules show the boundaries.
    pub(super) exact: bool,
}

impl Columns {
    /// Columns that rules show, with the edges of their texts.
    pub(super) fn ruled(xs: &[f64], rows: &[Vec<Block>]) -> Self {
        let count = xs.len().saturating_sub(1);
        let mut columns = Self { xs: xs.to_vec(), content: vec![(0.0, 0.0); count], edges: Vec::new(), exact: true };
        columns.note_edges(rows);
        for (col, edges) in columns.edges.iter().enumerate() {
            let left = edges.iter().map(|e| e.0).fold(columns.xs[col + 1], f64::min);
            columns.content[col] = (left, edges.iter().map(|e| e.1).fold(columns.xs[col], f64::max));
        }
        columns
    }

    pub(super) fn len(&self) -> usize {
        self.content.len()
    }

    /// Columns that a box from `x0` to `x1` stands in; at least the nearest.
    pub(super) fn touched(&self, x0: f64, x1: f64) -> (usize, usize) {
        let last = self.len().saturating_sub(1);
        let slack = (OVERHANG * (x1 - x0)).min(MOST_OVERHANG);
        let at = |x: f64| self.xs.partition_point(|&b| b <= x).clamp(1, last + 1) - 1;
        let (a, b) = (at(x0 + slack), at(x1 - slack));
        (a, b.max(a))
    }

    /// Notes the edges of the texts that stand in one column each.
    pub(super) fn note_edges(&mut self, rows: &[Vec<Block>]) {
        self.edges = vec![Vec::new(); self.len()];
        if self.len() == 0 {
            return;
        }
        for block in rows.iter().flatten() {
            let (first, last) = self.touched(block.bbox.x0, block.bbox.x1);
            if first == last {
                self.edges[first].push((block.bbox.x0, block.bbox.x1));
            }
        }
    }

    pub(super) fn center(&self, first: usize, last: usize) -> f64 {
        f64::midpoint(self.xs[first], self.xs[last + 1])
    }
}

/// The font size in the middle of all blocks.
pub(super) fn typical_size(rows: &[Vec<Block>]) -> f64 {
    let mut sizes: Vec<f64> = rows.iter().flatten().map(|b| b.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(USUAL_SIZE)
}
