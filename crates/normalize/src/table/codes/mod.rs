//! The codes that the rows of a table print, whole or in parts.
//!
//! 类, 款 and 项 stand in columns of their own or in one, and a row prints all parts, its own alone, or any of those above again;
//! cells merge downwards and sideways, pages and worksheets break in the middle of a 款. A row's code is whole, or there is none
//! and the row says so: a part alone is no code, and what is printed wrong is not put right.

mod columns;
mod digits;
mod income;
mod level;
mod lines;
mod single;
mod state;

pub(crate) use digits::{RowCode, meant};
pub(crate) use income::CLASSES as INCOME_CLASSES;
pub(crate) use lines::Lines;

use crate::reading::amount::Reading;
use crate::reading::code::Family;
use crate::table::column::Role;
use rust_decimal::Decimal;

/// The codes of a family, row by row. `above` is the last code of the table that this one goes on with.
pub(crate) fn read(lines: &Lines, family: Family, above: Option<&str>) -> Vec<RowCode> {
    let names: Vec<&str> = (lines.first..lines.grid.rows()).map(|row| name(lines, family, row)).collect();
    let has = |role| lines.labels.iter().any(|c| lines.columns[*c].role == role);
    if has(Role::Code(family)) {
        let figures = figures(lines);
        let texts: Vec<String> = (lines.first..lines.grid.rows()).map(|row| single::text(lines, family, row)).collect();
        return single::read(&single::Column { texts: &texts, names: &names, figures: &figures, family, above });
    }
    if (0..3).any(|level| has(Role::Part(family, level))) {
        return income::read(lines).unwrap_or_else(|| columns::read(lines, family, &names, above));
    }
    vec![RowCode::Nothing; names.len()]
}

/// What the row is called in the books.
fn name<'a>(lines: &Lines<'a>, family: Family, row: usize) -> &'a str {
    let printed = |role| {
        let columns = lines.labels.iter().filter(|c| lines.columns[**c].role == role);
        columns.map(|c| lines.grid.printed(row, *c)).find(|text| !text.is_empty())
    };
    printed(Role::Name(family)).or_else(|| printed(Role::Item)).unwrap_or_default()
}

/// The figures of every row in the table's columns of amounts.
fn figures(lines: &Lines) -> Vec<Vec<Option<Decimal>>> {
    let values: Vec<usize> = (0..lines.columns.len()).filter(|c| lines.columns[*c].role == Role::Value).collect();
    let figure = |row, col| match lines.grid.reading(row, col) {
        Reading::Amount(value, _) if lines.grid.origin(row, col).is_some() => Some(value),
        _ => None,
    };
    (lines.first..lines.grid.rows()).map(|row| values.iter().map(|col| figure(row, *col)).collect()).collect()
}
