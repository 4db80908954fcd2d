//! What a flowing document consists of.

use crate::sheet::read_lines;

/// A part of a document, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A paragraph as shown: `\n` breaks its line, `\t` is a tab.
    Paragraph(String),
    Grid(Grid),
    PageBreak,
}

/// A table as written.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Grid {
    pub(super) rows: usize,
    pub(super) cols: usize,
    /// Cells that begin somewhere, in row-major order; positions of none are blank.
    pub(super) cells: Vec<GridCell>,
    /// The table's own caption, where the format has one.
    pub(super) caption: String,
}

/// A cell with what stands in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct GridCell {
    pub(super) row: usize,
    pub(super) col: usize,
    pub(super) row_span: usize,
    pub(super) col_span: usize,
    pub(super) blocks: Vec<Block>,
}

impl GridCell {
    /// The cell's own text, without that of tables inside it, and whether several figures stand in it.
    pub(super) fn text(&self) -> (String, bool) {
        let mut lines: Vec<&str> = Vec::new();
        for block in &self.blocks {
            if let Block::Paragraph(text) = block {
                lines.push(text);
            }
        }
        read_lines(&lines.join("\n").replace('\t', " "))
    }

    /// The tables inside it.
    pub(super) fn grids(&self) -> impl Iterator<Item = &Grid> {
        self.blocks.iter().filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None })
    }
}
