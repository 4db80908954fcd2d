//! Small tables with a slip each.

use crate::model::vocabulary::{ColumnKind, RowKind};
use crate::table::grid::Grid;
use crate::table::repair::field::{Field, Figures, Repaired};
use crate::table::row::Row;
use yusuan_extract::{Cell, RawTable};

/// Rows of cells after one header row `项目|合计|基本支出|项目支出`; `|` parts the cells. A row labelled 合计 is the total.
fn repairs(rows: &[&str]) -> Vec<(usize, usize, String, String)> {
    let mut raw = RawTable { rows: rows.len(), cols: 4, ..RawTable::default() };
    for (row, line) in rows.iter().enumerate() {
        for (col, text) in line.split('|').enumerate() {
            raw.cells.push(Cell { row, col, row_span: 1, col_span: 1, text: text.to_owned(), ..Cell::default() });
        }
    }
    settled(&raw)
}

fn settled(raw: &RawTable) -> Vec<(usize, usize, String, String)> {
    let grid = Grid::new(raw);
    let lane: Vec<Row> = (0..raw.rows)
        .map(|row| {
            let total = grid.folded(row, 0) == "合计";
            let kind = Some(if total { RowKind::Total } else { RowKind::Item });
            Row { kind, additive: !total, ..Row::default() }
        })
        .collect();
    let paths = ["合计", "基本支出", "项目支出"].map(|name| vec![name.to_owned()]);
    let kinds = [ColumnKind::Total, ColumnKind::Item, ColumnKind::Item];
    let columns = paths.iter().zip(kinds).enumerate();
    let columns =
        columns.map(|(at, (path, kind))| Figures { at: at + 1, kind, side: None, path, rows: &lane }).collect();
    let found = crate::table::repair::repair(&Field { grid: &grid, first: 0, columns });
    let read = |((row, col), repaired): ((usize, usize), Option<Repaired>)| match repaired {
        Some(r) => (row, col, r.figure.to_string(), r.text),
        None => (row, col, String::new(), String::new()),
    };
    found.into_iter().map(read).collect()
}

fn one(row: usize, col: usize, figure: &str, text: &str) -> (usize, usize, String, String) {
    (row, col, figure.to_owned(), text.to_owned())
}

#[test]
fn two_figures_in_one_cell() {
    let found = repairs(&["合计|10.00|6.00|4.00", "甲|7.50|3.504.00|", "乙|2.50|2.50|"]);
    assert_eq!(found, [one(1, 2, "3.50", "3.504.00"), one(1, 3, "4.00", "3.504.00")]);
}

#[test]
fn lost_points_brackets_and_look_alikes() {
    let found = repairs(&["合计|1244.56|1,234 56|10.00", "甲|1234.56|1234.56|", "乙|10.00||1O.00"]);
    assert_eq!(found, [one(0, 2, "1234.56", "1,234 56"), one(2, 3, "10.00", "1O.00")]);
    let found = repairs(&["合计|5.00|7.50|-2.50", "甲|5.00|7.50|(2.50"]);
    assert_eq!(found, [one(1, 3, "-2.50", "(2.50")]);
}

#[test]
fn a_figure_over_two_cells() {
    let found = repairs(&["合计|130.45|123.45|7.00", "甲|123.45|12|3.45", "乙|7.00||7.00"]);
    assert_eq!(found, [one(1, 2, "123.45", "123.45"), one(1, 3, "", "")]);
}

#[test]
fn a_cell_merged_over_two_columns() {
    let mut raw = RawTable { rows: 2, cols: 4, ..RawTable::default() };
    let cells = [
        (0, 0, 1, "合计"),
        (0, 1, 1, "9.00"),
        (0, 3, 1, "9.00"),
        (1, 0, 1, "甲"),
        (1, 1, 1, "9.00"),
        (1, 2, 2, "9.00"),
    ];
    for (row, col, col_span, text) in cells {
        raw.cells.push(Cell { row, col, row_span: 1, col_span, text: text.to_owned(), ..Cell::default() });
    }
    assert_eq!(settled(&raw), [one(1, 2, "", ""), one(1, 3, "9.00", "9.00")]);
}

#[test]
fn what_no_sum_or_two_readings_prove_stays() {
    let none: [(usize, usize, String, String); 0] = [];
    assert_eq!(repairs(&["合计|10.00|6.00|4.00", "甲|9.00|3.504.00|", "乙|2.50|2.50|"]), none, "no reading holds");
    assert_eq!(repairs(&["甲||1O.00|2.00", "乙|7.00|5.00|2.00"]), none, "nothing is printed to compare");
    assert_eq!(repairs(&["合计|7.00|5.00|2.00", "甲|7.00|5.00|2.00"]), none, "nothing is doubtful");
    assert_eq!(repairs(&["合计|15.45|12|3.45", "甲|15.45|12|3.45"]), none, "integers that hold are no pieces");
}
