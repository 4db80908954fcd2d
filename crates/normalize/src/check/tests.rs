//! A document by hand: what is found in it when it is sound, and when one digit is wrong.

use crate::check::engine::run;
use crate::check::fixture::{fact, spending, statement, summary};
use crate::check::scene::Scene;
use crate::mark;
use crate::model::cell_ref::CellRef;
use crate::model::check::{Check, CheckStatus};
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Cause, FactFlag, Period, TableType};
use rust_decimal::Decimal;

fn named(id: &str, mut table: Statement) -> Statement {
    id.clone_into(&mut table.id);
    table
}

fn document() -> Vec<Statement> {
    vec![
        named("t01", spending(TableType::ExpenditureSummary)),
        named("t02", spending(TableType::GeneralPublicExpenditure)),
        named("t09", summary(TableType::RevenueExpenditureSummary)),
    ]
}

#[test]
fn a_sound_document_passes_everything() {
    let (skipped, checks): (Vec<Check>, Vec<Check>) =
        run(&Scene::new(&document(), &[], &[])).into_iter().partition(|c| c.status == CheckStatus::Skipped);
    assert!(checks.iter().all(|c| c.status == CheckStatus::Passed), "{checks:#?}");
    let open: Vec<&str> = skipped.iter().map(|c| c.rule.as_str()).collect();
    assert_eq!(open, ["B1", "B3", "B4", "B5"], "{skipped:#?}");
    let rules: std::collections::BTreeSet<&str> = checks.iter().map(|c| c.rule.as_str()).collect();
    assert_eq!(rules.into_iter().collect::<Vec<_>>(), ["A1", "A2", "A3", "A4", "B1", "B12", "B2"]);
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
            let name = CellRef::new(&id, one.row, one.col);
            let checks = run(&Scene::new(&damaged, &[], &[]));
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
    let checks = run(&Scene::new(&damaged, &[], &[]));
    let failed: Vec<&Check> = checks.iter().filter(|c| c.status == CheckStatus::Failed).collect();
    assert_eq!(failed.len(), 1, "{failed:#?}");
    assert_eq!((failed[0].rule.as_str(), failed[0].cause), ("B4", Some(Cause::Unit)));
}

#[test]
fn facts_of_a_failed_check_are_marked() {
    let mut damaged = document();
    damaged[2].facts[4].value = Some(Decimal::from(9_605_000));
    let checks = run(&Scene::new(&damaged, &[], &[]));
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
        let checks = run(&Scene::new(&tables, &[prose], &[]));
        let found: Vec<CheckStatus> = checks.iter().filter(|c| c.rule == "C2").map(|c| c.status).collect();
        found
    };
    assert_eq!(said("120.00"), [CheckStatus::Passed]);
    assert_eq!(said("120.01"), [CheckStatus::Rounding]);
    assert_eq!(said("130.00"), [CheckStatus::Failed]);
}
