//! Office Open XML workbooks: cells and styles by calamine, layout by [`super::xlsx_layout`].

use super::book::{Edges, Filler, Look, Value, Workbook, Worksheet};
use super::contain::contained;
use super::number_format::NumberFormat;
use super::package::Package;
use super::xlsx_layout::{Layout, sheet_parts};
use crate::error::ExtractError;
use crate::limits::Limits;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx};
use std::io::Cursor;

type Calamine = Xlsx<Cursor<Vec<u8>>>;

/// Whether a part has a say in what the cells hold; pictures, charts, macros and caches have none.
fn is_wanted(name: &str) -> bool {
    const WITHOUT: [&str; 7] = ["drawings/", "charts/", "pivot", "externallinks/", "comments", "theme/", "calcchain"];
    let in_workbook = name.starts_with("xl/") && !WITHOUT.iter().any(|w| name["xl/".len()..].starts_with(w));
    let is_xml = [".xml", ".rels"].iter().any(|end| name.ends_with(end));
    is_xml && (in_workbook || name.starts_with("_rels/") || name == "[content_types].xml")
}

/// Parts that say what all sheets' cells mean.
const NEEDED: [&str; 2] = ["xl/sharedStrings.xml", "xl/styles.xml"];

/// Reads a workbook.
///
/// # Errors
/// [`ExtractError`] when nothing can be read.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ExtractError> {
    let mut package = Package::unpack(bytes, limits, is_wanted)?;
    let parts = sheet_parts(&package).map_err(|detail| ExtractError::Damaged { detail })?;
    mend_shared_strings(&mut package);
    for (_, part) in &parts {
        mend_dimension(&mut package, part);
    }
    // Without its texts or its number formats (0.22 or 22%?) no sheet can be read rightly.
    let needed = |name: &str| NEEDED.iter().any(|part| name.eq_ignore_ascii_case(part));
    if let Some((name, reason)) = package.broken().find(|(name, _)| needed(name)) {
        return Err(ExtractError::Damaged { detail: format!("部件 {name} 损坏：{reason}") });
    }
    let packed = package.pack()?;
    let mut values: Calamine =
        contained(|| Xlsx::new(Cursor::new(packed)))?.map_err(|e| ExtractError::Damaged { detail: e.to_string() })?;
    let mut book = Workbook::default();
    for (index, meta) in values.sheets_metadata().to_vec().into_iter().enumerate() {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        if meta.visible != SheetVisible::Visible {
            book.hidden_sheet(&meta.name);
            continue;
        }
        // calamine finds sheets by name, so of two with one name it reads the first one twice.
        if parts.iter().take(index).any(|(name, _)| *name == meta.name) {
            book.lost_sheet(&meta.name, "有同名工作表");
            continue;
        }
        let part = parts.iter().find(|(name, _)| *name == meta.name).map_or("", |(_, part)| part.as_str());
        match package.part(part) {
            Ok(part) => read_sheet(&mut book, &mut values, (&meta.name, &Layout::read(part)), limits),
            Err(reason) => book.lost_sheet(&meta.name, &reason),
        }
    }
    Ok(book)
}

/// calamine reserves memory for as many strings as the table claims to have, so the claim is cut off.
fn mend_shared_strings(package: &mut Package) {
    const NAME: &str = "xl/sharedStrings.xml";
    let Ok(part) = package.part(NAME) else { return };
    let head = &part[..part.len().min(4096)];
    let Some(start) = head.windows(4).position(|w| w == b"<sst" || w == b":sst") else { return };
    let Some(length) = head[start..].iter().position(|b| *b == b'>') else { return };
    let empty = head[start..start + length].ends_with(b"/");
    let Ok(root) = std::str::from_utf8(&head[start..start + length]) else { return };
    let kept: Vec<&str> =
        root.split_ascii_whitespace().filter(|a| !a.starts_with("count=") && !a.starts_with("uniqueCount=")).collect();
    let mut mended = part[..start].to_vec();
    mended.extend_from_slice(kept.join(" ").as_bytes());
    if empty && !mended.ends_with(b"/") {
        mended.push(b'/');
    }
    mended.extend_from_slice(&part[start + length..]);
    package.replace(NAME, mended);
}

/// A sheet's declared size is of no use, but calamine panics over an odd one; under another name it skips it.
fn mend_dimension(package: &mut Package, name: &str) {
    const ELEMENT: &[u8] = b"<dimension ";
    let Ok(part) = package.part(name) else { return };
    let head = &part[..part.len().min(4096)];
    let Some(start) = head.windows(ELEMENT.len()).position(|w| w == ELEMENT) else { return };
    let end = head[start..].iter().position(|b| *b == b'>').map_or(start, |length| start + length);
    if !head[..end].ends_with(b"/") {
        return;
    }
    let mut mended = part.to_vec();
    mended[start + 1] = b'x';
    package.replace(name, mended);
}

fn read_sheet(book: &mut Workbook, values: &mut Calamine, (name, layout): (&str, &Layout), limits: &Limits) {
    let mut filler = Filler::new(name, limits);
    filler.sheet.zeros_hidden = layout.zeros_hidden;
    // A panic over one sheet leaves the package as it was: reading begins anew for each.
    let cells =
        contained(|| read_cells(values, name, &mut filler)).unwrap_or_else(|_| Err("内部结构自相矛盾".to_owned()));
    filler.sheet.merges.clone_from(&layout.merges);
    filler.sheet.hidden_rows = layout.hidden_rows.clone();
    filler.sheet.hidden_cols = layout.hidden_cols.clone();
    let sheet: Worksheet = filler.finish();
    // Both readers must have come to the end: a part cut short may still close its rows properly.
    match cells.err().or_else(|| layout.broken.clone()) {
        Some(reason) if sheet.cells.is_empty() => book.lost_sheet(name, &reason),
        Some(reason) => book.broken_sheet(name, &reason),
        None => {}
    }
    book.sheets.push(sheet);
}

fn read_cells(values: &mut Calamine, name: &str, filler: &mut Filler<'_>) -> Result<(), String> {
    let mut reader = values.worksheet_cells_reader(name).map_err(|e| e.to_string())?;
    let looks: Vec<Look> = reader.styles().iter().map(look).collect();
    let plain = Look::default();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|e| e.to_string())? {
        filler.value(cell.get_position(), &value(cell.get_value()), looks.get(style).unwrap_or(&plain));
    }
    Ok(())
}

fn look(style: &Style) -> Look {
    let format = style.number_format.as_ref().map(|f| NumberFormat::parse(&f.format_code)).unwrap_or_default();
    let edges = style.borders.as_ref().map_or_else(Edges::default, |b| {
        Edges::new([b.left.is_visible(), b.right.is_visible(), b.top.is_visible(), b.bottom.is_visible()])
    });
    Look { format, edges }
}

pub(super) fn value<'a>(stored: &'a DataRef<'_>) -> Value<'a> {
    match stored {
        DataRef::Int(number) => Value::Number(*number as f64),
        DataRef::Float(number) => Value::Number(*number),
        DataRef::String(text) => Value::Text(text),
        DataRef::SharedString(text) => Value::Text(text),
        DataRef::Bool(truth) => Value::Boolean(*truth),
        DataRef::DateTime(moment) => Value::Moment(*moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::IsoMoment(text),
        DataRef::Error(error) => Value::Error(error.to_string()),
        DataRef::Empty => Value::Blank,
    }
}
