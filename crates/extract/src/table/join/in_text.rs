//! Tables of a text without pages: does one go on with the one before?

use super::head;
use crate::model::RawTable;

/// What stands around the gap between two tables.
pub(crate) struct Between<'a> {
    /// The lines above the first one.
    pub(crate) above: &'a [String],
    /// The lines between both.
    pub(crate) lines: &'a [String],
    /// Whether a page break stands between them.
    pub(crate) page_break: bool,
}

/// Whether a table goes on with the one before: by the evidence that joins tables over pages, as far as a text has it. Its
/// columns are as many, and either it says so, or it prints the same head again, or it has none of its own.
pub(crate) fn goes_on_in_text(table: &RawTable, next: &RawTable, between: &Between<'_>) -> bool {
    if table.cols != next.cols || head::starts_anew(table, next) || head::names_other_columns(table, next) {
        return false;
    }
    let known = |line: &String| between.above.contains(line) || head::points_overleaf(line);
    let marked = |line: &String| head::is_continuation_mark(line, between.above);
    if between.lines.iter().any(marked) {
        return between.lines.iter().all(|line| known(line) || marked(line));
    }
    let has_words = next.cells.iter().any(|cell| cell.row == 0 && !cell.text.is_empty());
    let same_head = has_words && next.rows > 1 && head::same_first_row(table, next);
    let headless = head::opens_with_figures(table, next);
    let words = head::names_columns(next, &head::figure_columns(next));
    between.lines.iter().all(known)
        && (same_head || headless || between.page_break && between.lines.is_empty() && !words)
}

/// Appends a continuation, without the head that it prints again.
pub(crate) fn append_rows(table: &mut RawTable, mut next: RawTable) {
    let skip = head::repeated_header(table, &next);
    head::drop_rows(&mut next, skip);
    for cell in &mut next.cells {
        cell.row += table.rows;
    }
    table.cells.append(&mut next.cells);
    table.rows += next.rows;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cell;

    fn table(rows: &[&[&str]]) -> RawTable {
        let cells = rows.iter().enumerate().flat_map(|(row, texts)| {
            texts.iter().enumerate().map(move |(col, text)| Cell {
                row,
                col,
                row_span: 1,
                col_span: 1,
                text: (*text).to_owned(),
                ..Cell::default()
            })
        });
        RawTable { rows: rows.len(), cols: rows[0].len(), cells: cells.collect(), ..RawTable::default() }
    }

    #[test]
    fn a_table_goes_on_where_it_says_so_or_shows_it() {
        let first = table(&[&["项目", "数"], &["甲", "1"]]);
        let again = table(&[&["项目", "数"], &["乙", "2"]]);
        let rest = table(&[&["乙", "2"], &["丙", "3"]]);
        let other = table(&[&["名称", "额"], &["乙", "2"]]);
        let title = ["表一".to_owned()];
        let goes_on = |next: &RawTable, lines: &[&str], page_break: bool| {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            goes_on_in_text(&first, next, &Between { above: &title, lines: &lines, page_break })
        };
        assert!(goes_on(&again, &[], false) && goes_on(&rest, &[], false));
        assert!(goes_on(&again, &["表一"], false) && goes_on(&again, &["续表"], true));
        assert!(!goes_on(&again, &["表二"], true) && !goes_on(&other, &[], false));
        let mut whole = first.clone();
        append_rows(&mut whole, again);
        assert_eq!((whole.rows, whole.cells.last().map(|c| c.text.clone())), (3, Some("2".to_owned())));
    }
}
