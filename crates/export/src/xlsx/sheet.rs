//! The common parts of all sheets: text that a cell can hold, page settings, properties of the workbook.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Worksheet, XlsxError};

/// A4 in Excel's list of paper sizes.
const A4: u8 = 9;

/// Longest text that a cell can hold (Excel's limit, counted in UTF-16 units).
const LONGEST_TEXT: usize = 32_767;

/// Ends a text that was longer.
const TAIL: &str = "……（太长，余下的见 CSV）";

/// Fixed properties: the time of the run would make every run's file another one.
pub(super) fn properties() -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_author("yusuan").set_creation_datetime(&created))
}

/// Page settings shared by all sheets: A4 across, as wide as the page, as many pages long as it takes.
pub(super) fn set_up_page(sheet: &mut Worksheet) {
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.25, 0.25);
    sheet.set_footer("&C&P / &N");
}

/// Text that a cell can hold: no control characters (XML has no place for them), no longer than Excel allows.
pub(super) fn cell_text(text: &str) -> String {
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
