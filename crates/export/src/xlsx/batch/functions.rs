//! 功能分类: each body's expenditure by function class in 万元.

use super::comparison::{Comparison, Line};
use crate::dataset::{Dataset, Documents, Facts};
use crate::words::{heading, sheet};
use crate::xlsx::amount::{Number, ten_thousand_yuan};
use crate::xlsx::paper::Paper;
use crate::xlsx::sheet::{cell_text, write_back};
use crate::xlsx::style::{Role, Style, Styles};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// The row of the headings.
const HEAD: u32 = 1;

/// Function classes by code, with their names.
type Classes<'a> = BTreeMap<&'a str, &'a str>;

/// Adds the sheet where there is anything to show.
pub(super) fn write(workbook: &mut Workbook, comparison: &Comparison, styles: &mut Styles) -> Result<(), XlsxError> {
    let shares = comparison.lines.iter().flat_map(|line| &line.functions);
    let classes: Classes<'_> = shares.map(|share| (share.code.as_str(), share.name.as_str())).collect();
    if classes.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet::FUNCTIONS)?;
    write_head(sheet, &classes, styles)?;
    let lines: Vec<&Line> = comparison.lines.iter().filter(|line| !line.functions.is_empty()).collect();
    for (row, line) in (HEAD + 1..).zip(&lines) {
        write_line(sheet, row, line, &classes, styles)?;
    }
    let last_col = (who_headings().len() + classes.len()) as u16 - 1;
    sheet.autofilter(HEAD, 0, HEAD + lines.len() as u32, last_col)?;
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    let widths: Vec<f64> = (0..=last_col).map(width).collect();
    Paper::of(&widths, 1).set_up(sheet)
}

/// Width of a column in characters: the body, then figures.
fn width(col: u16) -> f64 {
    if col == 0 { 30.0 } else { 13.5 }
}

fn who_headings() -> [&'static str; 4] {
    [heading::BODY, Facts::label("entity_scope"), Documents::label("year"), heading::KIND]
}

fn write_head(worksheet: &mut Worksheet, classes: &Classes<'_>, styles: &mut Styles) -> Result<(), XlsxError> {
    let words = "单位：万元。由支出总表按类汇总；汇总与表中合计不符的不列。";
    write_back(worksheet, sheet::COMPARISON, words, styles)?;
    let who = who_headings().into_iter().map(str::to_owned);
    let headings = who.chain(classes.iter().map(|(code, name)| format!("{code} {name}").trim().to_owned()));
    for (col, heading) in (0..).zip(headings) {
        worksheet.set_column_width(col, width(col))?;
        worksheet.write_string_with_format(HEAD, col, heading, styles.of(Role::Header))?;
    }
    worksheet.set_row_height(HEAD, 48.0)?;
    Ok(())
}

fn write_line(
    sheet: &mut Worksheet,
    row: u32,
    line: &Line,
    classes: &Classes<'_>,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let identity = &line.identity;
    let year = identity.year.map_or(String::new(), |year| year.to_string());
    let who = [
        (line.body(), Role::Text),
        (identity.scope.label_zh(), Role::Centered),
        (&year, Role::Centered),
        (identity.kind.map_or("", |kind| kind.label_zh()), Role::Centered),
    ];
    let first = who.len() as u16;
    for (col, (text, role)) in (0..).zip(who) {
        sheet.write_string_with_format(row, col, cell_text(text), styles.of(role))?;
    }
    for (col, code) in (first..).zip(classes.keys()) {
        let amount = line.functions.iter().find(|share| share.code == **code).map(|share| share.value);
        match amount.and_then(ten_thousand_yuan) {
            Some(Number { value, shown, .. }) => {
                sheet.write_number_with_format(row, col, value, styles.get(Style::number(shown)))?
            }
            None => sheet.write_blank(row, col, styles.of(Role::Text))?,
        };
    }
    Ok(())
}
