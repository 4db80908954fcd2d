//! Columns that print money by their form alone, in tables that say neither what they are nor in which unit.

use crate::reading::amount::Reading;
use crate::table::grid::Grid;
use crate::table::header::Header;
use rust_decimal::Decimal;

/// Fewer figures may look alike by chance.
const FEWEST: usize = 3;

/// Whether a column prints every figure to the hundredth, and not shares of a hundred: books of account print money so, in
/// 元 and 分 or in 万元 to two places, while counts and years have no decimals and shares end at 100. What the figures are
/// worth stays open; that they are printed does not.
pub(crate) fn is_money(grid: &Grid, header: &Header, col: usize) -> bool {
    let mut figures: Vec<Decimal> = Vec::new();
    for row in header.body()..grid.rows() {
        if grid.origin(row, col).is_none() {
            continue;
        }
        match grid.reading(row, col) {
            Reading::Blank | Reading::Several => {}
            Reading::Amount(figure, _) if figure.scale() == 2 => figures.push(figure),
            _ => return false,
        }
    }
    let hundred = Decimal::ONE_HUNDRED;
    let large = figures.iter().filter(|f| f.abs() > hundred).count();
    figures.len() >= FEWEST && 2 * large > figures.len()
}

/// Whether a column without a head prints figures as the forms of the budget do: none but amounts, most with decimals or
/// separators, and not all below a hundred as shares and marks are.
pub(crate) fn is_printed_so(grid: &Grid, header: &Header, col: usize) -> bool {
    if header.paths.get(col).is_some_and(|path| !path.is_empty()) {
        return false;
    }
    let (mut all, mut pointed, mut large) = (0_usize, 0_usize, false);
    for row in header.body()..grid.rows() {
        match grid.reading(row, col) {
            Reading::Blank | Reading::Several => {}
            Reading::Amount(figure, _) => {
                all += 1;
                pointed += usize::from(figure.scale() > 0 || figure.is_zero() || grid.folded(row, col).contains(','));
                large |= figure.abs() > Decimal::ONE_HUNDRED;
            }
            Reading::Other => return false,
        }
    }
    all > 0 && 2 * pointed > all && large
}

#[cfg(test)]
mod tests {
    use super::*;
    use yusuan_extract::{Cell, RawTable};

    fn is_money_column(texts: &[&str]) -> bool {
        let cell = |(row, text): (usize, &&str)| Cell {
            row,
            row_span: 1,
            col_span: 1,
            text: (*text).to_owned(),
            ..Cell::default()
        };
        let cells = texts.iter().enumerate().map(cell).collect();
        let raw = RawTable { rows: texts.len(), cols: 1, cells, ..RawTable::default() };
        is_money(&Grid::new(&raw), &Header::none(0, 1), 0)
    }

    #[test]
    fn two_decimals_throughout_are_money() {
        assert!(is_money_column(&["1,234.56", "", "-200.00", "12.30", "5000.00"]));
        for other in [&["1234.5", "200.00", "300.00"][..], &["12.50", "99.10", "100.00"], &["200.00", "300.00"]] {
            assert!(!is_money_column(other), "{other:?}");
        }
        assert!(!is_money_column(&["200.00", "300.00", "约400.00"]));
        assert!(is_money_column(&["200.00", "300.00", "400.00", "400.00 500.00"]));
        assert!(!is_money_column(&["2023", "2024", "2025"]));
    }
}
