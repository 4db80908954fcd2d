//! A document's elements in order, put together to worksheets.

use super::grid::OpenTable;
use super::styles::Styles;
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::sheet::book::{Workbook, Worksheet};
use crate::sheet::filler::{Filler, Look};
use crate::sheet::formula;
use crate::sheet::package::Package;
use crate::sheet::xml::{self, Piece, attribute};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

fn is_wanted(name: &str) -> bool {
    matches!(name, "content.xml" | "styles.xml" | "meta-inf/manifest.xml")
}

/// Reads a workbook.
///
/// # Errors
/// [`ExtractError`] when nothing can be read.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ExtractError> {
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
    looks: BTreeMap<String, Look>,
    book: Workbook,
    table: Option<OpenTable<'a>>,
    /// Tables inside the open one (in a drawing, in a cell): not part of its grid.
    inner_tables: usize,
}

impl<'a> OdsReader<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            styles: Styles::default(),
            looks: BTreeMap::new(),
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
                    cell.open(other, element, &self.styles);
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
        self.table = Some(OpenTable::new(Filler::new(&name, self.limits), hidden));
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
            "table-cell" | "covered-table-cell" => table.close_cell(&self.styles, &mut self.looks),
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
        if let Some(cell) = cell {
            cell.push(text);
        }
    }

    /// Puts the open table among the sheets; returns its name.
    fn close_table(&mut self) -> Option<String> {
        let mut table = self.table.take()?;
        formula::settle(&mut table.filler, &table.formulas, &table.formula_looks);
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
