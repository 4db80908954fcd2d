//! A worksheet's layout: what hides, where do cells merge? (ECMA-376 part 1, §18.3)

use crate::sheet::book::{Area, Ranges};
use crate::sheet::xml::{attribute, is_true, number};
use quick_xml::events::BytesStart;

/// A worksheet's layout.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) merges: Vec<Area>,
    pub(super) hidden_rows: Ranges,
    pub(super) hidden_cols: Ranges,
    pub(super) zeros_hidden: bool,
    /// Where the XML stops being readable.
    pub(super) broken: Option<String>,
    next_row: u32,
}

impl Layout {
    pub(super) fn finish(&mut self) {
        self.hidden_rows.finish();
        self.hidden_cols.finish();
    }

    /// Takes an element that is neither a row nor inside one.
    pub(super) fn element(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "col" => self.col(element),
            "mergeCell" => self.merges.extend(attribute(element, "ref").and_then(|r| area(&r))),
            "sheetView" => {
                self.zeros_hidden |= matches!(attribute(element, "showZeros").as_deref(), Some("0" | "false"));
            }
            _ => {}
        }
    }

    /// Rows count on from the one before where they don't say their number (§18.3.1.73).
    /// A height of 0 hides a row only where somebody set it: some writers put it on every row.
    pub(super) fn row(&mut self, element: &BytesStart<'_>) -> u32 {
        let row = number::<u32>(element, "r").map_or(self.next_row, |r| r.saturating_sub(1));
        self.next_row = row.saturating_add(1);
        let flat = number::<f64>(element, "ht") == Some(0.0) && is_true(element, "customHeight");
        if is_true(element, "hidden") || flat {
            self.hidden_rows.add(row, row);
        }
        row
    }

    fn col(&mut self, element: &BytesStart<'_>) {
        let hidden = is_true(element, "hidden") || number::<f64>(element, "width") == Some(0.0);
        let ends = number::<u32>(element, "min").zip(number::<u32>(element, "max"));
        if let (true, Some((first, last))) = (hidden, ends) {
            self.hidden_cols.add(first.saturating_sub(1), last.saturating_sub(1));
        }
    }
}

/// `A1:C3` or `A1` as an area.
fn area(reference: &str) -> Option<Area> {
    let (from, to) = reference.split_once(':').unwrap_or((reference, reference));
    let ((r1, c1), (r2, c2)) = (position(from)?, position(to)?);
    Some(Area { top: r1.min(r2), left: c1.min(c2), bottom: r1.max(r2), right: c1.max(c2) })
}

pub(super) fn position(reference: &str) -> Option<(u32, u32)> {
    let plain = reference.replace('$', "");
    let split = plain.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = plain.split_at(split);
    let mut col = 0_u32;
    for letter in letters.bytes() {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|v| *v < 26)?) + 1;
        col = col.checked_mul(26)?.checked_add(value)?;
    }
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, col.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::xml::{Piece, walk};

    #[test]
    fn references_are_read() {
        assert_eq!(area("B2:D7"), Some(Area { top: 1, left: 1, bottom: 6, right: 3 }));
        assert_eq!(area("$AA$10"), Some(Area { top: 9, left: 26, bottom: 9, right: 26 }));
        for bad in ["", "A", "7", "A0", "ÄB1", "AAAAAAAAAA1", "A1:"] {
            assert_eq!(area(bad), None, "{bad}");
        }
    }

    #[test]
    fn hidden_rows_and_columns_are_found() {
        let mut layout = Layout::default();
        let xml = r#"<worksheet><sheetViews><sheetView showZeros="0"/></sheetViews><cols><col min="2" max="3" hidden="1"/>
            <col min="5" max="5" width="0"/></cols><row/><row r="4" hidden="true"/><row ht="0"/><row ht="0" customHeight="1"/>
            <mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>"#;
        walk(xml.as_bytes(), |piece| match piece {
            Piece::Open(element) if element.local_name().as_ref() == "row" => {
                layout.row(&element);
            }
            Piece::Open(element) => layout.element(&element),
            _ => {}
        })
        .unwrap();
        layout.finish();
        let hidden = |ranges: &Ranges| (0..9).filter(|n| ranges.contains(*n)).collect::<Vec<_>>();
        assert_eq!(hidden(&layout.hidden_rows), [3, 5]);
        assert_eq!(hidden(&layout.hidden_cols), [1, 2, 4]);
        assert_eq!(layout.merges.len(), 1);
        assert!(layout.zeros_hidden);
    }
}
