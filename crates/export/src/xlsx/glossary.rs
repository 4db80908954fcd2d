//! 说明: what the sheets and their columns say, from the data dictionary.

use super::layout::{HIGHEST_ROW, text_height};
use super::paper::Paper;
use super::sheet::{cell_text, write_back};
use super::style::{Role, Styles};
use crate::dictionary::{ColumnEntry, datasets};
use crate::words::{heading, sheet};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Widths of the columns in characters, in the order of [`heading::GLOSSARY`].
const WIDTHS: [f64; 7] = [12.0, 20.0, 27.0, 8.0, 16.0, 8.0, 70.0];

/// Writes the sheet: the way back to the first one, the remarks, then the columns of the datasets named.
pub(super) fn write(
    sheet: &mut Worksheet,
    back: &str,
    (remarks, names): (&[String], &[&str]),
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(sheet::GLOSSARY)?;
    for (col, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(col, width)?;
    }
    write_back(sheet, back, "", styles)?;
    write_remarks(sheet, remarks, styles)?;
    let head = remarks.len() as u32 + 2;
    for (col, text) in (0..).zip(heading::GLOSSARY) {
        sheet.write_string_with_format(head, col, text, styles.of(Role::Header))?;
    }
    let datasets = datasets();
    let named = datasets.iter().filter(|dataset| names.contains(&dataset.name));
    let columns = named.flat_map(|dataset| dataset.columns.iter().map(|column| (dataset.title, column)));
    for (row, (dataset, column)) in (head + 1..).zip(columns) {
        write_column(sheet, row, dataset, column, styles)?;
    }
    sheet.set_repeat_rows(head, head)?;
    Paper::of(&WIDTHS, 0).set_up(sheet)
}

/// The remarks, each a line over the whole width.
fn write_remarks(sheet: &mut Worksheet, remarks: &[String], styles: &mut Styles) -> Result<(), XlsxError> {
    let last_col = WIDTHS.len() as u16 - 1;
    let width: f64 = WIDTHS.iter().sum();
    for (row, remark) in (1..).zip(remarks) {
        sheet.merge_range(row, 0, row, last_col, &cell_text(remark), styles.of(Role::Note))?;
        sheet.set_row_height(row, text_height(remark, width).min(HIGHEST_ROW))?;
    }
    Ok(())
}

fn write_column(
    sheet: &mut Worksheet,
    row: u32,
    dataset: &str,
    column: &ColumnEntry,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let words = column.words();
    let meaning =
        if words.is_empty() { column.meaning.to_owned() } else { format!("{}\n取值：{words}", column.meaning) };
    let cells = [
        (dataset, Role::Text),
        (column.label, Role::Text),
        (column.name, Role::Text),
        (column.kind.label_zh(), Role::Centered),
        (column.unit, Role::Text),
        (column.origin.label_zh(), Role::Centered),
        (&meaning, Role::Text),
    ];
    for (col, (text, role)) in (0..).zip(cells) {
        sheet.write_string_with_format(row, col, text, styles.of(role))?;
    }
    let [.., widest] = WIDTHS;
    sheet.set_row_height(row, text_height(&meaning, widest).min(HIGHEST_ROW))?;
    Ok(())
}
