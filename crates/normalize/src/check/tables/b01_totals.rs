//! B1: the totals of 收支总表 are those of 收入总表 and 支出总表. In final accounts both are this year's sums (财决01表 = 财决03表,
//! 财决04表), in budgets they may hold the carry-over or not, as the header says or doesn't.

use crate::check::claim::{Claim, Figure};
use crate::check::line::{Line, lines};
use crate::check::tables::pick::{Tables, Wanted, any_of, grand, name};
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, Side, TableType};

pub(crate) fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let Some(summary) = tables.only(TableType::RevenueExpenditureSummary) else { return Vec::new() };
    let sides = [
        (Side::Revenue, TableType::RevenueSummary, "收入"),
        (Side::Expenditure, TableType::ExpenditureSummary, "支出"),
    ];
    let claim = |(side, wanted, word): (Side, TableType, &str)| {
        let detail = tables.only(wanted)?;
        let left = grand(detail, Wanted::Total)?;
        let words = format!("《{}》{word}合计 = 《{}》{word}合计", name(detail), name(summary));
        any_of(tables.rule("B1"), left, &closings(summary, side), &words)
    };
    sides.into_iter().filter_map(claim).collect()
}

/// The closing figures of a side: the grand total first, then this year's sum.
pub(crate) fn closings(statement: &Statement, side: Side) -> Vec<Figure<'_>> {
    let panels: &[Side] =
        if side == Side::Revenue { &[Side::Revenue] } else { &[Side::Expenditure, Side::ExpenditureByUse] };
    let mut found = Vec::new();
    for panel in panels {
        let lines = lines(statement, Some(*panel));
        let closing = lines.iter().filter(|l| l.is_grand()).chain(lines.iter().filter(|l| is_year_head(l)));
        for line in closing {
            found.extend(total(line).map(|fact| Figure { statement, fact }));
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// The rows of a side that are called 小计 or 合计 without standing under anything.
pub(crate) fn subtotals(statement: &Statement, side: Side) -> Vec<Figure<'_>> {
    let lines = lines(statement, Some(side));
    let named = lines.iter().filter(|l| l.parent.is_none() && matches!(l.name.as_str(), "小计" | "合计" | "本年小计"));
    named.filter_map(total).map(|fact| Figure { statement, fact }).collect()
}

/// 本年收入合计, or 一、本年收入 as the head of its kinds.
fn is_year_head(line: &Line<'_>) -> bool {
    line.is_this_year() || (line.name.starts_with("本年") && !line.is_carried() && line.parent.is_none())
}

/// The row's amount: its total column where it has several.
fn total<'a>(line: &Line<'a>) -> Option<&'a crate::model::fact::Fact> {
    let totals: Vec<_> = line.figures.values().filter(|f| f.column_kind == ColumnKind::Total).copied().collect();
    let all: Vec<_> = line.figures.values().copied().collect();
    match (totals.as_slice(), all.as_slice()) {
        ([one], _) | ([], [one]) => Some(one),
        _ => None,
    }
}
