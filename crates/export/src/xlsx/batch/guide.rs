//! 说明 of overview.xlsx: what each sheet holds and what its columns say.

use super::rows::Listed;
use crate::words::sheet;
use crate::xlsx::glossary;
use crate::xlsx::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

const REMARKS: &[&str] = &[
    "比较：每个部门（单位）每一年一行，数字照原文取自一个单元格，换算为万元，不作加总；同一次公开的几份文件合为一行。",
    "部门的数已包含下属单位：类型为部门的行与类型为单位的行绝不能相加。",
    "功能分类：由支出总表中没有下级的行按类汇总；汇总与表中合计不符的部门不列。",
    "其余页签：全部文件的金额、指标、不符的勾稽关系，每个一行；金额（万元）只显示两位小数，单元格里是精确的数，原文、原单位、以元计的数在同一行。",
    "同一份预算有几个版本的，只列应使用的一份，其余只在“已被取代”页签里写明应改用哪一份；facts.csv 有全部文件的金额。",
    "打印时每行只印主要的栏，其余的栏在屏幕上看。空的列已隐藏；点“工作簿”“审阅”打开该文件的工作簿、审阅网页（与本文件在同一文件夹）。",
];

/// Writes the sheet.
pub(super) fn write(worksheet: &mut Worksheet, listed: &[Listed], styles: &mut Styles) -> Result<(), XlsxError> {
    let mut remarks: Vec<String> = REMARKS.iter().map(|remark| (*remark).to_owned()).collect();
    remarks.extend(listed.iter().map(|sheet| format!("{}：{}，{} 行", sheet.name, sheet.about, sheet.rows)));
    glossary::write(worksheet, sheet::COMPARISON, (&remarks, &["facts", "indicators", "checks", "documents"]), styles)
}
