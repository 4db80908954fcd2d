//! How many rows are the header, and what each column is called.

use crate::reading::amount::Reading;
use crate::reading::fold::{fold, has_any, pattern};
use crate::reading::words::{HEADING_ENDS, PLAIN_HEADINGS};
use crate::reading::{title, unit, year};
use crate::table::grid::Grid;
use yusuan_extract::RawTable;

/// Deeper headers were never seen (at most five levels and a row of numbers); beyond that a span is a data group.
const MAX_ROWS: usize = 8;

// 栏次 rows: `1`, `**`, `3=4+5`, `(1)`.
pattern!(
    NUMBER_CELL,
    "^(?:[(]?[0-9]{1,2}[)]?|[①-⒛]|\\*+|—+|-+|[0-9A-Z甲乙丙丁]{1,2}=[0-9A-Z+()*/×-]+|[A-Z]|[甲乙丙丁])$"
);
pattern!(FORMULA, "^[0-9A-Z]{1,2}=[0-9A-Z+()*/×-]+$");
pattern!(LIST_NUMBER, "^(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十]{1,3}[)]|[0-9]{1,2}[、.][^0-9])");

/// The header of a table.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// First header row.
    pub(crate) start: usize,
    /// Number of header rows.
    pub(crate) rows: usize,
    /// For each column the header texts from top to bottom, as printed, equal neighbours once.
    pub(crate) paths: Vec<Vec<String>>,
}

impl Header {
    /// First row of the body.
    pub(crate) fn body(&self) -> usize {
        self.start + self.rows
    }

    /// The column's path as the contract writes it.
    pub(crate) fn path(&self, col: usize) -> String {
        self.paths.get(col).map(|p| p.join("/")).unwrap_or_default()
    }

    /// A table without header rows (a form).
    pub(crate) fn none(start: usize, cols: usize) -> Self {
        Self { start, rows: 0, paths: vec![Vec::new(); cols] }
    }
}

/// Finds the header that begins at `start`.
pub(crate) fn find(grid: &Grid, start: usize) -> Header {
    let mut rows = 0;
    if start < grid.rows() && !is_data(grid, start) {
        rows = 1;
        loop {
            let spanned = spanned_rows(grid, start, rows);
            let next = start + rows;
            let covered = spanned > rows && spanned <= MAX_ROWS && next < grid.rows() && !has_amounts(grid, next);
            let more = rows < MAX_ROWS && next < grid.rows() && continues(grid, next);
            if !covered && !more {
                break;
            }
            rows += 1;
        }
    }
    Header { start, rows, paths: paths(grid, start, rows) }
}

/// The header that begins at `start`: as a person named it (so many of the grid's first rows), or found.
pub(crate) fn of(raw: &RawTable, grid: &Grid, start: usize) -> Header {
    let Some(rows) = raw.header_rows else { return find(grid, start) };
    let rows = rows.min(grid.rows()).saturating_sub(start);
    Header { start, rows, paths: paths(grid, start, rows) }
}

/// Number of rows from `start` that cells of the first `rows` header rows reach.
fn spanned_rows(grid: &Grid, start: usize, rows: usize) -> usize {
    let mut reach = rows;
    for row in start..start + rows {
        for col in grid.starts(row) {
            if let Some(cell) = grid.cell(row, col) {
                reach = reach.max(cell.row.saturating_add(cell.row_span.max(1)).saturating_sub(start));
            }
        }
    }
    reach.min(grid.rows() - start)
}

/// Whether a row prints figures that are no header numbers.
fn has_amounts(grid: &Grid, row: usize) -> bool {
    // 2023 2024 in one head are two years.
    let years = |col| {
        let text = grid.cell(row, col).map_or("", |cell| cell.text.as_str());
        text.split_whitespace().all(|part| year::is_year(&fold(part)))
    };
    let figures = |col| matches!(grid.reading(row, col), Reading::Amount(..) | Reading::Several);
    !is_number_row(grid, row) && grid.starts(row).into_iter().any(|c| figures(c) && !years(c))
}

/// A row of column numbers (栏次) or of formulas over them.
pub(crate) fn is_number_row(grid: &Grid, row: usize) -> bool {
    let mut texts: Vec<&str> = grid.starts(row).into_iter().map(|c| grid.folded(row, c)).collect();
    let named = texts.iter().any(|t| matches!(*t, "栏次" | "列次" | "栏目"));
    // 类 | 款 | 项 | 栏次 | 1 | 2 …: the final accounts' forms print both in one row.
    texts.retain(|t| !(is_number_word(t) || named && matches!(*t, "类" | "款" | "项" | "项目")));
    if texts.is_empty() || !texts.iter().all(|t| NUMBER_CELL.is_match(t)) {
        return false;
    }
    if named || texts.iter().any(|t| FORMULA.is_match(t)) {
        return true;
    }
    let numbers: Vec<u32> = texts.iter().filter_map(|t| t.trim_matches(['(', ')']).parse().ok()).collect();
    let consecutive = numbers.windows(2).all(|w| w[1] == w[0] + 1);
    numbers.len() >= 2 && consecutive && numbers.first().is_some_and(|n| *n <= 2)
}

/// Words that stand before column numbers.
pub(crate) fn is_number_word(folded: &str) -> bool {
    matches!(folded, "栏次" | "行次" | "列次" | "栏目")
}

/// Whether a cell of a number row says nothing about its column.
fn is_number_cell(folded: &str) -> bool {
    is_number_word(folded) || NUMBER_CELL.is_match(folded)
}

/// Whether a row is data for certain: figures, codes, numbered items, a total without anything beside it, a blank.
fn is_data(grid: &Grid, row: usize) -> bool {
    let starts = grid.starts(row);
    let Some(&first) = starts.first() else {
        return (0..grid.cols()).all(|c| grid.folded(row, c).is_empty());
    };
    if is_number_row(grid, row) {
        return false;
    }
    has_amounts(grid, row)
        || starts.iter().any(|c| LIST_NUMBER.is_match(grid.folded(row, *c)))
        || starts.iter().any(|c| is_sentence(grid.folded(row, *c)))
        || starts.len() == 1 && is_total(grid.folded(row, first)) && grid.width(row, first) < grid.cols()
}

fn is_total(folded: &str) -> bool {
    matches!(folded, "合计" | "总计" | "小计" | "合计:")
}

fn is_sentence(folded: &str) -> bool {
    let note = title::is_note(folded) && folded.chars().count() > 4;
    has_any(folded, &["此表", "本表", "无数据", "空表"]) || folded.contains('。') || note
}

/// Whether a row below the first goes on with the header, by what it says: spans may have been lost.
fn continues(grid: &Grid, row: usize) -> bool {
    if is_number_row(grid, row) {
        return true;
    }
    if is_data(grid, row) {
        return false;
    }
    let starts = grid.starts(row);
    let headings = starts.iter().filter(|c| is_heading(grid.folded(row, **c))).count();
    // A body row of labels without figures has one text or two; a header row names its columns throughout.
    let own = starts.len();
    headings * 3 >= own * 2 && (own >= 3 || own >= 2 && all_plain(grid, row, &starts))
        || names_columns(grid, row, &starts)
}

/// Rows below that are asked what a column holds.
const ROWS_ASKED: usize = 6;

/// Whether a row names columns by what they say rather than by a word of headings: counties, organisations, projects. Each of its
/// texts stands over figures, and nothing over the labels: a row of the body has its own label.
fn names_columns(grid: &Grid, row: usize, starts: &[usize]) -> bool {
    let rows: Vec<usize> =
        (row + 1..grid.rows()).filter(|r| !is_number_row(grid, *r) && has_amounts(grid, *r)).take(ROWS_ASKED).collect();
    let figures = |col: usize| {
        let filled = rows.iter().filter(|r| matches!(grid.reading(**r, col), Reading::Amount(..))).count();
        let words = rows.iter().filter(|r| grid.reading(**r, col) == Reading::Other).count();
        filled > 0 && words == 0
    };
    let label = |col: usize| rows.iter().filter(|r| grid.reading(**r, col) == Reading::Other).count() * 2 > rows.len();
    let labels: Vec<usize> = (0..grid.cols()).filter(|col| label(*col)).collect();
    let name = |col: &usize| grid.folded(row, *col).chars().any(char::is_alphabetic) && grid.width(row, *col) == 1;
    let texts: std::collections::BTreeSet<&str> = starts.iter().map(|col| grid.folded(row, *col)).collect();
    !labels.is_empty()
        && labels.iter().all(|col| grid.folded(row, *col).is_empty())
        && texts.len() >= 2
        && starts.iter().all(|col| name(col) && figures(*col))
}

/// With only two texts the words have to be those of headers alone.
fn all_plain(grid: &Grid, row: usize, starts: &[usize]) -> bool {
    let plain = |text: &str| PLAIN_HEADINGS.has(&unit::strip(text)) || text.starts_with("其中");
    starts.iter().all(|c| plain(grid.folded(row, *c)))
}

/// Whether a text names a column rather than a thing.
pub(crate) fn is_heading(folded: &str) -> bool {
    let text = unit::strip(folded);
    // 项目(按功能分类), 科目名称(类、款、项): what stands in brackets behind a heading explains it.
    let named = || HEADING_ENDS.ends(&text) || HEADING_ENDS.ends(&title::strip_brackets(&text));
    text.chars().count() <= 30 && (text.is_empty() || named() || text.starts_with("其中"))
}

/// Header texts of every column. Where spans were lost, a blank takes the text on its left if a lower row of the
/// same column has one and all rows above are shared with the left neighbour: that is how merged heads read.
pub(crate) fn paths(grid: &Grid, start: usize, rows: usize) -> Vec<Vec<String>> {
    let mut filled: Vec<Vec<String>> = Vec::new();
    for row in start..start + rows {
        let numbers = is_number_row(grid, row);
        let below =
            |col: usize| (row + 1..start + rows).any(|r| !grid.folded(r, col).is_empty() && !is_number_row(grid, r));
        let named = |c: usize| if numbers && is_number_cell(grid.folded(row, c)) { "" } else { grid.printed(row, c) };
        let mut texts: Vec<String> = (0..grid.cols()).map(|c| named(c).to_owned()).collect();
        for col in 1..grid.cols() {
            let shared = filled.iter().all(|upper: &Vec<String>| upper[col] == upper[col - 1]);
            // Only a blank that no cell's span explains, with something printed under it.
            let blank = texts[col].is_empty() && grid.width(row, col) == 1;
            if blank && !numbers && shared && below(col) && below(col - 1) {
                let group = texts[col - 1].clone();
                texts[col] = group;
            }
        }
        filled.push(texts);
    }
    (0..grid.cols()).map(|col| column_name(&filled, col)).collect()
}

fn column_name(filled: &[Vec<String>], col: usize) -> Vec<String> {
    let mut path: Vec<String> = Vec::new();
    for text in filled.iter().map(|row| &row[col]) {
        if !text.is_empty() && path.last() != Some(text) {
            path.push(text.clone());
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_above_figures_are_heads() {
        let texts = [
            ["项目", "合计", "分地区", ""],
            ["", "", "甲县", "乙县"],
            ["教育", "3", "1", "2"],
            ["", "甲", "乙", ""],
            ["科技", "5", "2", "3"],
        ];
        let cells = texts.iter().enumerate().flat_map(|(row, texts)| {
            texts.iter().enumerate().map(move |(col, text)| yusuan_extract::Cell {
                row,
                col,
                row_span: 1,
                col_span: 1,
                text: (*text).to_owned(),
                ..yusuan_extract::Cell::default()
            })
        });
        let raw = yusuan_extract::RawTable {
            rows: 5,
            cols: 4,
            cells: cells.collect(),
            ..yusuan_extract::RawTable::default()
        };
        let header = find(&Grid::new(&raw), 0);
        assert_eq!((header.rows, header.path(3).as_str()), (2, "分地区/乙县"));
    }

    #[test]
    fn brackets_behind_a_heading_explain_it() {
        for text in ["项目（按功能分类）", "支出功能分科目（按大类）", "预算数（万元）", "小计"]
        {
            assert!(is_heading(&fold(text)), "{text}");
        }
        for text in ["某某局（本级）", "一、工资福利（含离休）"] {
            assert!(!is_heading(&fold(text)), "{text}");
        }
    }
}
