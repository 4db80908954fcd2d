//! Codes of income in columns of their own: 类, 款, 项 and 目.
//!
//! Agencies' numbers look alike, so the codes are handed on as numbers; their names decide what they are
//! ([`crate::table::income`]).

use crate::reading::code;
use crate::table::codes::digits::{Digits, RowCode, part};
use crate::table::codes::lines::Lines;
use crate::table::column::Role;

/// The classes of 政府收入分类.
pub(crate) const CLASSES: &[&str] = &["101", "102", "103", "105", "110"];
/// Levels of a code.
const LEVELS: u8 = 4;

/// The numbers of every row, whole; none where the first column prints other numbers than the classes of income.
pub(crate) fn read(lines: &Lines) -> Option<Vec<RowCode>> {
    let level = |role| match role {
        Role::Part(_, level) if level < LEVELS => Some(usize::from(level)),
        _ => None,
    };
    let mut columns: Vec<(usize, usize)> =
        lines.labels.iter().filter_map(|col| Some((level(lines.columns[*col].role)?, *col))).collect();
    columns.sort_unstable();
    let first = columns.first().filter(|(level, _)| *level == 0)?.1;
    let rows = lines.first..lines.grid.rows();
    let classes: Vec<&str> =
        rows.clone().map(|row| lines.grid.folded(row, first)).filter(|t| code::is_digits(t)).collect();
    if classes.is_empty() || !classes.iter().all(|class| CLASSES.contains(class)) {
        return None;
    }
    let mut above: Vec<String> = Vec::new();
    Some(rows.map(|row| next(lines, &columns, row, &mut above)).collect())
}

/// The number of a row: what it prints, behind the parts of the row above that it doesn't print again.
fn next(lines: &Lines, columns: &[(usize, usize)], row: usize, above: &mut Vec<String>) -> RowCode {
    let mut parts: Vec<String> = Vec::new();
    let mut own = None;
    for (place, (level, col)) in columns.iter().enumerate() {
        let merged = columns[..place].iter().any(|(_, c)| lines.grid.index(row, *c) == lines.grid.index(row, *col));
        let text = if merged { "" } else { lines.grid.folded(row, *col) };
        let printed = match part(text) {
            Digits::Blank => None,
            Digits::Part(part) if *level > 0 => Some(part),
            Digits::Number(class) if *level == 0 && CLASSES.contains(&class.as_str()) => Some(class),
            _ => return RowCode::Other(text.to_owned()),
        };
        own = printed.is_some().then_some(place).or(own);
        parts.push(printed.unwrap_or_default());
    }
    let Some(deepest) = own else { return RowCode::Nothing };
    parts.truncate(deepest + 1);
    for (place, part) in parts.iter_mut().enumerate() {
        if part.is_empty() {
            part.clone_from(above.get(place).unwrap_or(&String::new()));
        }
    }
    if parts.iter().any(String::is_empty) {
        return RowCode::Unsure(3 + 2 * deepest);
    }
    let code = parts.concat();
    *above = parts;
    RowCode::Other(code)
}
