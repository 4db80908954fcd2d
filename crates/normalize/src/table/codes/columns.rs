//! 类, 款 and 项 in columns of their own.

use crate::reading::code::{self, Family};
use crate::table::codes::digits::{Digits, RowCode, part, whole};
use crate::table::codes::lines::Lines;
use crate::table::codes::state::{Parts, State};
use crate::table::column::Role;

/// What the cells of one row print together.
enum Printed {
    Nothing,
    Parts {
        own: Parts,
        depth: usize,
    },
    /// Wrong from `level` on.
    Wrong {
        level: usize,
        depth: usize,
    },
    Other(String),
}

/// Reads every row.
pub(crate) fn read(lines: &Lines, family: Family, names: &[&str], above: Option<&str>) -> Vec<RowCode> {
    let column = |level| lines.labels.iter().copied().find(|c| lines.columns[*c].role == Role::Part(family, level));
    let columns = [column(0), column(1), column(2)];
    let mut state = State::after(family, above);
    let read = |(row, name): (usize, &&str)| match printed(lines, columns, row) {
        Printed::Nothing => RowCode::Nothing,
        Printed::Other(text) => RowCode::Other(text),
        Printed::Parts { own, depth: 0 } if code::is_agency(&own[0], name) => RowCode::Other(own[0].clone()),
        Printed::Parts { own, depth } => state.take(&own, depth, name),
        Printed::Wrong { level, depth } => state.lose(level, depth),
    };
    (lines.first..).zip(names).map(read).collect()
}

fn printed(lines: &Lines, columns: [Option<usize>; 3], row: usize) -> Printed {
    let texts = texts(lines, columns, row);
    let Some(first) = texts.iter().position(|t| !t.is_empty()) else { return Printed::Nothing };
    let depth = texts.iter().rposition(|t| !t.is_empty()).unwrap_or(first);
    let read = |level: usize| if level == 0 { whole(&texts[0]) } else { part(&texts[level]) };
    let alone = first == depth;
    let mut own = Parts::default();
    let mut reach = depth;
    for (level, digits) in (first..=depth).map(|level| (level, read(level))) {
        match digits {
            Digits::Blank => {}
            // Words in a code column are the row's label.
            Digits::Words => return Printed::Other(texts[first].clone()),
            Digits::Number(number) if alone && !is_part(&number) => return Printed::Other(number),
            Digits::Whole(code) => {
                let end = (code.len() - 1) / 2 - 1;
                // In the middle of a cell merged over the three it stands in another's column, alone.
                if !fits(&own, &code) || end > 2 || end < level && !alone {
                    return Printed::Wrong { level: 0, depth: depth.max(end) };
                }
                for (at, part) in [&code[..3], code.get(3..5).unwrap_or(""), code.get(5..7).unwrap_or("")]
                    .into_iter()
                    .enumerate()
                    .filter(|(_, part)| !part.is_empty())
                {
                    part.clone_into(&mut own[at]);
                }
                reach = if alone { end } else { reach.max(end) };
            }
            Digits::Part(part) if own[level].is_empty() || own[level] == part => own[level] = part,
            // 款 and 项 in one cell, or the last four digits of a local code of the economic classification.
            Digits::Pair(upper, lower) if level == 1 && depth == 1 => {
                (own[1], own[2]) = (upper, lower);
                reach = 2;
            }
            Digits::Part(_) | Digits::Pair(..) | Digits::Number(_) | Digits::Misprint => {
                return Printed::Wrong { level, depth };
            }
        }
    }
    Printed::Parts { own, depth: reach }
}

/// Too short to be anything but a part of a code.
fn is_part(number: &str) -> bool {
    number.len() < 3 || number.len() == 4
}

/// Whether a whole code begins with what the row prints on its left.
fn fits(own: &Parts, code: &str) -> bool {
    let parts = [code.get(..3), code.get(3..5), code.get(5..7)];
    own.iter().zip(parts).all(|(own, part)| own.is_empty() || part == Some(own.as_str()))
}

/// The texts of a row's parts. A cell merged over 类, 款 and 项 counts once.
fn texts(lines: &Lines, columns: [Option<usize>; 3], row: usize) -> [String; 3] {
    let mut texts: [String; 3] = Default::default();
    for level in 0..3 {
        let Some(col) = columns[level] else { continue };
        let index = lines.grid.index(row, col);
        let merged = columns[..level].iter().flatten().any(|c| lines.grid.index(row, *c) == index);
        if merged {
            continue;
        }
        let own = if level == 0 { lines.code_text(row, col) } else { lines.grid.folded(row, col).to_owned() };
        texts[level] = if own.is_empty() { below_the_break(lines, row, col).to_owned() } else { own };
    }
    texts
}

/// The text of a cell merged downwards that a page break has cut: it may stand on the next page, the box on this one is blank.
fn below_the_break<'a>(lines: &Lines<'a>, row: usize, col: usize) -> &'a str {
    let Some(cell) = lines.grid.cell(row, col).filter(|cell| cell.row_span > 1) else { return "" };
    let next = cell.row + cell.row_span;
    let page = |row: usize| lines.grid.cell(row, col).and_then(|cell| cell.place.page);
    let parted = page(next).zip(cell.place.page).is_some_and(|(below, own)| below > own);
    let begins = cell.row > lines.first && page(cell.row - 1) == cell.place.page;
    let Some(other) = lines.grid.cell(next, col).filter(|_| parted && begins) else { return "" };
    if other.row_span > 1 { lines.grid.folded(next, col) } else { "" }
}
