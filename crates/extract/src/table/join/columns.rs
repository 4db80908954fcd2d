//! The columns of two pages: how do they fit together?

use super::fragment::Fragment;
use crate::model::RawTable;

/// Column boundaries this close (points) are the same on two pages.
const SAME_COLUMN: f64 = 4.0;

/// Scales of pages of another size. A wider range would make any two tables of as many columns the same.
const SCALES: std::ops::RangeInclusive<f64> = 0.7..=1.4;
/// A table narrower than this (points) has no scale.
const NARROWEST: f64 = 1.0;
/// Boundaries that at least must stand at the same places.
const FEWEST_SAME: usize = 3;

/// How the columns of two pages fit together.
pub(super) struct ColumnMap {
    /// x of the boundaries of both, in the first table's coordinates.
    pub(super) union: Vec<f64>,
    /// For each boundary of the table its position in the union.
    pub(super) table: Vec<usize>,
    /// For each boundary of the next page's grid its position in the union.
    pub(super) next: Vec<usize>,
}

/// Fits the next page's columns to the table's; `None` when they are other columns.
///
/// The same columns stand at the same place, or shifted (odd and even pages), or at another scale (pages of another
/// size). A page may lack some: a merged row shows fewer, and some programs draw nothing beside a merged cell that
/// runs on. Rows of a form may even have different columns, but the outer edges stay.
pub(super) fn column_map(table: &Fragment, next: &Fragment) -> Option<ColumnMap> {
    let (a, b) = (&table.xs, &next.xs);
    let (a0, a1, b0, b1) = (*a.first()?, *a.last()?, *b.first()?, *b.last()?);
    let scale = (a1 - a0) / (b1 - b0).max(NARROWEST);
    let at_scale: Vec<f64> = b.iter().map(|x| a0 + (x - b0) * scale).collect();
    if subset(b, a) && b.len() >= FEWEST_SAME || subset(a, b) && a.len() >= FEWEST_SAME {
        return merge_boundaries(a, b);
    }
    let same_scale = SCALES.contains(&scale);
    if same_scale && (subset(&at_scale, a) || subset(a, &at_scale)) {
        return merge_boundaries(a, &at_scale);
    }
    let same_edges = (a0 - b0).abs() <= SAME_COLUMN && (a1 - b1).abs() <= SAME_COLUMN;
    if same_edges { merge_boundaries(a, b) } else { None }
}

fn position(list: &[f64], x: f64) -> Option<usize> {
    list.iter().position(|y| (x - y).abs() <= SAME_COLUMN)
}

fn subset(part: &[f64], whole: &[f64]) -> bool {
    part.iter().all(|x| position(whole, *x).is_some())
}

/// Unites two lists of boundaries.
fn merge_boundaries(a: &[f64], b: &[f64]) -> Option<ColumnMap> {
    let mut union: Vec<f64> = a.to_vec();
    union.extend(b.iter().copied().filter(|x| position(a, *x).is_none()));
    union.sort_by(f64::total_cmp);
    let index = |list: &[f64]| list.iter().map(|x| position(&union, *x)).collect::<Option<Vec<usize>>>();
    let (table, next) = (index(a)?, index(b)?);
    let ascending = |m: &[usize]| m.windows(2).all(|w| w[0] < w[1]);
    (ascending(&table) && ascending(&next)).then_some(ColumnMap { union, table, next })
}

/// Moves a table's cells onto a wider set of columns.
pub(super) fn spread(table: &mut RawTable, map: &[usize], cols: usize) {
    for cell in &mut table.cells {
        let end = map[(cell.col + cell.col_span).min(map.len() - 1)];
        cell.col = map[cell.col.min(map.len() - 1)];
        cell.col_span = end.saturating_sub(cell.col).max(1);
    }
    table.cols = cols;
}
