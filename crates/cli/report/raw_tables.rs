//! Tables as found, in the forms that `tables` prints.

use super::aligned::aligned;
use super::printer::plain;
use crate::language::said;
use serde::Serialize;
use yusuan_export::neutralize;
use yusuan_extract::{Cell, RawTable, Rect};

/// Widest column on a terminal; a longer text is cut with an ellipsis.
const WIDEST: usize = 28;

/// The output contract's form of a raw table.
#[derive(Serialize)]
struct Table<'a> {
    page: Option<u32>,
    pages: &'a [u32],
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    bbox: [f64; 4],
    method: &'static str,
    confidence: f64,
    captions: Vec<&'a str>,
    rows: Vec<Vec<Option<&'a str>>>,
    spans: Vec<Merged>,
    cells: Vec<Place>,
}

#[derive(Serialize)]
struct Merged {
    row: usize,
    col: usize,
    row_span: usize,
    col_span: usize,
}

#[derive(Serialize)]
struct Place {
    row: usize,
    col: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bbox: Option<[f64; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet_cell: Option<(u32, u32)>,
}

/// All tables as one JSON array.
pub(crate) fn tables_as_json(tables: &[RawTable]) -> serde_json::Result<String> {
    let tables: Vec<Table<'_>> = tables.iter().map(describe).collect();
    Ok(serde_json::to_string(&tables)? + "\n")
}

fn describe(table: &RawTable) -> Table<'_> {
    Table {
        page: table.pages.first().copied(),
        pages: &table.pages,
        sheet: table.sheet.as_deref(),
        bbox: corners(&table.bbox),
        method: table.method.as_str(),
        confidence: hundredths(table.confidence),
        captions: table.captions.iter().map(|caption| caption.text.as_str()).collect(),
        rows: rows(table),
        spans: table.cells.iter().filter(|cell| cell.row_span > 1 || cell.col_span > 1).map(span).collect(),
        cells: table.cells.iter().map(place).collect(),
    }
}

/// The grid's texts; `None` where another cell's span covers the position.
fn rows(table: &RawTable) -> Vec<Vec<Option<&str>>> {
    let mut rows = Vec::with_capacity(table.rows);
    for row in table.grid() {
        rows.push(row.into_iter().map(|cell| cell.map(|cell| cell.text.as_str())).collect());
    }
    rows
}

fn span(cell: &Cell) -> Merged {
    Merged { row: cell.row, col: cell.col, row_span: cell.row_span, col_span: cell.col_span }
}

fn place(cell: &Cell) -> Place {
    let place = &cell.place;
    let bbox = place.bbox.as_ref().map(corners);
    Place { row: cell.row, col: cell.col, page: place.page, bbox, sheet_cell: place.sheet_cell }
}

fn corners(bbox: &Rect) -> [f64; 4] {
    [bbox.x0, bbox.y0, bbox.x1, bbox.y1].map(hundredths)
}

/// Finer digits than a hundredth of a point are noise.
fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// All tables as CSV, with an empty line between.
pub(crate) fn tables_as_csv(tables: &[RawTable]) -> String {
    tables.iter().map(csv).collect::<Vec<_>>().join("\n")
}

/// All tables as Markdown, with an empty line between.
pub(crate) fn tables_as_markdown(tables: &[RawTable]) -> String {
    tables.iter().map(markdown).collect::<Vec<_>>().join("\n")
}

/// All tables as columns below each other, each below a line that says where it stands, with an empty line between.
pub(crate) fn tables_as_text(tables: &[RawTable]) -> String {
    let shown = tables.iter().enumerate().map(|(index, table)| text(index + 1, table));
    shown.collect::<Vec<_>>().join("\n")
}

fn text(number: usize, table: &RawTable) -> String {
    let place = match (table.sheet.as_deref(), table.pages.as_slice()) {
        (Some(sheet), _) => said::table_in_sheet(number, sheet),
        (None, [first, .., last]) if first != last => said::table_on_pages(number, first, last),
        (None, [page, ..]) => said::table_on_page(number, page),
        (None, []) => said::table_somewhere(number),
    };
    let captions: Vec<&str> = table.captions.iter().map(|caption| caption.text.as_str()).collect();
    let head = format!("{place}  {}×{}  {}", table.rows, table.cols, captions.join(" "));
    let cell = |cell: Option<&str>| cell.unwrap_or("").to_owned();
    let rows: Vec<Vec<String>> = rows(table).into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
    let lines = [head.trim_end().to_owned()].into_iter().chain(aligned(&rows, WIDEST));
    lines.map(|line| plain(&line.replace('\n', " ")).into_owned() + "\n").collect()
}

/// Covered cells are empty: the table as it stands, not filled.
fn csv(table: &RawTable) -> String {
    let quoted = |text: &str| {
        let text = neutralize(text);
        if text.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.into_owned()
        }
    };
    let line =
        |row: &Vec<Option<&str>>| row.iter().map(|cell| quoted(cell.unwrap_or(""))).collect::<Vec<_>>().join(",");
    rows(table).iter().map(|row| line(row) + "\n").collect()
}

fn markdown(table: &RawTable) -> String {
    let cell = |text: Option<&str>| text.unwrap_or("").replace('\\', "\\\\").replace('|', "\\|").replace('\n', "<br>");
    let line =
        |row: &Vec<Option<&str>>| format!("| {} |\n", row.iter().copied().map(cell).collect::<Vec<_>>().join(" | "));
    let mut lines: Vec<String> = rows(table).iter().map(line).collect();
    // Markdown has no table without a heading; the first printed row serves.
    if !lines.is_empty() {
        lines.insert(1, format!("|{}\n", " --- |".repeat(table.cols)));
    }
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> RawTable {
        let cell = |row, col, col_span, text: &str| Cell {
            row,
            col,
            row_span: 1,
            col_span,
            text: text.to_owned(),
            ..Cell::default()
        };
        let cells = vec![cell(0, 0, 2, "收|入"), cell(1, 0, 1, "=1+1"), cell(1, 1, 1, "1,234.50")];
        RawTable { pages: vec![1, 2], rows: 2, cols: 2, cells, ..RawTable::default() }
    }

    #[test]
    fn json_has_null_for_covered_cells_and_spans_for_merged_ones() {
        let text = tables_as_json(&[table()]).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value[0]["rows"], serde_json::json!([["收|入", null], ["=1+1", "1,234.50"]]));
        assert_eq!(value[0]["spans"], serde_json::json!([{"row": 0, "col": 0, "row_span": 1, "col_span": 2}]));
        assert_eq!(value[0]["page"], 1);
        assert_eq!(value[0]["pages"], serde_json::json!([1, 2]));
        assert_eq!(value[0]["cells"].as_array().unwrap().len(), 3);
    }

    #[test]
    fn text_has_its_columns_below_each_other() {
        assert_eq!(tables_as_text(&[table()]), "表 1  第 1–2 页  2×2\n收|入\n=1+1   1,234.50\n");
    }

    #[test]
    fn csv_and_markdown_escape_what_they_must() {
        assert_eq!(csv(&table()), "收|入,\n'=1+1,\"1,234.50\"\n");
        assert_eq!(markdown(&table()), "| 收\\|入 |  |\n| --- | --- |\n| =1+1 | 1,234.50 |\n");
    }
}
