//! A document by hand: what is found in it when it is sound, and when one digit is wrong.

use crate::check::engine::{Scene, run};
use crate::check::fixture::{fact, statement};
use crate::mark;
use crate::model::check::{Check, CheckStatus};
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, FactFlag, Period, RowKind, Side, TableType};
use rust_decimal::Decimal;

/// Rows `code|label|合计|基本支出|项目支出`.
const SPENDING: &[&str] = &[
    "|合计|360.50|240.30|120.20",
    "206|科学技术支出|300.00|200.00|100.00",
    "20607|科学技术普及|300.00|200.00|100.00",
    "2060701|机构运行|180.00|180.00|0.00",
    "2060702|科普活动|120.00|20.00|100.00",
    "208|社会保障和就业支出|60.50|40.30|20.20",
    "20805|行政事业单位养老支出|60.50|40.30|20.20",
    "2080501|行政单位离退休|20.30|20.30|0.00",
    "2080505|机关事业单位基本养老保险缴费支出|40.20|20.00|20.20",
];

fn spending(id: &str, kind: TableType) -> Statement {
    let paths = [("合计", ColumnKind::Total), ("基本支出", ColumnKind::Item), ("项目支出", ColumnKind::Item)];
    let mut facts = Vec::new();
    for (at, line) in SPENDING.iter().enumerate() {
        let cells: Vec<&str> = line.split('|').collect();
        for (col, ((path, column), value)) in paths.iter().zip(&cells[2..]).enumerate() {
            let mut one = fact(at as u32 + 2, col as u32 + 3, path, value);
            one.column_kind = *column;
            one.period = Some(Period::Current);
            cells[0].clone_into(&mut one.function.code);
            cells[1].clone_into(&mut one.row_label);
            cells[1].clone_into(&mut one.row_path);
            one.row_kind = if cells[0].is_empty() { RowKind::Total } else { RowKind::Item };
            one.additive = cells[0].len() == 7;
            facts.push(one);
        }
    }
    let mut found = statement(kind, facts);
    id.clone_into(&mut found.id);
    id.clone_into(&mut found.title);
    found
}

fn summary() -> Statement {
    let rows = [
        (Side::Revenue, "一、一般公共预算拨款收入", "360.50"),
        (Side::Revenue, "收入总计", "360.50"),
        (Side::Expenditure, "六、科学技术支出", "300.00"),
        (Side::Expenditure, "八、社会保障和就业支出", "60.50"),
        (Side::Expenditure, "支出总计", "360.50"),
    ];
    let make = |(at, (side, label, value)): (usize, (Side, &str, &str))| {
        let mut one = fact(at as u32 + 3, if side == Side::Revenue { 2 } else { 4 }, "预算数", value);
        one.side = Some(side);
        label.clone_into(&mut one.row_label);
        label.clone_into(&mut one.row_path);
        one.row_kind = crate::reading::label::kind(label);
        one
    };
    let mut found = statement(TableType::RevenueExpenditureSummary, rows.into_iter().enumerate().map(make).collect());
    "t09".clone_into(&mut found.id);
    found
}

fn document() -> Vec<Statement> {
    vec![
        spending("t01", TableType::ExpenditureSummary),
        spending("t02", TableType::GeneralPublicExpenditure),
        summary(),
    ]
}

#[test]
fn a_sound_document_passes_everything() {
    let (skipped, checks): (Vec<Check>, Vec<Check>) =
        run(&Scene { statements: &document(), prose: &[], paragraphs: &[] })
            .into_iter()
            .partition(|c| c.status == CheckStatus::Skipped);
    assert!(checks.iter().all(|c| c.status == CheckStatus::Passed), "{checks:#?}");
    let open: Vec<&str> = skipped.iter().map(|c| c.rule.as_str()).collect();
    assert_eq!(open, ["B1", "B3", "B4", "B5"], "{skipped:#?}");
    let rules: std::collections::BTreeSet<&str> = checks.iter().map(|c| c.rule.as_str()).collect();
    assert_eq!(rules.into_iter().collect::<Vec<_>>(), ["A1", "A2", "A3", "A4", "B1", "B2"]);
    assert!(checks.len() > 60, "{}", checks.len());
}

/// Every amount with a digit before its last one changed, one after the other.
#[test]
fn a_wrong_digit_is_noticed_and_its_cell_named() {
    let (mut tried, mut noticed, mut named) = (0, 0, 0);
    let sound = document();
    for table in 0..2 {
        for at in 0..sound[table].facts.len() {
            let mut damaged = sound.clone();
            let id = damaged[table].id.clone();
            let one = &mut damaged[table].facts[at];
            let Some(digit) = one.value_text.chars().next().filter(|c| *c != '0') else { continue };
            let other = if digit == '9' { '4' } else { '9' };
            one.value_text.replace_range(..1, &other.to_string());
            one.value = one.value_text.parse::<Decimal>().ok().map(|v| v * Decimal::from(10_000));
            let name = format!("{id}!R{}C{}", one.row, one.col);
            let checks = run(&Scene { statements: &damaged, prose: &[], paragraphs: &[] });
            let failed: Vec<&Check> = checks.iter().filter(|c| c.status == CheckStatus::Failed).collect();
            tried += 1;
            noticed += usize::from(!failed.is_empty());
            named += usize::from(failed.first().is_some_and(|c| c.suspects.iter().take(3).any(|s| *s == name)));
        }
    }
    assert_eq!((tried, noticed), (50, 50));
    assert!(named >= 48, "{named}");
}

#[test]
fn amounts_in_another_unit_are_told_as_such() {
    let mut damaged = document();
    for one in &mut damaged[1].facts {
        one.value = one.value.map(|v| v * Decimal::from(10_000));
    }
    let mut basic = statement(TableType::GeneralPublicBasicExpenditure, vec![fact(2, 2, "合计", "240.30")]);
    "t03".clone_into(&mut basic.id);
    damaged.push(basic);
    let checks = run(&Scene { statements: &damaged, prose: &[], paragraphs: &[] });
    let failed: Vec<&Check> = checks.iter().filter(|c| c.status == CheckStatus::Failed).collect();
    assert_eq!(failed.len(), 1, "{failed:#?}");
    assert_eq!((failed[0].rule.as_str(), failed[0].cause.as_str()), ("B4", "unit"));
}

#[test]
fn facts_of_a_failed_check_are_marked() {
    let mut damaged = document();
    damaged[2].facts[4].value = Some(Decimal::from(9_605_000));
    let checks = run(&Scene { statements: &damaged, prose: &[], paragraphs: &[] });
    mark::checks_failed(&mut damaged, &checks);
    let marked = |s: &Statement| s.facts.iter().filter(|f| f.flags.contains(&FactFlag::CheckFailed)).count();
    assert!(damaged[2].facts[4].flags.contains(&FactFlag::CheckFailed));
    assert_eq!(damaged[2].facts[0].flags, []);
    assert_eq!((marked(&damaged[0]), marked(&damaged[1])), (1, 0));
}

#[test]
fn the_narrative_is_held_against_the_item_that_it_names() {
    let said = |text: &str| {
        let prose = ProseFigure {
            page: Some(3),
            section: String::new(),
            sentence: String::new(),
            subject: "科学技术支出(类)科学技术普及(款)科普活动(项)".to_owned(),
            period: Some(Period::Current),
            value_text: text.to_owned(),
            unit: Some(crate::model::money::MoneyUnit::TenThousandYuan),
            value: text.parse::<Decimal>().ok().map(|v| v * Decimal::from(10_000)),
            percent: String::new(),
            matched_table_id: String::new(),
            matched_row: None,
            matched_col: None,
            matched_source: String::new(),
        };
        let mut tables = document();
        for one in tables.iter_mut().flat_map(|t| &mut t.facts).filter(|f| f.function.code.len() == 7) {
            one.row_path = format!("科学技术支出 / 科学技术普及 / {}", one.row_label);
        }
        let checks = run(&Scene { statements: &tables, prose: &[prose], paragraphs: &[] });
        let found: Vec<CheckStatus> = checks.iter().filter(|c| c.rule == "C2").map(|c| c.status).collect();
        found
    };
    assert_eq!(said("120.00"), [CheckStatus::Passed]);
    assert_eq!(said("120.01"), [CheckStatus::Rounding]);
    assert_eq!(said("130.00"), [CheckStatus::Failed]);
}
