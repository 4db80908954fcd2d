//! The key figures of a whole government's books.

use super::offer::{LESSER, Offer, candidates, is_current, plain_label, whole_column, whole_rows};
use crate::model::fact::Fact;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Concept, Side, TableType};
use crate::reading::fold::{fold, has_any};
use std::collections::BTreeSet;

/// What the facts of a table of a government's book offer to state.
pub(super) fn offers(statement: &Statement) -> Vec<Offer> {
    let rows = whole_rows(statement);
    let with_transfers = has_transfers(statement);
    let title = fold(&statement.title);
    let only = statement.facts.iter().map(|fact| fact.row).collect::<BTreeSet<u32>>().len() == 1;
    let read = |fact: &Fact| {
        let label = label(fact, statement.table_type);
        match statement.table_type {
            TableType::GovernmentRevenue => {
                taxes(fact, &label).or_else(|| general(fact, &label, "收入", with_transfers))
            }
            TableType::GeneralPublicExpenditure => general(fact, &label, "支出", with_transfers),
            TableType::GovernmentBalance => taxes(fact, &label).or_else(|| balance(fact, &label)),
            TableType::TransferPayments => transfers(fact, &label, &rows, &title),
            TableType::GovernmentFundRevenue => whole(fact, &label, "收入", Concept::FundRevenue),
            TableType::GovernmentFundExpenditure => whole(fact, &label, "支出", Concept::FundExpenditure),
            TableType::StateCapitalRevenue => whole(fact, &label, "收入", Concept::StateCapitalRevenue),
            TableType::StateCapitalExpenditure => whole(fact, &label, "支出", Concept::StateCapitalExpenditure),
            TableType::SocialInsuranceFund => insurance(fact, &label, &title),
            TableType::GovernmentDebt => debt(fact, &label, &rows, only),
            _ => None,
        }
    };
    let current = candidates(statement).filter(|(_, fact)| is_current(fact));
    let offer = |(at, fact): (usize, &Fact)| read(fact).map(|(concept, rank)| Offer { concept, rank, fact: at });
    current.filter_map(offer).collect()
}

/// The label without the words that only repeat the title: in a table of the general budget 一般公共预算收入合计 is 收入合计, while
/// 国有资本经营收入 is one of its items.
fn label(fact: &Fact, table_type: TableType) -> String {
    let budget = match table_type {
        TableType::GovernmentFundRevenue | TableType::GovernmentFundExpenditure => "政府性基金",
        TableType::StateCapitalRevenue | TableType::StateCapitalExpenditure => "国有资本经营",
        TableType::SocialInsuranceFund => "社会保险基金",
        _ => "一般公共预算",
    };
    let label = plain_label(fact);
    let mut rest = label.as_str();
    for word in ["地方", "全市", "全省", "全县", "全区", "全州", budget, "预算", "本年"] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.to_owned()
}

/// Whether a label, so shortened, is that of the row of all.
fn is_all(label: &str) -> bool {
    matches!(label, "合计" | "总计" | "共计")
}

/// 收入合计, 收入总计, 合计: whether the label means all of a side, and the plain sum (1) or the last line (0) of it.
fn sum(label: &str, side: &str) -> Option<u8> {
    let rest = label.strip_prefix(side).unwrap_or(label);
    match rest {
        "总计" => Some(0),
        // Nothing behind the side: 一般公共预算收入 as a row of its own.
        "合计" | "共计" | "" => Some(1),
        _ => None,
    }
}

/// Whether the label names no budget and no year: 收入合计, not 一般公共预算收入合计 nor 本年收入合计.
fn is_bare(fact: &Fact) -> bool {
    matches!(plain_label(fact).as_str(), "合计" | "收入合计" | "支出合计")
}

/// Whether transfers, debt or what was carried over are lines of the same table.
fn has_transfers(statement: &Statement) -> bool {
    statement.facts.iter().any(|fact| {
        fact.row_level <= 1
            && has_any(&plain_label(fact), &["转移性", "上级补助", "债务转贷", "债务收入", "调入", "上解", "补助下级"])
    })
}

fn taxes(fact: &Fact, label: &str) -> Option<(Concept, u8)> {
    let label = ["合计", "小计"].iter().find_map(|end| label.strip_suffix(end)).unwrap_or(label);
    let concept = match label {
        "税收收入" => Concept::TaxRevenue,
        "非税收入" => Concept::NonTaxRevenue,
        _ => return None,
    };
    (fact.row_level <= 2).then(|| whole_column(fact)).flatten().map(|column| (concept, column))
}

/// 一般公共预算收入合计 is what a year brings in; 收入总计 counts transfers, debt and what was carried over too.
fn general(fact: &Fact, label: &str, side: &str, with_transfers: bool) -> Option<(Concept, u8)> {
    let column = whole_column(fact).filter(|_| fact.row_level <= 1)?;
    // 收入合计 below 转移性收入 counts that too.
    let all =
        with_transfers && fact.row_level <= 1 && matches!(label, "合计" | "收入合计" | "支出合计") && is_bare(fact);
    let concept = match (if all { 0 } else { sum(label, side)? }, side) {
        (0, "收入") => Concept::Revenue,
        (0, _) => Concept::Expenditure,
        (_, "收入") => Concept::RevenueCurrentYear,
        _ => Concept::ExpenditureCurrentYear,
    };
    Some((concept, column))
}

fn balance(fact: &Fact, label: &str) -> Option<(Concept, u8)> {
    let word = if fact.side == Some(Side::Revenue) { "收入" } else { "支出" };
    let word = if label.starts_with("收入") { "收入" } else { word };
    let column = whole_column(fact)?;
    match (sum(label, word), label) {
        (Some(0), _) => Some((if word == "收入" { Concept::Revenue } else { Concept::Expenditure }, column)),
        (_, "上级补助收入" | "转移支付收入" | "上级转移支付收入") => {
            Some((Concept::TransfersReceived, column))
        }
        (_, "补助下级支出" | "对下转移支付" | "对下级转移支付支出") => {
            Some((Concept::TransfersPaid, column))
        }
        _ => None,
    }
}

/// All that is paid to the governments below: a table of 一般性转移支付 or 专项转移支付 alone is a part of it.
fn transfers(fact: &Fact, label: &str, rows: &BTreeSet<u32>, title: &str) -> Option<(Concept, u8)> {
    let paid = has_any(title, &["对下", "市对", "省对", "对各", "对区", "对县", "补助下级"]);
    let part = has_any(title, &["一般性", "专项", "均衡性"]) || !title.contains("转移支付");
    let column = whole_column(fact).filter(|_| paid && !part && rows.contains(&fact.row) && is_all(label))?;
    Some((Concept::TransfersPaid, column))
}

fn whole(fact: &Fact, label: &str, side: &str, concept: Concept) -> Option<(Concept, u8)> {
    let column = whole_column(fact).filter(|_| fact.row_level <= 1)?;
    // 总计 counts what was carried over and moved in too.
    let rank = match sum(label, side)? {
        0 => LESSER,
        _ => 0,
    };
    Some((concept, rank + column))
}

fn insurance(fact: &Fact, label: &str, title: &str) -> Option<(Concept, u8)> {
    let path = fold(&fact.column_path);
    let says = |word: &str| path.contains(word) || label.contains(word);
    let only = |word: &str, other: &str| title.contains(word) && !title.contains(other) && !title.contains("收支");
    let all = matches!(label, "合计" | "总计" | "收入合计" | "支出合计" | "收入" | "支出" | "收入总计" | "支出总计");
    if !all || fact.row_level > 1 || has_any(&path, &["结余", "结存"]) {
        return None;
    }
    let column = whole_column(fact).or_else(|| (says("收入") || says("支出")).then_some(3))?;
    match (says("收入") || only("收入", "支出"), says("支出") || only("支出", "收入")) {
        (true, false) => Some((Concept::SocialInsuranceRevenue, column)),
        (false, true) => Some((Concept::SocialInsuranceExpenditure, column)),
        _ => None,
    }
}

/// The whole debt: 一般债务 and 专项债务 are its parts.
fn debt(fact: &Fact, label: &str, rows: &BTreeSet<u32>, only: bool) -> Option<(Concept, u8)> {
    let path = fold(&fact.column_path);
    let part = |text: &str| has_any(text, &["一般", "专项", "新增", "上年", "年初"]);
    if part(&path) || part(label) {
        return None;
    }
    let of = |text: &str| match (text.contains("限额"), text.contains("余额")) {
        (true, false) => Some(Concept::DebtLimit),
        (false, true) => Some(Concept::DebtBalance),
        _ => None,
    };
    if let Some(concept) = of(&path) {
        // One place alone has one row, called by its name.
        return (rows.contains(&fact.row) && (is_all(label) || only)).then_some((concept, 0));
    }
    let concept = of(label).filter(|_| fact.row_level <= 1)?;
    whole_column(fact).map(|column| (concept, column))
}
