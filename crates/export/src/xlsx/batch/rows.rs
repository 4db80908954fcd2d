//! Rows of one kind from all documents, on as many sheets as they need.

use crate::dataset::Dataset;
use crate::words::sheet;
use crate::xlsx::style::{Role, Styles};
use crate::xlsx::tidy::{Columns, FIRST, Links};
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

/// One sheet: its rows so far, and which of its columns have anything.
struct Part {
    sheet: Worksheet,
    rows: u32,
    filled: Vec<bool>,
}

/// Sheets that go on in one another.
pub(super) struct RowSheets<D: Dataset> {
    name: String,
    columns: Columns<D>,
    /// Rows that a sheet takes, the line that says where it goes on included.
    most: u32,
    sheets: Vec<Part>,
}

impl<D: Dataset> RowSheets<D> {
    pub(super) fn new(name: &str, columns: Columns<D>, most: u32) -> Self {
        Self { name: name.to_owned(), columns, most, sheets: Vec::new() }
    }

    /// Adds a row.
    pub(super) fn append(
        &mut self,
        (row, links): (&D::Row<'_>, &Links),
        workbook: &mut Workbook,
        styles: &mut Styles,
    ) -> Result<At, XlsxError> {
        let full = self.sheets.last().is_none_or(|part| part.rows + 1 >= self.most);
        if full {
            self.go_on(workbook, styles)?;
        }
        let sheet = self.sheets.len() - 1;
        let Some(part) = self.sheets.last_mut() else { return Ok(At { sheet: 0, row: 0 }) };
        let at = FIRST + part.rows;
        part.rows += 1;
        let has = self.columns.row(&mut part.sheet, at, (row, links), styles)?;
        part.filled.iter_mut().zip(has).for_each(|(filled, has)| *filled |= has);
        Ok(At { sheet, row: at })
    }

    /// A new sheet; the one before says that it goes on.
    fn go_on(&mut self, workbook: &mut Workbook, styles: &mut Styles) -> Result<(), XlsxError> {
        let name = self.sheet_name(self.sheets.len());
        if let Some(before) = self.sheets.last_mut() {
            before.sheet.write_string_with_format(
                FIRST + before.rows,
                0,
                format!("未完，续见“{name}”"),
                styles.of(Role::Note),
            )?;
        }
        let mut worksheet = workbook.new_worksheet_with_constant_memory()?;
        worksheet.set_name(name)?;
        let title = format!("{}：全部文件，每个一行", self.name);
        self.columns.head(&mut worksheet, (sheet::COMPARISON, &title), styles)?;
        self.sheets.push(Part { sheet: worksheet, rows: 0, filled: vec![false; self.columns.count()] });
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
        for (index, Part { mut sheet, rows, filled }) in std::mem::take(&mut self.sheets).into_iter().enumerate() {
            self.columns.finish(&mut sheet, rows, &filled)?;
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
