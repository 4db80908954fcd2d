//! B1: the totals of 收支总表 are those of 收入总表 and 支出总表. In final accounts both are this year's sums (财决01表 = 财决03表,
//! 财决04表), in budgets they may hold the carry-over or not, as the header says or doesn't.

use crate::check::checker::{Checker, Run, Tie};
use crate::check::claim::{Claim, Figure};
use crate::check::line::{Line, lines};
use crate::check::scene::Tables;
use crate::check::source::FORMS;
use crate::check::tables::b10_final_accounts::B10;
use crate::check::tables::b10_final_accounts::rule_of;
use crate::check::tables::pick::{Wanted, any_of, grand, name};
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, Side, TableType};

/// 总表合计一致.
pub(crate) const B1: Rule = Rule {
    id: "B1",
    title: "总表合计一致",
    text: "收入总表、支出总表的合计等于收支总表的收入、支出合计",
    source: FORMS,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B1],
    runs: &[Run::Tables(claims)],
    ties: &[
        Tie {
            rule: B1,
            in_final_accounts: B10,
            tables: [TableType::RevenueExpenditureSummary, TableType::RevenueSummary],
            words: "收入总表的合计 = 收支总表的收入合计",
        },
        Tie {
            rule: B1,
            in_final_accounts: B10,
            tables: [TableType::RevenueExpenditureSummary, TableType::ExpenditureSummary],
            words: "支出总表的合计 = 收支总表的支出合计",
        },
    ],
    #[cfg(test)]
    example: tests::example,
};

fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let Some(summary) = tables.only(TableType::RevenueExpenditureSummary) else { return Vec::new() };
    let sides = [
        (Side::Revenue, TableType::RevenueSummary, "收入"),
        (Side::Expenditure, TableType::ExpenditureSummary, "支出"),
    ];
    let claim = |(side, wanted, word): (Side, TableType, &str)| {
        let detail = tables.only(wanted)?;
        let left = grand(detail, Wanted::Total)?;
        let words = format!("《{}》{word}合计 = 《{}》{word}合计", name(detail), name(summary));
        any_of(rule_of(tables, &B1), left, &closings(summary, side), &words)
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
fn total<'a>(line: &Line<'a>) -> Option<&'a Fact> {
    let totals: Vec<_> = line.figures.values().filter(|f| f.column_kind == ColumnKind::Total).copied().collect();
    let all: Vec<_> = line.figures.values().copied().collect();
    match (totals.as_slice(), all.as_slice()) {
        ([one], _) | ([], [one]) => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, summary, total, verdicts};
    use crate::model::check::CheckStatus;

    fn with(revenue: &str) -> Example {
        let whole = summary(TableType::RevenueExpenditureSummary);
        let lists = [(TableType::RevenueSummary, revenue), (TableType::ExpenditureSummary, "360.50")];
        Example::tables([whole].into_iter().chain(lists.map(|(kind, value)| total(kind, value))).collect())
    }

    pub(crate) fn example() -> Example {
        with("360.50")
    }

    #[test]
    fn the_summary_closes_with_the_totals_of_both_lists() {
        assert_eq!(verdicts(&CHECKER, &example()), [CheckStatus::Passed; 2]);
        assert_eq!(verdicts(&CHECKER, &with("361.50")), [CheckStatus::Failed, CheckStatus::Passed]);
    }
}
