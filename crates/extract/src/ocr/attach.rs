//! What was read of lines, handed to the cells that hold them.

use crate::model::{Method, Page, ReadCell, ReadLine, RawTable, Rect};

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
