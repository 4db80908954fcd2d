//! 说明: what the sheets and their columns say, from the data dictionary.

use super::layout::text_height;
use super::style::{Role, Styles};
use super::{cell_text, set_up_page};
use crate::dictionary::{ColumnEntry, datasets};
use rust_xlsxwriter::{Worksheet, XlsxError};

const COLUMNS: &[(&str, f64)] = &[
    ("数据", 12.0),
    ("列", 20.0),
    ("数据文件中的列名", 27.0),
    ("类型", 8.0),
    ("单位", 16.0),
    ("来源", 8.0),
    ("含义", 70.0),
];

/// Writes the sheet: the remarks, then the columns of the datasets named.
pub(super) fn write(
    sheet: &mut Worksheet,
    remarks: &[String],
    names: &[&str],
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    sheet.set_name("说明")?;
    for (col, (_, width)) in COLUMNS.iter().enumerate() {
        sheet.set_column_width(col as u16, *width)?;
    }
    let last_col = COLUMNS.len() as u16 - 1;
    let width: f64 = COLUMNS.iter().map(|(_, width)| width).sum();
    let mut row = 0;
    for remark in remarks {
        sheet.merge_range(row, 0, row, last_col, &cell_text(remark), styles.of(Role::Note))?;
        sheet.set_row_height(row, text_height(remark, width).min(409.0))?;
        row += 1;
    }
    row += 1;
    let head = row;
    for (col, (heading, _)) in COLUMNS.iter().enumerate() {
        sheet.write_string_with_format(row, col as u16, *heading, styles.of(Role::Header))?;
    }
    for dataset in datasets().iter().filter(|dataset| names.contains(&dataset.name)) {
        for column in &dataset.columns {
            row += 1;
            write_column(sheet, row, (dataset.title, column), styles)?;
        }
    }
    sheet.set_repeat_rows(head, head)?;
    set_up_page(sheet);
    Ok(())
}

fn write_column(
    sheet: &mut Worksheet,
    row: u32,
    (dataset, column): (&str, &ColumnEntry),
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let words = column.words();
    let meaning =
        if words.is_empty() { column.meaning.to_owned() } else { format!("{}\n取值：{words}", column.meaning) };
    let (kind, origin) = (column.kind.label_zh(), column.origin.label_zh());
    let cells = [dataset, column.label, column.name, kind, column.unit, origin, &meaning];
    for (col, text) in cells.into_iter().enumerate() {
        let role = if matches!(col, 3 | 5) { Role::Centered } else { Role::Text };
        sheet.write_string_with_format(row, col as u16, text, styles.of(role))?;
    }
    sheet.set_row_height(row, text_height(&meaning, COLUMNS[6].1).min(409.0))?;
    Ok(())
}
