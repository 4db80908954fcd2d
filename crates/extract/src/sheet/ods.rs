//! OpenDocument spreadsheets, read by our own hand.
//!
//! calamine gives an ods file's values without the texts shown for them, and loses track of rows when blank ones are
//! repeated; percentages, hidden rows and merges need the same elements. So one reader takes all of it in one pass:
//! positions and values can't drift apart. Source: OpenDocument 1.3 part 3, §9 (tables) and §19.385 (value types).

use super::book::{Area, Edges, Filler, Stored, Workbook, Worksheet};
use super::number::Decimal15;
use super::ods_styles::Styles;
use super::package::Package;
use super::text;
use super::xml::{self, Piece, attribute, number};
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::table::Content;
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

fn is_wanted(name: &str) -> bool {
    matches!(name, "content.xml" | "styles.xml" | "meta-inf/manifest.xml")
}

/// Reads a workbook.
///
/// # Errors
/// [`ExtractError`] when nothing can be read.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ExtractError> {
    let package = Package::unpack(bytes, limits, is_wanted)?;
    if is_encrypted(&package) {
        return Err(ExtractError::Encrypted);
    }
    let mut reader = OdsReader::new(limits);
    // Common styles stand in a part of their own; without them only inherited borders are unknown.
    if let Ok(part) = package.part("styles.xml") {
        let _incomplete = xml::walk(part, |piece| reader.styles.take(&piece));
    }
    let content = package.part("content.xml").map_err(|detail| ExtractError::Damaged { detail })?;
    if let Err(reason) = xml::walk(content, |piece| reader.take(piece)) {
        reader.cut_short(&reason)?;
    }
    Ok(reader.book)
}

fn is_encrypted(package: &Package) -> bool {
    let mut encrypted = false;
    if let Ok(part) = package.part("META-INF/manifest.xml") {
        let _incomplete = xml::walk(part, |piece| {
            encrypted |= matches!(piece, Piece::Open(e) if e.local_name().as_ref() == "encryption-data");
        });
    }
    encrypted
}

struct OdsReader<'a> {
    limits: &'a Limits,
    styles: Styles,
    edges: BTreeMap<String, Edges>,
    book: Workbook,
    table: Option<OpenTable<'a>>,
    /// Tables inside the open one (in a drawing, in a cell): not part of its grid.
    inner_tables: usize,
}

/// The worksheet that is being read.
struct OpenTable<'a> {
    filler: Filler<'a>,
    hidden: bool,
    next_row: u32,
    next_col: u32,
    /// Columns before those that `table-column` has yet to describe, and their default styles.
    described: u32,
    col_styles: Vec<(u32, String)>,
    row: OpenRow,
    cell: Option<OpenCell>,
}

#[derive(Default)]
struct OpenRow {
    repeated: u32,
    style: Option<String>,
    /// Cells with something in them: first column, times, cell.
    cells: Vec<(u32, u32, Stored)>,
}

/// The cell that is being read.
struct OpenCell {
    repeated: u32,
    covered: bool,
    spans: (u32, u32),
    style: Option<String>,
    kind: String,
    value: String,
    /// Paragraphs of the text shown; `None` where the file has none.
    shown: Option<String>,
    /// Depth of elements whose text is not the cell's own: comments, drawings, ruby.
    aside: usize,
    error: bool,
}

impl<'a> OdsReader<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            styles: Styles::default(),
            edges: BTreeMap::new(),
            book: Workbook::default(),
            table: None,
            inner_tables: 0,
        }
    }

    fn take(&mut self, piece: Piece<'_>) {
        if self.table.is_none() {
            self.styles.take(&piece);
        }
        match piece {
            Piece::Open(element) => self.open(&element),
            Piece::Close(name) => self.close(&name),
            Piece::Text(text) => self.text(&text),
        }
    }

    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        if name.as_ref() == "table" && element.name().as_ref().starts_with("table:") {
            return self.open_table(element);
        }
        let Some(table) = self.table.as_mut().filter(|_| self.inner_tables == 0) else { return };
        match name.as_ref() {
            "table-column" => table.column(element, &self.styles),
            "table-row" => table.open_row(element, &self.styles),
            "table-cell" | "covered-table-cell" => table.open_cell(element, name.as_ref() == "covered-table-cell"),
            other => {
                if let Some(cell) = &mut table.cell {
                    cell.open(other, element);
                }
            }
        }
    }

    fn open_table(&mut self, element: &BytesStart<'_>) {
        if self.table.is_some() {
            self.inner_tables += 1;
            return;
        }
        let name = attribute(element, "name").unwrap_or_default();
        let hidden = self.styles.hidden("table", attribute(element, "style-name").as_deref());
        self.table = Some(OpenTable {
            filler: Filler::new(&name, self.limits),
            hidden,
            next_row: 0,
            next_col: 0,
            described: 0,
            col_styles: vec![],
            row: OpenRow::default(),
            cell: None,
        });
    }

    fn close(&mut self, name: &str) {
        if name == "table" && self.inner_tables > 0 {
            self.inner_tables -= 1;
            return;
        }
        if name == "table" {
            let _last = self.close_table();
            return;
        }
        let Some(table) = self.table.as_mut().filter(|_| self.inner_tables == 0) else { return };
        match name {
            "table-cell" | "covered-table-cell" => table.close_cell(&self.styles, &mut self.edges),
            "table-row" => table.close_row(),
            other => {
                if let Some(cell) = &mut table.cell {
                    cell.close(other);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        let cell = self.table.as_mut().filter(|_| self.inner_tables == 0).and_then(|t| t.cell.as_mut());
        if let Some(cell) = cell.filter(|c| c.aside == 0)
            && let Some(shown) = &mut cell.shown
        {
            shown.push_str(text);
        }
    }

    /// Puts the open table among the sheets; returns its name.
    fn close_table(&mut self) -> Option<String> {
        let table = self.table.take()?;
        let sheet: Worksheet = table.filler.finish();
        let name = sheet.name.clone();
        if table.hidden {
            self.book.hidden_sheet(&name);
        } else {
            self.book.sheets.push(sheet);
        }
        Some(name)
    }

    /// What to do when the document ends too early: what was read stays, and is said to be a part.
    fn cut_short(&mut self, reason: &str) -> Result<(), ExtractError> {
        let open = self.close_table();
        match open.or_else(|| self.book.sheets.last().map(|s| s.name.clone())) {
            Some(name) => self.book.broken_sheet(&name, reason),
            None => return Err(ExtractError::Damaged { detail: reason.to_owned() }),
        }
        Ok(())
    }
}

/// Whether a row or column is kept from view, by hand (`collapse`) or by a filter.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(attribute(element, "visibility").as_deref(), Some("collapse" | "filter"))
}

impl OpenTable<'_> {
    fn column(&mut self, element: &BytesStart<'_>, styles: &Styles) {
        let times = number(element, "number-columns-repeated").unwrap_or(1_u32).max(1);
        let last = self.described.saturating_add(times - 1);
        if is_hidden(element) || styles.hidden("table-column", attribute(element, "style-name").as_deref()) {
            self.filler.sheet.hidden_cols.add(self.described, last);
        }
        self.described = last.saturating_add(1);
        self.col_styles.push((last, attribute(element, "default-cell-style-name").unwrap_or_default()));
    }

    fn open_row(&mut self, element: &BytesStart<'_>, styles: &Styles) {
        self.next_col = 0;
        self.row = OpenRow {
            repeated: number(element, "number-rows-repeated").unwrap_or(1_u32).max(1),
            style: attribute(element, "default-cell-style-name"),
            cells: vec![],
        };
        if is_hidden(element) || styles.hidden("table-row", attribute(element, "style-name").as_deref()) {
            let last = self.next_row.saturating_add(self.row.repeated - 1);
            self.filler.sheet.hidden_rows.add(self.next_row, last);
        }
    }

    fn close_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        let first = self.next_row;
        self.next_row = first.saturating_add(row.repeated.max(1));
        for (col, times, cell) in &row.cells {
            self.repeat(first, row.repeated, (*col, *times), cell);
        }
    }

    /// Writes a cell as often as its row and itself are repeated, within the limits.
    fn repeat(&mut self, first: u32, rows: u32, (col, times): (u32, u32), cell: &Stored) {
        // Repetition to the sheet's end is how blank formatted rows and columns are stored: beyond what a printed grid
        // has of them it says nothing.
        const MOST_BLANKS: u32 = 1024;
        let most = if cell.text.is_empty() { MOST_BLANKS } else { u32::MAX };
        let (rows, times) = if rows > most || times > most { (1, 1) } else { self.filler.within(rows, times) };
        for row in 0..rows {
            for repeat in 0..times {
                let at = (first.saturating_add(row), col.saturating_add(repeat));
                self.filler.put(at, cell.clone());
                if self.filler.is_full() {
                    return;
                }
            }
        }
    }

    fn open_cell(&mut self, element: &BytesStart<'_>, covered: bool) {
        if self.cell.is_some() {
            return;
        }
        let typed = ["value", "date-value", "time-value", "boolean-value", "string-value"];
        let value = typed.into_iter().find_map(|name| office(element, name));
        self.cell = Some(OpenCell {
            repeated: number(element, "number-columns-repeated").unwrap_or(1_u32).max(1),
            covered,
            spans: (
                number(element, "number-rows-spanned").unwrap_or(1_u32).max(1),
                number(element, "number-columns-spanned").unwrap_or(1_u32).max(1),
            ),
            style: attribute(element, "style-name"),
            kind: office(element, "value-type").unwrap_or_default(),
            value: value.unwrap_or_default(),
            shown: None,
            aside: 0,
            error: element
                .attributes()
                .with_checks(false)
                .flatten()
                .any(|a| a.key.as_ref() == "calcext:value-type" && a.value.as_ref() == "error"),
        });
    }

    fn close_cell(&mut self, styles: &Styles, known: &mut BTreeMap<String, Edges>) {
        let Some(cell) = self.cell.take() else { return };
        let col = self.next_col;
        self.next_col = col.saturating_add(cell.repeated);
        let style = cell.style.clone().or_else(|| self.row.style.clone()).or_else(|| self.column_style(col));
        let style = style.unwrap_or_default();
        let edges = *known.entry(style).or_insert_with_key(|style| styles.edges(style));
        if cell.spans != (1, 1) {
            let (top, left) = (self.next_row, col);
            let bottom = top.saturating_add(cell.spans.0 - 1);
            let right = left.saturating_add(cell.spans.1 - 1);
            self.filler.sheet.merges.push(Area { top, left, bottom, right });
        }
        // What stands under a merged cell is stored but not shown.
        let (text, content) = if cell.covered { (String::new(), Content::Text) } else { cell.reading() };
        if !text.is_empty() || edges != Edges::default() {
            self.row.cells.push((col, cell.repeated, Stored { text, content, edges }));
        }
    }

    fn column_style(&self, col: u32) -> Option<String> {
        self.col_styles.iter().find(|(last, _)| col <= *last).map(|(_, style)| style.clone())
    }
}

/// An attribute of the office namespace; `calcext` repeats some of them under the same local name.
fn office(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        let wanted = attribute.key.as_ref().strip_prefix("office:") == Some(name);
        wanted
            .then(|| attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok())?
            .map(std::borrow::Cow::into_owned)
    })
}

impl OpenCell {
    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        if self.aside > 0 || matches!(name, "annotation" | "shapes" | "frame" | "custom-shape" | "ruby-text") {
            self.aside += 1;
            return;
        }
        let blank = match name {
            "p" | "h" => {
                if let Some(shown) = &mut self.shown {
                    shown.push('\n');
                } else {
                    self.shown = Some(String::new());
                }
                return;
            }
            "s" => " ".repeat(number::<usize>(element, "c").unwrap_or(1).min(1024)),
            "tab" => "\t".to_owned(),
            "line-break" => "\n".to_owned(),
            _ => return,
        };
        if let Some(shown) = &mut self.shown {
            shown.push_str(&blank);
        }
    }

    fn close(&mut self, _name: &str) {
        self.aside = self.aside.saturating_sub(1);
    }

    /// The cell's text and what it holds.
    fn reading(&self) -> (String, Content) {
        let shown = self.shown.as_deref().map(text::join_lines);
        if self.error {
            return (shown.unwrap_or_default(), Content::Error);
        }
        match self.kind.as_str() {
            "float" | "currency" | "percentage" => self.amount(shown),
            "date" => (self.value.trim_end_matches("T00:00:00").to_owned(), Content::Date),
            "time" => (shown.unwrap_or_else(|| self.value.clone()), Content::Date),
            "boolean" => (self.value.to_ascii_uppercase(), Content::Boolean),
            "string" if !self.value.is_empty() && shown.is_none() => (text::join_lines(&self.value), Content::Text),
            _ => (shown.unwrap_or_default(), Content::Text),
        }
    }

    /// The stored number, read as its format shows it: the file keeps the shown text beside the number.
    fn amount(&self, shown: Option<String>) -> (String, Content) {
        let Some(stored) = self.value.trim().parse().ok().and_then(Decimal15::from_f64) else {
            return (shown.unwrap_or_default(), Content::Text);
        };
        let plain = stored.plain(0);
        let Some(shown) = shown else {
            let percent = self.kind == "percentage";
            let text = if percent { format!("{}%", stored.shifted(2).plain(0)) } else { plain };
            return (text, Content::Number);
        };
        // A format without anything in it: `0.00;-0.00;`.
        if shown.is_empty() {
            return (String::new(), Content::Text);
        }
        let is_code = shown.len() > plain.len() && shown.trim_start_matches('0') == plain.trim_start_matches('0');
        let is_code = is_code && shown.bytes().all(|b| b.is_ascii_digit());
        if shown.ends_with('%') || is_code {
            return (shown, Content::Number);
        }
        (scaled(&stored, &shown).unwrap_or(plain), Content::Number)
    }
}

/// The number as a scaled format or one with words shows it (12.3万元 for 123000), exact; `None` for other formats.
fn scaled(stored: &Decimal15, shown: &str) -> Option<String> {
    let digits: String = shown.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    let after: String = shown.chars().rev().take_while(|c| c.is_alphabetic()).collect();
    let words: String = after.chars().rev().collect();
    let decimals = digits.split_once('.').map_or(0, |(_, places)| places.len());
    let magnitude = digits.trim_start_matches('-');
    // Thousands, ten thousands (万) and so on: the powers that a format can divide by and a unit can name.
    let power = [0, 3, 4, 6, 8, 9].into_iter().find(|power| {
        let number = stored.clone().shifted(-power).rounded(decimals).plain(decimals);
        number.trim_start_matches('-') == magnitude
    })?;
    (power > 0 || !words.is_empty()).then(|| format!("{}{words}", stored.clone().shifted(-power).plain(0)))
}
