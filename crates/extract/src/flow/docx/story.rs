//! What is open while a text is walked: paragraphs, tables and cells inside each other.

use super::paragraph::Paragraph;
use crate::flow::block::{Block, Grid};
use crate::flow::grid::{RowCell, of_rows};

/// Something that is open.
#[derive(Debug)]
pub(super) enum Open {
    /// The body, a cell, a text box, a note.
    Blocks(Vec<Block>),
    Paragraph(Paragraph),
    Table(Table),
}

/// A table, as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<RowCell>>,
    row: Vec<RowCell>,
    /// The grid column after the row's last cell.
    next_col: usize,
    /// The row was deleted, and the change is tracked.
    pub(super) row_deleted: bool,
    pub(super) cell: CellForm,
    pub(super) caption: String,
}

/// What a cell's properties say.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct CellForm {
    pub(super) col_span: usize,
    pub(super) joins_above: bool,
    pub(super) joins_left: bool,
    pub(super) deleted: bool,
}

impl Table {
    /// Grid columns that the row leaves free before its first cell.
    pub(super) fn skip(&mut self, cols: usize) {
        self.next_col = self.next_col.saturating_add(cols);
    }

    pub(super) fn end_cell(&mut self, blocks: Vec<Block>) {
        let form = std::mem::take(&mut self.cell);
        let col_span = form.col_span.max(1);
        let (col, joins_above) = (self.next_col, form.joins_above);
        self.next_col = col.saturating_add(col_span);
        let blocks = if form.deleted { Vec::new() } else { blocks };
        match self.row.last_mut() {
            Some(before) if form.joins_left => {
                before.col_span = before.col_span.saturating_add(col_span);
                before.blocks.extend(blocks);
            }
            _ => self.row.push(RowCell { col, col_span, joins_above, blocks }),
        }
    }

    pub(super) fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if !self.row_deleted {
            self.rows.push(row);
        }
        (self.next_col, self.row_deleted) = (0, false);
    }

    /// The grid, and how many cells were left out.
    pub(super) fn finish(mut self) -> (Grid, usize) {
        if !self.row.is_empty() {
            self.end_row();
        }
        let (mut grid, left_out) = of_rows(self.rows);
        grid.caption = self.caption;
        (grid, left_out)
    }
}
