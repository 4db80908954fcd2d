//! A raw table as a grid that can be asked for any position, spans followed.

use crate::reading::amount::{Reading, read};
use crate::reading::fold::{fold, squash};
use yusuan_extract::{Cell, CellDoubt, Content, RawTable};

/// Positions beyond this are not worth a look: no published table is so large, a hostile file may claim to be.
const MAX_POSITIONS: usize = 4_000_000;

/// A view of a raw table.
#[derive(Debug)]
pub(crate) struct Grid<'a> {
    raw: &'a RawTable,
    rows: usize,
    cols: usize,
    cover: Vec<Option<usize>>,
    printed: Vec<String>,
    folded: Vec<String>,
}

impl<'a> Grid<'a> {
    /// Builds the view. Cells outside the declared size and overlapping cells do no harm: the first one keeps the
    /// position.
    pub(crate) fn new(raw: &'a RawTable) -> Self {
        let fits = raw.rows.checked_mul(raw.cols).is_some_and(|n| n <= MAX_POSITIONS);
        let (rows, cols) = if fits { (raw.rows, raw.cols) } else { (0, 0) };
        let mut cover = vec![None; rows * cols];
        for (index, cell) in raw.cells.iter().enumerate() {
            let last_row = cell.row.saturating_add(cell.row_span.max(1)).min(rows);
            let last_col = cell.col.saturating_add(cell.col_span.max(1)).min(cols);
            for position in (cell.row..last_row).flat_map(|r| (cell.col..last_col).map(move |c| r * cols + c)) {
                cover[position].get_or_insert(index);
            }
        }
        let printed = raw.cells.iter().map(|c| squash(&c.text)).collect();
        let folded = raw.cells.iter().map(|c| fold(&c.text)).collect();
        Self { raw, rows, cols, cover, printed, folded }
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn cols(&self) -> usize {
        self.cols
    }

    /// Index (into the raw cells) of the cell that covers the position.
    pub(crate) fn index(&self, row: usize, col: usize) -> Option<usize> {
        if row >= self.rows || col >= self.cols {
            return None;
        }
        self.cover.get(row * self.cols + col).copied().flatten()
    }

    /// The cell that covers the position.
    pub(crate) fn cell(&self, row: usize, col: usize) -> Option<&'a Cell> {
        self.raw.cells.get(self.index(row, col)?)
    }

    /// The cell's index if it begins at this very position.
    pub(crate) fn origin(&self, row: usize, col: usize) -> Option<usize> {
        let index = self.index(row, col)?;
        let cell = &self.raw.cells[index];
        (cell.row == row && cell.col == col).then_some(index)
    }

    /// Text as printed, white space removed; empty where nothing is.
    pub(crate) fn printed(&self, row: usize, col: usize) -> &str {
        self.index(row, col).map_or("", |i| self.printed[i].as_str())
    }

    /// Text for comparison.
    pub(crate) fn folded(&self, row: usize, col: usize) -> &str {
        self.index(row, col).map_or("", |i| self.folded[i].as_str())
    }

    /// The cell's text read as an amount; a spreadsheet's dates, truth values and errors are none, nor are texts drawn one
    /// over the other and figures that stand together without being parts of one.
    pub(crate) fn reading(&self, row: usize, col: usize) -> Reading {
        match self.cell(row, col) {
            None => Reading::Blank,
            Some(cell) if cell.doubts.contains(&CellDoubt::Overlaid) => Reading::Other,
            Some(cell) if cell.doubts.contains(&CellDoubt::SeveralFigures) => several(cell),
            Some(cell) if matches!(cell.content, Content::Text | Content::Number) => read_cell(cell),
            Some(_) => Reading::Other,
        }
    }

    /// Columns at which a cell with text begins in this row.
    pub(crate) fn starts(&self, row: usize) -> Vec<usize> {
        (0..self.cols).filter(|c| self.origin(row, *c).is_some() && !self.folded(row, *c).is_empty()).collect()
    }

    /// Whether two rows print the same.
    pub(crate) fn same_row(&self, a: usize, b: usize) -> bool {
        (0..self.cols).all(|c| self.folded(a, c) == self.folded(b, c))
    }

    /// Number of columns that the cell at a position covers.
    pub(crate) fn width(&self, row: usize, col: usize) -> usize {
        self.cell(row, col).map_or(1, |c| c.col_span.max(1))
    }
}

/// A cell that may hold several figures: words stay words.
fn several(cell: &Cell) -> Reading {
    match read_cell(cell) {
        Reading::Other if cell.text.contains(char::is_alphabetic) => Reading::Other,
        Reading::Blank => Reading::Blank,
        _ => Reading::Several,
    }
}

/// On a page U+00AD is the sign that was drawn for a minus; in a typed text nobody sees it.
fn read_cell(cell: &Cell) -> Reading {
    if cell.place.sheet_cell.is_some() && cell.text.contains('\u{ad}') {
        return read(&cell.text.replace('\u{ad}', ""));
    }
    read(&cell.text)
}
