//! One clean workbook per document: 概览, one sheet per table as printed, 核对, 绩效, 明细, 说明; and one over all documents.

mod amount;
mod batch;
mod detail;
mod glossary;
mod grid;
mod layout;
mod names;
mod overview;
mod statement;
mod style;
mod tidy;
mod verdicts;

pub(crate) use batch::BatchWorkbook;

use crate::record::DocumentRecord;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Note, Workbook, Worksheet, XlsxError};
use style::Styles;
use yusuan_normalize::{MoneyUnit, NormalizedDocument};

/// Longest text that a cell can hold (Excel's limit, counted in UTF-16 units).
const LONGEST_TEXT: usize = 32_767;

/// Ends a text that was longer.
const TAIL: &str = "……（太长，余下的见 CSV）";

/// The workbook's bytes, with the amounts of the tables in `unit`, or as printed. The same record gives the same bytes.
pub(crate) fn workbook(
    record: &DocumentRecord,
    document: &NormalizedDocument,
    unit: Option<MoneyUnit>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties()?);
    let names = names::sheet_names(&document.statements);
    let mut styles = Styles::default();
    let mut places = verdicts::Places::default();
    let mut tables = Vec::new();
    for (statement, name) in document.statements.iter().zip(&names) {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        let first = statement::write(&mut sheet, statement, unit, &mut styles)?;
        for (cell, text) in verdicts::notes(statement, &document.checks) {
            if let Some((row, col)) = verdicts::position(statement, cell, first) {
                sheet.insert_note(row, col, &Note::new(cell_text(&text)).set_width(320).add_author_prefix(false))?;
            }
        }
        places.add(statement, name, first);
        tables.push(sheet);
    }
    let overview = overview::Overview { record, document, names: &names, places: &places };
    overview::write(workbook.add_worksheet(), &overview, &mut styles)?;
    for sheet in tables {
        workbook.push_worksheet(sheet);
    }
    if !document.checks.is_empty() {
        verdicts::write(workbook.add_worksheet(), document, &places, &mut styles)?;
    }
    detail::write(&mut workbook, record, &mut styles)?;
    glossary::write(workbook.add_worksheet(), &guide(), &["facts", "indicators", "checks"], &mut styles)?;
    workbook.save_to_buffer()
}

/// What the sheets of a document's workbook are.
fn guide() -> Vec<String> {
    let lines = [
        "概览：是谁的、哪一年的文件，关键数字（万元），有哪些表，勾稽关系核对得怎样；点表名、数字可跳到原处。",
        "带序号的页签：每张表一个，版式同原表，数字的单位写在表头上方；声明为空的表也在内，附原话。",
        "核对：不符的、只差四舍五入的勾稽关系；绩效：每个绩效指标一行；明细：每个金额一行，以元计。",
        "浅黄底色：存疑的数，原因见“明细”的“标记”列。空字段表示没有或不明，不是零。",
    ];
    lines.map(str::to_owned).to_vec()
}

/// Fixed properties: the time of the run would make every run's file another one.
fn properties() -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_author("yusuan").set_creation_datetime(&created))
}

/// Page settings shared by all sheets: A4 across, as wide as the page, as many pages long as it takes.
fn set_up_page(sheet: &mut Worksheet) {
    sheet.set_paper_size(9);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.25, 0.25);
    sheet.set_footer("&C&P / &N");
}

/// Text that a cell can hold: no control characters (XML has no place for them), no longer than Excel allows.
fn cell_text(text: &str) -> String {
    let clean = text.chars().map(|c| if c == '\t' { ' ' } else { c });
    let clean: String =
        clean.filter(|c| *c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))).collect();
    if clean.encode_utf16().count() <= LONGEST_TEXT {
        return clean;
    }
    let mut room = LONGEST_TEXT - TAIL.encode_utf16().count();
    let mut cut = String::new();
    for c in clean.chars() {
        if c.len_utf16() > room {
            break;
        }
        room -= c.len_utf16();
        cut.push(c);
    }
    cut + TAIL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_to_what_a_cell_holds_and_says_so() {
        assert_eq!(cell_text("预算\u{1}01\t表\n"), "预算01 表\n");
        let long = cell_text(&"预".repeat(40_000));
        assert_eq!(long.encode_utf16().count(), LONGEST_TEXT);
        assert!(long.ends_with("见 CSV）"));
    }
}
