//! A table's texts by position, spans followed.

use crate::model::statement::Statement;
use crate::reading::fold::fold_letters;
use crate::table::grid;
use yusuan_extract::Cell;

/// A table's texts by position, spans followed.
pub(crate) struct Grid<'a> {
    pub(crate) cells: &'a [Cell],
    texts: Vec<String>,
    positions: grid::Grid<'a>,
    pub(crate) cols: usize,
}

impl<'a> Grid<'a> {
    /// Folds every cell's text once.
    pub(crate) fn new(statement: &'a Statement) -> Self {
        let raw = &statement.raw;
        let texts = raw.cells.iter().map(|c| fold_letters(&c.text)).collect();
        let positions = grid::Grid::new(raw);
        let cols = positions.cols();
        Self { cells: &raw.cells, texts, positions, cols }
    }

    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.positions.rows()
    }

    /// Index of the cell that covers a position.
    pub(crate) fn index(&self, row: usize, col: usize) -> Option<usize> {
        self.positions.index(row, col)
    }

    /// The cell that covers a position.
    pub(crate) fn cell(&self, row: usize, col: usize) -> Option<&'a Cell> {
        self.cells.get(self.index(row, col)?)
    }

    /// The folded text of a cell.
    pub(crate) fn texts_at(&self, index: usize) -> &str {
        self.texts.get(index).map_or("", String::as_str)
    }

    /// The folded text at a position, empty where nothing is.
    pub(crate) fn text(&self, row: usize, col: usize) -> &str {
        self.index(row, col).and_then(|i| self.texts.get(i)).map_or("", String::as_str)
    }
}
