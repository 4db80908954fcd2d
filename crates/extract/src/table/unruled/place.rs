//! The places of all texts of a table, row by row.

use super::column::Columns;
use super::height;
use super::placed::{Placed, RowRule};
use super::row::Row;
use super::span;

/// Places the texts of all rows, top to bottom. The first `form` are a form's.
pub(super) fn place_all(rows: &[Row], columns: &Columns, header: usize, form: usize) -> Vec<Placed> {
    let centers = height::centers(rows);
    let mut placed: Vec<Placed> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let covered =
            |c: usize| placed.iter().any(|p: &Placed| p.row + p.row_span > index && (p.first..=p.last).contains(&c));
        let mut taken: Vec<bool> = (0..columns.len()).map(covered).collect();
        for block in row {
            // A text cannot stand where a cell from above does.
            let (first, last) = columns.touched(block.bbox.x0, block.bbox.x1);
            taken[first..=last].fill(false);
        }
        let rule =
            RowRule { columns, taken: &taken, header: index < header, has_header: header > 0, form: index < form };
        let mut found = span::place_row(index, row.clone(), &rule);
        span::adopt_merged(&mut found, &above(&placed, index, columns.len()));
        if index >= header {
            let headings = placed.partition_point(|p| p.row < header);
            span::adopt_heading(&mut found, &placed[..headings], &rule);
        }
        for one in &mut found {
            one.row_span = height::row_span(one, rows, columns, &centers);
        }
        placed.extend(found);
    }
    height::end_above_next(&mut placed);
    placed
}

/// The cells that end right above a row, and numbers with nothing but blank cells between them and the row.
pub(super) fn above(placed: &[Placed], row: usize, cols: usize) -> Vec<Placed> {
    let mut hidden = vec![false; cols];
    let mut out = Vec::new();
    for p in placed.iter().rev() {
        let seen = !hidden[p.first..=p.last].contains(&true);
        if p.row + p.row_span == row || seen && p.block.number {
            out.push(p.clone());
        }
        hidden[p.first..=p.last].fill(true);
        if !hidden.contains(&false) {
            break;
        }
    }
    out
}
