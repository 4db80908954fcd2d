//! A worksheet as a reader sees it: hidden rows and columns gone, merged cells as one.

use super::book::{Area, Edges, Position, Worksheet};
use super::text;
use crate::model::{CellDoubt, Content};
use std::collections::BTreeSet;

/// Most positions (rows of merges) that merged cells may take up in a sheet; beyond it further merges are ignored.
const MOST_MERGED_ROWS: usize = 4_000_000;

/// A worksheet as seen. Rows and columns are counted without the hidden ones.
#[derive(Debug, Default)]
pub(super) struct View {
    /// The worksheet's own number of every row seen, 0-based.
    pub(super) rows: Vec<u32>,
    /// The worksheet's own number of every column seen, 0-based.
    pub(super) cols: Vec<u32>,
    pub(super) cells: Vec<SeenCell>,
    /// For every row the pieces that cells take of it, left to right; a cell over three rows is in three of them.
    pub(super) pieces: Vec<Vec<Piece>>,
    /// Hidden rows and columns that have texts.
    pub(super) left_out: LeftOut,
}

/// What has been left out of a view.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) rows: usize,
    pub(super) cols: usize,
}

/// A cell as seen.
#[derive(Debug, Default)]
pub(super) struct SeenCell {
    pub(super) row: usize,
    pub(super) col: usize,
    pub(super) row_span: usize,
    pub(super) col_span: usize,
    pub(super) text: String,
    pub(super) content: Content,
    pub(super) doubts: Vec<CellDoubt>,
    pub(super) edges: Edges,
    /// Where the text is stored, 0-based.
    pub(super) stored_at: Position,
}

impl SeenCell {
    /// Whether the cell is an amount, whether it was typed as a number or as text.
    pub(super) fn is_numeric(&self) -> bool {
        self.content == Content::Number || self.content == Content::Text && text::looks_numeric(&self.text)
    }
}

/// The part of a row that a cell takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// First and last column.
    pub(super) left: usize,
    pub(super) right: usize,
    /// Index into [`View::cells`].
    pub(super) cell: usize,
}

impl View {
    /// Looks at a worksheet.
    pub(super) fn of(sheet: &Worksheet) -> Self {
        let Some(&(last_row, _)) = sheet.cells.keys().next_back() else { return Self::default() };
        let last_col = sheet.cells.keys().map(|(_, col)| *col).max().unwrap_or(0);
        let mut view = Self {
            rows: (0..=last_row).filter(|r| !sheet.hidden_rows.contains(*r)).collect(),
            cols: (0..=last_col).filter(|c| !sheet.hidden_cols.contains(*c)).collect(),
            left_out: left_out(sheet),
            ..Self::default()
        };
        view.pieces = vec![vec![]; view.rows.len()];
        view.place_merges(sheet);
        view.place_cells(sheet);
        for row in &mut view.pieces {
            row.sort_unstable_by_key(|piece| piece.left);
        }
        view
    }

    /// The piece of `row` at `col`.
    pub(super) fn piece(&self, row: usize, col: usize) -> Option<Piece> {
        let row = self.pieces.get(row)?;
        let after = row.partition_point(|piece| piece.left <= col);
        row.get(after.checked_sub(1)?).filter(|piece| piece.right >= col).copied()
    }

    /// Puts merged cells first; what they cover is not seen on its own.
    fn place_merges(&mut self, sheet: &Worksheet) {
        let mut left = MOST_MERGED_ROWS;
        for merge in &sheet.merges {
            let Some(cell) = self.merged(sheet, *merge) else { continue };
            // Overlapping merges are a fault of the file; the first one stands, as in spreadsheet programs.
            if cell.row_span > left || self.overlaps(&cell) {
                continue;
            }
            left -= cell.row_span;
            self.place(cell);
        }
    }

    /// A merged cell as far as it is seen and used; `None` where at most one position of it is left.
    fn merged(&self, sheet: &Worksheet, merge: Area) -> Option<SeenCell> {
        let (row, row_span) = seen_span(&self.rows, merge.top, merge.bottom)?;
        let (col, col_span) = seen_span(&self.cols, merge.left, merge.right)?;
        let stored = sheet.cells.get(&(merge.top, merge.left)).cloned().unwrap_or_default();
        if stored.text.is_empty() && row_span * col_span == 1 {
            return None;
        }
        Some(SeenCell {
            row,
            col,
            row_span,
            col_span,
            text: stored.text,
            content: stored.content,
            doubts: stored.doubts,
            edges: outline(sheet, merge),
            stored_at: (merge.top, merge.left),
        })
    }

    fn overlaps(&self, cell: &SeenCell) -> bool {
        (cell.row..cell.row + cell.row_span).any(|row| {
            self.pieces[row].iter().any(|piece| piece.left < cell.col + cell.col_span && piece.right >= cell.col)
        })
    }

    fn place(&mut self, cell: SeenCell) {
        let piece = Piece { left: cell.col, right: cell.col + cell.col_span - 1, cell: self.cells.len() };
        for row in &mut self.pieces[cell.row..cell.row + cell.row_span] {
            row.push(piece);
        }
        self.cells.push(cell);
    }

    fn place_cells(&mut self, sheet: &Worksheet) {
        let merged: Vec<Vec<(usize, usize)>> =
            self.pieces.iter().map(|row| row.iter().map(|piece| (piece.left, piece.right)).collect()).collect();
        for (at, stored) in &sheet.cells {
            let (Ok(row), Ok(col)) = (self.rows.binary_search(&at.0), self.cols.binary_search(&at.1)) else { continue };
            if merged[row].iter().any(|(left, right)| (*left..=*right).contains(&col)) {
                continue;
            }
            self.place(SeenCell {
                row,
                col,
                row_span: 1,
                col_span: 1,
                text: stored.text.clone(),
                content: stored.content,
                doubts: stored.doubts.clone(),
                edges: stored.edges,
                stored_at: *at,
            });
        }
    }
}

/// Where a range of own numbers stands among those seen: first index and length.
fn seen_span(seen: &[u32], first: u32, last: u32) -> Option<(usize, usize)> {
    let from = seen.partition_point(|n| *n < first);
    let to = seen.partition_point(|n| *n <= last);
    // A damaged file may say that a range ends before it begins.
    to.checked_sub(from).filter(|length| *length > 0).map(|length| (from, length))
}

/// The lines around a merged area, each taken from the cells along that side. Programs store them in either way: on
/// every cell along the side, or on the first cell alone.
fn outline(sheet: &Worksheet, merge: Area) -> Edges {
    let edges = |at: &Position| sheet.cells.get(at).map_or_else(Edges::default, |cell| cell.edges);
    let first = edges(&(merge.top, merge.left));
    let last = edges(&(merge.bottom, merge.right));
    let (below, beside) = (edges(&(merge.bottom, merge.left)), edges(&(merge.top, merge.right)));
    let has = |side: Edges, others: [Edges; 2]| first.has(side) || others.iter().any(|e| e.has(side));
    Edges::new([
        has(Edges::LEFT, [below, below]),
        has(Edges::RIGHT, [beside, last]),
        has(Edges::TOP, [beside, beside]),
        has(Edges::BOTTOM, [below, last]),
    ])
}

/// Counts the hidden rows and columns in which something stands.
fn left_out(sheet: &Worksheet) -> LeftOut {
    let mut rows = BTreeSet::new();
    let mut cols = BTreeSet::new();
    for ((row, col), _) in sheet.cells.iter().filter(|(_, cell)| !cell.text.is_empty()) {
        if sheet.hidden_rows.contains(*row) {
            rows.insert(*row);
        }
        if sheet.hidden_cols.contains(*col) {
            cols.insert(*col);
        }
    }
    LeftOut { rows: rows.len(), cols: cols.len() }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::sheet::book::Stored;

    /// A sheet from rows of texts; `|` parts cells, a leading `#` draws a box around the cell, a lone `.` is blank.
    pub(in crate::sheet) fn sheet(rows: &[&str]) -> Worksheet {
        let mut sheet = Worksheet { name: "表".to_owned(), ..Worksheet::default() };
        for (row, line) in rows.iter().enumerate() {
            for (col, cell) in line.split('|').enumerate() {
                let (boxed, text) = cell.strip_prefix('#').map_or((false, cell), |text| (true, text));
                let stored = Stored {
                    text: if text == "." { String::new() } else { text.to_owned() },
                    content: Content::Text,
                    edges: Edges::new([boxed; 4]),
                    doubts: vec![],
                };
                if boxed || !stored.text.is_empty() {
                    sheet.cells.insert((row as u32, col as u32), stored);
                }
            }
        }
        sheet
    }

    pub(in crate::sheet) fn merge(sheet: &mut Worksheet, from: Position, to: Position) {
        sheet.merges.push(Area { top: from.0, left: from.1, bottom: to.0, right: to.1 });
    }

    #[test]
    fn merges_shrink_by_what_is_hidden() {
        let mut sheet = sheet(&["a|b|c|d", "e|f|g|h", "i|j|k|l"]);
        merge(&mut sheet, (0, 0), (2, 2));
        sheet.hidden_rows.add(1, 1);
        sheet.hidden_cols.add(1, 1);
        let view = View::of(&sheet);
        assert_eq!((view.rows, view.cols), (vec![0, 2], vec![0, 2, 3]));
        let seen: Vec<_> = view.cells.iter().map(|c| (c.row, c.col, c.row_span, c.col_span, c.text.as_str())).collect();
        assert_eq!(seen, [(0, 0, 2, 2, "a"), (0, 2, 1, 1, "d"), (1, 2, 1, 1, "l")]);
        assert_eq!(view.left_out, LeftOut { rows: 1, cols: 1 });
    }

    #[test]
    fn a_merge_keeps_its_text_when_its_first_row_is_hidden() {
        let mut sheet = sheet(&["a|x", ".|y"]);
        merge(&mut sheet, (0, 0), (1, 0));
        sheet.hidden_rows.add(0, 0);
        let view = View::of(&sheet);
        let seen: Vec<_> = view.cells.iter().map(|c| (c.row, c.col, c.text.as_str(), c.stored_at)).collect();
        assert_eq!(seen, [(0, 0, "a", (0, 0)), (0, 1, "y", (1, 1))]);
    }

    #[test]
    fn of_overlapping_merges_the_first_stands() {
        let mut sheet = sheet(&["a|b", "c|d"]);
        merge(&mut sheet, (0, 0), (0, 1));
        merge(&mut sheet, (0, 1), (1, 1));
        merge(&mut sheet, (0, 0), (9_999_999, 16_000));
        merge(&mut sheet, (1, 1), (0, 0));
        let view = View::of(&sheet);
        let texts: Vec<_> = view.cells.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(texts, ["a", "c", "d"]);
        assert_eq!(view.piece(0, 1).map(|p| p.cell), Some(0));
        assert_eq!(view.piece(5, 0), None);
    }
}
