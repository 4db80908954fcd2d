//! Where are the columns? Gaps that run down between the texts of all rows.

use super::block::Block;

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
    pub(super) fn len(&self) -> usize {
        self.content.len()
    }

    /// Columns that a box from `x0` to `x1` stands in; at least the nearest.
    pub(super) fn touched(&self, x0: f64, x1: f64) -> (usize, usize) {
        let last = self.len().saturating_sub(1);
        // A glyph's side bearing may hang over a boundary; half a text may not.
        let slack = (0.15 * (x1 - x0)).min(2.0);
        let at = |x: f64| self.xs.partition_point(|&b| b <= x).clamp(1, last + 1) - 1;
        let (a, b) = (at(x0 + slack), at(x1 - slack));
        (a, b.max(a))
    }

    /// Notes the edges of the texts that stand in one column each.
    pub(super) fn note_edges(&mut self, rows: &[Vec<Block>]) {
        self.edges = vec![Vec::new(); self.len()];
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

/// Finds the columns of rows of blocks.
pub(super) fn find(rows: &[Vec<Block>]) -> Columns {
    let size = typical_size(rows);
    let mut spans: Vec<(f64, f64)> = Vec::new();
    for block in rows.iter().flatten().filter(|b| !is_spanning(b, rows)) {
        spans.push((block.bbox.x0, block.bbox.x1));
    }
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut content: Vec<(f64, f64)> = Vec::new();
    for span in spans {
        match content.last_mut() {
            Some(last) if span.0 < last.1 + 0.15 * size => last.1 = last.1.max(span.1),
            _ => content.push(span),
        }
    }
    let mut columns = Columns { xs: boundaries(&content, size), content, edges: Vec::new(), exact: false };
    columns.note_edges(rows);
    columns
}

/// Boundaries in the middle of the gaps.
fn boundaries(content: &[(f64, f64)], size: f64) -> Vec<f64> {
    let gaps = content.windows(2).map(|w| w[1].0 - w[0].1);
    let padding = gaps.fold(2.0 * size, f64::min) / 2.0;
    let mut xs: Vec<f64> = content.first().map(|c| c.0 - padding).into_iter().collect();
    xs.extend(content.windows(2).map(|w| f64::midpoint(w[0].1, w[1].0)));
    xs.extend(content.last().map(|c| c.1 + padding));
    xs
}

/// The font size in the middle of all blocks.
pub(super) fn typical_size(rows: &[Vec<Block>]) -> f64 {
    let mut sizes: Vec<f64> = rows.iter().flatten().map(|b| b.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// Whether a block stands over several texts of another row, so that it says nothing about the gaps.
fn is_spanning(block: &Block, rows: &[Vec<Block>]) -> bool {
    let stands_over = |other: &&Block| block.bbox.overlap_x(&other.bbox) > 0.1 * block.size;
    rows.iter().any(|row| row.iter().filter(stands_over).count() >= 2)
}
