//! The four layouts, each as a small grid.

use crate::indicator::{doubts::shifted, indicators};
use crate::model::indicator::{Indicator, IndicatorScope};
use crate::model::statement::Statement;
use crate::model::vocabulary::{TableState, TableType};
use yusuan_extract::{Cell, RawTable};

/// Builds a statement from rows of cells `text` or `text*rowspan*colspan`; covered positions are left out.
fn statement(kind: TableType, cols: usize, rows: &[&[&str]]) -> Statement {
    let mut raw = RawTable { rows: rows.len(), cols, ..RawTable::default() };
    let mut taken = vec![vec![false; cols]; rows.len()];
    for (row, cells) in rows.iter().enumerate() {
        for spec in *cells {
            let parts: Vec<&str> = spec.split('*').collect();
            let span = |i: usize| parts.get(i).and_then(|p| p.parse().ok()).unwrap_or(1);
            let col = taken[row].iter().position(|t| !t).expect("the row has room");
            let cell =
                Cell { row, col, row_span: span(1), col_span: span(2), text: parts[0].to_owned(), ..Cell::default() };
            for line in &mut taken[row..row + cell.row_span] {
                line[col..col + cell.col_span].fill(true);
            }
            raw.cells.push(cell);
        }
    }
    Statement {
        owner: None,
        id: "t01".into(),
        raw,
        table_type: kind,
        title: String::new(),
        level: None,
        table_no: String::new(),
        unit: None,
        unit_source: None,
        header_start: 0,
        header_rows: 0,
        state: TableState::Data,
        empty_note: String::new(),
        facts: Vec::new(),
        indicators: Vec::new(),
        doubts: Vec::new(),
        most_decimals: 0,
        figures: 0,
        unread: Vec::new(),
        last_codes: Vec::new(),
    }
}

fn short(found: &[Indicator]) -> Vec<String> {
    let line = |i: &Indicator| {
        [
            &i.project_code,
            &i.project_name,
            &i.level1,
            &i.level2,
            &i.level3,
            &i.operator,
            &i.target,
            &i.target_unit,
            &i.weight,
        ]
        .map(String::as_str)
        .join("|")
    };
    found.iter().map(line).collect()
}

#[test]
fn form_with_merged_levels() {
    let table = statement(
        TableType::DepartmentPerformance,
        5,
        &[
            &["年度履职目标", "做好工作*1*4"],
            &["一级指标", "二级指标", "三级指标", "指标值", "指标值说明"],
            &["产出指标*3", "数量指标*2", "培训", "≥3次", "说明一"],
            &["讲座", "4场", ""],
            &["质量指标", "合格率", "≥95%", ""],
            &["成本指标*1*2", "控制率", "≤0", ""],
            &["效益指标", "社会效益", "", "", ""],
        ],
    );
    let found = indicators(&table);
    assert_eq!(
        short(&found),
        [
            "||产出指标|数量指标|培训|≥|3|次|",
            "||产出指标|数量指标|讲座|=|4|场|",
            "||产出指标|质量指标|合格率|≥|95|%|",
            "||成本指标||控制率|≤|0||",
        ]
    );
    assert!(found.iter().all(|i| i.scope == IndicatorScope::Department));
    assert_eq!(found[0].note, "说明一");
}

#[test]
fn wide_roll_up_with_lists_side_by_side() {
    let table = statement(
        TableType::ProjectPerformanceSummary,
        6,
        &[
            &["单位编码(项目编码)*3", "项目单位(项目名称)*3", "绩效目标*1*4"],
            &["产出指标*1*2", "满意度指标*1*2"],
            &["三级指标", "指标值", "三级指标", "指标值"],
            &["254101", "某某市科协", "", "", "", ""],
            &["41080022000000002319 0*2", "创新工程*2", "及时率", "≥95%", "满意度", "≥90%"],
            &["企业数量", "≥8家", "", ""],
        ],
    );
    assert_eq!(
        short(&indicators(&table)),
        [
            "410800220000000023190|创新工程|产出指标||及时率|≥|95|%|",
            "410800220000000023190|创新工程|满意度指标||满意度|≥|90|%|",
            "410800220000000023190|创新工程|产出指标||企业数量|≥|8|家|",
        ]
    );
}

#[test]
fn long_list_with_operators_in_a_column() {
    let header: &[&str] = &["项目名称", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重"];
    let table = statement(
        TableType::ProjectPerformanceSummary,
        8,
        &[
            header,
            &["51340022T000000278902-学术交流*3", "产出指标*2", "数量指标", "人数", "≤", "35", "人", "10"],
            &["质量指标", "达标率", "≥", "95", "%", "20"],
            &["满意度指标", "满意度指标", "", ">", "90", "%", "10"],
        ],
    );
    assert_eq!(
        short(&indicators(&table)),
        [
            "51340022T000000278902|学术交流|产出指标|数量指标|人数|≤|35|人|10",
            "51340022T000000278902|学术交流|产出指标|质量指标|达标率|≥|95|%|20",
            "51340022T000000278902|学术交流|满意度指标|满意度指标||>|90|%|10",
        ]
    );
}

#[test]
fn form_of_one_project() {
    let table = statement(
        TableType::ProjectPerformance,
        7,
        &[
            &["专项资金名称", "科普经费*1*3", "业务主管部门", "某区科协*1*2"],
            &["绩效指标*3", "指标名称", "指标权重", "计量单位", "指标性质", "指标值", "是否核心指标"],
            &["科普资金", "20", "万元", "=", "230", "是"],
            &["科普基地", "10", "个", "≥", "5", "否"],
        ],
    );
    let found = indicators(&table);
    assert_eq!(short(&found), ["|科普经费|||科普资金|=|230|万元|20", "|科普经费|||科普基地|≥|5|个|10"]);
    assert_eq!(found[1].note, "是否核心指标：否");
    assert_eq!(found[1].scope, IndicatorScope::Project);
}

#[test]
fn levels_printed_once_without_merging_are_inherited() {
    let table = statement(
        TableType::DepartmentPerformance,
        4,
        &[
            &["一级指标", "二级指标", "三级指标", "年度指标值"],
            &["产出指标", "数量指标", "甲", "1个"],
            &["", "", "乙", "2个"],
            &["效益指标", "", "丙", "提升"],
        ],
    );
    assert_eq!(
        short(&indicators(&table)),
        ["||产出指标|数量指标|甲|=|1|个|", "||产出指标|数量指标|乙|=|2|个|", "||效益指标||丙|定性|提升||"]
    );
}

#[test]
fn a_table_without_indicator_words_gives_none() {
    let table = statement(TableType::ExpenditureSummary, 2, &[&["项目", "金额"], &["指标值", "1.00"]]);
    assert!(indicators(&table).is_empty());
}

#[test]
fn cells_beside_their_headings_are_doubted() {
    let rows: [&[&str]; 3] = [
        &["一级指标", "二级指标", "三级指标", "年度指标值", "权重"],
        &["产出指标", "数量指标", "甲", "1个", "10"],
        &["培训", "数量指标", "乙", "2个", "优"],
    ];
    let found = indicators(&statement(TableType::DepartmentPerformance, 5, &rows));
    assert_eq!(found.len(), 2);
    assert!(shifted(&found[..1]).is_none() && shifted(&found).is_some() && shifted(&[]).is_none());
}

#[test]
fn of_several_years_the_goal_is_this_years() {
    let names: &[&str] = &["一级指标*3", "二级指标*3", "三级指标*3", "指标值*1*3", "说明*3"];
    let body: &[&str] = &["产出指标", "数量指标", "培训", "1期", "2期", "≥3期", ""];
    let nested = statement(
        TableType::ProjectPerformance,
        7,
        &[names, &["近两年指标值*1*2", "预期当年实现值*2"], &["前年", "上年"], body],
    );
    assert_eq!(short(&indicators(&nested)), ["||产出指标|数量指标|培训|≥|3|期|"]);
    let heads: &[&str] =
        &["一级指标", "二级指标", "三级指标", "2024年指标值", "2023年指标值", "实施周期指标值", "实际完成值"];
    let body: &[&str] = &["产出指标", "数量指标", "培训", "≥3期", "2期", "9期", "1期"];
    assert_eq!(
        short(&indicators(&statement(TableType::ProjectPerformance, 7, &[heads, body]))),
        ["||产出指标|数量指标|培训|≥|3|期|"]
    );
}

#[test]
fn without_a_goal_of_this_year_none_is_taken_and_it_is_said() {
    let heads: &[&str] = &["一级指标", "二级指标", "三级指标", "上年指标值"];
    let table = statement(TableType::ProjectPerformance, 4, &[heads, &["产出指标", "数量指标", "培训", "≥3期"]]);
    let found = super::read_all(vec![table]);
    assert_eq!(short(&found[0].indicators), ["||产出指标|数量指标|培训|定性|||"]);
    assert_eq!(found[0].indicators[0].note, "存疑：没有印出本年目标值");
    assert!(found[0].doubts.iter().any(|doubt| doubt.code() == "targets_missing"));
}

#[test]
fn sign_number_and_unit_below_one_head() {
    let heads: &[&str] = &["一级指标*2", "二级指标*2", "三级指标*2", "绩效指标值*1*3", "权重*2"];
    let body: &[&str] = &["产出指标", "数量指标", "培训", "≥", "3", "期", "10"];
    let named = statement(TableType::ProjectPerformance, 7, &[heads, &["运算符号", "数值", "计量单位"], body]);
    assert_eq!(short(&indicators(&named)), ["||产出指标|数量指标|培训|≥|3|期|10"]);
    let heads: &[&str] = &["一级指标", "二级指标", "三级指标", "指标值*1*3", "权重"];
    let bare = statement(TableType::ProjectPerformance, 7, &[heads, body]);
    assert_eq!(short(&indicators(&bare)), ["||产出指标|数量指标|培训|≥|3|期|10"]);
}

#[test]
fn fields_totals_and_placeholders_below_the_list_are_no_indicators() {
    let table = statement(
        TableType::ProjectPerformance,
        5,
        &[
            &["一级目标", "二级目标", "三级目标", "目标值", "分值"],
            &["产出指标", "数量指标", "培训", "≥3期", "10"],
            &["产出指标", "数量指标", "指标2：", "", ""],
            &["总分", "", "", "", "100"],
            &["填报人", "李四", "联系电话", "12345", ""],
            &["计划开始日期", "2024-01-01", "计划完成日期", "2024-12-31", ""],
        ],
    );
    assert_eq!(short(&indicators(&table)), ["||产出指标|数量指标|培训|≥|3|期|10"]);
}

#[test]
fn goals_of_several_years_beside_those_of_the_year() {
    let table = statement(
        TableType::ProjectPerformance,
        7,
        &[
            &["中期目标*1*4", "年度目标*1*3"],
            &["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
            &["产出指标", "数量指标", "培训", "9期", "数量指标", "培训", "3期"],
        ],
    );
    let found = indicators(&table);
    assert_eq!(short(&found), ["||产出指标|数量指标|培训|=|9|期|", "||产出指标|数量指标|培训|=|3|期|"]);
    assert_eq!((found[0].note.as_str(), found[1].note.as_str()), ("中期目标", ""));
}

#[test]
fn a_page_that_sets_its_columns_at_other_places_keeps_their_order() {
    let table = statement(
        TableType::ProjectPerformance,
        6,
        &[
            &["一级指标*1*2", "二级指标", "三级指标*1*2", "指标值"],
            &["产出指标*1*2", "数量指标", "培训*1*2", "3期"],
            &["效益指标", "社会效益", "知晓率*1*2", "≥90%*1*2"],
        ],
    );
    assert_eq!(short(&indicators(&table)), ["||产出指标|数量指标|培训|=|3|期|", "||效益指标|社会效益|知晓率|≥|90|%|"]);
}
