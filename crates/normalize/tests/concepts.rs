//! Which printed amounts state the standard quantities of a body, wherever they stand.
#![allow(clippy::unwrap_used, reason = "a test that can't be set up must fail, in its helpers too")]

use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;
use yusuan_normalize::{Concept, Context, Given, NormalizedDocument, Phase, normalize, stated};

/// A workbook with a sheet for each table: title, then rows of cells.
fn document(tables: &[(&str, &[&[&str]])]) -> NormalizedDocument {
    let mut workbook = Workbook::new();
    for (title, rows) in tables {
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, *title).unwrap();
        sheet.write(1, 0, "单位：万元").unwrap();
        for (row, cells) in (2..).zip(*rows) {
            for (col, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
                match text.parse::<f64>() {
                    Ok(number) => sheet.write(row, col, number).unwrap(),
                    Err(_) => sheet.write(row, col, *text).unwrap(),
                };
            }
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let extraction = yusuan_extract::from_bytes(&bytes, &yusuan_extract::Limits::default()).unwrap();
    let mut context = Context::for_source("a.xlsx");
    context.given =
        Given { region: "江苏省".to_owned(), department: "江苏省财政厅".to_owned(), ..Given::default() };
    normalize(extraction, &context)
}

/// The value in 万元 that a document states, and the others that it prints.
fn value(document: &NormalizedDocument, concept: Concept) -> Option<(String, Vec<String>)> {
    let ten_thousand = Decimal::from(10_000);
    let text = |value: Decimal| (value / ten_thousand).normalize().to_string();
    let found = stated(document).into_iter().find(|one| one.concept == concept && one.phase == Phase::Approved)?;
    Some((text(found.value), found.others.into_iter().map(text).collect()))
}

fn alone(text: &str) -> (String, Vec<String>) {
    (text.to_owned(), Vec::new())
}

const SIDES: &[&[&str]] = &[
    &["收入", "", "支出", "", "支出用途", ""],
    &["项目", "金额", "项目", "金额", "项目", "金额"],
    &["一、财政拨款", "90", "一、教育支出", "60", "一、基本支出", "70"],
    &["二、其他资金", "5", "二、卫生健康支出", "40", "二、项目支出", "30"],
    &["当年收入小计", "95", "", "", "当年支出小计", "100"],
    &["上年结转资金", "5", "", "", "", ""],
    &["收入合计", "100", "", "", "支出合计", "100"],
];

#[test]
fn a_quantity_is_found_beside_other_sides_and_in_a_table_of_one_row() {
    let one = document(&[
        ("2024年收支预算总表", SIDES),
        ("2024年支出预算总表", &[&["合计", "基本支出", "项目支出"], &["100", "70", "30"]]),
        (
            "2024年“三公”经费、会议费、培训费支出预算表",
            &[
                &["合计", "“三公”经费", "", "", "会议费", "培训费"],
                &["", "小计", "公务用车购置及运行维护费", "公务接待费", "", ""],
                &["9", "4", "3", "1", "3", "2"],
            ],
        ),
    ]);
    assert_eq!(value(&one, Concept::Revenue), Some(alone("100")));
    assert_eq!(value(&one, Concept::RevenueCurrentYear), Some(alone("95")));
    assert_eq!(value(&one, Concept::RevenueFiscalAppropriation), Some(alone("90")));
    assert_eq!(value(&one, Concept::CarryoverIn), Some(alone("5")));
    assert_eq!(value(&one, Concept::Expenditure), Some(alone("100")));
    assert_eq!(value(&one, Concept::Basic), Some(alone("70")));
    assert_eq!(value(&one, Concept::Project), Some(alone("30")));
    assert_eq!(value(&one, Concept::ThreePublic), Some(alone("4")));
    assert_eq!(value(&one, Concept::Meetings), Some(alone("3")));
    let marked = one.statements.iter().flat_map(|s| &s.facts).filter(|f| f.concept == Some(Concept::Basic)).count();
    assert_eq!(marked, 2, "once in each table that prints it");
}

#[test]
fn conflicts_are_said_and_parts_of_a_body_are_not_the_body() {
    let two = document(&[
        ("2024年收支预算总表", SIDES),
        (
            "2024年部门支出总表",
            &[
                &["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
                &["", "合计", "100", "75", "25"],
                &["20502", "普通教育", "60", "52", "8"],
                &["21001", "卫生健康管理事务", "40", "23", "17"],
            ],
        ),
        (
            "2024年一般公共预算基本支出表",
            &[
                &["科目编码", "科目名称", "合计", "人员经费", "公用经费"],
                &["", "合计", "60", "50", "10"],
                &["301", "工资福利支出", "50", "50", ""],
                &["302", "商品和服务支出", "10", "", "10"],
            ],
        ),
    ]);
    assert_eq!(value(&two, Concept::Basic), Some(("70".to_owned(), vec!["75".to_owned()])));
    assert_eq!(value(&two, Concept::BasicPersonnel), None, "of one budget, and there is other money");
    let whole = document(&[
        ("2024年收支预算总表", SIDES),
        (
            "2024年一般公共预算基本支出表",
            &[
                &["科目编码", "科目名称", "合计", "人员经费", "公用经费"],
                &["", "合计", "70", "60", "10"],
                &["301", "工资福利支出", "60", "60", ""],
                &["302", "商品和服务支出", "10", "", "10"],
            ],
        ),
    ]);
    assert_eq!(value(&whole, Concept::BasicPersonnel), Some(alone("60")));
}
