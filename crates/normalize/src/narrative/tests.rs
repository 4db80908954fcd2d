//! Sentences as different regions print them, made up for these tests.
#![allow(clippy::float_arithmetic, reason = "places of made-up lines")]

use crate::check::fixture::{fact, statement};
use crate::mark;
use crate::model::doubt::Witness;
use crate::model::vocabulary::{ColumnKind, Period, RowKind, TableType};
use crate::narrative::*;
use rust_decimal::Decimal;
use yusuan_extract::TextLine;
use yusuan_extract::{Place, Rect};

const WIDTH: f64 = 12.0;

/// Lines of a page as a typesetter breaks them: `>` at the beginning indents by two characters.
fn lines(texts: &[&str]) -> Vec<TextLine> {
    let line = |(at, text): (usize, &&str)| {
        let (indent, text) = text.strip_prefix('>').map_or((0.0, *text), |t| (2.0, t));
        let y = 80.0 + 20.0 * at as f64;
        let width: f64 = text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum();
        let x0 = 90.0 + indent * WIDTH;
        let bbox = Rect::new(x0, y, x0 + width * WIDTH, y + WIDTH);
        TextLine {
            text: text.to_owned(),
            sheet: None,
            place: Place { page: Some(1), bbox: Some(bbox), sheet_cell: None },
            size: WIDTH,
            tables_before: 0,
            running: false,
        }
    };
    texts.iter().enumerate().map(line).collect()
}

/// The amounts of a document of 2024, its tables marked as they contradict them.
fn figures(texts: &[&str], tables: &mut [Statement]) -> Vec<ProseFigure> {
    let narrative = read(&lines(texts), tables, Some(2024));
    for (table, factor) in narrative.contradicted {
        mark::unit_contradicted(&mut tables[table], factor, Witness::Narrative);
    }
    narrative.figures
}

fn said(texts: &[&str]) -> Vec<[String; 5]> {
    let found = figures(texts, &mut []);
    let period = |period: Option<Period>| period.map_or("", Period::as_str).to_owned();
    let row = |f: ProseFigure| {
        [f.subject, period(f.period), f.value_text, f.value.map(|v| v.to_string()).unwrap_or_default(), f.percent]
    };
    found.into_iter().map(row).collect()
}

#[test]
fn a_sentence_broken_by_the_page_is_one() {
    let found = figures(
        &[
            "一、收入预算情况说明",
            ">某某局2024年收入预算总计21,955.35万元，与上年相比增加3,95",
            "8.67万元，增长21.95%。主要原因是政策性调整因素包括工资改革等",
            "因素。",
            ">二、支出预算情况说明",
            ">某某局2024年支出预算总计21,955.35万元。",
        ],
        &mut [],
    );
    let values: Vec<&str> = found.iter().map(|f| f.value_text.as_str()).collect();
    assert_eq!(values, ["21,955.35", "3,958.67", "21,955.35"]);
    assert_eq!(found[1].sentence, "某某局2024年收入预算总计21,955.35万元，与上年相比增加3,958.67万元，增长21.95%。");
    assert_eq!(
        (found[0].section.as_str(), found[2].section.as_str()),
        ("一、收入预算情况说明", "二、支出预算情况说明")
    );
    assert_eq!(found[1].percent, "增长21.95%");
    assert_eq!(found[1].value, Some(Decimal::from(39_586_700)));
}

#[test]
fn a_share_behind_a_bracket_is_the_amounts_before_it() {
    let text = ">公务用车购置及运行费54.17万元（购置费18.00万元，运行费36.17万元），占89.86%。";
    let found = figures(&["三、“三公”经费情况说明", text], &mut []);
    let percents: Vec<&str> = found.iter().map(|f| f.percent.as_str()).collect();
    assert_eq!(percents, ["占89.86%", "", ""]);
}

#[test]
fn subjects_periods_and_percentages() {
    let cases: &[(&str, &[[&str; 5]])] = &[
        (
            "（一）收入预算：2024年年初预算总收入6,059,264.63元，其中：一般公共服务支出2,139,707元占35.3%、科学技术支出3,050,000元占50.3%。",
            &[
                ["年初预算总收入", "current", "6,059,264.63", "6059264.63", ""],
                ["一般公共服务支出", "current", "2,139,707", "2139707", "占35.3%"],
                ["科学技术支出", "current", "3,050,000", "3050000", "占50.3%"],
            ],
        ),
        (
            "公务接待费2.1万元，与上年持平；公务用车运行维护费8万元，较2023年减少1万元，下降11.1%。",
            &[
                ["公务接待费", "current", "2.1", "21000", ""],
                ["公务用车运行维护费", "current", "8", "80000", ""],
                ["公务用车运行维护费较2023年减少", "change", "1", "10000", "下降11.1%"],
            ],
        ),
        (
            "与上年相比，收、支总计各减少177.79万元，主要是一般公共预算财政拨款收入减少160元。",
            &[
                ["收、支总计各减少", "change", "177.79", "1777900", ""],
                ["一般公共预算财政拨款收入减少", "change", "160", "160", ""],
            ],
        ),
        (
            "(5)科学技术支出(类)科学技术普及(款)科普活动(项)2024年预算数为2,300,000元，2023年为2,100,000元。",
            &[
                ["科学技术支出(类)科学技术普及(款)科普活动(项)", "current", "2,300,000", "2300000", ""],
                ["科学技术支出(类)科学技术普及(款)科普活动(项)", "prior_year", "2,100,000", "2100000", ""],
            ],
        ),
        ("上年结转３．５亿元，共20元旦慰问。", &[["上年结转", "carryover", "３．５", "350000000", ""]]),
        ("财政拨款（不含基金-1.5万元）安排。", &[["不含基金", "current", "-1.5", "-15000", ""]]),
    ];
    let mut seen = 0;
    for (text, expected) in cases {
        let found = said(&[text]);
        assert_eq!(found, *expected, "{text}");
        seen += found.len();
    }
    assert_eq!(seen, 12);
}

fn table(kind: TableType, title: &str, cells: &[(&str, &str, &str)]) -> Statement {
    let facts = cells.iter().enumerate().map(|(at, (row, column, value))| {
        let mut fact = fact(at as u32 + 3, 2, column, value);
        (*row).clone_into(&mut fact.row_label);
        (*row).clone_into(&mut fact.row_path);
        fact.row_kind = if row.contains('计') { RowKind::Total } else { RowKind::Item };
        fact.column_kind = if *column == "合计" { ColumnKind::Total } else { ColumnKind::Item };
        fact.period = Some(Period::Current);
        fact
    });
    let mut table = statement(kind, facts.collect());
    title.clone_into(&mut table.title);
    table
}

#[test]
fn amount_and_words_must_both_fit() {
    let mut tables = [table(
        TableType::GeneralPublicExpenditure,
        "2024年一般公共预算支出情况表",
        &[
            ("合计", "合计", "377.60"),
            ("科普活动", "合计", "53.00"),
            ("合计", "基本支出", "324.60"),
            ("行政运行", "基本支出", "53.00"),
        ],
    )];
    let mut matched = |text: &str| {
        let found = figures(&[text], &mut tables);
        assert_eq!(found.len(), 1, "{text}");
        found[0].matched_row
    };
    assert_eq!(matched("科学技术支出（类）科学技术普及（款）科普活动（项）53万元。"), Some(4));
    assert_eq!(matched("科学技术支出（类）科学技术普及（款）行政运行（项）53万元。"), None);
    assert_eq!(matched("“科学技术支出-科学技术普及-科普活动”科目53万元。"), Some(4));
    assert_eq!(matched("科普活动收入53万元。"), None);
    assert_eq!(matched("办公设备购置53万元。"), None);
    assert_eq!(matched("基本支出324.6万元。"), Some(5));
    assert_eq!(matched("一般公共预算基本支出3,246,000元。"), Some(5));
    assert_eq!(matched("政府性基金基本支出324.6万元。"), None);
    assert_eq!(matched("一般公共预算支出377.6万元。"), Some(3));
    assert_eq!(matched("一般公共预算支出378万元。"), Some(3));
    assert_eq!(matched("一般公共预算支出378.0万元。"), None);
    assert_eq!(matched("一般公共预算支出较上年增加377.6万元。"), None);
    assert_eq!(matched("2023年一般公共预算支出377.6万元。"), None);
}

#[test]
fn a_table_that_the_narrative_contradicts_is_marked() {
    let cells = [("合计", "合计", "377.61"), ("科普活动", "合计", "53.17"), ("合计", "基本支出", "324.44")];
    let mut tables = [table(TableType::GeneralPublicExpenditure, "一般公共预算支出表", &cells)];
    let text = "一般公共预算支出377.61元，其中：基本支出324.44元，科普活动(项)53.17元。";
    let found = figures(&[text], &mut tables);
    assert!(found.iter().all(|f| f.matched_table_id.is_empty()));
    assert_eq!(tables[0].facts[0].alternative, Some(Decimal::new(37761, 2)));
    assert!(tables[0].facts.iter().all(|f| f.flags == [crate::model::vocabulary::FactFlag::UnitConflict]));
    let mut tables = [table(TableType::GeneralPublicExpenditure, "一般公共预算支出表", &cells)];
    figures(&["基本支出324.44元，会议费53.17元。"], &mut tables);
    assert!(tables[0].facts.iter().all(|f| f.alternative.is_none()));
}

#[test]
fn spent_and_budgeted_are_two_figures() {
    let cells = [("", "公务接待费/预算数", "2.85"), ("", "公务接待费/决算数", "2.85")];
    let mut made = table(TableType::ThreePublic, "“三公”经费支出决算表", &cells);
    for (at, fact) in made.facts.iter_mut().enumerate() {
        fact.row = 5;
        fact.col = at as u32 + 1;
        fact.phase = Some([crate::model::vocabulary::Phase::Approved, crate::model::vocabulary::Phase::Executed][at]);
    }
    let mut tables = [made];
    let text = "公务接待费支出2.85万元，公务接待费年初预算2.85万元，公务接待费支出决算2.85万元。";
    let found = figures(&[text], &mut tables);
    let cols: Vec<Option<u32>> = found.iter().map(|f| f.matched_col).collect();
    assert_eq!(cols, [Some(2), Some(1), Some(2)]);
}
