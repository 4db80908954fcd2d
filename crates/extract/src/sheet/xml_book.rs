//! Spreadsheets as Excel 2002 and 2003 write them in XML ([MS-OE376], "SpreadsheetML 2003"): one file, cells in rows.

use super::book::{Area, Edges, Workbook};
use super::filler::{Filler, Look, Value};
use super::number::NumberFormat;
use super::xml::{self, Piece, attribute, number};
use crate::error::ExtractError;
use crate::limits::Limits;
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// Reads the visible sheets.
///
/// # Errors
/// [`ExtractError::Damaged`] when no sheet can be read.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ExtractError> {
    let mut walk =
        Walk { limits, book: Workbook::default(), styles: BTreeMap::new(), sheet: None, open: Open::default() };
    let walked = xml::walk(bytes, |piece| match piece {
        Piece::Open(element) => walk.begin(&element),
        Piece::Close(name) => walk.end(&name),
        Piece::Text(text) => {
            if walk.open.in_data {
                walk.open.text.push_str(&text);
            }
            // The state of the sheet stands behind its cells.
            walk.open.hidden |= walk.open.in_visible && text.contains("Hidden");
        }
    });
    if let Err(reason) = walked {
        let Some(filler) = walk.sheet.take() else { return Err(ExtractError::Damaged { detail: reason }) };
        let sheet = filler.finish();
        walk.book.broken_sheet(&sheet.name, &reason);
        walk.book.sheets.push(sheet);
    }
    Ok(walk.book)
}

struct Walk<'a> {
    limits: &'a Limits,
    book: Workbook,
    styles: BTreeMap<String, Style>,
    sheet: Option<Filler<'a>>,
    open: Open,
}

/// Number format and borders (left, right, top, bottom) of a style.
#[derive(Debug, Default)]
struct Style {
    format: String,
    edges: [bool; 4],
}

/// Where the walk is.
#[derive(Debug, Default)]
struct Open {
    row: u32,
    col: u32,
    style: String,
    cell_style: String,
    kind: String,
    in_data: bool,
    in_visible: bool,
    hidden: bool,
    text: String,
    /// Columns and rows that the cell covers beyond its own.
    span: (u32, u32),
}

impl Walk<'_> {
    fn begin(&mut self, element: &BytesStart<'_>) {
        let index = |name: &str| number::<u32>(element, name).map(|index| index.saturating_sub(1));
        match element.local_name().as_ref() {
            "Style" => self.open.style = attribute(element, "ID").unwrap_or_default(),
            "NumberFormat" => {
                let format = attribute(element, "Format").unwrap_or_default();
                self.styles.entry(self.open.style.clone()).or_default().format = format;
            }
            "Border" if attribute(element, "LineStyle").is_none_or(|line| line != "None") => {
                let sides = ["Left", "Right", "Top", "Bottom"];
                let side = attribute(element, "Position").and_then(|side| sides.iter().position(|name| *name == side));
                if let Some(side) = side {
                    self.styles.entry(self.open.style.clone()).or_default().edges[side] = true;
                }
            }
            "Visible" => self.open.in_visible = true,
            "Worksheet" => {
                let name = attribute(element, "Name").unwrap_or_default();
                self.sheet = Some(Filler::new(&name, self.limits));
                self.open = Open::default();
            }
            "Row" => {
                self.open.row = index("Index").unwrap_or(self.open.row);
                self.open.col = 0;
                if xml::is_true(element, "Hidden")
                    && let Some(filler) = &mut self.sheet
                {
                    let more = number::<u32>(element, "Span").unwrap_or(0);
                    filler.sheet.hidden_rows.add(self.open.row, self.open.row.saturating_add(more));
                }
            }
            "Column" => {
                let at = index("Index").unwrap_or(self.open.col);
                let last = at.saturating_add(number(element, "Span").unwrap_or(0));
                self.open.col = last.saturating_add(1);
                if xml::is_true(element, "Hidden")
                    && let Some(filler) = &mut self.sheet
                {
                    filler.sheet.hidden_cols.add(at, last);
                }
            }
            "Cell" => {
                self.open.col = index("Index").unwrap_or(self.open.col);
                let more = |name: &str| number::<u32>(element, name).unwrap_or(0);
                self.open.span = (more("MergeDown"), more("MergeAcross"));
                self.open.cell_style = attribute(element, "StyleID").unwrap_or_default();
                self.open.kind.clear();
                self.open.text.clear();
            }
            "Data" => {
                self.open.kind = attribute(element, "Type").unwrap_or_default();
                self.open.in_data = true;
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Data" => self.open.in_data = false,
            "Cell" => self.end_cell(),
            "Row" => self.open.row = self.open.row.saturating_add(1),
            "Visible" => self.open.in_visible = false,
            "Worksheet" => {
                let Some(sheet) = self.sheet.take().map(Filler::finish) else { return };
                if self.open.hidden {
                    self.book.hidden_sheet(&sheet.name);
                } else {
                    self.book.sheets.push(sheet);
                }
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let Some(filler) = &mut self.sheet else { return };
        let at = (self.open.row, self.open.col);
        let style = self.styles.get(&self.open.cell_style);
        let format = style.map_or("General", |style| named(&style.format));
        let edges = Edges::new(style.map_or([false; 4], |style| style.edges));
        let look = Look { format: NumberFormat::parse(format), edges, ..Look::default() };
        let text = std::mem::take(&mut self.open.text);
        let value = match (self.open.kind.as_str(), text.trim().parse::<f64>()) {
            ("Number", Ok(number)) => Value::Serial(number, false),
            ("DateTime", _) => Value::IsoMoment(text.trim_end_matches("T00:00:00.000")),
            ("Boolean", _) => Value::Boolean(text.trim() == "1"),
            ("Error", _) => Value::Error(text.clone()),
            ("", _) => Value::Blank,
            _ => Value::Text(&text),
        };
        filler.value(at, &value, &look);
        let (down, across) = self.open.span;
        if down > 0 || across > 0 {
            let (bottom, right) = (at.0.saturating_add(down), at.1.saturating_add(across));
            filler.sheet.merges.push(Area { top: at.0, left: at.1, bottom, right });
        }
        self.open.col = at.1.saturating_add(across).saturating_add(1);
    }
}

/// The format that a name of the format's own stands for.
fn named(format: &str) -> &str {
    match format {
        "Standard" => "#,##0.00",
        "Fixed" => "0.00",
        "Percent" => "0.00%",
        "Short Date" | "Medium Date" | "Long Date" | "General Date" => "yyyy-mm-dd",
        "" => "General",
        format => format,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_with_their_spans() {
        let book = br#"<?xml version="1.0"?><Workbook xmlns:ss="s"><Styles><Style ss:ID="a"><NumberFormat ss:Format="Standard"/></Style></Styles>
            <Worksheet ss:Name="T"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">A</Data></Cell></Row>
            <Row ss:Index="3"><Cell ss:Index="2" ss:StyleID="a"><Data ss:Type="Number">1234.5</Data></Cell></Row></Table></Worksheet></Workbook>"#;
        let read = read(book, &Limits::default()).unwrap();
        let cells: Vec<_> = read.sheets[0].cells.iter().map(|(at, cell)| (*at, cell.text.as_str())).collect();
        assert_eq!(cells, [((0, 0), "A"), ((2, 1), "1234.5")]);
        assert_eq!(read.sheets[0].merges.len(), 1);
    }
}
