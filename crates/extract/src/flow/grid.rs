//! Rows of cells, as the formats write them, put on one grid.

use super::block::{Block, Grid, GridCell};
use std::collections::{BTreeMap, BTreeSet};

/// Columns of a table at most: far more than fit on paper.
pub(super) const MOST_COLS: usize = 1024;
/// Positions of a table at most.
pub(super) const MOST_POSITIONS: usize = 2_000_000;
/// Cell edges this near to each other (twips, a twentieth of a point) are one: rows are ruled by hand or by rounding.
const SAME_EDGE: i32 = 30;

/// A cell of a row whose column is known.
#[derive(Debug, Default)]
pub(super) struct RowCell {
    pub(super) col: usize,
    pub(super) col_span: usize,
    /// It is a part of the cell above.
    pub(super) joins_above: bool,
    pub(super) blocks: Vec<Block>,
}

/// A grid, and how many cells were left out: those beyond the limits.
pub(super) type Fitted = (Grid, usize);

/// Puts rows on a grid in which each cell knows its column.
pub(super) fn of_rows(rows: Vec<Vec<RowCell>>) -> Fitted {
    let cols = rows.iter().flatten().map(|cell| cell.col.saturating_add(cell.col_span)).max().unwrap_or(0);
    let cols = cols.min(MOST_COLS);
    let most_rows = MOST_POSITIONS / cols.max(1);
    let mut grid = Grid { rows: rows.len().min(most_rows), cols, ..Grid::default() };
    let mut left_out = rows.iter().skip(most_rows).map(Vec::len).sum();
    // The cell that stands above, by its first column.
    let mut above: BTreeMap<usize, usize> = BTreeMap::new();
    for (row, cells) in rows.into_iter().enumerate().take(most_rows) {
        for cell in cells {
            if cell.col >= cols {
                left_out += 1;
                continue;
            }
            let col_span = cell.col_span.clamp(1, cols - cell.col);
            let home = above.get(&cell.col).and_then(|index| grid.cells.get_mut(*index));
            let joined =
                home.filter(|home| cell.joins_above && home.row + home.row_span == row && home.col_span == col_span);
            if let Some(home) = joined {
                home.row_span += 1;
            } else {
                above.insert(cell.col, grid.cells.len());
                let RowCell { col, blocks, .. } = cell;
                grid.cells.push(GridCell { row, col, row_span: 1, col_span, blocks });
            }
        }
    }
    (compact(grid), left_out)
}

/// A cell of a row ruled by edges.
#[derive(Debug, Default)]
pub(super) struct EdgeCell {
    /// Left and right edge in twips.
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) joins_above: bool,
    pub(super) blocks: Vec<Block>,
}

/// Puts rows on a grid in which each cell knows its edges.
pub(super) fn of_edges(rows: Vec<Vec<EdgeCell>>) -> Fitted {
    let all: BTreeSet<i32> = rows.iter().flatten().flat_map(|cell| [cell.left, cell.right]).collect();
    let mut edges: Vec<i32> = Vec::new();
    for edge in all {
        if edges.last().is_none_or(|last| edge.saturating_sub(*last) > SAME_EDGE) {
            edges.push(edge);
        }
    }
    // The edge at or next before a place; a place is never more than the tolerance behind one.
    let at = |x: i32| edges.partition_point(|edge| *edge <= x).saturating_sub(1);
    let place = |row: Vec<EdgeCell>| {
        let mut placed: Vec<RowCell> = Vec::new();
        for cell in row {
            let (col, end) = (at(cell.left), at(cell.right));
            let (joins_above, blocks) = (cell.joins_above, cell.blocks);
            match placed.last_mut() {
                // Too narrow to be seen: what stands in it is its neighbour's.
                Some(before) if end <= col => before.blocks.extend(blocks),
                _ => placed.push(RowCell { col, col_span: end.saturating_sub(col).max(1), joins_above, blocks }),
            }
        }
        placed
    };
    of_rows(rows.into_iter().map(place).collect())
}

/// A cell that says how many rows and columns it covers, and not where it stands.
#[derive(Debug, Default)]
pub(super) struct SpanCell {
    pub(super) col_span: usize,
    /// 0 stands for all rows that follow.
    pub(super) row_span: usize,
    pub(super) blocks: Vec<Block>,
}

/// Puts rows on a grid as browsers do: each cell takes the first place of its row that no cell from above reaches into.
pub(super) fn of_spans(rows: Vec<Vec<SpanCell>>) -> Fitted {
    let height = rows.len();
    let mut grid = Grid { rows: height, ..Grid::default() };
    // For each column the row down to which it is taken.
    let mut taken: Vec<usize> = Vec::new();
    let (mut left_out, mut positions) = (0, 0);
    for (row, cells) in rows.into_iter().enumerate() {
        let mut col = 0;
        for cell in cells {
            while taken.get(col).is_some_and(|end| *end > row) {
                col += 1;
            }
            let col_span = cell.col_span.max(1);
            let row_span = if cell.row_span == 0 { height - row } else { cell.row_span.min(height - row) };
            // A cell never covers what another one from above holds.
            let room = (col..col + col_span).take_while(|c| taken.get(*c).is_none_or(|end| *end <= row)).count();
            let col_span = room.clamp(1, MOST_COLS);
            positions += row_span * col_span;
            if col + col_span > MOST_COLS || positions > MOST_POSITIONS {
                left_out += 1;
                continue;
            }
            taken.resize(taken.len().max(col + col_span), 0);
            taken[col..col + col_span].fill(row + row_span);
            grid.cells.push(GridCell { row, col, row_span, col_span, blocks: cell.blocks });
            col += col_span;
        }
    }
    grid.cols = taken.len();
    let most_rows = MOST_POSITIONS / grid.cols.max(1);
    if grid.rows > most_rows {
        left_out += grid.cells.iter().filter(|cell| cell.row >= most_rows).count();
        grid.cells.retain(|cell| cell.row < most_rows);
        for cell in &mut grid.cells {
            cell.row_span = cell.row_span.min(most_rows - cell.row);
        }
        grid.rows = most_rows;
    }
    (compact(grid), left_out)
}

/// Leaves out columns and rows in which no cell begins: they are seen by nobody.
fn compact(mut grid: Grid) -> Grid {
    let cols: BTreeSet<usize> = grid.cells.iter().map(|cell| cell.col).collect();
    let rows: BTreeSet<usize> = grid.cells.iter().map(|cell| cell.row).collect();
    if cols.len() == grid.cols && rows.len() == grid.rows {
        return grid;
    }
    let (cols, rows): (Vec<usize>, Vec<usize>) = (cols.into_iter().collect(), rows.into_iter().collect());
    let index = |list: &[usize], at: usize| list.partition_point(|x| *x < at);
    for cell in &mut grid.cells {
        let (col_end, row_end) = (cell.col + cell.col_span, cell.row + cell.row_span);
        (cell.col, cell.row) = (index(&cols, cell.col), index(&rows, cell.row));
        cell.col_span = (index(&cols, col_end) - cell.col).max(1);
        cell.row_span = (index(&rows, row_end) - cell.row).max(1);
    }
    (grid.cols, grid.rows) = (cols.len(), rows.len());
    grid
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(row_span: usize, col_span: usize, text: &str) -> SpanCell {
        SpanCell { col_span, row_span, blocks: vec![Block::Paragraph(text.to_owned())] }
    }

    fn placed(grid: &Grid) -> Vec<(usize, usize, usize, usize, String)> {
        grid.cells.iter().map(|c| (c.row, c.col, c.row_span, c.col_span, c.text().0)).collect()
    }

    #[test]
    fn spans_take_the_first_free_place_and_end_with_the_table() {
        let rows = vec![
            vec![span(2, 1, "a"), span(1, 2, "b"), span(0, 1, "z")],
            vec![span(1, 1, "c"), span(9, 9, "d")],
            vec![span(1, 1, "e")],
        ];
        let (grid, left_out) = of_spans(rows);
        assert_eq!((grid.rows, grid.cols, left_out), (3, 4, 0));
        let text = |t: &str| t.to_owned();
        let expected = [
            (0, 0, 2, 1, text("a")),
            (0, 1, 1, 2, text("b")),
            (0, 3, 3, 1, text("z")),
            (1, 1, 1, 1, text("c")),
            (1, 2, 2, 1, text("d")),
            (2, 0, 1, 1, text("e")),
        ];
        assert_eq!(placed(&grid), expected);
    }

    #[test]
    fn hostile_spans_are_bounded() {
        let rows = (0..50).map(|_| vec![span(usize::MAX, 1000, "x"), span(0, 1000, "y"), span(1, 1, "z")]).collect();
        let (grid, left_out) = of_spans(rows);
        assert!(grid.rows * grid.cols <= MOST_POSITIONS && left_out > 0);
    }

    #[test]
    fn edges_make_columns() {
        let cell = |left, right, joins_above, text: &str| EdgeCell {
            left,
            right,
            joins_above,
            blocks: vec![Block::Paragraph(text.to_owned())],
        };
        let rows = vec![
            vec![cell(0, 1000, false, "a"), cell(1000, 3000, false, "b")],
            vec![cell(5, 1010, true, ""), cell(1010, 2000, false, "c"), cell(2000, 3005, false, "d")],
        ];
        let (grid, _) = of_edges(rows);
        let text = |t: &str| t.to_owned();
        let expected =
            [(0, 0, 2, 1, text("a")), (0, 1, 1, 2, text("b")), (1, 1, 1, 1, text("c")), (1, 2, 1, 1, text("d"))];
        assert_eq!(placed(&grid), expected);
    }
}
