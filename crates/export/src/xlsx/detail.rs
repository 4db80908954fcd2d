//! 明细: the document's facts as a tidy table with filters.

use super::amount::{Number, yuan};
use super::style::{Role, Shown, Style, Styles};
use super::{cell_text, set_up_page};
use crate::dataset::facts::{FactRow, Facts};
use crate::dataset::{Column, Dataset, Value};
use crate::record::DocumentRecord;
use rust_xlsxwriter::{IgnoreError, Workbook, Worksheet, XlsxError};

/// Columns that say the same in every row of one document, or that only a program can use.
const LEFT_OUT: &[&str] = &[
    "doc_id",
    "source",
    "region_code",
    "region",
    "department",
    "year",
    "document_kind",
    "entity_scope",
    "x0",
    "y0",
    "x1",
    "y1",
];

/// Rows that a worksheet can hold below the header.
const MOST_ROWS: usize = 1_048_575;

/// Adds the sheet; more facts than a worksheet holds go on in 明细2 and so on.
pub(super) fn write(workbook: &mut Workbook, record: &DocumentRecord, styles: &mut Styles) -> Result<(), XlsxError> {
    let columns: Vec<_> = Facts::columns().iter().filter(|column| !LEFT_OUT.contains(&column.name)).collect();
    let rows = Facts::rows(record);
    for (index, part) in rows.chunks(MOST_ROWS).enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(if index == 0 { "明细".to_owned() } else { format!("明细{}", index + 1) })?;
        write_part(sheet, &columns, part, styles)?;
    }
    Ok(())
}

fn write_part(
    sheet: &mut Worksheet,
    columns: &[&Column<Facts>],
    rows: &[FactRow<'_>],
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let last_col = columns.len() as u16 - 1;
    for (index, column) in columns.iter().enumerate() {
        sheet.write_string_with_format(0, index as u16, column.label, styles.of(Role::Header))?;
        sheet.set_column_width(index as u16, width(column.name))?;
    }
    sheet.set_row_height(0, 32.0)?;
    for (index, column) in columns.iter().enumerate() {
        // A column that says nothing about this document would only be scrolled over; unhiding shows it.
        if rows.iter().all(|row| (column.value)(row) == Value::Empty) {
            sheet.set_column_hidden(index as u16)?;
        }
    }
    for (index, row) in rows.iter().enumerate() {
        for (col, column) in columns.iter().enumerate() {
            write_value(sheet, (index as u32 + 1, col as u16), (column.value)(row), styles)?;
        }
    }
    let last_row = rows.len() as u32;
    sheet.autofilter(0, 0, last_row, last_col)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.ignore_error_range(0, 0, last_row, last_col, IgnoreError::NumberStoredAsText)?;
    sheet.set_repeat_rows(0, 0)?;
    set_up_page(sheet);
    Ok(())
}

fn write_value(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    value: Value<'_>,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => {
            sheet.write_blank(row, col, styles.of(Role::Text))?;
        }
        Value::Text(text) => {
            sheet.write_string_with_format(row, col, cell_text(&text), styles.of(Role::Text))?;
        }
        Value::Integer(number) => {
            let format = styles.get(Style::number(Shown::Amount(0)));
            sheet.write_number_with_format(row, col, number as f64, format)?;
        }
        Value::Decimal(exact) => match yuan(exact) {
            Some(Number { value, shown, .. }) => {
                sheet.write_number_with_format(row, col, value, styles.get(Style::number(shown)))?;
            }
            // More digits than a worksheet number keeps: the text has them all.
            None => {
                sheet.write_string_with_format(row, col, exact.to_string(), styles.of(Role::Amount))?;
            }
        },
        Value::Boolean(yes) => {
            let text = if yes { "是" } else { "否" };
            sheet.write_string_with_format(row, col, text, styles.of(Role::Centered))?;
        }
    }
    Ok(())
}

/// Amounts need their full width (a national budget in yuan has 17 digits with separators); paths wrap.
fn width(name: &str) -> f64 {
    match name {
        "value" | "alternative" => 24.0,
        "row_path" | "column_path" | "table_title" | "project_name" => 36.0,
        "row_label" | "table_type" | "value_text" | "flags" => 22.0,
        name if name.ends_with("_name") || name == "project_code" || name == "fund" || name == "nature" => 22.0,
        "page" | "row" | "col" | "unit" | "row_level" | "additive" => 8.0,
        _ => 13.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_left_out_exists() {
        let known: Vec<_> = Facts::columns().iter().map(|column| column.name).collect();
        assert_eq!(LEFT_OUT.iter().filter(|name| known.contains(name)).count(), LEFT_OUT.len());
        assert_eq!(known.len(), 48);
    }
}
