//! Excel's binary workbooks: values by calamine, which gives neither layout nor styles for them.
//!
//! So hidden rows and columns are read, merged cells are single ones, and percentages would read as plain fractions.
//! Published tables in this format have not been seen; every sheet says in a diagnostic that its layout is unknown.

use super::book::Workbook;
use super::contain::contained;
use super::filler::{Filler, Look, Value};
use super::package::Package;
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::model::DiagnosticCode;
use calamine::{Reader, SheetType, SheetVisible, Xlsb};
use std::io::Cursor;

fn is_wanted(name: &str) -> bool {
    let ignored = ["xl/vbaproject", "xl/printersettings", "xl/media", "xl/pivot", "xl/drawings"];
    [".bin", ".xml", ".rels"].iter().any(|end| name.ends_with(end)) && !ignored.iter().any(|i| name.starts_with(i))
}

/// Reads a workbook.
///
/// # Errors
/// [`ExtractError`] when nothing can be read.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ExtractError> {
    let package = Package::unpack(bytes, limits, is_wanted)?;
    if let Some((_, reason)) = package.broken().next() {
        return Err(ExtractError::Damaged { detail: reason.to_owned() });
    }
    let packed = package.pack()?;
    let mut values =
        contained(|| Xlsb::new(Cursor::new(packed)))?.map_err(|e| ExtractError::Damaged { detail: e.to_string() })?;
    let mut book = Workbook::default();
    for meta in values.sheets_metadata().to_vec() {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        if meta.visible != SheetVisible::Visible {
            book.hidden_sheet(&meta.name);
            continue;
        }
        let mut filler = Filler::new(&meta.name, limits);
        let read = contained(|| read_cells(&mut values, &meta.name, &mut filler))?;
        let sheet = filler.finish();
        if let Err(reason) = read {
            book.broken_sheet(&meta.name, &reason);
        }
        let message =
            format!("工作表“{}”是 xlsb 格式，隐藏行列、合并单元格和数字格式无法识别，请另存为 xlsx", meta.name);
        book.say(DiagnosticCode::SheetLost, &meta.name, message);
        book.sheets.push(sheet);
    }
    Ok(book)
}

fn read_cells(values: &mut Xlsb<Cursor<Vec<u8>>>, name: &str, filler: &mut Filler<'_>) -> Result<(), String> {
    let plain = Look::default();
    let mut reader = values.worksheet_cells_reader(name).map_err(|e| e.to_string())?;
    while let Some(cell) = reader.next_cell().map_err(|e| e.to_string())? {
        filler.value(cell.get_position(), &Value::from(cell.get_value()), &plain);
    }
    Ok(())
}
