//! A workbook's values by calamine, put together with what the records say.

use super::formula::Tokens;
use super::layout::Layout;
use super::sanitize::{self, BoundSheet, Scan};
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::sheet::book::{Position, Workbook, Worksheet};
use crate::sheet::contain::contained;
use crate::sheet::crypt::{Password, decrypt_stream};
use crate::sheet::filler::{Filler, Look, Value};
use crate::sheet::formula::{self, Formula};
use calamine::{Data, Range, Reader, SheetType, SheetVisible, Xls};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

/// Names under which a workbook's stream stands: since Excel 97, and before.
pub(crate) const STREAMS: [&str; 2] = ["Workbook", "Book"];

/// A copy of a workbook that a password opens; `None` where it does not, or where there is nothing to open.
pub(crate) fn decrypted(bytes: &[u8], password: &Password, limits: &Limits) -> Option<Vec<u8>> {
    let stream = workbook_stream(bytes, limits).ok()?;
    pack(&decrypt_stream(&stream, password)?).ok()
}

/// Reads a workbook.
///
/// # Errors
/// [`ExtractError`] when nothing can be read.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ExtractError> {
    let stream = workbook_stream(bytes, limits)?;
    let stream = decrypt_stream(&stream, &Password::known()).unwrap_or(stream);
    let scan = sanitize::scan(stream, limits).ok_or_else(|| damaged("工作簿数据流开头不对"))?;
    if scan.encrypted {
        return Err(ExtractError::Encrypted);
    }
    let packed = pack(&scan.stream).map_err(|e| damaged(&format!("无法重新打包：{e}")))?;
    let mut values = contained(|| Xls::new(Cursor::new(packed)))?.map_err(|e| damaged(&e.to_string()))?;
    let mut book = Workbook::default();
    let named = values.sheets_metadata().to_vec();
    for (index, (meta, sheet)) in named.iter().zip(&scan.sheets).enumerate() {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        if meta.visible != SheetVisible::Visible {
            book.hidden_sheet(&meta.name);
            continue;
        }
        // calamine keeps sheets by name, so of two with one name it gives the last one twice.
        if named.iter().enumerate().any(|(other, m)| other > index && m.name == meta.name) {
            book.lost_sheet(&meta.name, "有同名工作表");
            continue;
        }
        let range = contained(|| values.worksheet_range(&meta.name))?.unwrap_or_default();
        let filled = fill(&meta.name, &range, sheet, &scan, limits);
        report(&mut book, &meta.name, sheet, range.is_empty());
        book.sheets.push(filled);
    }
    Ok(book)
}

fn fill(name: &str, range: &Range<Data>, sheet: &BoundSheet, scan: &Scan, limits: &Limits) -> Worksheet {
    let layout = &sheet.layout;
    let mut filler = Filler::new(name, limits);
    filler.sheet.zeros_hidden = layout.zeros_hidden;
    let plain = Look::default();
    let look = |style: u16| scan.looks.get(usize::from(style)).unwrap_or(&plain);
    for (at, style) in &layout.styles {
        filler.value(*at, &Value::Blank, look(*style));
    }
    let (top, left) = range.start().unwrap_or_default();
    let mut formulas = BTreeMap::new();
    for (row, col, value) in range.used_cells() {
        let places = layout.rows.get(top as usize + row).zip(layout.cols.get(left as usize + col));
        let Some(at) = places.map(|(row, col)| (*row, *col)) else { continue };
        let style = layout.styles.get(&at).copied();
        let rich = layout.rich.get(&at).and_then(|text| scan.rich.get(text));
        let value = rich.map_or_else(|| Value::from(value), |runs| Value::Rich(runs));
        formulas.extend(doubtful_formula(layout, at, &value, style).map(|formula| (at, formula)));
        filler.value(at, &value, style.map_or(&plain, look));
    }
    // A formula whose result is no text at all is not among the values.
    let blank = |at: &Position| filler.sheet.cells.get(at).is_none_or(|cell| cell.text.is_empty());
    for at in layout.formulas.keys().filter(|at| !formulas.contains_key(at) && blank(at)).collect::<Vec<_>>() {
        let style = layout.styles.get(at).copied();
        formulas.extend(doubtful_formula(layout, *at, &Value::Blank, style).map(|formula| (*at, formula)));
    }
    formula::settle(&mut filler, &formulas, &scan.looks);
    filler.sheet.merges.clone_from(&layout.merges);
    filler.sheet.hidden_rows = layout.hidden_rows.clone();
    filler.sheet.hidden_cols = layout.hidden_cols.clone();
    filler.sheet.beyond_limits += layout.beyond_limits;
    filler.finish()
}

/// The formula of a cell, where its result is not to be trusted. Some writers store an empty text for a result that they
/// don't know; a reckoning never has one.
fn doubtful_formula(layout: &Layout, at: Position, value: &Value<'_>, style: Option<u16>) -> Option<Formula> {
    let (own, asks) = layout.formulas.get(&at)?;
    let tokens = own.shared().map_or(Some(own), |from| layout.shared.get(&from));
    let is_unknown = matches!(value, Value::Blank | Value::Text("")) && tokens.is_some_and(Tokens::is_arithmetic);
    if !asks && !layout.uncalculated && !is_unknown {
        return None;
    }
    let stored = match value {
        Value::Number(number) => formula::Outcome::Number(*number),
        Value::Moment(moment) => formula::Outcome::Number(moment.as_f64()),
        _ if is_unknown => formula::Outcome::Missing,
        _ => formula::Outcome::Other,
    };
    let sum = tokens.and_then(|tokens| tokens.sum(at));
    Some(Formula { text: "…".to_owned(), sum, stored, look: usize::from(style.unwrap_or(u16::MAX)) })
}

fn report(book: &mut Workbook, name: &str, sheet: &BoundSheet, empty: bool) {
    match &sheet.lost {
        Some(reason) if empty => book.lost_sheet(name, reason),
        Some(reason) => book.broken_sheet(name, reason),
        None if sheet.layout.faulty => book.broken_sheet(name, "部分单元格记录已损坏"),
        None => {}
    }
}

/// The workbook's stream out of its OLE2 container.
fn workbook_stream(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ExtractError> {
    contained(|| {
        let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|e| damaged(&format!("OLE2 容器：{e}")))?;
        let name = STREAMS.into_iter().find(|name| file.is_stream(name));
        let name = name.ok_or_else(|| damaged("OLE2 容器里没有工作簿"))?;
        let stream = file.open_stream(name).map_err(|e| damaged(&format!("工作簿数据流：{e}")))?;
        let mut data = vec![];
        // What can't be read of a stream cut short is missing, what was read is kept: the scan says what is lost.
        let _cut_short = stream.take(limits.unpacked_bytes).read_to_end(&mut data);
        Ok(data)
    })?
}

/// A container with nothing but the stream: calamine reads from one, and this one is known to be whole.
fn pack(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(vec![]))?;
    file.create_stream(STREAMS[0])?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

fn damaged(detail: &str) -> ExtractError {
    ExtractError::Damaged { detail: detail.to_owned() }
}
