//! An amount printed right against the label of the next panel: `24,458.43二、财政专户…` in one cell.
//!
//! Amounts stand at the right edge of their column, labels at the left edge of theirs; without a ruling between, readers
//! take both for one text. A figure with the table's decimals followed by words can be read in one way only, so it is
//! parted where a column of amounts and one of words stand beside each other there. What is printed stays; the amount is marked `repaired`.

use crate::amount::{Reading, read};
use crate::grid::Grid;
use crate::rule::Rule;
use crate::text::fold;
use std::collections::BTreeSet;
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
    let found = candidates.into_iter().filter_map(|index| {
        let cell = raw.cells.get(index)?;
        let (amount, label) = split(&cell.text, decimals)?;
        let col = amount_column(&grid, cell)?;
        Some(Glued { index, col, amount, label })
    });
    found.collect()
}

/// The column of the amounts that the cell's figure belongs to: its own where the cell reaches over the next column too or
/// that one is blank here, else the one on its left if that is blank here.
fn amount_column(grid: &Grid, cell: &Cell) -> Option<usize> {
    let amounts = |col: usize| (0..grid.rows()).any(|row| matches!(grid.reading(row, col), Reading::Amount(..)));
    let words = |col: usize| {
        (0..grid.rows()).any(|row| grid.origin(row, col).is_some() && grid.reading(row, col) == Reading::Other)
    };
    let blank =
        |col: usize| col < grid.cols() && grid.folded(cell.row, col).is_empty() && grid.width(cell.row, col) == 1;
    let fits = |col: usize| (col + 1 < grid.cols() && amounts(col) && words(col + 1)).then_some(col);
    match (cell.row_span.max(1), cell.col_span.max(1)) {
        (1, 2) => fits(cell.col),
        (1, 1) if blank(cell.col + 1) => fits(cell.col),
        (1, 1) => cell.col.checked_sub(1).filter(|col| blank(*col)).and_then(fits),
        _ => None,
    }
}

/// Whether a text begins with a digit or a sign and holds a point and words: most cells are told apart so.
fn is_mixed(cell: &Cell) -> bool {
    let begins = cell.text.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '０'..='９'));
    begins && cell.text.contains(['.', '．']) && cell.text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Number of decimals that the table prints.
fn decimals(grid: &Grid) -> usize {
    let places = (0..grid.rows()).flat_map(|row| (0..grid.cols()).map(move |col| (row, col)));
    let scales = places.filter_map(|(row, col)| match grid.reading(row, col) {
        Reading::Amount(value, _) => Some(value.scale()),
        _ => None,
    });
    scales.max().map_or(0, |scale| scale as usize)
}

/// Parts a text behind the first figure with so many decimals, if words follow.
fn split(text: &str, decimals: usize) -> Option<(String, String)> {
    let text = text.trim();
    let point = text.find(['.', '．']).filter(|_| decimals > 0)?;
    let end = text.char_indices().filter(|(at, _)| *at > point).nth(decimals).map(|(at, _)| at)?;
    let (amount, label) = (text.get(..end)?.trim(), text.get(end..)?.trim());
    let words = fold(label);
    let begins = words.starts_with(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '%' | '元' | '万' | '亿'))
        || words.starts_with(|c: char| c.is_ascii_digit()) && crate::label::rank(&words) > 0;
    let enough = words.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() >= LEAST_WORDS;
    let plain = matches!(read(amount), Reading::Amount(_, None));
    (plain && begins && enough).then(|| (amount.to_owned(), label.to_owned()))
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "F04",
    title: "Amounts against the next label",
    statement: "a cell that holds an amount with the table's decimals and a label behind it is parted, marked `repaired`, where it stands over a column of amounts and one of words, or beside the blank one of both",
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
    fn what_may_be_one_text_stays_one() {
        for text in ["12.50万元", "12.5二、卫生健康支出", "2024.01至2024.12", "1.某某项目支出", "12.50人"]
        {
            let row = format!("二、其他||{text}|3.00");
            let (_, parted) = table(&["项目|预算数|项目|预算数", "一、甲|5.00|一、教育支出|7.00", &row]);
            assert!(parted.is_empty(), "{text}");
        }
        let (_, parted) = table(&["项目|预算数|项目|预算数", "一、甲|5.00|12.50一、教育支出|7.00"]);
        assert!(parted.is_empty(), "the column of the amount is not blank");
    }
}
