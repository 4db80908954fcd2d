//! Revenue, expenditure and what expenditure is made of: 收支总表, 收入总表, 支出总表, 财政拨款收支总表.

use super::offer::{BY_ROW, LESSER, Offer, candidates, is_carried, is_current, plain_label, whole_column, whole_rows};
use crate::model::fact::Fact;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, Concept, Fund, Nature, RowKind, Side, TableType};
use crate::reading::fold::{fold, has_any};

/// Labels of 财政拨款收入 as a whole.
const FISCAL: &[&str] =
    &["财政拨款", "财政拨款收入", "财政拨款资金", "财政拨款收入合计", "财政拨款小计", "财政拨款收入小计"];
/// Labels of what the year before left, as a whole.
const CARRIED_IN: &[&str] = &[
    "上年结转",
    "上年结转收入",
    "上年结转结余",
    "上年结转和结余",
    "上年结转资金",
    "上年结余",
    "上年结余结转",
    "上年结余收入",
    "年初结转和结余",
    "年初结转结余",
    "年初财政拨款结转和结余",
    "上年结转小计",
    "上年结转合计",
];
/// Labels of what is left for the next year, as a whole.
const CARRIED_OUT: &[&str] = &[
    "结转下年",
    "结转下年支出",
    "结转下年合计",
    "结转下年小计",
    "年末结转和结余",
    "年末结转结余",
    "年终结转结余",
    "年终结转和结余",
    "年终结转",
    "结转结余下年",
    "结余结转下年",
    "年末财政拨款结转和结余",
];

/// What expenditure is spent as, by the row's label.
const SPENT_AS: &[(&str, Concept)] = &[
    ("基本支出", Concept::Basic),
    ("项目支出", Concept::Project),
    ("人员经费", Concept::BasicPersonnel),
    ("人员支出", Concept::BasicPersonnel),
    ("人员经费支出", Concept::BasicPersonnel),
    ("公用经费", Concept::BasicPublic),
    ("公用支出", Concept::BasicPublic),
    ("日常公用经费", Concept::BasicPublic),
    ("日常公用支出", Concept::BasicPublic),
    ("公用经费支出", Concept::BasicPublic),
    ("日常公用经费支出", Concept::BasicPublic),
];

/// What the facts of a table of sums offer to state. In 决算 收入总表 and 支出总表 hold this year's money alone (财决公开02, 03表).
pub(super) fn offers(statement: &Statement, finals: bool) -> Vec<Offer> {
    let rows = whole_rows(statement);
    let carries = carries_over(statement);
    let read = |fact: &Fact| match statement.table_type {
        TableType::RevenueExpenditureSummary => side_by_side(fact),
        TableType::RevenueSummary => revenue(fact, rows.contains(&fact.row), finals),
        TableType::ExpenditureSummary => expenditure(fact, rows.contains(&fact.row), finals),
        TableType::FiscalAppropriationSummary => fiscal(fact, carries),
        TableType::DepartmentPerformance => form(fact),
        _ => None,
    };
    let offer = |(at, fact)| read(fact).map(|(concept, rank)| Offer { concept, rank, fact: at });
    candidates(statement).filter_map(offer).collect()
}

/// What the facts of a table of one budget offer. It is the whole body's only where the table's total is (see `mod.rs`).
pub(super) fn narrow_offers(statement: &Statement) -> Vec<Offer> {
    let rows = whole_rows(statement);
    let whole = |fact: &Fact| rows.contains(&fact.row) && is_current(fact) && fact.side.is_none();
    let read = |fact: &Fact| by_nature(fact).filter(|_| whole(fact)).map(|concept| (concept, 0));
    let offer = |(at, fact)| read(fact).map(|(concept, rank)| Offer { concept, rank, fact: at });
    candidates(statement).filter_map(offer).collect()
}

/// The fact with the total of a table of one budget.
pub(super) fn narrow_total(statement: &Statement) -> Option<&Fact> {
    let rows = whole_rows(statement);
    let whole = |f: &&Fact| rows.contains(&f.row) && is_current(f) && f.side.is_none();
    let all = candidates(statement).map(|(_, fact)| fact).filter(whole);
    let of_basic = statement.table_type == TableType::GeneralPublicBasicExpenditure;
    let all =
        all.filter(|f| matches!(f.nature, None | Some(Nature::Total)) || (of_basic && f.nature == Some(Nature::Basic)));
    all.filter_map(|fact| Some((whole_column(fact)?, fact))).min_by_key(|(rank, _)| *rank).map(|(_, fact)| fact)
}

/// A row of one side of 收支总表.
fn side_by_side(fact: &Fact) -> Option<(Concept, u8)> {
    let side = fact.side?;
    let label = plain_label(fact);
    let label = label.as_str();
    if side == Side::Revenue {
        let column = whole_column(fact)?;
        if let Some(carried) = carried(fact, label, CARRIED_IN, Concept::CarryoverIn) {
            return Some((carried, column));
        }
        if !is_current(fact) {
            return None;
        }
        return match total(label, "收入") {
            Some(rank) => Some((Concept::Revenue, rank + column)),
            None if is_this_year(label, "收入") => Some((Concept::RevenueCurrentYear, column)),
            None if FISCAL.contains(&label) && fact.row_kind != RowKind::OfWhich => {
                Some((Concept::RevenueFiscalAppropriation, column + level(fact)))
            }
            None => None,
        };
    }
    if let (Some(carried), Some(column)) =
        (carried(fact, label, CARRIED_OUT, Concept::CarryoverOut), whole_column(fact))
    {
        return Some((carried, column));
    }
    if !is_current(fact) {
        return None;
    }
    let total = total(label, "支出").or(is_this_year(label, "支出").then_some(2 * LESSER));
    match (total, by_nature(fact)) {
        (Some(rank), Some(concept)) => Some((concept, rank)),
        (Some(rank), None) if rank >= 2 * LESSER => Some((Concept::ExpenditureCurrentYear, whole_column(fact)?)),
        (Some(rank), None) => Some((Concept::Expenditure, rank + whole_column(fact)?)),
        (None, _) => spent_as(fact, label),
    }
}

/// The row of all in 收入总表.
fn revenue(fact: &Fact, is_whole: bool, finals: bool) -> Option<(Concept, u8)> {
    let label = plain_label(fact);
    if let (Some(carried), Some(column)) = (carried(fact, &label, CARRIED_IN, Concept::CarryoverIn), whole_column(fact))
    {
        return Some((carried, BY_ROW + column));
    }
    if !is_whole {
        return None;
    }
    let path = fold(&fact.column_path);
    let last = path.split('/').rev().find(|part| !matches!(*part, "合计" | "小计" | "总计"));
    if last.is_some_and(|last| CARRIED_IN.contains(&last)) && is_carried(fact) {
        return Some((Concept::CarryoverIn, 0));
    }
    if !is_current(fact) {
        return None;
    }
    if fact.fund == Some(Fund::FiscalAppropriation) && !path.contains("结转") {
        return Some((Concept::RevenueFiscalAppropriation, 0));
    }
    if !matches!(fact.fund, None | Some(Fund::Total)) {
        return None;
    }
    let column = whole_column(fact)?;
    let this_year = finals || has_any(&path, &["本年", "当年"]) || has_any(&label, &["本年", "当年"]);
    let concept = if this_year { Concept::RevenueCurrentYear } else { Concept::Revenue };
    Some((concept, column + lesser(&label)))
}

/// The row of all in 支出总表, or a row that says what is spent as.
fn expenditure(fact: &Fact, is_whole: bool, finals: bool) -> Option<(Concept, u8)> {
    let label = plain_label(fact);
    if let (Some(carried), Some(column)) =
        (carried(fact, &label, CARRIED_OUT, Concept::CarryoverOut), whole_column(fact))
    {
        return Some((carried, BY_ROW + column));
    }
    if fact.side.is_some() || !is_current(fact) || !matches!(fact.fund, None | Some(Fund::Total)) {
        return None;
    }
    if !is_whole {
        return spent_as(fact, &label).map(|(concept, rank)| (concept, BY_ROW + rank));
    }
    if let Some(concept) = by_nature(fact) {
        return Some((concept, lesser(&label)));
    }
    if !matches!(fact.nature, None | Some(Nature::Total)) {
        return None;
    }
    let column = whole_column(fact)?;
    let path = fold(&fact.column_path);
    let this_year = finals || has_any(&path, &["本年", "当年"]) || has_any(&label, &["本年", "当年"]);
    let concept = if this_year { Concept::ExpenditureCurrentYear } else { Concept::Expenditure };
    Some((concept, column + lesser(&label)))
}

/// The revenue side of 财政拨款收支总表: this year's; its last line only where nothing was carried over.
fn fiscal(fact: &Fact, carries: bool) -> Option<(Concept, u8)> {
    if fact.side != Some(Side::Revenue) || !is_current(fact) {
        return None;
    }
    let label = plain_label(fact);
    let column = whole_column(fact)?;
    if is_this_year(&label, "收入") {
        return Some((Concept::RevenueFiscalAppropriation, column));
    }
    let rank = total(&label, "收入").filter(|_| !carries)?;
    Some((Concept::RevenueFiscalAppropriation, LESSER + rank + column))
}

/// The lines of a performance form on the body's money.
fn form(fact: &Fact) -> Option<(Concept, u8)> {
    let label = plain_label(fact);
    let own = is_current(fact) && fact.column_path.is_empty();
    spent_as(fact, &label).filter(|(concept, _)| own && matches!(concept, Concept::Basic | Concept::Project))
}

/// Whether money of the year before comes in on the revenue side.
fn carries_over(statement: &Statement) -> bool {
    statement.facts.iter().any(|fact| {
        fact.side == Some(Side::Revenue)
            && fact.row_label.contains("结转")
            && !fact.value.is_some_and(|value| value.is_zero())
    })
}

/// The last line of a side: 总计 wherever printed, a plain 合计 only where no 总计 is.
fn total(label: &str, side: &str) -> Option<u8> {
    let named =
        |end: &str| label == end || label.strip_prefix(side) == Some(end) || label == format!("部门{side}{end}");
    if named("总计") {
        return Some(0);
    }
    (named("合计") || named("共计")).then_some(LESSER)
}

fn lesser(label: &str) -> u8 {
    if label.ends_with("总计") || label.is_empty() { 0 } else { LESSER }
}

/// 本年收入合计, 当年支出小计, 一、本年收入.
fn is_this_year(label: &str, side: &str) -> bool {
    let rest = label.strip_prefix("本年").or_else(|| label.strip_prefix("当年"));
    let rest = rest.and_then(|rest| rest.strip_prefix(side));
    rest.is_some_and(|rest| matches!(rest, "" | "合计" | "小计" | "总计"))
}

fn carried(fact: &Fact, label: &str, labels: &[&str], concept: Concept) -> Option<Concept> {
    let own = labels.contains(&label) && is_carried(fact) && fact.row_kind != RowKind::OfWhich;
    (own && fact.row_level <= 1).then_some(concept)
}

/// What the row's label says that is spent as, where its column holds all the money.
fn spent_as(fact: &Fact, label: &str) -> Option<(Concept, u8)> {
    let label = ["合计", "小计"].iter().find_map(|end| label.strip_suffix(end)).unwrap_or(label);
    let (_, concept) = SPENT_AS.iter().find(|(name, _)| *name == label)?;
    let in_part = matches!(concept, Concept::BasicPersonnel | Concept::BasicPublic);
    let deepest = if in_part { 2 } else { 1 };
    // Below 本年支出 everything stands one step deeper.
    let inside = u32::from(fact.row_path.starts_with("一、本年支出") || fact.row_path.starts_with("本年支出"));
    let column = whole_column_of_nature(fact)?;
    (fact.row_kind != RowKind::OfWhich && fact.row_level <= deepest + inside).then(|| (*concept, column + level(fact)))
}

/// How well a column fits whose row says what the money is spent as: the nature in the fact is then the row's.
fn whole_column_of_nature(fact: &Fact) -> Option<u8> {
    let bare = Fact { nature: None, ..fact.clone() };
    whole_column(&bare)
}

/// What the column says that is spent as.
fn by_nature(fact: &Fact) -> Option<Concept> {
    if fact.column_kind == ColumnKind::OfWhich {
        return None;
    }
    match fact.nature? {
        Nature::Basic => Some(Concept::Basic),
        Nature::Personnel => Some(Concept::BasicPersonnel),
        Nature::Public => Some(Concept::BasicPublic),
        Nature::Project => Some(Concept::Project),
        _ => None,
    }
}

fn level(fact: &Fact) -> u8 {
    u8::try_from(fact.row_level.saturating_sub(1)).unwrap_or(LESSER).min(LESSER - 3)
}
