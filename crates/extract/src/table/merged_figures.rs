//! Cells that print several figures: the line between two of them is missing from the page, or was not seen, or two
//! figures share a cell.

use crate::model::{Cell, CellDoubt, Diagnostic, DiagnosticCode, Method, RawTable};
use crate::text::figures;
use std::collections::BTreeSet;

/// Cells of the same column that print one figure each, so that the column is known to hold one to a cell.
const FEWEST_SINGLE: usize = 2;
/// Decimals that an amount is printed with.
const CENTS: usize = 2;
/// Numbers of one kind with so many digits that begin with the same ones are no amounts.
const FEWEST_DIGITS: usize = 5;
const SAME: usize = 3;
/// Digits of a code's first part, and of the others.
const CODE: usize = 3;
const PART: usize = 2;

/// Notes on the cells of pages that nothing proves their figures to be one.
pub(crate) fn mark(tables: &mut [RawTable]) {
    for cell in tables.iter_mut().flat_map(|table| &mut table.cells) {
        if figures::count(&cell.text) > 1 && !cell.doubts.contains(&CellDoubt::SeveralFigures) {
            cell.doubts.push(CellDoubt::SeveralFigures);
        }
    }
}

/// Goes through tables again whose cells were changed by what a picture was read as: a figure that is one after all is none of
/// several.
pub(crate) fn again(tables: &mut [RawTable], diagnostics: &mut Vec<Diagnostic>) {
    if tables.iter().all(|table| table.method != Method::Ocr) {
        return;
    }
    for cell in tables.iter_mut().filter(|table| table.method == Method::Ocr).flat_map(|table| &mut table.cells) {
        if figures::count(&cell.text) == 1 {
            cell.doubts.retain(|doubt| *doubt != CellDoubt::SeveralFigures);
        }
    }
    let open: BTreeSet<_> = findings(tables).into_iter().map(|d| d.place).collect();
    diagnostics.retain(|d| d.code != DiagnosticCode::FiguresMerged || open.contains(&d.place));
}

/// What is to be said of the marked tables of a document, once for a page: whoever reads amounts finds none in such a
/// cell, and without a word the figures would be gone.
pub(crate) fn findings(tables: &[RawTable]) -> Vec<Diagnostic> {
    let mut said = BTreeSet::new();
    let merged = tables.iter().flat_map(|table| (0..table.cols).flat_map(|col| in_column(table, col)));
    let pages = merged.map(|cell| cell.place.page).filter(|page| said.insert(*page));
    let found = pages.map(|page| Diagnostic {
        code: DiagnosticCode::FiguresMerged,
        place: page.map(|page| format!("第 {page} 页")),
        message: "表中一格里印着几个数，像是缺了表格线，这些数没有收入".to_owned(),
    });
    found.collect()
}

/// The cells of a column whose several figures are amounts: they have their form, or the column holds one figure to a
/// cell elsewhere and hardly anything else.
fn in_column(table: &RawTable, col: usize) -> Vec<&Cell> {
    let filled = || table.cells.iter().filter(|cell| cell.col == col && !cell.text.is_empty());
    let single = filled().filter(|cell| figures::count(&cell.text) == 1).count();
    let numbers = filled().filter(|cell| figures::count(&cell.text) >= 1).count();
    let of_figures = single >= FEWEST_SINGLE && 2 * numbers > filled().count();
    let wrapped =
        |cell: &&Cell| filled().any(|other| is_wrapped(&cell.text, &other.text) || is_kin(&cell.text, &other.text));
    let merged = filled().filter(|cell| cell.doubts.contains(&CellDoubt::SeveralFigures) && !wrapped(cell));
    merged.filter(|cell| of_figures || cell.text.split_whitespace().all(is_amount)).collect()
}

/// Whether figures that stand together are one number like another of the column, wrapped in a narrow cell: 3010 above 2 beside 30101.
fn is_wrapped(text: &str, other: &str) -> bool {
    let joined: String = text.split_whitespace().collect();
    let alike = joined.len() >= FEWEST_DIGITS && joined.len() == other.len() && joined.get(..SAME) == other.get(..SAME);
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    alike && plain(&joined) && plain(other)
}

/// Whether figures that stand together are one code in parts, 208 01 01, beside another of the column that has all parts
/// but the last in common with it.
fn is_kin(text: &str, other: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let others: Vec<&str> = other.split_whitespace().collect();
    let plain = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    let Some((last, above)) = words.split_last() else { return false };
    let Some((first, parts)) = above.split_first() else { return false };
    let code =
        first.len() == CODE && parts.iter().chain([last]).all(|part| part.len() == PART) && words.iter().all(plain);
    code && text != other && others.len() <= words.len() && others.starts_with(above)
}

/// Whether a figure is printed with its cents.
fn is_amount(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(_, cents)| cents.len() == CENTS) && figures::is_whole(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of one column.
    fn column(texts: &[&str]) -> RawTable {
        let cell = |(row, text): (usize, &&str)| Cell {
            row,
            row_span: 1,
            col_span: 1,
            text: (*text).to_owned(),
            ..Cell::default()
        };
        RawTable {
            rows: texts.len(),
            cols: 1,
            cells: texts.iter().enumerate().map(cell).collect(),
            ..RawTable::default()
        }
    }

    fn said(texts: &[&str]) -> (usize, usize) {
        let mut tables = [column(texts)];
        mark(&mut tables);
        let doubts = tables[0].cells.iter().filter(|cell| !cell.doubts.is_empty()).count();
        (doubts, findings(&tables).len())
    }

    #[test]
    fn several_figures_in_a_cell_are_doubted_and_told_once() {
        assert_eq!(said(&["预算数", "120 80", "35", "240", "90 10"]), (2, 1));
        assert_eq!(said(&["预算数", "120.00 80.00"]), (1, 1));
        assert_eq!(said(&["编码", "30101", "30102", "3010 7"]), (1, 0));
        // Codes in parts, of all levels or of one.
        assert_eq!(said(&["编码", "208", "208 01", "208 01 01", "210"]), (2, 0));
        assert_eq!(said(&["编码", "208 01 01", "208 01 02", "210", "211"]), (2, 0));
        assert_eq!(said(&["预算数", "208", "120 80", "35", "240"]), (1, 1));
        // Neither amounts nor a column of figures.
        assert_eq!(said(&["2023 2024", "项目", "其他"]), (1, 0));
        assert_eq!(said(&["预算数", "120", "80 万元"]), (0, 0));
    }
}
