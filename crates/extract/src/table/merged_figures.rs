//! Cells that print several figures: the line between two of them is missing from the page, or was not seen.

use crate::model::{Diagnostic, DiagnosticCode, Method, RawTable};

/// Cells of the same column that print one figure each, so that the column is known to hold one to a cell.
const FEWEST_SINGLE: usize = 2;

/// What is to be said of the tables of a document: whoever reads amounts finds none in such a cell, and without a word
/// the figures would be gone.
pub(crate) fn findings(tables: &[RawTable]) -> Vec<Diagnostic> {
    let ruled = tables.iter().filter(|table| table.method == Method::Ruled);
    ruled.flat_map(|table| (0..table.cols).flat_map(|col| in_column(table, col))).collect()
}

fn in_column(table: &RawTable, col: usize) -> Vec<Diagnostic> {
    let cells = || table.cells.iter().filter(|cell| cell.col == col);
    if cells().filter(|cell| figures(&cell.text) == 1).count() < FEWEST_SINGLE {
        return Vec::new();
    }
    let merged = cells().filter(|cell| figures(&cell.text) > 1);
    let said = merged.map(|cell| Diagnostic {
        code: DiagnosticCode::FiguresMerged,
        place: cell.place.page.map(|page| format!("第 {page} 页")),
        message: "表中一格里印着几个数，像是缺了表格线，这些数没有收入".to_owned(),
    });
    said.collect()
}

/// The number of figures with decimals that a text consists of; 0 where there is anything else.
fn figures(text: &str) -> usize {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.iter().all(|word| is_figure(word)) { words.len() } else { 0 }
}

fn is_figure(word: &str) -> bool {
    let Some((whole, part)) = word.trim_start_matches('-').split_once('.') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(part) && digits(&whole.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_counted() {
        assert_eq!(figures("1,239.56 1240.56"), 2);
        assert_eq!(figures("-0.50"), 1);
        assert_eq!(figures("1239.56 万元"), 0);
        assert_eq!(figures("2023 2024"), 0);
        assert_eq!(figures(""), 0);
    }
}
