//! Rows of one kind from all documents, on as many sheets as they need.

use crate::dataset::Dataset;
use crate::xlsx::style::{Role, Styles};
use crate::xlsx::tidy::Columns;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// A sheet as the guide lists it: its name, its rows, and what it holds.
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) rows: u32,
    pub(super) about: String,
}

/// Where a row was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    sheet: usize,
    row: u32,
}

/// Sheets that go on in one another.
pub(super) struct RowSheets<D: Dataset> {
    name: String,
    columns: Columns<D>,
    /// Rows that a sheet takes, the line that says where it goes on included.
    most: u32,
    sheets: Vec<(Worksheet, u32)>,
}

impl<D: Dataset> RowSheets<D> {
    pub(super) fn new(name: &str, left_out: &[&str], most: u32) -> Self {
        Self { name: name.to_owned(), columns: Columns::without(left_out), most, sheets: Vec::new() }
    }

    /// Adds a row.
    pub(super) fn append(
        &mut self,
        row: &D::Row<'_>,
        workbook: &mut Workbook,
        styles: &mut Styles,
    ) -> Result<At, XlsxError> {
        let full = self.sheets.last().is_none_or(|(_, rows)| rows + 1 >= self.most);
        if full {
            self.go_on(workbook, styles)?;
        }
        let sheet = self.sheets.len() - 1;
        let Some((worksheet, rows)) = self.sheets.last_mut() else { return Ok(At { sheet: 0, row: 0 }) };
        *rows += 1;
        self.columns.row(worksheet, *rows, row, styles)?;
        Ok(At { sheet, row: *rows })
    }

    /// A new sheet; the one before says that it goes on.
    fn go_on(&mut self, workbook: &mut Workbook, styles: &mut Styles) -> Result<(), XlsxError> {
        let name = self.sheet_name(self.sheets.len());
        if let Some((before, rows)) = self.sheets.last_mut() {
            before.write_string_with_format(*rows + 1, 0, format!("未完，续见“{name}”"), styles.of(Role::Note))?;
        }
        let mut sheet = workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        self.columns.head(&mut sheet, styles)?;
        self.sheets.push((sheet, 0));
        Ok(())
    }

    fn sheet_name(&self, index: usize) -> String {
        if index == 0 { self.name.clone() } else { format!("{}{}", self.name, index + 1) }
    }

    /// The link to a cell of a row.
    pub(super) fn cell(&self, at: At, column: &str) -> Option<String> {
        let col = self.columns.position(column)?;
        let cell = rust_xlsxwriter::utility::row_col_to_cell(at.row, col);
        Some(format!("internal:'{}'!{cell}", self.sheet_name(at.sheet)))
    }

    /// Hands the sheets over to the workbook.
    pub(super) fn finish(mut self, workbook: &mut Workbook, about: &str) -> Result<Vec<Listed>, XlsxError> {
        let count = self.sheets.len();
        let mut listed = Vec::new();
        for (index, (mut sheet, rows)) in std::mem::take(&mut self.sheets).into_iter().enumerate() {
            self.columns.finish(&mut sheet, rows)?;
            workbook.push_worksheet(sheet);
            let part = if count > 1 {
                format!("（共 {count} 个页签，这是第 {} 个）", index + 1)
            } else {
                String::new()
            };
            listed.push(Listed { name: self.sheet_name(index), rows, about: format!("{about}{part}") });
        }
        Ok(listed)
    }
}
