//! The rows of a form that hold its lists of indicators: whatever looks like money there is a goal.

use crate::reading::form_word;
use crate::reading::indicator_head::{self, Role};
use crate::table::grid::Grid;
use std::ops::Range;

/// So many heads of that list in one row begin it.
const LEAST_HEADS: usize = 2;

/// The lists of indicators, each from its heads to the next field of the form.
pub(crate) fn lists(grid: &Grid) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for row in (0..grid.rows()).filter(|row| is_head(grid, *row)) {
        if found.last().is_some_and(|list| list.contains(&row)) {
            continue;
        }
        let end = (row + 1..grid.rows()).find(|r| is_field(grid, *r)).unwrap_or(grid.rows());
        found.push(row..end);
    }
    found
}

/// Whether a row holds the heads of a list of indicators.
pub(crate) fn is_head(grid: &Grid, row: usize) -> bool {
    let roles: Vec<Role> = grid.starts(row).into_iter().filter_map(|col| head(grid, row, col)).collect();
    roles.len() >= LEAST_HEADS && roles.iter().any(|role| role.is_level())
}

fn head(grid: &Grid, row: usize, col: usize) -> Option<Role> {
    let text = grid.folded(row, col);
    let value = || indicator_head::is_value(text, false).then_some(Role::Target);
    let level = || text.contains("绩效指标").then_some(Role::Name).filter(|_| grid.width(row, col) == 1);
    indicator_head::role(text).or_else(value).or_else(level)
}

/// Whether a row is a field of the form: 主管部门 | 某局.
fn is_field(grid: &Grid, row: usize) -> bool {
    grid.starts(row).first().is_some_and(|col| form_word::is_field(grid.folded(row, *col)))
}
