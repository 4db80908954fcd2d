//! An amount printed right against the label of the next panel: `24,458.43二、财政专户…` in one cell.
//!
//! Amounts stand at the right edge of their column, labels at the left edge of theirs; without a ruling between, readers
//! take both for one text. A figure with the table's decimals followed by words can be read in one way only, so it is
//! parted where a column of amounts and one of words stand beside each other there. What is printed stays; the amount is marked `repaired`.

use crate::model::rule::Rule;
use crate::model::vocabulary::RowKind;
use crate::reading::amount::{Reading, read};
use crate::reading::code::{self, Family};
use crate::reading::fold::fold;
use crate::reading::label;
use crate::table::grid::Grid;
use std::collections::{BTreeMap, BTreeSet};
use yusuan_extract::{Cell, RawTable};

/// Words shorter than this behind a figure may be a unit or a measure.
const LEAST_WORDS: usize = 3;

/// A cell to part: its index, the column of the amount (the label's is the next one) and both texts.
struct Glued {
    index: usize,
    col: usize,
    amount: String,
    label: String,
}

/// Parts such cells and gives the grid positions of the amounts.
pub(crate) fn part(raw: &mut RawTable) -> BTreeSet<(usize, usize)> {
    let found = find(raw);
    let mut parted = BTreeSet::new();
    for glued in &found {
        let Some(cell) = raw.cells.get(glued.index) else { continue };
        let row = cell.row;
        let amount = Cell { col: glued.col, col_span: 1, text: glued.amount.clone(), ..cell.clone() };
        let label = Cell { col: glued.col + 1, col_span: 1, text: glued.label.clone(), ..cell.clone() };
        parted.insert((row, glued.col));
        raw.cells.push(amount);
        raw.cells.push(label);
    }
    // What stood at these places was the glued cell itself and blanks.
    let places: BTreeSet<(usize, usize)> =
        parted.iter().flat_map(|(row, col)| [(*row, *col), (*row, col + 1)]).collect();
    let last = raw.cells.len().saturating_sub(found.len() * 2);
    let mut index = 0;
    raw.cells.retain(|cell| {
        index += 1;
        index > last || !places.contains(&(cell.row, cell.col))
    });
    if !parted.is_empty() {
        raw.cells.sort_by_key(|c| (c.row, c.col));
    }
    parted
}

/// Cells that hold an amount and a label.
fn find(raw: &RawTable) -> Vec<Glued> {
    let candidates: Vec<usize> = (0..raw.cells.len()).filter(|i| raw.cells.get(*i).is_some_and(is_mixed)).collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let grid = Grid::new(raw);
    let decimals = decimals(&grid);
    let glued = |index: usize| {
        let cell = raw.cells.get(index)?;
        let (amount, label) = split(&cell.text, decimals)?;
        Some(Glued { index, col: amount_column(&grid, cell)?, amount, label })
    };
    let found: Vec<Glued> = candidates.into_iter().filter_map(glued).collect();
    // A column of amounts holds some that stand alone, or the same happened to all of them.
    let alone = |col: usize| (0..grid.rows()).any(|row| matches!(grid.reading(row, col), Reading::Amount(..)));
    let columns: Vec<usize> = found.iter().map(|g| g.col).collect();
    let repeated = |col: usize| columns.iter().filter(|c| **c == col).count() > 1;
    found.into_iter().filter(|g| repeated(g.col) || alone(g.col)).collect()
}

/// The column of the amounts that the cell's figure belongs to: its own where the cell reaches over the next column too or
/// that one is blank here, else the one on its left if that is blank here.
fn amount_column(grid: &Grid, cell: &Cell) -> Option<usize> {
    let labels = |col: usize| {
        let is_label = |row: usize| grid.reading(row, col) == Reading::Other || is_code(grid.folded(row, col));
        (0..grid.rows()).any(|row| grid.origin(row, col).is_some() && is_label(row))
    };
    let blank =
        |col: usize| col < grid.cols() && grid.folded(cell.row, col).is_empty() && grid.width(cell.row, col) == 1;
    let fits = |col: usize| (col + 1 < grid.cols() && labels(col + 1)).then_some(col);
    match (cell.row_span.max(1), cell.col_span.max(1)) {
        (1, 2) => fits(cell.col),
        (1, 1) if blank(cell.col + 1) => fits(cell.col),
        (1, 1) => cell.col.checked_sub(1).filter(|col| blank(*col)).and_then(fits),
        _ => None,
    }
}

/// Whether a text is a code of the books: 303, 30205, 2130101.
fn is_code(folded: &str) -> bool {
    matches!(folded.len(), 3 | 5 | 7) && code::is_digits(folded) && Family::of_code(folded).is_some()
}

/// Whether a text begins with a digit or a sign and goes on behind a point: most cells are told apart so.
fn is_mixed(cell: &Cell) -> bool {
    let begins = cell.text.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '０'..='９'));
    let words = cell.text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let behind = cell.text.split_once(['.', '．']).map_or(0, |(_, behind)| behind.trim().chars().count());
    begins && (words && behind > 0 || behind > 3)
}

/// Number of decimals that most of the table's figures print.
fn decimals(grid: &Grid) -> usize {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for (row, col) in (0..grid.rows()).flat_map(|row| (0..grid.cols()).map(move |col| (row, col))) {
        match grid.reading(row, col) {
            Reading::Amount(value, _) if value.scale() > 0 => *counts.entry(value.scale()).or_default() += 1,
            _ => {}
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(0, |(scale, _)| scale as usize)
}

/// Parts a text behind the first figure with so many decimals, if words or a code follow.
fn split(text: &str, decimals: usize) -> Option<(String, String)> {
    let text = text.trim();
    let point = text.find(['.', '．']).filter(|_| decimals > 0)?;
    let end = text.char_indices().filter(|(at, _)| *at > point).nth(decimals).map(|(at, _)| at)?;
    let (amount, label) = (text.get(..end)?.trim(), text.get(end..)?.trim());
    let words = fold(label);
    let begins = words.starts_with(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '%' | '元' | '万' | '亿'))
        || words.starts_with(|c: char| c.is_ascii_digit()) && label::rank(&words) > 0;
    let han = words.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    let named = begins && (han >= LEAST_WORDS || label::kind(&words) == RowKind::Total);
    let plain = matches!(read(amount), Reading::Amount(_, None));
    (plain && (named || is_code(&words))).then(|| (amount.to_owned(), label.to_owned()))
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "F04",
    title: "Amounts against the next label",
    text: "a cell that holds an amount with the table's decimals and a label or a code behind it is parted, marked `repaired`, where it stands over a column of amounts and one of words, or beside the blank one of both",
    source: "side-by-side tables without rulings between the panels: 24,458.43二、财政专户管理资金",
}];

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str]) -> (RawTable, BTreeSet<(usize, usize)>) {
        let mut raw = RawTable { rows: rows.len(), cols: 4, ..RawTable::default() };
        for (row, line) in rows.iter().enumerate() {
            for (col, text) in line.split('|').enumerate().filter(|(_, text)| !text.is_empty()) {
                raw.cells.push(Cell { row, col, row_span: 1, col_span: 1, text: text.to_owned(), ..Cell::default() });
            }
        }
        let parted = part(&mut raw);
        (raw, parted)
    }

    #[test]
    fn an_amount_and_the_label_behind_it() {
        let (raw, parted) = table(&[
            "项目|预算数|项目|预算数",
            "一、一般公共预算|5.00|一、教育支出|7.00",
            "二、政府性基金||8,526,600.00二、卫生健康支出|3.00",
            "三、其他||12.502.其他收入支出|3.00",
        ]);
        assert_eq!(parted.into_iter().collect::<Vec<_>>(), [(2, 1), (3, 1)]);
        let grid = Grid::new(&raw);
        assert_eq!((grid.printed(2, 1), grid.printed(2, 2)), ("8,526,600.00", "二、卫生健康支出"));
        assert_eq!((grid.printed(3, 1), grid.printed(3, 2)), ("12.50", "2.其他收入支出"));
    }

    #[test]
    fn a_cell_over_both_columns_or_in_that_of_the_amount() {
        let rows = ["项目|预算数|项目|预算数", "一、一般公共预算|5.00|一、教育支出|7.00"];
        for col_span in [1, 2] {
            let (mut raw, _) = table(&rows);
            raw.rows = 3;
            let text = "8.50二、卫生健康支出".to_owned();
            raw.cells.push(Cell { row: 2, col: 1, row_span: 1, col_span, text, ..Cell::default() });
            assert_eq!(part(&mut raw).into_iter().collect::<Vec<_>>(), [(2, 1)]);
            let grid = Grid::new(&raw);
            assert_eq!((grid.printed(2, 1), grid.printed(2, 2)), ("8.50", "二、卫生健康支出"));
        }
    }

    #[test]
    fn codes_and_totals_behind_amounts() {
        let (raw, parted) =
            table(&["科目|金额|科目编码|金额", "工资|5.00|302|7.00", "津贴|77.62303||3.00", "总计||82.62总计|10.00"]);
        assert_eq!(parted.into_iter().collect::<Vec<_>>(), [(2, 1), (3, 1)]);
        let grid = Grid::new(&raw);
        assert_eq!((grid.printed(2, 1), grid.printed(2, 2), grid.printed(3, 2)), ("77.62", "303", "总计"));
    }

    #[test]
    fn what_may_be_one_text_stays_one() {
        for text in ["12.50万元", "12.5二、卫生健康支出", "2024.01至2024.12", "1.某某项目支出", "12.50人", "12.5012"]
        {
            let row = format!("二、其他||{text}|3.00");
            let (_, parted) = table(&["项目|预算数|项目|预算数", "一、甲|5.00|一、教育支出|7.00", &row]);
            assert!(parted.is_empty(), "{text}");
        }
        let (_, parted) = table(&["项目|预算数|项目|预算数", "一、甲|5.00|12.50一、教育支出|7.00"]);
        assert!(parted.is_empty(), "the column of the amount is not blank");
        let (_, parted) = table(&["项目|说明|项目|预算数", "一、甲||12.50一、教育支出|7.00"]);
        assert!(parted.is_empty(), "no other amount stands in that column");
    }
}
