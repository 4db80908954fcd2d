//! Tables whose rows come one by one among the paragraphs, each with the depth at which it stands (Word's binary format,
//! RTF).

use super::block::Block;
use super::found::Found;
use super::grid::{EdgeCell, of_edges};

/// Tables inside each other; what stands deeper belongs to the deepest.
const DEEPEST: usize = 12;
/// Width (twips) of a cell whose edge is not told.
const UNTOLD: i32 = 1000;

/// Where the cells of a row stand.
#[derive(Debug, Clone, Default)]
pub(super) struct RowForm {
    /// The row's left edge in twips.
    pub(super) left: i32,
    pub(super) cells: Vec<CellForm>,
}

/// Where a cell ends, and what it is a part of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CellForm {
    /// The right edge in twips.
    pub(super) right: i32,
    pub(super) joins_left: bool,
    pub(super) joins_above: bool,
}

/// The document, as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Levels {
    blocks: Vec<Block>,
    open: Vec<OpenTable>,
    found: Found,
}

#[derive(Debug, Default)]
struct OpenTable {
    rows: Vec<Vec<EdgeCell>>,
    /// The cells of the open row that have ended.
    cells: Vec<Vec<Block>>,
    /// The open cell.
    cell: Vec<Block>,
}

/// Whether anything stands in a cell.
fn is_written(cell: &[Block]) -> bool {
    cell.iter().any(|block| !matches!(block, Block::Paragraph(text) if text.trim().is_empty()))
}

impl Levels {
    /// Adds a block at a depth; 0 is outside all tables.
    pub(super) fn add(&mut self, depth: usize, block: Block) {
        self.reach(depth);
        match self.open.last_mut() {
            Some(table) => table.cell.push(block),
            None => self.blocks.push(block),
        }
    }

    /// Ends the open cell of a depth.
    pub(super) fn end_cell(&mut self, depth: usize) {
        self.reach(depth.max(1));
        if let Some(table) = self.open.last_mut() {
            table.cells.push(std::mem::take(&mut table.cell));
        }
    }

    /// Ends the open row of a depth.
    pub(super) fn end_row(&mut self, depth: usize, form: &RowForm) {
        self.reach(depth.max(1));
        let Some(table) = self.open.last_mut() else { return };
        let mut blocks = std::mem::take(&mut table.cells);
        // What stands behind the last cell of a row is none; a broken row keeps its text.
        let rest = std::mem::take(&mut table.cell);
        if is_written(&rest) {
            blocks.push(rest);
        }
        // A row has as many cells as its form, unless one of the two is damaged; some programs write empty ones behind.
        let (told, written) =
            (form.cells.len(), blocks.iter().rposition(|cell| is_written(cell)).map_or(0, |last| last + 1));
        self.found.uneven += usize::from(told > 0 && (blocks.len() < told || written > told));
        let mut row: Vec<EdgeCell> = Vec::new();
        let mut left = form.left;
        for (index, blocks) in blocks.into_iter().enumerate() {
            let told = form.cells.get(index).copied();
            let told = told.unwrap_or(CellForm { right: left.saturating_add(UNTOLD), ..CellForm::default() });
            let right = told.right.max(left);
            match row.last_mut() {
                Some(before) if told.joins_left => {
                    before.right = right;
                    before.blocks.extend(blocks);
                }
                _ => row.push(EdgeCell { left, right, joins_above: told.joins_above, blocks }),
            }
            left = right;
        }
        table.rows.push(row);
    }

    /// All blocks, and what was found beside them.
    pub(super) fn finish(mut self) -> (Vec<Block>, Found) {
        self.reach(0);
        (self.blocks, self.found)
    }

    /// Closes the tables that are deeper, opens those that are missing.
    fn reach(&mut self, depth: usize) {
        let depth = depth.min(DEEPEST);
        while self.open.len() > depth {
            self.close();
        }
        while self.open.len() < depth {
            self.open.push(OpenTable::default());
        }
    }

    fn close(&mut self) {
        let Some(mut table) = self.open.pop() else { return };
        self.found.uneven += usize::from(!table.cells.is_empty());
        // A row that never ends: its text stays.
        let rest: Vec<Block> = table.cells.into_iter().flatten().chain(std::mem::take(&mut table.cell)).collect();
        let (grid, left_out) = of_edges(table.rows);
        self.found.left_out += left_out;
        let around = self.open.last_mut().map_or(&mut self.blocks, |table| &mut table.cell);
        if !grid.cells.is_empty() {
            around.push(Block::Grid(grid));
        }
        around.extend(rest);
    }
}
