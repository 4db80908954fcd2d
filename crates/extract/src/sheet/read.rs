//! A workbook's way from bytes to tables, and what is said of it on the way.

use super::book::{Workbook, Worksheet};
use super::crypt::{self, Password};
use super::view::{SeenCell, View};
use super::{delimited, ods, to_tables, xls, xlsb, xlsx, xml_book};
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::model::{Diagnostic, DiagnosticCode, Extraction, Format};

/// A copy of an encrypted workbook that a password opens; `None` where it does not, or where there is nothing to open.
pub(crate) fn decrypted(bytes: &[u8], password: &str, limits: &Limits) -> Option<Vec<u8>> {
    let password = Password::of(password);
    crypt::decrypt_package(bytes, &password).or_else(|| xls::decrypted(bytes, &password, limits))
}

/// Reads a workbook's visible cells.
///
/// Hidden sheets, rows and columns and texts that nobody sees are left out and named in a diagnostic, merged cells are
/// spans. Formulas give the values stored with them; where there is none, or the file asks to be calculated, the sum that
/// they state, with a doubt. Of an xlsb file hidden rows, hidden columns and merges are not known.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub(crate) fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Extraction, ExtractError> {
    let inner = crypt::decrypt_package(bytes, &Password::known());
    let bytes = inner.as_deref().unwrap_or(bytes);
    let mut book = match format {
        Format::Xlsx => xlsx::read(bytes, limits)?,
        Format::Xlsb => xlsb::read(bytes, limits)?,
        Format::Xls => xls::read(bytes, limits)?,
        Format::Ods => ods::read(bytes, limits)?,
        Format::Csv => delimited::read(bytes, limits),
        Format::SheetXml => xml_book::read(bytes, limits)?,
        _ => return Err(ExtractError::Unsupported { found: "不是电子表格".to_owned() }),
    };
    if book.sheets.is_empty() && book.diagnostics.is_empty() {
        return Err(ExtractError::Damaged { detail: "找不到任何工作表".to_owned() });
    }
    let mut document = Extraction { format, ..Extraction::default() };
    let mut figures = Figures { hidden: book.sheets.is_empty(), seen: false };
    for sheet in std::mem::take(&mut book.sheets) {
        let view = View::of(&sheet);
        let cut = to_tables::append(&mut document, &view, &sheet.name, limits.cells_per_sheet);
        report(&mut book, &sheet, &view, cut);
        figures.hidden |= sheet.numbers.values().any(|number| *number != 0.0);
        let is_figure = |cell: &SeenCell| cell.is_numeric() && cell.text.contains(|c: char| c.is_ascii_digit());
        figures.seen |= view.cells.iter().any(is_figure);
    }
    if figures.hidden && !figures.seen && book.diagnostics.iter().any(|d| d.code == DiagnosticCode::HiddenLeftOut) {
        let message = "看得见的单元格里没有数字，数字都在隐藏的内容里，没有读入".to_owned();
        book.diagnostics.push(Diagnostic { code: DiagnosticCode::SheetLost, place: None, message });
    }
    document.diagnostics = book.diagnostics;
    Ok(document)
}

/// Whether a workbook has figures, and whether any of them is seen.
struct Figures {
    hidden: bool,
    seen: bool,
}

/// Says what of a sheet is not in the result.
fn report(book: &mut Workbook, sheet: &Worksheet, view: &View, rows_cut: usize) {
    let name = &sheet.name;
    let parts = [
        (view.left_out.rows, "行隐藏的内容"),
        (view.left_out.cols, "列隐藏的内容"),
        (sheet.not_shown, "个按数字格式不显示的数"),
        (sheet.unseen, "个单元格的文字已划去或与底色相同"),
    ];
    let hidden: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if !hidden.is_empty() {
        let message = format!("工作表“{name}”有{}，未读取", hidden.join("、"));
        book.say(DiagnosticCode::HiddenLeftOut, name, message);
    }
    if sheet.stale > 0 {
        let message = format!("工作表“{name}”有 {} 个公式没有保存结果或要求重新计算", sheet.stale);
        book.say(DiagnosticCode::FormulaStale, name, message);
    }
    if sheet.scaled > 0 {
        let message = format!("工作表“{name}”有 {} 个数按数字格式显示，与保存的数不同，以显示的为准", sheet.scaled);
        book.say(DiagnosticCode::FormatScales, name, message);
    }
    if sheet.beyond_limits > 0 {
        let message = format!("工作表“{name}”超出行列或单元格上限，有 {} 个单元格未读取", sheet.beyond_limits);
        book.say(DiagnosticCode::Truncated, name, message);
    }
    if rows_cut > 0 {
        let message = format!("工作表“{name}”的表格超出单元格上限，末尾 {rows_cut} 行未读取");
        book.say(DiagnosticCode::Truncated, name, message);
    }
}
