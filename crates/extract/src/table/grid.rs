//! A grid of cells: where its boundaries are, and which of its positions are one cell.

use crate::model::{Glyph, Rect};

/// A grid of cells found from lines.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    /// x of the column boundaries, ascending; one more than there are columns.
    pub(crate) xs: Vec<f64>,
    /// y of the row boundaries, ascending; one more than there are rows.
    pub(crate) ys: Vec<f64>,
    /// Cells in row-major order.
    pub(crate) cells: Vec<GridCell>,
    /// For each position (row-major) the index of its cell.
    pub(crate) owner: Vec<usize>,
    /// Number of merged areas that were no rectangles and had to be cut.
    pub(crate) irregular: usize,
}

/// One cell of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GridCell {
    pub(crate) row: usize,
    pub(crate) col: usize,
    pub(crate) row_span: usize,
    pub(crate) col_span: usize,
}

impl Grid {
    /// A grid of cells with the glyphs of each. Positions that no cell covers become blank cells.
    pub(crate) fn of_cells(
        xs: Vec<f64>,
        ys: Vec<f64>,
        mut cells: Vec<(GridCell, Vec<&Glyph>)>,
    ) -> (Self, Vec<Vec<&Glyph>>) {
        let (rows, cols) = (ys.len().saturating_sub(1), xs.len().saturating_sub(1));
        let taken = owners(cells.iter().map(|(cell, _)| cell), rows, cols);
        for at in (0..rows * cols).filter(|&at| taken[at] == NOBODY) {
            cells.push((GridCell { row: at / cols, col: at % cols, row_span: 1, col_span: 1 }, Vec::new()));
        }
        cells.sort_by_key(|(cell, _)| (cell.row, cell.col));
        let (cells, contents): (Vec<GridCell>, Vec<Vec<&Glyph>>) = cells.into_iter().unzip();
        let owner = owners(cells.iter(), rows, cols);
        (Self { xs, ys, cells, owner, irregular: 0 }, contents)
    }

    pub(crate) fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    pub(crate) fn cols(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// The outer box.
    pub(crate) fn bbox(&self) -> Rect {
        let (x, y) = (&self.xs, &self.ys);
        match (x.first(), x.last(), y.first(), y.last()) {
            (Some(&x0), Some(&x1), Some(&y0), Some(&y1)) => Rect::new(x0, y0, x1, y1),
            _ => Rect::default(),
        }
    }

    /// A cell's box.
    pub(crate) fn cell_box(&self, cell: &GridCell) -> Rect {
        Rect::new(
            self.xs[cell.col],
            self.ys[cell.row],
            self.xs[cell.col + cell.col_span],
            self.ys[cell.row + cell.row_span],
        )
    }

    /// Index of the cell at a point inside the outer box.
    pub(crate) fn cell_at(&self, x: f64, y: f64) -> Option<usize> {
        if !self.bbox().contains(x, y) {
            return None;
        }
        let col = self.xs.partition_point(|&b| b <= x).clamp(1, self.cols()) - 1;
        let row = self.ys.partition_point(|&b| b <= y).clamp(1, self.rows()) - 1;
        self.owner.get(row * self.cols() + col).copied()
    }
}

/// The owner of a position that no cell covers.
const NOBODY: usize = usize::MAX;

/// For each position (row-major) the index of the cell that covers it.
fn owners<'c>(cells: impl Iterator<Item = &'c GridCell>, rows: usize, cols: usize) -> Vec<usize> {
    let mut owner = vec![NOBODY; rows * cols];
    for (index, cell) in cells.enumerate() {
        for row in cell.row..cell.row + cell.row_span {
            owner[row * cols + cell.col..row * cols + cell.col + cell.col_span].fill(index);
        }
    }
    owner
}
