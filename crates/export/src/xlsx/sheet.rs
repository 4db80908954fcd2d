//! The common parts of all sheets: text that a cell can hold, the way back to the first sheet, properties of the workbook.

use super::style::{Role, Styles};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Url, Worksheet, XlsxError};

/// How hard a workbook is pressed: the usual level takes twice the time for a tenth of the bytes.
pub(super) const DEFLATE: u8 = 4;

/// Height of the line with the way back, in points.
const BACK_HEIGHT: f64 = 20.0;

/// Longest text that a cell can hold (Excel's limit, counted in UTF-16 units).
const LONGEST_TEXT: usize = 32_767;

/// Ends a text that was longer.
const TAIL: &str = "……（太长，余下的见 CSV）";

/// Fixed properties: the time of the run would make every run's file another one.
pub(super) fn properties() -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_author("yusuan").set_creation_datetime(&created))
}

/// The line on top of every sheet but the first: the way back, and what the sheet is.
pub(super) fn write_back(sheet: &mut Worksheet, to: &str, title: &str, styles: &mut Styles) -> Result<(), XlsxError> {
    let link = Url::new(format!("internal:'{to}'!A1")).set_text(format!("← {to}"));
    sheet.write_url_with_format(0, 0, link, styles.of(Role::Back))?;
    if !title.is_empty() {
        sheet.write_string_with_format(0, 1, cell_text(title), styles.of(Role::Remark))?;
    }
    sheet.set_row_height(0, BACK_HEIGHT)?;
    Ok(())
}

/// Text that a cell can hold: no control characters (XML has no place for them), no longer than Excel allows.
pub(super) fn cell_text(text: &str) -> String {
    let is_plain = |c: char| c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    // Nearly every text is as it should be, and no text has more units than bytes.
    if text.len() <= LONGEST_TEXT && text.chars().all(is_plain) {
        return text.to_owned();
    }
    let clean = text.chars().map(|c| if c == '\t' { ' ' } else { c });
    let clean: String = clean.filter(|c| is_plain(*c)).collect();
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
