//! A header boxed by rules above rows without any: one table, whose columns the box shows.

use super::column::{self, Columns};
use super::row::{self, Row};
use crate::model::Method;
use crate::table::numbers::is_wordless;
use crate::table::page_table::PageTable;

/// A box of more rows is a table of its own.
const MOST_LEVELS: usize = 5;
/// The rows start at most this many font sizes below the box.
const NEAR: f64 = 2.0;
/// A text may reach this far (points) over the box's lines.
const SLACK: f64 = 1.0;

/// Index of the ruled table that is the header of the rows below it.
pub(super) fn find(tables: &[PageTable], rows: &[Row]) -> Option<usize> {
    let (top, size) = (row::bounds(rows).y0, column::typical_size(rows));
    let index = tables.iter().rposition(|t| t.bbox.y1 <= top + SLACK)?;
    let header = &tables[index];
    let small = header.table.rows <= MOST_LEVELS && header.table.cols >= 3 && header.table.method == Method::Ruled;
    let names = header.table.cells.iter().all(|c| !is_wordless(&c.text));
    (small && names && top - header.bbox.y1 <= NEAR * size && holds(&header.xs, rows)).then_some(index)
}

/// Whether all numbers and nearly all texts stand between the lines.
fn holds(xs: &[f64], rows: &[Row]) -> bool {
    let between = |a: f64, b: f64| xs.windows(2).any(|w| a >= w[0] - SLACK && b <= w[1] + SLACK);
    let mut across = 0;
    for block in rows.iter().flatten().filter(|b| !between(b.bbox.x0, b.bbox.x1)) {
        if block.number {
            return false;
        }
        across += 1;
    }
    10 * across <= rows.iter().map(Vec::len).sum::<usize>()
}

/// The box's columns.
pub(super) fn columns(header: &PageTable, rows: &[Row]) -> Columns {
    Columns::ruled(&header.xs, rows)
}

/// Puts the box on top of its rows.
pub(super) fn join(header: PageTable, mut body: PageTable) -> PageTable {
    let levels = header.table.rows;
    for cell in &mut body.table.cells {
        cell.row += levels;
    }
    body.cuts = body.cuts.lowered(levels);
    body.table.rows += levels;
    body.table.cells.splice(0..0, header.table.cells);
    body.bbox = header.bbox.union(&body.bbox);
    body.table.bbox = body.bbox;
    body.table.confidence = body.table.confidence.min(header.table.confidence);
    body
}
