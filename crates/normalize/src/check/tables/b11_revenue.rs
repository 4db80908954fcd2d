//! B11: what a document's summaries print for one kind of revenue is the same: 一般公共预算拨款收入 of 收支总表, of 财政拨款收支总表 and
//! of 收入总表 is one amount; so with 政府性基金 and 国有资本经营.
//!
//! The forms of 部门预算 and 部门决算 print this year's appropriation of each budget in all three tables; what was carried over
//! stands in rows of its own.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure};
use crate::check::line::{Line, lines};
use crate::check::scene::Tables;
use crate::check::source::FORMS;
use crate::check::tables::b10_final_accounts::rule_of;
use crate::check::tables::pick::name;
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, RowKind, Side, TableType};
use crate::reading::fold::{fold, has_any};

/// 各本预算收入一致.
pub(crate) const B11: Rule = Rule {
    id: "B11",
    title: "各本预算收入一致",
    text: "收支总表、财政拨款收支总表、收入总表中，一般公共预算、政府性基金、国有资本经营预算的本年收入各自相同，其下“其中：财政拨款”也相同；结转不比",
    source: FORMS,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B11],
    runs: &[Run::Tables(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// The budgets by the words that name them.
const BUDGETS: &[(&str, &[&str])] = &[
    ("一般公共预算收入", &["一般公共预算"]),
    ("政府性基金预算收入", &["政府性基金"]),
    ("国有资本经营预算收入", &["国有资本经营", "国有资本预算"]),
];

/// Words of money that is no appropriation of this year.
const OTHERS: &[&str] = &["结转", "结余", "上年", "专户", "其中", "事业", "附属", "上级"];

fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let Some(summary) = tables.only(TableType::RevenueExpenditureSummary) else { return Vec::new() };
    let fiscal = tables.only(TableType::FiscalAppropriationSummary);
    let list = tables.only(TableType::RevenueSummary);
    let mut claims = Vec::new();
    for (budget, words) in BUDGETS {
        let Some(left) = row(summary, words) else { continue };
        let rights = [fiscal.and_then(|s| row(s, words)), list.and_then(|s| column(s, words))];
        for right in rights.into_iter().flatten() {
            let words = format!("《{}》{budget} = 《{}》", name(summary), name(right.statement));
            claims.push(Claim::tie(rule_of(tables, &B11), left, right, words));
        }
        claims.extend(of_which_claims(tables, summary, words));
    }
    claims
}

/// 其中：财政拨款 below a budget's row is one amount in all summaries too.
fn of_which_claims<'a>(tables: &Tables<'a>, summary: &'a Statement, words: &[&str]) -> Vec<Claim<'a>> {
    let Some(left) = row_of_which(summary, words) else { return Vec::new() };
    let fiscal = tables.only(TableType::FiscalAppropriationSummary).and_then(|s| row_of_which(s, words));
    let list = tables.only(TableType::RevenueSummary).and_then(|s| column_of_which(s, words));
    let claim = |right: Figure<'a>| {
        let words = format!("《{}》{} = 《{}》", name(summary), left.fact.row_label.trim(), name(right.statement));
        Claim::tie(rule_of(tables, &B11), left, right, words)
    };
    fiscal.into_iter().chain(list).map(claim).collect()
}

/// The only row 其中：财政拨款 right below the budget's row.
fn row_of_which<'a>(statement: &'a Statement, words: &[&str]) -> Option<Figure<'a>> {
    let budget = row(statement, words)?;
    let path = format!("{} / ", budget.fact.row_path);
    let fits = |fact: &&Fact| fact.row_path.starts_with(&path) && is_appropriated(&fact.row_label);
    one(statement.facts.iter().filter(|fact| fact.col == budget.fact.col).filter(fits))
        .map(|fact| Figure { statement, fact })
}

/// The total row's only amount in a column 其中：财政拨款 of the budget.
fn column_of_which<'a>(statement: &'a Statement, words: &[&str]) -> Option<Figure<'a>> {
    let fits = |fact: &&Fact| {
        let (above, last) = fact.column_path.rsplit_once('/').unwrap_or_default();
        names(above, words) && is_appropriated(last)
    };
    one(grand_line(statement)?.figures.values().copied().filter(fits)).map(|fact| Figure { statement, fact })
}

fn is_appropriated(label: &str) -> bool {
    fold(label).trim_start_matches("其中").trim_start_matches(':') == "财政拨款"
}

/// What the summaries print for one kind of revenue, by the words of its name.
pub(crate) fn of_budget<'a>(tables: &Tables<'a>, words: &[&str]) -> Vec<Figure<'a>> {
    let rows = [TableType::RevenueExpenditureSummary, TableType::FiscalAppropriationSummary];
    let found = rows.iter().filter_map(|t| tables.only(*t)).filter_map(|s| row(s, words));
    found.chain(tables.only(TableType::RevenueSummary).and_then(|s| column(s, words))).collect()
}

fn names(text: &str, words: &[&str]) -> bool {
    let text = fold(text);
    has_any(&text, words) && !has_any(&text, OTHERS)
}

/// The one row of revenue that names the budget, with its amount of this year.
fn row<'a>(statement: &'a Statement, words: &[&str]) -> Option<Figure<'a>> {
    let lines = lines(statement, Some(Side::Revenue));
    let fits = |fact: &Fact| names(&fact.row_label, words) && !has_any(&fact.row_path, OTHERS);
    let mut found = lines
        .iter()
        .filter(|l| matches!(l.kind, RowKind::Item | RowKind::Subtotal) && l.figures.values().all(|f| fits(f)));
    let line = found.next().filter(|_| found.next().is_none())?;
    one(line.figures.values().copied()).map(|fact| Figure { statement, fact })
}

/// The total row's amount in the column that names the budget.
fn column<'a>(statement: &'a Statement, words: &[&str]) -> Option<Figure<'a>> {
    let fits = |fact: &&Fact| names(&fact.column_path, words);
    one(grand_line(statement)?.figures.values().copied().filter(fits)).map(|fact| Figure { statement, fact })
}

/// The only row of the whole table's totals.
fn grand_line(statement: &Statement) -> Option<Line<'_>> {
    let mut totals = lines(statement, None).into_iter().filter(|l| l.is_grand() && l.parent.is_none());
    let line = totals.next()?;
    totals.next().is_none().then_some(line)
}

/// The only amount of this year, or the sum among several.
fn one<'a>(facts: impl Iterator<Item = &'a Fact>) -> Option<&'a Fact> {
    let current: Vec<&Fact> = facts.filter(|f| f.may_be_current()).collect();
    let sums: Vec<&Fact> =
        current.iter().copied().filter(|f| matches!(f.column_kind, ColumnKind::Total | ColumnKind::Subtotal)).collect();
    match (current.as_slice(), sums.as_slice()) {
        ([only], _) | (_, [only]) => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, fact, statement, verdicts};
    use crate::model::check::CheckStatus;

    fn revenue(kind: TableType, rows: &[(&str, &str)]) -> Statement {
        let make = |(at, (path, value)): (usize, &(&str, &str))| {
            let mut one = fact(at as u32 + 3, 2, "预算数", value);
            one.side = Some(Side::Revenue);
            (*path).clone_into(&mut one.row_path);
            path.rsplit(" / ").next().unwrap_or_default().clone_into(&mut one.row_label);
            one.row_kind = crate::reading::label::kind(&fold(&one.row_label));
            one
        };
        statement(kind, rows.iter().enumerate().map(make).collect())
    }

    fn with(fiscal: &[(&str, &str)]) -> Example {
        let own = [("一、一般公共预算拨款收入", "9.00"), ("二、事业收入", "1.00")];
        let kinds = [TableType::RevenueExpenditureSummary, TableType::FiscalAppropriationSummary];
        Example::tables(vec![revenue(kinds[0], &own), revenue(kinds[1], fiscal)])
    }

    pub(crate) fn example() -> Example {
        with(&[("一、一般公共预算拨款", "9.00")])
    }

    #[test]
    fn what_is_appropriated_of_them_too() {
        let own = |value| [("一、一般公共预算", "9.00"), ("一、一般公共预算 / 其中：财政拨款", value)];
        let kinds = [TableType::RevenueExpenditureSummary, TableType::FiscalAppropriationSummary];
        let verdicts = |value| {
            verdicts(&CHECKER, &Example::tables(vec![revenue(kinds[0], &own("8.00")), revenue(kinds[1], &own(value))]))
        };
        assert_eq!(verdicts("8.00"), [CheckStatus::Passed; 2]);
        assert_eq!(verdicts("7.00"), [CheckStatus::Passed, CheckStatus::Failed]);
    }

    #[test]
    fn appropriations_are_the_same_in_all_summaries() {
        let verdicts = |fiscal: &[(&str, &str)]| verdicts(&CHECKER, &with(fiscal));
        let carried = ("二、上年结转 / （一）一般公共预算拨款", "3.00");
        assert_eq!(verdicts(&[("一、本年收入 / （一）一般公共预算拨款", "9.00"), carried]), [CheckStatus::Passed]);
        assert_eq!(verdicts(&[("一、一般公共预算财政拨款", "8.00")]), [CheckStatus::Failed]);
        assert!(verdicts(&[("一、一般公共预算拨款", "8.00"), ("三、一般公共预算补助", "2.00")]).is_empty(), "which?");
    }
}
