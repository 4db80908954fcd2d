//! What a fact offers to state, and how its row and column fit: only the whole body's figure counts.

use crate::model::fact::Fact;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, Concept, Period, RowKind};
use crate::reading::fold::{fold, has_any};
use crate::reading::label::bare;
use crate::reading::words::{PLAIN_PARTS, STAGES};
use crate::reading::year;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A fact that may state a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) concept: Concept,
    /// The lower the better it fits.
    pub(super) rank: u8,
    /// Index of the fact in its statement.
    pub(super) fact: usize,
}

/// A total by a lesser name: 合计 where the form has 总计 too.
pub(super) const LESSER: u8 = 10;
/// A figure that is named by its row in a table whose columns name it elsewhere.
pub(super) const BY_ROW: u8 = 20;

/// The facts of a table that may state something of this year, with their places in the statement.
pub(super) fn candidates(statement: &Statement) -> impl Iterator<Item = (usize, &Fact)> {
    statement.facts.iter().enumerate().filter(|(_, fact)| {
        fact.value.is_some() && !compares(&fact.column_path) && fact.column_kind != ColumnKind::OfWhich
    })
}

/// Whether the figure is this year's, or nothing says of which year it is.
pub(super) fn is_current(fact: &Fact) -> bool {
    fact.may_be_current()
}

/// Whether the figure is what was left of the year before, or what is left for the next.
pub(super) fn is_carried(fact: &Fact) -> bool {
    fact.may_be_current()
        || matches!(fact.period, Some(Period::Carryover | Period::PriorYearCarryover | Period::CarriedForward))
}

fn compares(path: &str) -> bool {
    has_any(&fold(path), &["增减", "增长", "比上年", "比例", "占比", "完成", "变动", "为预算", "为上年"])
}

/// The label without list numbers, colon and what is added in brackets.
pub(super) fn plain_label(fact: &Fact) -> String {
    let label = fold(&fact.row_label);
    let label = bare(&label).trim_end_matches(':');
    match label.split_once('(') {
        Some((head, _)) if head.chars().count() > 1 => head.to_owned(),
        _ => label.to_owned(),
    }
}

/// How well a column fits that is to hold all the money: its total, a column that says only stage or year, or the only one.
pub(super) fn whole_column(fact: &Fact) -> Option<u8> {
    match fact.column_kind {
        ColumnKind::Total => Some(0),
        ColumnKind::Item | ColumnKind::Subtotal if is_plain(&fact.column_path) => Some(1),
        ColumnKind::Item if fact.fund.is_none() && fact.nature.is_none() => Some(2),
        _ => None,
    }
}

/// The rows of a table that count all of it: the totals; else the only row; else a first row that the others add up to.
pub(super) fn whole_rows(statement: &Statement) -> BTreeSet<u32> {
    let own = || statement.facts.iter().filter(|fact| fact.side.is_none());
    let totals = || own().filter(|fact| fact.row_kind == RowKind::Total && is_top(fact));
    // 区县合计 and 工资福利支出合计 are totals of a part.
    let plain: BTreeSet<u32> = totals().filter(|fact| is_plain_total(fact)).map(|fact| fact.row).collect();
    if !plain.is_empty() {
        return plain;
    }
    let totals: BTreeSet<u32> = totals().map(|fact| fact.row).collect();
    if !totals.is_empty() {
        return totals;
    }
    let rows: BTreeSet<u32> = own().map(|fact| fact.row).collect();
    // 2023年, 2024年 below 年度: each row is the whole of its year.
    let years = own().all(|fact| year::of_label(&plain_label(fact)).is_some());
    if rows.len() == 1 || years {
        return rows;
    }
    rows.first().filter(|row| is_sum_of_others(own(), **row)).into_iter().copied().collect()
}

/// 合计, 支出总计, 本年收入合计, 全市合计.
fn is_plain_total(fact: &Fact) -> bool {
    let label = plain_label(fact);
    let mut rest = label.as_str();
    for word in ["部门", "单位", "全市", "全省", "全县", "全区", "全州", "本年", "当年", "收入", "支出", "预算", "决算"]
    {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    matches!(rest, "合计" | "总计" | "共计" | "合计数" | "总计数")
}

fn is_top(fact: &Fact) -> bool {
    fact.row_level <= 1 || !fact.row_path.contains(" / ")
}

/// Whether in every column the row is what the additive rows add up to.
fn is_sum_of_others<'a>(facts: impl Iterator<Item = &'a Fact>, row: u32) -> bool {
    let mut sums: BTreeMap<u32, Decimal> = BTreeMap::new();
    let mut own: Vec<&Fact> = Vec::new();
    for fact in facts {
        if fact.row == row {
            own.push(fact);
        } else if let (true, Some(value)) = (fact.additive, fact.value) {
            *sums.entry(fact.col).or_default() += value;
        }
    }
    own.iter().all(|fact| !fact.additive && fact.value == sums.get(&fact.col).copied())
}

/// Whether a header path says nothing but stage, year or side.
pub(super) fn is_plain(path: &str) -> bool {
    fold(path).split('/').all(|part| {
        is_plain_part(part)
            || matches!(
                part,
                "收入"
                    | "支出"
                    | "资金来源"
                    | "资金性质"
                    | "本年收入"
                    | "本年支出"
                    | "收入预算"
                    | "支出预算"
                    | "收入决算"
                    | "支出决算"
            )
    })
}

/// Words of a header that don't say what is counted.
pub(super) fn is_plain_part(part: &str) -> bool {
    let part = part.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('年').trim_start_matches("度");
    let plain = |part: &str| PLAIN_PARTS.has(part) || STAGES.has(part);
    part.is_empty() || plain(part) || part.split_once('(').is_some_and(|(head, _)| plain(head))
}

/// The last part of a header path or a label that says more than 合计 or 预算数.
pub(super) fn telling_part(folded: &str) -> Option<&str> {
    folded.split('/').rev().find(|part| !is_plain_part(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_headers_say_nothing_of_their_own() {
        for path in ["收入/金额", "支出/预算数", "合计", "2024年预算数/小计", "本年收入/合计", "2024年度/决算数"]
        {
            assert!(is_plain(path), "{path}");
        }
        assert!(!is_plain("收入/其中：财政拨款"));
    }
}
