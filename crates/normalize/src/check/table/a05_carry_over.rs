//! A5: what is carried over closes the year: 本年收入合计 + 上年结转 = 收入总计, 本年支出合计 + 结转下年 = 支出总计, and in a fund's
//! table 年初结转和结余 + 本年收入 = 本年支出 + 年末结转和结余.
//!
//! 《预算法》第四十二条, 第六十六条 and the forms of 部门决算 (财决01表, 财决09表).

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, Relation, holds};
use crate::check::line::{Line, lines, sides};
use crate::check::slip;
use crate::model::check::CheckScope;
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, RowKind, Side};
use crate::reading::fold::fold;
use std::collections::BTreeMap;

/// 结转关系.
pub(crate) const A5: Rule = Rule {
    id: "A5",
    title: "结转关系",
    text: "本年收入合计 + 上年结转等 = 收入总计；收入合计 + 上级补助等 = 收入总计；本年支出合计 + 结转下年 = 支出总计；年初结转 + 本年收入 = 本年支出 + 年末结转",
    source: "《预算法》第四十二条；财决01表、财决09表",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A5],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Both forms of the identity.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    let mut claims: Vec<Claim<'_>> =
        sides(statement).into_iter().flat_map(|side| closing_rows(statement, side)).collect();
    claims.extend(sides(statement).into_iter().flat_map(|side| balancing_rows(statement, side)));
    claims.extend(fund_rows(statement));
    claims
}

/// The rows between this year's sum and the grand total.
fn closing_rows(statement: &Statement, side: Option<Side>) -> Vec<Claim<'_>> {
    let lines = lines(statement, side);
    let years: Vec<usize> = positions(&lines, |l| l.is_this_year() && l.parent.is_none());
    let grands: Vec<usize> = positions(&lines, |l| l.is_grand() && l.parent.is_none());
    let ([year], [grand]) = (years.as_slice(), grands.as_slice()) else { return Vec::new() };
    // Some forms print the total first: what was carried over then stands below this year's sum, to the end.
    let end = if grand > year { *grand } else { lines.len() };
    let between = lines.get(*year + 1..end).unwrap_or_default();
    let carried: Vec<&Line<'_>> = between.iter().filter(|l| l.parent.is_none() && l.kind != RowKind::OfWhich).collect();
    if !carried.iter().all(|l| l.is_carried()) {
        return Vec::new();
    }
    // 使用非财政拨款结余 may be printed above this year's sum in some forms; a carried row there makes the sum unclear.
    if lines.iter().take(*year).any(|l| l.parent.is_none() && l.is_carried()) {
        return Vec::new();
    }
    let (Some(year), Some(grand)) = (lines.get(*year), lines.get(*grand)) else { return Vec::new() };
    let mut claims = Vec::new();
    for (col, fact) in &grand.figures {
        let Some(own) = year.figures.get(col).copied() else { continue };
        let terms: Vec<&Fact> =
            std::iter::once(own).chain(carried.iter().filter_map(|l| l.figures.get(col).copied())).collect();
        let words = terms.iter().map(|f| f.row_label.as_str()).collect::<Vec<_>>().join(" + ");
        let mut claim = Claim::sum(&A5, Figure { statement, fact }, &terms, "");
        claim.words = format!("{} = {words}", fact.row_label);
        claims.push(claim);
    }
    claims
}

/// 收入合计 + 上级补助收入 + 债务转贷收入 = 收入总计: what balances a government's year stands between both. Told where it holds, or where
/// one digit keeps it from holding: some forms list more than they add.
fn balancing_rows(statement: &Statement, side: Option<Side>) -> Vec<Claim<'_>> {
    let lines = lines(statement, side);
    // 结转下年 below 调出资金 is no part of it.
    let apart = |line: &Line<'_>| line.is_carried() && line.parent.is_some_and(|up| !lines[up].is_carried());
    let top = |at: &usize| {
        let line = &lines[*at];
        (line.parent.is_none() || apart(line)) && line.kind != RowKind::OfWhich
    };
    let tops: Vec<usize> = (0..lines.len()).filter(top).collect();
    let ends = |at: usize, word: &str| lines[at].name.trim_end_matches(':').ends_with(word);
    let Some(grand) = tops.iter().position(|at| lines[*at].is_grand() && ends(*at, "总计")) else {
        return Vec::new();
    };
    let is_sum = |at: usize| {
        let line = &lines[at];
        line.is_this_year() || line.is_budget_sum() || line.is_grand() && ends(at, "合计")
    };
    let Some(sum) = tops.iter().take(grand).position(|at| is_sum(*at)) else { return Vec::new() };
    let between = &tops[sum..grand];
    if between.len() < 2 || between.iter().skip(1).all(|at| lines[*at].is_carried()) {
        return Vec::new();
    }
    let total = &lines[tops[grand]];
    let mut claims: Vec<Claim<'_>> = Vec::new();
    for (col, fact) in &total.figures {
        let terms: Vec<&Fact> = between.iter().filter_map(|at| lines[*at].figures.get(col).copied()).collect();
        let words = terms.iter().map(|f| f.row_label.as_str()).collect::<Vec<_>>().join(" + ");
        let mut claim = Claim::sum(&A5, Figure { statement, fact }, &terms, "");
        claim.words = format!("{} = {words}", fact.row_label);
        claims.push(claim);
    }
    claims.into_iter().filter(|c| holds(c) || slip::is_all(&[c])).collect()
}

fn positions(lines: &[Line<'_>], wanted: impl Fn(&Line<'_>) -> bool) -> Vec<usize> {
    lines.iter().enumerate().filter(|(_, l)| wanted(l)).map(|(at, _)| at).collect()
}

/// What a column of a fund's table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Opening,
    Income,
    Spending,
    Closing,
}

fn part(fact: &Fact) -> Option<Part> {
    let path = fold(&fact.column_path);
    let starts = |word: &str| path.split('/').any(|s| s.starts_with(word));
    let named = [("年初结转", Part::Opening), ("年末结转", Part::Closing), ("本年收入", Part::Income)];
    if let Some((_, part)) = named.into_iter().find(|(word, _)| starts(word)) {
        return Some(part);
    }
    // Of several columns of spending the sum, else the only one.
    let whole = match fact.column_kind {
        ColumnKind::Total | ColumnKind::Subtotal => true,
        ColumnKind::Item => !path.contains("本年支出/"),
        ColumnKind::OfWhich => false,
    };
    (starts("本年支出") && whole).then_some(Part::Spending)
}

/// Opening and income against spending and closing, row by row.
fn fund_rows(statement: &Statement) -> Vec<Claim<'_>> {
    let mut rows: BTreeMap<u32, BTreeMap<Part, Vec<&Fact>>> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|f| f.side.is_none()) {
        if let Some(part) = part(fact) {
            rows.entry(fact.row).or_default().entry(part).or_default().push(fact);
        }
    }
    // The four columns must all be in the table; a blank cell in one row counts as nothing.
    let seen = |p: Part| rows.values().any(|r| r.contains_key(&p));
    let clear = rows.values().all(|r| r.values().all(|facts| facts.len() == 1));
    if !clear || ![Part::Opening, Part::Income, Part::Spending, Part::Closing].into_iter().all(seen) {
        return Vec::new();
    }
    rows.values().filter_map(|row| fund_row(statement, row)).collect()
}

fn fund_row<'a>(statement: &'a Statement, row: &BTreeMap<Part, Vec<&'a Fact>>) -> Option<Claim<'a>> {
    let side = |parts: [Part; 2]| -> Vec<Figure<'a>> {
        parts.iter().filter_map(|p| row.get(p)).flatten().map(|fact| Figure { statement, fact }).collect()
    };
    let (left, right) = (side([Part::Opening, Part::Income]), side([Part::Spending, Part::Closing]));
    let words = "年初结转和结余 + 本年收入 = 本年支出 + 年末结转和结余".to_owned();
    let claim = Claim { rule: &A5, scope: CheckScope::Table, left, right, relation: Relation::Equal, words };
    (!claim.left.is_empty() && !claim.right.is_empty()).then_some(claim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use crate::model::check::CheckStatus;
    use crate::model::vocabulary::TableType;

    fn table(rows: &[(&str, &str)]) -> Statement {
        let make = |(at, (label, value)): (usize, &(&str, &str))| {
            let mut fact = fact(at as u32 + 2, 2, "预算数", value);
            fact.side = Some(Side::Revenue);
            (*label).clone_into(&mut fact.row_label);
            (*label).clone_into(&mut fact.row_path);
            fact.row_kind = crate::reading::label::kind(label);
            fact
        };
        let facts = rows.iter().enumerate().map(make).collect();
        statement(TableType::RevenueExpenditureSummary, facts)
    }

    pub(crate) fn example() -> Example {
        Example::tables(vec![table(&[("本年收入合计", "7.00"), ("上年结转", "2.00"), ("收入总计", "9.00")])])
    }

    fn closing(rows: &[(&str, &str)]) -> Vec<CheckStatus> {
        checks_of(&table(rows), claims).iter().map(|c| c.status).collect()
    }

    #[test]
    fn the_year_and_what_is_carried_close() {
        let good = [("本年收入合计", "7.00"), ("上年结转", "2.00"), ("收入总计", "9.00")];
        assert_eq!(closing(&good), [CheckStatus::Passed]);
        let bad = [("本年收入合计", "7.00"), ("上年结转", "2.00"), ("收入总计", "9.50")];
        assert_eq!(closing(&bad), [CheckStatus::Failed]);
        let first = [("收入总计", "9.00"), ("一、本年收入合计", "7.00"), ("二、上年结转", "2.00")];
        assert_eq!(closing(&first), [CheckStatus::Passed]);
        let one_digit = [("本年收入合计", "7.00"), ("国有资本", "2.00"), ("收入总计", "9.50")];
        assert_eq!(closing(&one_digit), [CheckStatus::Failed]);
        let unclear = [("本年收入合计", "7.00"), ("国有资本", "2.00"), ("收入总计", "12.50")];
        assert!(closing(&unclear).is_empty());
    }

    #[test]
    fn a_funds_row_closes() {
        let row = |last: &str| {
            let heads = ["年初结转和结余", "本年收入", "本年支出/合计", "本年支出/基本支出", "年末结转和结余"];
            let values = ["1.00", "5.00", "4.00", "4.00", last];
            let make = |(at, (head, value)): (usize, (&&str, &&str))| {
                let mut fact = fact(4, at as u32 + 2, head, value);
                fact.column_kind = if head.ends_with("合计") { ColumnKind::Subtotal } else { ColumnKind::Item };
                fact
            };
            let facts = heads.iter().zip(&values).enumerate().map(make).collect();
            let table = statement(TableType::GovernmentFundExpenditure, facts);
            let status: Vec<CheckStatus> = checks_of(&table, claims).iter().map(|c| c.status).collect();
            status
        };
        assert_eq!(row("2.00"), [CheckStatus::Passed]);
        assert_eq!(row("3.00"), [CheckStatus::Failed]);
    }
}
