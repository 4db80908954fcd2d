//! A1: within a row, a total column is the sum of its group's columns (合计 = 基本支出 + 项目支出).
//!
//! The header tree says which columns belong together: all that share the total's path up to its last part. Some headers
//! print a total beside columns that it doesn't hold (机关运行经费 beside 三公经费合计; last year's figures), so a group is
//! claimed only when at least half of its rows agree, or when it is split exactly as the budget law's forms split spending.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, holds};
use crate::check::policy::Policy;
use crate::check::source::FORMS;
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, Side, TableType};
use crate::reading::unit;
use std::collections::BTreeMap;

/// 行内合计.
pub(crate) const A1: Rule = Rule {
    id: "A1",
    title: "行内合计",
    text: "同一行里，合计栏等于表头归在它名下各栏之和，如 合计 = 基本支出 + 项目支出；其余各栏空白时等于有数的那一栏；“其中”栏不加",
    source: FORMS,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A1],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Parts of spending as the forms of 部门预算 and 部门决算 name them; together they are all spending.
const SPENDING: &[&str] = &[
    "基本支出",
    "项目支出",
    "上缴上级支出",
    "经营支出",
    "事业单位经营支出",
    "对附属单位补助支出",
    "单位预留机动经费",
    "结转下年资金",
];

/// Where a form's money comes from, and the words of which one takes all that is left: together they are all of it.
const SOURCES: &[&str] =
    &["财政拨款", "财政资金", "财政性资金", "一般公共预算", "政府性基金", "国有资本经营预算", "上年结转"];
const OTHER_SOURCES: &[&str] = &["其他资金", "单位资金", "其他来源", "自有资金", "自筹资金", "其他"];

/// What a government owes, by kind of bond or debt: together it is all of it.
const DEBT: &[&str] = &["一般债务", "专项债务", "一般债券", "专项债券"];

/// Rows that must agree before a total is held for that of the one column beside it which isn't blank.
const MOST_BLANK: usize = 2;

/// A column: its place and its header path.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    col: u32,
    path: Vec<String>,
    of_which: bool,
}

/// A total column with the columns that make it up.
struct Group {
    total: Column,
    parts: Vec<Column>,
}

/// Every total column of the table.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    if matches!(statement.table_type, TableType::ThreePublic | TableType::GovernmentFundThreePublic) {
        return Vec::new();
    }
    let mut sides: Vec<Option<Side>> = statement.facts.iter().map(|f| f.side).collect();
    sides.sort_unstable();
    sides.dedup();
    sides.into_iter().flat_map(|side| side_checks(statement, side)).collect()
}

/// One panel of the table (or the whole of it).
fn side_checks(statement: &Statement, side: Option<Side>) -> Vec<Claim<'_>> {
    let facts: Vec<&Fact> = statement.facts.iter().filter(|f| f.side == side).collect();
    let columns = columns(&facts);
    let mut rows: BTreeMap<u32, BTreeMap<u32, &Fact>> = BTreeMap::new();
    for fact in &facts {
        rows.entry(fact.row).or_default().insert(fact.col, fact);
    }
    columns.iter().filter_map(|c| group(c, &columns)).flat_map(|g| group_checks(statement, &g, &rows)).collect()
}

/// The panel's columns from left to right.
fn columns(facts: &[&Fact]) -> Vec<Column> {
    let mut found: BTreeMap<u32, Column> = BTreeMap::new();
    for fact in facts {
        found.entry(fact.col).or_insert_with(|| {
            let path: Vec<String> = fact.column_path.split('/').filter(|s| !s.is_empty()).map(str::to_owned).collect();
            let of_which = fact.column_kind == ColumnKind::OfWhich || path.iter().any(|s| s.starts_with("其中"));
            Column { col: fact.col, path, of_which }
        });
    }
    found.into_values().collect()
}

/// Whether a header word names a total of its group.
fn is_total(word: &str) -> bool {
    matches!(word, "合计" | "小计" | "总计" | "共计")
        || ((word.ends_with("合计") || word.ends_with("总额")) && word.chars().count() <= 8)
}

/// 单位小计, merged over a body's projects: it adds up rows and not columns.
fn is_bodys_subtotal(word: &str) -> bool {
    ["单位", "部门", "处室", "科室"].iter().any(|body| word.strip_prefix(body).is_some_and(is_total))
}

/// The columns that a total column sums: of every child of its group the child's own total, or else all its leaves.
fn group(total: &Column, columns: &[Column]) -> Option<Group> {
    let (last, prefix) = total.path.split_last().filter(|(last, _)| is_total(last) && !total.of_which)?;
    let inside: Vec<&Column> = columns
        .iter()
        .filter(|c| c.col != total.col && !c.of_which && c.path.len() > prefix.len() && c.path.starts_with(prefix))
        .filter(|c| !c.path.last().is_some_and(|word| is_bodys_subtotal(word)))
        .collect();
    if inside.iter().any(|c| c.path.len() == prefix.len() + 1 && c.path.last().is_some_and(|w| is_total(w))) {
        return None;
    }
    let mut parts: Vec<Column> = Vec::new();
    let mut children: Vec<&str> = Vec::new();
    for column in &inside {
        let child = column.path.get(prefix.len())?;
        if child == last || children.contains(&child.as_str()) {
            continue;
        }
        children.push(child);
        parts.extend(child_columns(&inside, prefix.len(), child));
    }
    (!children.is_empty()).then(|| Group { total: total.clone(), parts })
}

/// A child's own total where it has one, else its leaves.
fn child_columns(inside: &[&Column], depth: usize, child: &str) -> Vec<Column> {
    let own: Vec<&&Column> = inside.iter().filter(|c| c.path.get(depth).is_some_and(|s| s == child)).collect();
    let total = own.iter().find(|c| c.path.len() == depth + 2 && c.path.last().is_some_and(|w| is_total(w)));
    match total {
        Some(total) => vec![(**total).clone()],
        None => own.iter().filter(|c| !c.path.last().is_some_and(|w| is_total(w))).map(|c| (**c).clone()).collect(),
    }
}

/// Tries a group in every row; the group counts only where the rows bear it out.
fn group_checks<'a>(
    statement: &'a Statement,
    group: &Group,
    rows: &BTreeMap<u32, BTreeMap<u32, &'a Fact>>,
) -> Vec<Claim<'a>> {
    let words = words(group);
    let mut claims = Vec::new();
    for row in rows.values() {
        let terms: Vec<&Fact> = group.parts.iter().filter_map(|p| row.get(&p.col).copied()).collect();
        let Some(fact) = row.get(&group.total.col).filter(|_| !terms.is_empty()) else { continue };
        claims.push(Claim::sum(&A1, Figure { statement, fact }, &terms, &words));
    }
    let holding = claims.iter().filter(|c| holds(c)).count();
    if group.parts.len() == 1 && holding < MOST_BLANK {
        return Vec::new();
    }
    let spending = group.parts.iter().all(|p| SPENDING.iter().any(|s| p.path.iter().any(|w| w == s)))
        && ["基本支出", "项目支出"].iter().all(|s| group.parts.iter().any(|p| p.path.iter().any(|w| w == s)));
    if spending || is_all_sources(group) || is_all_debt(group) || Policy::Half.is_met(holding, claims.len()) {
        claims
    } else {
        Vec::new()
    }
}

/// Whether the parts are sources of money, one of them for all others.
fn is_all_sources(group: &Group) -> bool {
    let last = |part: &Column| part.path.last().map(|word| unit::strip(word)).unwrap_or_default();
    let names: Vec<String> = group.parts.iter().map(last).collect();
    let is_other = |name: &String| OTHER_SOURCES.contains(&name.as_str());
    names.iter().any(is_other) && names.iter().all(|name| is_other(name) || SOURCES.contains(&name.as_str()))
}

/// 一般债务 and 专项债务, and nothing else.
fn is_all_debt(group: &Group) -> bool {
    let named = |part: &Column| part.path.iter().any(|word| DEBT.iter().any(|debt| word.contains(debt)));
    group.parts.len() == 2 && group.parts.iter().all(named) && group.parts[0].path != group.parts[1].path
}

/// 合计 = 基本支出 + 项目支出.
fn words(group: &Group) -> String {
    let name = |c: &Column| match c.path.as_slice() {
        [.., parent, last] if is_total(last) => format!("{parent}{last}"),
        [.., last] => last.clone(),
        [] => String::new(),
    };
    let parts: Vec<String> = group.parts.iter().map(name).collect();
    format!("{} = {}", name(&group.total), parts.join(" + "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, cells, checks_of, fact, statement};
    use crate::model::check::CheckStatus;

    const PATHS: [&str; 5] = ["合计", "基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出"];

    fn table(rows: &[[&str; 5]]) -> Statement {
        let mut facts = Vec::new();
        for (r, values) in rows.iter().enumerate() {
            for (c, value) in values.iter().enumerate().filter(|(_, v)| !v.is_empty()) {
                facts.push(fact(r as u32 + 3, c as u32 + 2, PATHS[c], value));
            }
        }
        statement(TableType::ExpenditureSummary, facts)
    }

    pub(crate) fn example() -> Example {
        Example::tables(vec![table(&[["10.0", "7.0", "4.0", "3.0", "3.0"]])])
    }

    #[test]
    fn totals_and_subtotals_follow_the_header_tree() {
        let checks = checks_of(&table(&[["10.0", "7.0", "4.0", "3.0", "3.0"], ["5.0", "5.0", "5.0", "", ""]]), claims);
        let words: Vec<&str> = checks.iter().map(|c| c.claim_text.as_str()).collect();
        assert_eq!(checks.len(), 4);
        assert_eq!(words[0], "合计 = 基本支出小计 + 项目支出");
        assert!(checks.iter().all(|c| c.status == CheckStatus::Passed));
        assert_eq!(cells(&checks[0]), ["t01!R3C2", "t01!R3C3", "t01!R3C6"]);
    }

    #[test]
    fn half_units_are_rounding_and_more_is_failed() {
        let checks = checks_of(&table(&[["10.1", "7.0", "4.0", "3.0", "3.0"], ["10.2", "7.0", "", "", "3.0"]]), claims);
        let status: Vec<CheckStatus> = checks.iter().filter(|c| c.col == 2).map(|c| c.status).collect();
        assert_eq!(status, [CheckStatus::Rounding, CheckStatus::Failed]);
        assert_eq!(checks[0].tolerance.map(|t| t.normalize().to_string()).as_deref(), Some("1500"));
    }

    #[test]
    fn a_total_beside_one_column_with_money_is_that_columns() {
        let rows = |values: &[[&str; 2]]| {
            let mut facts = Vec::new();
            for (r, [total, part]) in values.iter().enumerate() {
                facts.push(fact(r as u32 + 3, 2, "合计", total));
                facts.push(fact(r as u32 + 3, 4, "本年拨款/一般公共预算", part));
            }
            checks_of(&statement(TableType::ProjectExpenditure, facts), claims)
                .iter()
                .map(|c| c.status)
                .collect::<Vec<_>>()
        };
        let found = rows(&[["5.00", "5.00"], ["3.00", "3.00"], ["2.00", "2.50"]]);
        assert_eq!(found, [CheckStatus::Passed, CheckStatus::Passed, CheckStatus::Failed]);
        assert!(rows(&[["5.00", "5.00"]]).is_empty(), "one row proves nothing");
        assert!(rows(&[["5.00", "1.00"], ["3.00", "3.00"], ["4.00", "3.00"]]).is_empty(), "not its total");
    }

    #[test]
    fn of_which_columns_are_never_added_and_doubtful_groups_never_claimed() {
        let facts = vec![
            fact(3, 2, "一般公共预算/小计", "9.0"),
            fact(3, 3, "一般公共预算/其中：财政拨款", "8.0"),
            fact(4, 2, "合计", "5.0"),
            fact(4, 5, "出国费", "5.0"),
            fact(4, 6, "机关运行经费", "7.0"),
        ];
        assert!(checks_of(&statement(TableType::RevenueSummary, facts), claims).is_empty());
    }
}
