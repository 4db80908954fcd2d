//! The cells of a statement's sheet: what stands in each, and how it looks.

use super::amount::{Number, amount, conversion, converted, percentage};
use super::layout::{Block, Need};
use super::style::{Role, Shown, Style, text_style};
use crate::doubt::is_doubtful;
use std::collections::BTreeMap;
use yusuan_extract::{Cell, Content, RawTable};
use yusuan_normalize::{Fact, MoneyUnit, RowKind, Statement, UnitSource};

/// The statement's grid from its header on.
pub(super) struct Grid {
    pub(super) rows: usize,
    pub(super) cols: usize,
    pub(super) header_rows: usize,
    /// One piece for every cell, merged ones once.
    pub(super) pieces: Vec<Piece>,
    /// Texts of cells whose position another cell had already taken.
    pub(super) displaced: Vec<String>,
}

/// A cell with its look.
pub(super) struct Piece {
    pub(super) row: usize,
    pub(super) col: usize,
    pub(super) rows: usize,
    pub(super) cols: usize,
    pub(super) text: String,
    pub(super) number: Option<Number>,
    pub(super) style: Style,
}

impl Piece {
    /// What the piece needs of the layout.
    pub(super) fn block(&self) -> Block {
        let need = match &self.number {
            Some(number) => Need::Number(number.width),
            None if self.style.role == Role::Header => Need::Header(self.text.clone()),
            None => Need::Text(self.text.clone()),
        };
        Block { row: self.row, col: self.col, rows: self.rows, cols: self.cols, need }
    }
}

impl Grid {
    /// The grid with its amounts in `unit`, or as printed.
    pub(super) fn new(statement: &Statement, unit: Option<MoneyUnit>) -> Self {
        let raw = &statement.raw;
        let start = statement.header_start.min(raw.rows);
        let rows = raw.rows - start;
        let header_rows = statement.header_rows.min(rows);
        let amounts = Amounts::new(statement, unit);
        let mut taken = Taken { free: vec![vec![true; raw.cols]; rows] };
        let mut grid = Self { rows, cols: raw.cols, header_rows, pieces: Vec::new(), displaced: Vec::new() };
        for (index, cell) in raw.cells.iter().enumerate() {
            let Some(mut piece) = place(cell, start, raw) else { continue };
            if !taken.take(&mut piece) {
                grid.displaced.extend(Some(cell.text.clone()).filter(|text| !text.is_empty()));
                continue;
            }
            let header = piece.row < header_rows;
            amounts.fill(&mut piece, index, header);
            if cell.content == Content::Number {
                let decimals = amounts.decimals.get(&cell.col).copied().unwrap_or(0);
                piece.number = piece.number.map(|number| number.with_decimals(decimals));
                piece.style.shown = piece.number.as_ref().map_or(piece.style.shown, |number| number.shown);
            }
            grid.pieces.push(piece);
        }
        grid
    }
}

/// Most columns that say what a row is.
const MOST_LABELS: usize = 4;

impl Grid {
    /// The columns before the first number.
    pub(super) fn label_columns(&self) -> usize {
        let numbers = self.pieces.iter().filter(|piece| piece.row >= self.header_rows && piece.number.is_some());
        numbers.map(|piece| piece.col).min().filter(|col| *col <= MOST_LABELS).unwrap_or(0)
    }
}

/// The cell on the sheet's grid; `None` for one before the header or outside the grid.
fn place(cell: &Cell, start: usize, raw: &RawTable) -> Option<Piece> {
    let row = cell.row.checked_sub(start)?;
    let rows = cell.row_span.max(1).min(raw.rows.checked_sub(cell.row)?);
    let cols = cell.col_span.max(1).min(raw.cols.checked_sub(cell.col)?);
    let style = Style::of(Role::Text);
    let piece = Piece { row, col: cell.col, rows, cols, text: cell.text.clone(), number: None, style };
    (rows > 0 && cols > 0).then_some(piece)
}

/// Positions not yet written: a worksheet takes no overlapping merged cells.
struct Taken {
    free: Vec<Vec<bool>>,
}

impl Taken {
    /// Takes the piece's positions; where its span overlaps another's it is cut down to one cell.
    fn take(&mut self, piece: &mut Piece) -> bool {
        if !self.is_free(piece) {
            (piece.rows, piece.cols) = (1, 1);
        }
        if !self.is_free(piece) {
            return false;
        }
        for row in &mut self.free[piece.row..piece.row + piece.rows] {
            row[piece.col..piece.col + piece.cols].fill(false);
        }
        true
    }

    fn is_free(&self, piece: &Piece) -> bool {
        let rows = self.free.iter().skip(piece.row).take(piece.rows);
        rows.map(|row| row.iter().skip(piece.col).take(piece.cols)).all(|mut cells| cells.all(|free| *free))
    }
}

/// The statement's facts by cell, and by row for the bold ones.
struct Amounts<'a> {
    /// The table's unit and the one that its amounts are shown in, where that is another.
    conversion: Option<(MoneyUnit, MoneyUnit)>,
    /// `None` where several amounts stand in one cell: it stays text.
    by_cell: BTreeMap<usize, Option<&'a Fact>>,
    /// For each row of the sheet's grid the columns of its facts and whether they are a total's.
    totals: BTreeMap<usize, BTreeMap<usize, bool>>,
    /// For each column the most decimals of its stored numbers (spreadsheets; print shows its own).
    decimals: BTreeMap<usize, u8>,
}

impl<'a> Amounts<'a> {
    fn new(statement: &'a Statement, unit: Option<MoneyUnit>) -> Self {
        let mut by_cell = BTreeMap::new();
        let mut totals: BTreeMap<usize, BTreeMap<usize, bool>> = BTreeMap::new();
        for fact in &statement.facts {
            by_cell.entry(fact.cell).and_modify(|known| *known = None).or_insert(Some(fact));
            let Some(cell) = statement.raw.cells.get(fact.cell) else { continue };
            let Some(row) = cell.row.checked_sub(statement.header_start) else { continue };
            totals.entry(row).or_default().insert(cell.col, fact.row_kind == RowKind::Total);
        }
        let mut amounts = Self { conversion: conversion(statement, unit), by_cell, totals, decimals: BTreeMap::new() };
        amounts.decimals = amounts.stored_decimals(&statement.raw);
        amounts
    }

    fn stored_decimals(&self, raw: &RawTable) -> BTreeMap<usize, u8> {
        let mut decimals = BTreeMap::new();
        for (index, fact) in &self.by_cell {
            let (Some(cell), Some(fact)) = (raw.cells.get(*index), fact) else { continue };
            let shown = self.number(fact, &cell.text).map(|number| number.shown);
            if let (Content::Number, Some(Shown::Amount(count))) = (cell.content, shown) {
                let most = decimals.entry(cell.col).or_insert(0);
                *most = count.max(*most);
            }
        }
        decimals
    }

    /// The amount in the sheet's unit. What says its own unit, in its cell or its header, stays as printed.
    fn number(&self, fact: &Fact, text: &str) -> Option<Number> {
        let printed = amount(fact, text)?;
        let own = matches!(fact.unit_source, Some(UnitSource::Cell | UnitSource::Column));
        match self.conversion {
            Some((from, to)) if fact.unit == Some(from) && !own => converted(fact, to),
            _ => Some(printed),
        }
    }

    /// Gives the piece its number and its look.
    fn fill(&self, piece: &mut Piece, cell: usize, header: bool) {
        let fact = self.by_cell.get(&cell).copied().flatten();
        piece.number = match fact {
            Some(fact) => self.number(fact, &piece.text),
            None if header => None,
            None => percentage(&piece.text),
        };
        piece.style = match &piece.number {
            Some(number) => Style::number(number.shown),
            // An amount that stays text (53万元) still stands where amounts stand.
            None if fact.is_some() => Style::of(Role::Amount),
            None => text_style(header, is_short_code(&piece.text)),
        };
        piece.style.doubtful = fact.is_some_and(|fact| is_doubtful(&fact.flags));
        piece.style.bold = !header && self.is_total(piece);
    }

    /// A row's cells belong to the amount right of them: in side-by-side tables the row is a total on one side only.
    fn is_total(&self, piece: &Piece) -> bool {
        let Some(row) = self.totals.get(&piece.row) else { return false };
        let next = row.range(piece.col..).next().or_else(|| row.last_key_value());
        next.is_some_and(|(_, total)| *total)
    }
}

/// Codes and other short marks are centred, as in print; words are not.
fn is_short_code(text: &str) -> bool {
    !text.is_empty() && text.len() <= 12 && text.chars().all(|c| c.is_ascii_alphanumeric() || "-—".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xlsx::fixtures::{cell, fact, statement};

    #[test]
    fn only_facts_become_numbers_and_codes_stay_text() {
        let grid = Grid::new(&statement(), None);
        let numbers: Vec<_> =
            grid.pieces.iter().filter_map(|p| p.number.as_ref().map(|n| n.value.to_string())).collect();
        assert_eq!(numbers, ["1234.5", "0"]);
        let code = grid.pieces.iter().find(|p| p.text == "2060702").unwrap();
        assert_eq!((code.number.clone(), code.style.role), (None, Role::Centered));
    }

    #[test]
    fn amounts_are_shown_in_another_unit_on_demand() {
        let shown = |unit| -> Vec<(String, Shown)> {
            let grid = Grid::new(&statement(), unit);
            grid.pieces.iter().filter_map(|p| p.number.as_ref().map(|n| (n.value.to_string(), n.shown))).collect()
        };
        assert_eq!(shown(Some(MoneyUnit::Yuan))[0], ("12345000".to_owned(), Shown::Amount(2)));
        assert_eq!(shown(Some(MoneyUnit::TenThousandYuan)), shown(None));
        let mut own = statement();
        own.facts[0].unit_source = Some(UnitSource::Column);
        let grid = Grid::new(&own, Some(MoneyUnit::Yuan));
        let first = grid.pieces.iter().find_map(|p| p.number.as_ref()).unwrap();
        assert_eq!(first.value.to_string(), "1234.5");
    }

    #[test]
    fn a_total_is_bold_on_its_own_side_only() {
        let mut sides = statement();
        sides.raw.cells.truncate(0);
        for (col, text) in ["收入合计", "10", "一、教育支出", "3"].into_iter().enumerate() {
            sides.raw.cells.push(cell(0, col, text));
        }
        (sides.raw.rows, sides.raw.cols, sides.header_rows) = (1, 4, 0);
        let mut total = fact(1, "10", Some(MoneyUnit::Yuan));
        total.row_kind = RowKind::Total;
        sides.facts = vec![total, fact(3, "3", Some(MoneyUnit::Yuan))];
        let bold: Vec<bool> = Grid::new(&sides, None).pieces.iter().map(|p| p.style.bold).collect();
        assert_eq!(bold, [true, true, false, false]);
    }

    #[test]
    fn overlapping_cells_lose_no_text() {
        let mut broken = statement();
        broken.raw.cells.push(Cell { row_span: 9, col_span: 9, ..cell(0, 0, "重叠") });
        broken.raw.cells.push(cell(99, 0, "格外"));
        let grid = Grid::new(&broken, None);
        assert_eq!(grid.displaced, ["重叠"]);
    }
}
