//! 功能分类: each body's expenditure by function class in 万元.

use super::compare::Comparison;
use crate::xlsx::amount::{Number, ten_thousand_yuan};
use crate::xlsx::style::{Role, Style, Styles};
use crate::xlsx::{cell_text, set_up_page};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::collections::BTreeMap;

const HEAD: u32 = 1;

/// Adds the sheet where there is anything to show.
pub(super) fn write(workbook: &mut Workbook, comparison: &Comparison, styles: &mut Styles) -> Result<(), XlsxError> {
    let mut classes: BTreeMap<&str, &str> = BTreeMap::new();
    for share in comparison.lines.iter().flat_map(|line| &line.functions) {
        classes.insert(&share.code, &share.name);
    }
    if classes.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name("功能分类")?;
    let words = "单位：万元。由支出总表按类汇总；汇总与表中合计不符的不列。";
    sheet.write_string_with_format(0, 0, words, styles.of(Role::Remark))?;
    let who = ["部门（单位）", "部门或单位", "年度", "类型"].into_iter().map(str::to_owned);
    let headings = who.chain(classes.iter().map(|(code, name)| format!("{code} {name}").trim().to_owned()));
    for (col, heading) in headings.enumerate() {
        sheet.set_column_width(col as u16, if col == 0 { 30.0 } else { 13.5 })?;
        sheet.write_string_with_format(HEAD, col as u16, heading, styles.of(Role::Header))?;
    }
    sheet.set_row_height(HEAD, 48.0)?;
    let lines = comparison.lines.iter().filter(|line| !line.functions.is_empty());
    let mut row = HEAD;
    for line in lines {
        row += 1;
        let identity = &line.identity;
        let year = identity.year.map_or(String::new(), |year| year.to_string());
        let kind = identity.kind.map_or("", |kind| kind.label_zh());
        for (col, text) in [line.body(), identity.scope.label_zh(), &year, kind].into_iter().enumerate() {
            let role = if col == 0 { Role::Text } else { Role::Centered };
            sheet.write_string_with_format(row, col as u16, cell_text(text), styles.of(role))?;
        }
        for (col, code) in (4..).zip(classes.keys()) {
            let amount = line.functions.iter().find(|share| share.code == **code).map(|share| share.value);
            match amount.and_then(ten_thousand_yuan) {
                Some(Number { value, shown, .. }) => {
                    sheet.write_number_with_format(row, col, value, styles.get(Style::number(shown)))?
                }
                None => sheet.write_blank(row, col, styles.of(Role::Text))?,
            };
        }
    }
    sheet.autofilter(HEAD, 0, row, classes.len() as u16 + 3)?;
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    set_up_page(sheet);
    Ok(())
}
