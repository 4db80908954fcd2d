//! All parts in one column: whole codes, or a class with the digits of its 款 and 项 below it.

use crate::reading::code::Family;
use crate::table::codes::digits::{self, Digits, RowCode, meant};
use crate::table::codes::level::{self, Line};
use crate::table::codes::lines::Lines;
use crate::table::codes::state::{Parts, State};
use crate::table::column::Role;
use rust_decimal::Decimal;

/// A column of codes with what stands beside it, row by row.
pub(crate) struct Column<'a> {
    /// Folded.
    pub(crate) texts: &'a [String],
    pub(crate) names: &'a [&'a str],
    pub(crate) figures: &'a [Vec<Option<Decimal>>],
    pub(crate) family: Family,
    pub(crate) above: Option<&'a str>,
}

/// The nearest text in a code column of the family.
pub(crate) fn text(lines: &Lines, family: Family, row: usize) -> String {
    let columns = lines.labels.iter().filter(|c| lines.columns[**c].role == Role::Code(family));
    columns.map(|c| lines.code_text(row, *c)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// Reads every row.
pub(crate) fn read(column: &Column) -> Vec<RowCode> {
    let printed: Vec<Digits> = column.texts.iter().map(|text| digits::whole(text)).collect();
    let short = |digits: &Digits| matches!(digits, Digits::Number(text) if text.len() <= 2);
    let whole = |digits: &Digits| matches!(digits, Digits::Whole(_));
    let known = column.above.is_some() || printed.iter().any(whole);
    if !known || !printed.iter().any(short) {
        return printed.iter().zip(column.texts).map(|(digits, text)| row_code(digits, text)).collect();
    }
    let levels = levels(column, &printed);
    let mut state = State::after(column.family, column.above);
    let mut codes = Vec::with_capacity(printed.len());
    for (row, digits) in printed.iter().enumerate() {
        let name = column.names.get(row).copied().unwrap_or_default();
        codes.push(match (digits, levels.get(row).copied().flatten()) {
            (Digits::Whole(code), _) if Family::of_code(code) == Some(column.family) => {
                if crate::reading::code::is_agency(code, name) {
                    RowCode::Other(code.clone())
                } else {
                    let part = |from: usize, to: usize| code.get(from..to).unwrap_or_default().to_owned();
                    state.take(&[part(0, 3), part(3, 5), part(5, 7)], (code.len() - 1) / 2 - 1, name)
                }
            }
            (Digits::Number(text), Some(level)) if text.len() <= 2 => {
                let mut own = Parts::default();
                own[level] = format!("{text:0>2}");
                state.take(&own, level, name)
            }
            (Digits::Number(text), None) if text.len() <= 2 => state.lose(1, 2),
            (Digits::Misprint, _) => {
                let depth = (meant(column.texts[row].chars().count()) - 1) / 2 - 1;
                state.lose(depth.min(1), depth)
            }
            _ => row_code(digits, &column.texts[row]),
        });
    }
    codes
}

fn row_code(digits: &Digits, text: &str) -> RowCode {
    match digits {
        Digits::Blank => RowCode::Nothing,
        Digits::Whole(code) => RowCode::Whole(code.clone()),
        Digits::Misprint => RowCode::Unsure(meant(text.chars().count())),
        _ => RowCode::Other(text.to_owned()),
    }
}

/// The level of every row that prints a part, class by class.
fn levels(column: &Column, printed: &[Digits]) -> Vec<Option<usize>> {
    let mut levels = vec![None; printed.len()];
    let is_class = |row: &usize| matches!(&printed[*row], Digits::Whole(code) if code.len() == 3);
    let mut starts: Vec<usize> = (0..printed.len()).filter(is_class).collect();
    starts.insert(0, 0);
    starts.push(printed.len());
    for block in starts.windows(2) {
        let (from, to) = (block[0], block[1]);
        let head = (from < to && is_class(&from)).then_some(from);
        let rows: Vec<usize> =
            (from + usize::from(head.is_some())..to).filter(|row| line(column, printed, *row).is_some()).collect();
        let lines: Vec<Line> = rows.iter().filter_map(|row| line(column, printed, *row)).collect();
        let class = match head {
            Some(row) => Some(column.texts[row].as_str()),
            None => column.above.and_then(|above| above.get(..3)),
        };
        let total = head.and_then(|row| column.figures.get(row)).map(Vec::as_slice);
        // Above the first class the 款 of the table before goes on: its sum is not to be had.
        for (row, found) in rows.iter().zip(level::decide(column.family, class, total, &lines)) {
            levels[*row] = found;
        }
    }
    levels
}

fn line<'a>(column: &'a Column, printed: &'a [Digits], row: usize) -> Option<Line<'a>> {
    let (digits, level) = match &printed[row] {
        Digits::Whole(code) if code.len() > 3 => {
            (code.get(code.len() - 2..)?.to_owned(), Some((code.len() - 1) / 2 - 1))
        }
        Digits::Number(text) if text.len() <= 2 => (format!("{text:0>2}"), None),
        _ => return None,
    };
    let name = column.names.get(row).copied().unwrap_or_default();
    Some(Line { digits, level, name, figures: column.figures.get(row).map_or(&[], Vec::as_slice) })
}
