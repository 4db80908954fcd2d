//! Whole small documents of many kinds of bodies and places.

use crate::identity::*;
use crate::model::vocabulary::DocumentKind;
use yusuan_extract::{Cell, Place, RawTable, TextLine};

fn document(lines: &[&str]) -> Extraction {
    let line = |text: &&str| TextLine {
        text: (*text).to_owned(),
        sheet: None,
        place: Place { page: Some(1), ..Place::default() },
        size: 0.0,
        tables_before: 0,
        running: false,
    };
    Extraction { lines: lines.iter().map(line).collect(), ..Extraction::default() }
}

/// Code, department and year of a document that consists of these lines.
fn who(lines: &[&str]) -> (String, String, Option<i32>) {
    let identity = identify(&document(lines), &[], &Context::default());
    (identity.region_code, identity.department, identity.year)
}

fn expect(lines: &[&str], code: &str, department: &str, year: i32) {
    assert_eq!(who(lines), (code.to_owned(), department.to_owned(), Some(year)), "{lines:?}");
}

#[test]
fn covers_of_provinces_cities_counties_and_towns() {
    expect(&["广东省财政厅2023年部门预算", "目录"], "440000", "广东省财政厅", 2023);
    expect(&["义乌市教育局", "2024 年度部门决算", "目 录"], "330782", "义乌市教育局", 2024);
    expect(&["2022年度", "中共长沙市望城区委宣传部", "部门预算"], "430112", "中共长沙市望城区委宣传部", 2022);
    expect(&["湟中区田家寨镇人民政府2024年部门预算", "目录"], "630106", "湟中区田家寨镇人民政府", 2024);
    expect(&["延边州教育局2023年度部门预算公开"], "222400", "延边州教育局", 2023);
    expect(&["广西壮族自治区民政厅2025年部门预算"], "450000", "广西壮族自治区民政厅", 2025);
    expect(&["巴马县财政局2024年部门预算公开说明"], "451227", "巴马县财政局", 2024);
    expect(&["成都市武侯区浆洗街街道办事处", "2024年部门预算"], "510107", "成都市武侯区浆洗街街道办事处", 2024);
    expect(&["二〇二三年度某单位", "神农架林区林业管理局2023年部门决算"], "429021", "神农架林区林业管理局", 2023);
}

#[test]
fn a_report_whose_title_goes_on_is_of_the_year_of_its_draft() {
    let year = |lines: &[&str]| who(lines).2;
    assert_eq!(year(&["延边州2024年全州和州本级预算执行情况与2025年全州和州本", "级预算草案"]), Some(2025));
    assert_eq!(year(&["延边州2024年预算执行情况表", "单位：万元"]), Some(2024));
}

#[test]
fn a_county_name_that_occurs_twice_needs_its_province() {
    let cover = "普陀区教育局2024年部门预算";
    assert_eq!(who(&[cover]).0, "");
    assert_eq!(who(&[cover, "目录", "本局执行舟山市的规定。"]).0, "330903");
    assert_eq!(who(&[cover, "目录", "上海市普陀区教育局是主管部门。"]).0, "310107");
}

#[test]
fn a_short_name_takes_its_long_form_from_print() {
    let mut extraction = document(&["2024年部门收支总体情况表", "部门名称：市科学技术协会", "单位：万元"]);
    let cell = |text: &str| Cell { row_span: 1, col_span: 1, text: text.to_owned(), ..Cell::default() };
    extraction.tables.push(RawTable {
        rows: 1,
        cols: 1,
        cells: vec![cell("三门峡市科学技术协会")],
        ..RawTable::default()
    });
    let identity = identify(&extraction, &["2024年部门收支总体情况表".to_owned()], &Context::default());
    assert_eq!((identity.department.as_str(), identity.region.as_str()), ("三门峡市科学技术协会", "河南省三门峡市"));
    assert_eq!(identity.year, Some(2024));
}

#[test]
fn nothing_known_stays_empty() {
    let identity = identify(&document(&["收支总表", "单位：万元"]), &[], &Context::default());
    assert_eq!((identity.region_code.as_str(), identity.department.as_str(), identity.year), ("", "", None));
    assert_eq!(who(&["上海市XX局", "2024年度部门决算"]).1, "");
}

#[test]
fn the_file_name_speaks_only_where_print_is_silent() {
    let source = Context::for_source("绍兴市/诸暨市水利局2021年部门预算.pdf");
    let silent = identify(&document(&["收支总表", "单位：万元"]), &[], &source);
    assert_eq!(
        (silent.region_code.as_str(), silent.department.as_str(), silent.year),
        ("330681", "诸暨市水利局", Some(2021))
    );
    assert!(!silent.flags.is_empty());
    let printed = identify(&document(&["宁波市水利局2022年部门决算", "目录"]), &[], &source);
    assert_eq!((printed.region_code.as_str(), printed.year), ("330200", Some(2022)));
    assert_eq!(printed.kind, Some(DocumentKind::FinalAccounts));
}

#[test]
fn kinds_and_scopes() {
    let read = |lines: &[&str], titles: &[&str]| {
        let titles: Vec<String> = titles.iter().map(|t| (*t).to_owned()).collect();
        let identity = identify(&document(lines), &titles, &Context::default());
        (identity.kind, identity.scope)
    };
    let (department, agency) = (EntityScope::Department, EntityScope::Agency);
    assert_eq!(read(&["某市某局2024年单位预算"], &[]), (Some(DocumentKind::Budget), agency));
    assert_eq!(
        read(&[], &["收入支出决算总表", "一般公共预算财政拨款支出决算表"]),
        (Some(DocumentKind::FinalAccounts), department)
    );
    assert_eq!(read(&[], &["2024年部门整体绩效目标表"]), (Some(DocumentKind::Performance), department));
    assert_eq!(read(&[], &["部门收支总表", "部门预算项目绩效目标表"]), (Some(DocumentKind::Budget), department));
    assert_eq!(read(&["某县2024年政府预算公开"], &[]).0, Some(DocumentKind::GovernmentBudget));
    assert_eq!(read(&["某市某局2024年部门预算及绩效目标公开"], &[]).0, Some(DocumentKind::Budget));
}
