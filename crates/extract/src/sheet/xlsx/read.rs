//! A workbook's cells and styles by calamine, put together with its layout.

use super::layout::Layout;
use super::mend::{mend_dimension, mend_shared_strings};
use super::parts::sheet_parts;
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::sheet::book::{Edges, Workbook, Worksheet};
use crate::sheet::contain::contained;
use crate::sheet::filler::{Filler, Look, Value};
use crate::sheet::number::NumberFormat;
use crate::sheet::package::Package;
use calamine::{Reader, SheetType, SheetVisible, Style, Xlsx};
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
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ExtractError> {
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
            Ok(part) => read_sheet(&mut book, &mut values, Filler::new(&meta.name, limits), &Layout::read(part)),
            Err(reason) => book.lost_sheet(&meta.name, &reason),
        }
    }
    Ok(book)
}

fn read_sheet(book: &mut Workbook, values: &mut Calamine, mut filler: Filler<'_>, layout: &Layout) {
    let name = filler.sheet.name.clone();
    filler.sheet.zeros_hidden = layout.zeros_hidden;
    // A panic over one sheet leaves the package as it was: reading begins anew for each.
    let cells =
        contained(|| read_cells(values, &name, &mut filler)).unwrap_or_else(|_| Err("内部结构自相矛盾".to_owned()));
    filler.sheet.merges.clone_from(&layout.merges);
    filler.sheet.hidden_rows = layout.hidden_rows.clone();
    filler.sheet.hidden_cols = layout.hidden_cols.clone();
    let sheet: Worksheet = filler.finish();
    // Both readers must have come to the end: a part cut short may still close its rows properly.
    match cells.err().or_else(|| layout.broken.clone()) {
        Some(reason) if sheet.cells.is_empty() => book.lost_sheet(&name, &reason),
        Some(reason) => book.broken_sheet(&name, &reason),
        None => {}
    }
    book.sheets.push(sheet);
}

fn read_cells(values: &mut Calamine, name: &str, filler: &mut Filler<'_>) -> Result<(), String> {
    let mut reader = values.worksheet_cells_reader(name).map_err(|e| e.to_string())?;
    let looks: Vec<Look> = reader.styles().iter().map(look).collect();
    let plain = Look::default();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|e| e.to_string())? {
        filler.value(cell.get_position(), &Value::from(cell.get_value()), looks.get(style).unwrap_or(&plain));
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
