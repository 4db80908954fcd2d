//! A workbook's parts, put together to worksheets.

use super::cells::{self, Shared};
use super::palette::Palette;
use super::parts::{Parts, SheetPart, parts};
use super::{strings, styles};
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::sheet::book::Workbook;
use crate::sheet::filler::Filler;
use crate::sheet::package::Package;

/// Whether a part has a say in what the cells hold; pictures, charts, macros and caches have none.
fn is_wanted(name: &str) -> bool {
    const WITHOUT: [&str; 6] = ["drawings/", "charts/", "pivot", "externallinks/", "comments", "calcchain"];
    let is_xml = [".xml", ".rels"].iter().any(|end| name.ends_with(end));
    let inner = name.split_once('/').map_or(name, |(_, inner)| inner);
    is_xml && !WITHOUT.iter().any(|without| inner.starts_with(without))
}

/// Reads a workbook.
///
/// # Errors
/// [`ExtractError`] when nothing can be read.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ExtractError> {
    let package = Package::unpack(bytes, limits, is_wanted)?;
    let parts = parts(&package).map_err(|detail| ExtractError::Damaged { detail })?;
    let shared = shared(&package, &parts)?;
    let mut book = Workbook::default();
    for sheet in parts.sheets.iter().filter(|sheet| sheet.is_worksheet) {
        if sheet.hidden {
            book.hidden_sheet(&sheet.name);
            continue;
        }
        match sheet.part.as_deref().map_err(ToOwned::to_owned).and_then(|part| package.part(part)) {
            Ok(part) => read_sheet(&mut book, sheet, part, &shared, limits),
            Err(reason) => book.lost_sheet(&sheet.name, &reason),
        }
    }
    Ok(book)
}

/// What all sheets' cells mean. Without its texts or its number formats (0.22 or 22%?) no sheet can be read rightly; a
/// workbook that has none of them says so by not having the part.
fn shared(package: &Package, parts: &Parts) -> Result<Shared, ExtractError> {
    let needed = |name: &str| match package.part(name) {
        Ok(part) => Ok(Some(part)),
        Err(reason) if package.broken().any(|(broken, _)| broken.eq_ignore_ascii_case(name)) => {
            Err(ExtractError::Damaged { detail: format!("部件 {name} 损坏：{reason}") })
        }
        Err(_) => Ok(None),
    };
    let damaged = |name: &str, reason: String| ExtractError::Damaged { detail: format!("部件 {name}：{reason}") };
    let mut palette = Palette::of_theme(package.part(&parts.theme).ok());
    let looks = needed(&parts.styles)?.map_or(Ok(vec![]), |part| styles::looks(part, &mut palette));
    let looks = looks.map_err(|reason| damaged(&parts.styles, reason))?;
    let texts = needed(&parts.strings)?.map_or(Ok(vec![]), |part| strings::shared(part, &palette));
    let texts = texts.map_err(|reason| damaged(&parts.strings, reason))?;
    Ok(Shared { texts, looks, palette, from_1904: parts.from_1904, to_calculate: parts.to_calculate })
}

fn read_sheet(book: &mut Workbook, named: &SheetPart, part: &[u8], shared: &Shared, limits: &Limits) {
    let mut filler = Filler::new(&named.name, limits);
    let layout = cells::read(part, shared, &mut filler);
    filler.sheet.merges = layout.merges;
    filler.sheet.hidden_rows = layout.hidden_rows;
    filler.sheet.hidden_cols = layout.hidden_cols;
    let sheet = filler.finish();
    match layout.broken {
        Some(reason) if sheet.cells.is_empty() => book.lost_sheet(&named.name, &reason),
        Some(reason) => book.broken_sheet(&named.name, &reason),
        None => {}
    }
    book.sheets.push(sheet);
}
