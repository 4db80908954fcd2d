//! Heads of a page's first table: that of the table before, or one of its own?

use crate::model::RawTable;
use crate::text::figures;

/// Whether two tables open with the same row of texts.
pub(super) fn same_first_row(a: &RawTable, b: &RawTable) -> bool {
    let texts =
        |t: &RawTable| -> Vec<String> { t.cells.iter().filter(|c| c.row == 0).map(|c| squash(&c.text)).collect() };
    texts(a) == texts(b)
}

/// Whether the next grid opens with a caption inside it: one cell over the whole width where the first table has
/// another.
pub(super) fn starts_anew(table: &RawTable, next: &RawTable) -> bool {
    let banner = |t: &RawTable| {
        t.cells.first().filter(|c| t.cols > 2 && c.col_span == t.cols && !c.text.is_empty()).map(|c| c.text.clone())
    };
    match (banner(table), banner(next)) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    }
}

/// Number of rows at the head of `next` that repeat the head of `table`.
pub(super) fn repeated_header(table: &RawTable, next: &RawTable) -> usize {
    let texts = |t: &RawTable, row: usize| -> Vec<(usize, usize, usize, String)> {
        let cells = t.cells.iter().filter(|c| c.row == row);
        cells.map(|c| (c.col, c.col_span, c.row_span, squash(&c.text))).collect()
    };
    let mut rows = 0;
    while rows < table.rows.min(next.rows) && texts(table, rows) == texts(next, rows) {
        rows += 1;
    }
    let has_text = next.cells.iter().any(|c| c.row < rows && !c.text.is_empty());
    // A header's cells end with the header; equal rows that reach into a span are no header.
    let clean = next.cells.iter().all(|c| c.row >= rows || c.row + c.row_span <= rows);
    if has_text && clean { rows } else { 0 }
}

/// What a continuation is marked with, alone or at the end of its title.
const MARKS: [&str; 8] = ["（续表）", "(续表)", "（续）", "(续)", "续表", "-续", "（continued）", "(continued)"];
/// What points over the page below a table.
const OVERLEAF: [&str; 6] = ["转下页", "接下页", "续下页", "见下页", "续下表", "接下表"];

/// Whether a line marks what follows as the continuation of a table whose captions are `titles`.
pub(super) fn is_continuation_mark(line: &str, titles: &[String]) -> bool {
    let line = squash(line).to_lowercase();
    let unmarked = |mark: &&str| line.contains(*mark).then(|| line.replacen(*mark, "", 1));
    let Some(rest) = MARKS.iter().find_map(unmarked) else { return false };
    let rest = rest.trim_matches(|c: char| c.is_ascii_digit() || "：:一二三四五六七八九十".contains(c));
    rest.is_empty() || titles.iter().any(|title| squash(title).to_lowercase().contains(rest))
}

/// Whether a line below a table says no more than that it goes on.
pub(crate) fn points_overleaf(line: &str) -> bool {
    let line = squash(line);
    let bare = line.trim_matches(|c: char| "（()）【】[]….。".contains(c));
    OVERLEAF.contains(&bare)
}

/// The columns that hold figures in most of their filled cells below a table's first row.
pub(super) fn figure_columns(table: &RawTable) -> Vec<usize> {
    let holds = |col: &usize| {
        let filled = || table.cells.iter().filter(|c| c.row > 0 && c.col == *col && !c.text.is_empty());
        let figures = filled().filter(|c| figures::count(&c.text) == 1).count();
        figures >= 1 && 2 * figures > filled().count()
    };
    (0..table.cols).filter(holds).collect()
}

/// Whether a table opens with a row of figures, as no head does, where another names the columns of its figures.
pub(super) fn opens_with_figures(table: &RawTable, next: &RawTable) -> bool {
    let first = |t: &RawTable| t.cells.iter().filter(|c| c.row == 0 && figures::count(&c.text) == 1).count();
    first(table) == 0 && first(next) > 0
}

/// Whether a page's table names, in its first row, other columns than the table before: then it is another table, or
/// holds other columns of it.
pub(super) fn names_other_columns(table: &RawTable, next: &RawTable) -> bool {
    let figures = figure_columns(next);
    let names = |t: &RawTable| -> Vec<String> {
        t.cells.iter().filter(|c| c.row == 0 && !c.text.is_empty()).map(|c| squash(&c.text)).collect()
    };
    let (old, new) = (names(table), names(next));
    let words = |text: &String| figures::count(text) == 0;
    let full = names_columns(next, &figures) && old.iter().all(words);
    let others = new.iter().filter(|name| !old.contains(name)).count();
    full && figure_columns(table).len() >= 2 && 2 * others > new.len()
}

/// Whether a table's first row is words, over most of its columns of figures.
pub(super) fn names_columns(table: &RawTable, figures: &[usize]) -> bool {
    let first = || table.cells.iter().filter(|c| c.row == 0 && !c.text.is_empty());
    let named = first().filter(|c| figures.iter().any(|col| (c.col..c.col + c.col_span).contains(col))).count();
    named >= 2 && 2 * named > figures.len() && first().all(|c| figures::count(&c.text) == 0)
}

/// Whether a table has no head: its first row holds figures beside a label, as its other rows do.
pub(super) fn is_headless(table: &RawTable) -> bool {
    let first = || table.cells.iter().filter(|c| c.row == 0 && !c.text.is_empty());
    let amounts = first().filter(|c| c.text.contains('.') && figures::count(&c.text) == 1).count();
    table.rows > 1 && amounts >= 1 && first().count() >= 2
}

fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

pub(super) fn drop_rows(table: &mut RawTable, rows: usize) {
    table.cells.retain(|c| c.row >= rows);
    for cell in &mut table.cells {
        cell.row -= rows;
    }
    table.rows -= rows;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continuations_are_marked_alone_or_behind_the_title() {
        let titles = ["2024年支出表".to_owned(), "单位：万元".to_owned()];
        for line in ["续表", "（续）", "续表1", "续表：", "2024年支出表（续表）", "(Continued)"] {
            assert!(is_continuation_mark(line, &titles), "{line}");
        }
        for line in ["2024年收入表（续）", "继续执行", "2024年支出表"] {
            assert!(!is_continuation_mark(line, &titles), "{line}");
        }
        assert!(points_overleaf("（转下页）") && !points_overleaf("转下页的数"));
    }

    /// A table from rows of texts.
    fn table(rows: &[&[&str]]) -> RawTable {
        let cell = |row: usize, col: usize, text: &str| crate::model::Cell {
            row,
            col,
            row_span: 1,
            col_span: 1,
            text: text.to_owned(),
            ..crate::model::Cell::default()
        };
        let cells =
            rows.iter().enumerate().flat_map(|(r, row)| row.iter().enumerate().map(move |(c, text)| cell(r, c, text)));
        RawTable { rows: rows.len(), cols: rows[0].len(), cells: cells.collect(), ..RawTable::default() }
    }

    #[test]
    fn other_names_over_figures_are_other_columns() {
        let first = table(&[&["项目", "合计", "基本"], &["教育", "3", "2"], &["卫生", "1", "1"]]);
        let other = table(&[&["上缴", "经营", "补助"], &["1", "2", "3"], &["4", "5", "6"]]);
        assert!(names_other_columns(&first, &other));
        assert!(!names_other_columns(&first, &first));
        let rest = table(&[&["住房", "", ""], &["公积金", "3", "2"]]);
        assert!(!names_other_columns(&first, &rest));
        assert!(opens_with_figures(&first, &table(&[&["住房", "3", "2"]])) && !opens_with_figures(&first, &rest));
    }
}
