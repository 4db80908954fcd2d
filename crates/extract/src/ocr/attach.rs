//! What was read of lines, handed to the cells that hold them.

use super::paddle::FIGURES;
use crate::model::{Cell, Method, Page, RawTable, ReadCell, ReadLine, Rect};

/// Figures that make a column one of figures, and their share of its texts.
const LEAST: usize = 2;
const MOSTLY: f64 = 0.5;
/// Confidence in a figure that was read as something else first.
const UNSURE: f64 = 0.5;

/// Marks the tables of pages that were read from pictures; `displayed` gives where a box of a page's lines is displayed.
pub(crate) fn attach(tables: &mut [RawTable], pages: &[Page], displayed: impl Fn(&Page, &Rect) -> Rect) {
    for page in pages.iter().filter(|page| !page.read.is_empty()) {
        let lines: Vec<(Rect, &ReadLine)> = page.read.iter().map(|line| (displayed(page, &line.bbox), line)).collect();
        for table in tables.iter_mut().filter(|table| table.pages.contains(&page.number)) {
            table.method = Method::Ocr;
            for cell in table.cells.iter_mut().filter(|cell| cell.place.page == Some(page.number)) {
                let Some(place) = cell.place.bbox.filter(|_| !cell.text.is_empty()) else { continue };
                let inside = lines.iter().filter(|(bbox, _)| place.contains(bbox.center_x(), bbox.center_y()));
                let inside: Vec<&ReadLine> = inside.map(|(_, line)| *line).collect();
                cell.read = Some(read_cell(&cell.text, &inside));
            }
            columns_of_figures(table);
        }
    }
}

fn read_cell(text: &str, lines: &[&ReadLine]) -> ReadCell {
    let confidence = lines.iter().map(|line| line.confidence).fold(1.0, f64::min);
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let own = bare(text);
    // Of a figure broken over lines it is not known which part would be another.
    let readings = match lines {
        [line] if line.text == own => line.readings.iter().map(|(text, _)| text.clone()).collect(),
        _ => Vec::new(),
    };
    ReadCell { confidence: if lines.is_empty() { 0.0 } else { confidence }, readings }
}

/// In a column of figures a cell's reading as a figure counts, and the other one stands beside it.
fn columns_of_figures(table: &mut RawTable) {
    for col in 0..table.cols {
        let own = |cell: &&Cell| cell.col == col && cell.col_span == 1 && !cell.text.is_empty();
        let all = table.cells.iter().filter(own).count();
        let figures = table.cells.iter().filter(own).filter(|cell| is_figure(&cell.text)).count();
        if figures < LEAST || (figures as f64) < MOSTLY * all as f64 {
            continue;
        }
        for cell in table.cells.iter_mut().filter(|cell| cell.col == col && cell.col_span == 1) {
            let Some(read) = cell.read.as_mut().filter(|_| !is_figure(&cell.text)) else { continue };
            let Some(at) = read.readings.iter().position(|other| is_figure(other)) else { continue };
            let figure = read.readings.remove(at);
            read.readings.insert(0, std::mem::replace(&mut cell.text, figure));
            read.confidence = read.confidence.min(UNSURE);
        }
    }
}

/// Whether a text is a number and nothing else.
fn is_figure(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(|c| FIGURES.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_in_a_column_of_figures_is_a_digit() {
        let cell = |row: usize, text: &str, other: &str| Cell {
            row,
            row_span: 1,
            col_span: 1,
            text: text.to_owned(),
            read: Some(ReadCell { confidence: 0.9, readings: vec![other.to_owned()] }),
            ..Cell::default()
        };
        let cells = vec![cell(0, "甲乙", ""), cell(1, "12.50", "12.5"), cell(2, "7.00", ""), cell(3, "B.20", "8.20")];
        let mut table = RawTable { rows: 4, cols: 1, cells, ..RawTable::default() };
        columns_of_figures(&mut table);
        let texts: Vec<&str> = table.cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["甲乙", "12.50", "7.00", "8.20"]);
        assert_eq!(table.cells[3].read.as_ref().unwrap().readings, ["B.20"]);
    }
}
