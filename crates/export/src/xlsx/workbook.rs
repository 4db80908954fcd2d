//! A document's workbook.

use super::places::Places;
use super::sheet::{DEFLATE, cell_text, properties};
use super::style::Styles;
use super::{cell_notes, detail, glossary, names, overview, places, statement, verdicts};
use crate::record::DocumentRecord;
use crate::words::sheet;
use rust_xlsxwriter::{Note, Workbook, Worksheet, XlsxError};
use std::path::Path;
use yusuan_normalize::{MoneyUnit, NormalizedDocument, own_lines};

/// The workbook's bytes, with the amounts of the tables in `unit`, or as printed. The same record gives the same bytes. Rows of
/// long sheets wait in temporary files in `scratch`.
pub(crate) fn workbook(
    (record, document): (&DocumentRecord, &NormalizedDocument),
    unit: Option<MoneyUnit>,
    scratch: &Path,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_tempdir(scratch)?;
    workbook.set_properties(&properties()?).set_zip_compression_level(DEFLATE);
    let names = names::sheet_names(&document.statements);
    // Half of a large workbook are the tables as printed, the other half their amounts.
    let (tables, rows) = rayon::join(|| tables(document, &names, unit), || detail::sheets(&mut workbook, record));
    let ((tables, places), rows) = (tables?, rows?);
    let mut styles = Styles::default();
    let overview = overview::Overview { record, document, names: &names, places: &places };
    overview::write(workbook.add_worksheet(), &overview, &mut styles)?;
    for sheet in tables {
        workbook.push_worksheet(sheet);
    }
    if !document.checks.is_empty() {
        verdicts::write(workbook.add_worksheet(), document, &places, &mut styles)?;
    }
    for sheet in rows {
        workbook.push_worksheet(sheet);
    }
    glossary::write(
        workbook.add_worksheet(),
        sheet::OVERVIEW,
        (&guide(), &["facts", "indicators", "checks"]),
        &mut styles,
    )?;
    workbook.save_to_buffer()
}

/// The sheets of the tables as printed, and where their figures stand.
fn tables(
    document: &NormalizedDocument,
    names: &[String],
    unit: Option<MoneyUnit>,
) -> Result<(Vec<Worksheet>, Places), XlsxError> {
    let mut styles = Styles::default();
    let mut places = Places::default();
    let mut tables = Vec::new();
    for (index, (statement, name)) in document.statements.iter().zip(names).enumerate() {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        let first =
            statement::write(&mut sheet, (statement, &own_lines(&document.statements, index)), unit, &mut styles)?;
        for (cell, text) in cell_notes::notes(statement, &document.checks) {
            if let Some((row, col)) = places::position(statement, cell, first) {
                sheet.insert_note(row, col, &Note::new(cell_text(&text)).set_width(320).add_author_prefix(false))?;
            }
        }
        places.add(statement, name, first);
        tables.push(sheet);
    }
    Ok((tables, places))
}

/// What the sheets of a document's workbook are.
fn guide() -> Vec<String> {
    let lines = [
        "概览：是谁的、哪一年的文件，关键数字（万元），有哪些表，勾稽关系核对得怎样；点表名、数字可跳到原处。",
        "带序号的页签：每张表一个，版式同原表，数字的单位写在表头上方；声明为空的表也在内，附原话。",
        "核对：先列不符的勾稽关系，每处写明页码和差额，再按规则计数；绩效：每个绩效指标一行；明细：每个金额一行，以元计。",
        "浅黄底色：存疑的数，原因见“明细”的“标记”列。空字段表示没有或不明，不是零。",
    ];
    lines.map(str::to_owned).to_vec()
}
