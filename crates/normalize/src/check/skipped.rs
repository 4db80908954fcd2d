//! Ties that the forms promise and that could not be tried, with the reason: a reader of `checks` must be able to tell
//! “agrees” from “was never compared”. One row for each rule, not one for each cell.

use crate::check::tables::pick::name;
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::statement::Statement;
use crate::model::vocabulary::{TableState, TableType};
use yusuan_extract::Place;

/// A tie between two kinds of tables.
struct Tie {
    rule: &'static str,
    tables: [TableType; 2],
    words: &'static str,
}

const TIES: &[Tie] = &[
    Tie {
        rule: "B1",
        tables: [TableType::RevenueExpenditureSummary, TableType::RevenueSummary],
        words: "收入总表的合计 = 收支总表的收入合计",
    },
    Tie {
        rule: "B1",
        tables: [TableType::RevenueExpenditureSummary, TableType::ExpenditureSummary],
        words: "支出总表的合计 = 收支总表的支出合计",
    },
    Tie {
        rule: "B3",
        tables: [TableType::FiscalAppropriationSummary, TableType::GeneralPublicExpenditure],
        words: "一般公共预算支出表的合计 = 财政拨款收支总表的一般公共预算支出",
    },
    Tie {
        rule: "B4",
        tables: [TableType::GeneralPublicExpenditure, TableType::GeneralPublicBasicExpenditure],
        words: "基本支出表的合计 = 一般公共预算支出表的基本支出",
    },
    Tie {
        rule: "B5",
        tables: [TableType::ExpenditureSummary, TableType::ProjectExpenditure],
        words: "项目支出表的合计 = 支出总表的项目支出",
    },
    Tie {
        rule: "B8",
        tables: [TableType::ThreePublic, TableType::GeneralPublicBasicExpenditure],
        words: "“三公”各项 ≥ 基本支出表中的相应科目",
    },
];

/// The ties that no check of the document tried, although one of both tables is there, and the tables without a unit.
pub(crate) fn checks(statements: &[Statement], tried: &[Check]) -> Vec<Check> {
    let is_final = statements.iter().any(|s| s.title.contains("决算"));
    let mut found: Vec<Check> = TIES.iter().filter_map(|tie| of_tie(statements, tried, (tie, is_final))).collect();
    found.extend(statements.iter().filter_map(without_unit));
    found
}

fn of_tie(statements: &[Statement], tried: &[Check], (tie, is_final): (&Tie, bool)) -> Option<Check> {
    let of = |wanted: TableType| -> Vec<&Statement> {
        let printed = |s: &&Statement| s.table_type == wanted && s.state == TableState::Data;
        statements.iter().filter(printed).collect()
    };
    let [left, right] = tie.tables.map(of);
    let first = right.first().or(left.first())?;
    // Tables of one kind stand for several units: which belong together nobody can tell.
    let rule = if is_final && tie.rule != "B8" { "B10" } else { tie.rule };
    let ids: Vec<&str> = left.iter().chain(&right).map(|s| s.id.as_str()).collect();
    let both = |c: &&Check| {
        let has = |tables: &[&Statement]| {
            tables.iter().any(|s| c.cells.iter().any(|cell| cell.split('!').next() == Some(s.id.as_str())))
        };
        c.rule == rule && has(&left) && has(&right) && ids.len() > 1
    };
    if tried.iter().any(|c| both(&c)) {
        return None;
    }
    let [a, b] = tie.tables.map(TableType::label_zh);
    let reason = match (left.as_slice(), right.as_slice()) {
        ([], _) => format!("没有找到有数据的{a}"),
        (_, []) => format!("没有找到有数据的{b}"),
        ([_], [_]) => "两张表中没有可以相比的数".to_owned(),
        ([_], many) => format!("{b}有 {} 张，不知哪张相对应", many.len()),
        (many, _) => format!("{a}有 {} 张，不知哪张相对应", many.len()),
    };
    Some(row(rule, first, tie.words.to_owned(), reason))
}

/// Amounts without a unit can't be compared with anything.
fn without_unit(statement: &Statement) -> Option<Check> {
    let unknown = statement.facts.iter().filter(|f| f.value.is_none()).count();
    let words = format!("《{}》的勾稽关系", name(statement));
    let reason = format!("没有金额单位，{unknown} 个数不能换算");
    (unknown > 0).then(|| row("A1", statement, words, reason))
}

fn row(rule: &str, statement: &Statement, words: String, reason: String) -> Check {
    Check {
        rule: rule.to_owned(),
        scope: CheckScope::Document,
        table_id: statement.id.clone(),
        place: Place { page: statement.raw.pages.first().copied(), ..Place::default() },
        row: 0,
        col: 0,
        statement: words,
        left: None,
        right: None,
        difference: None,
        tolerance: None,
        status: CheckStatus::Skipped,
        cells: Vec::new(),
        cause: String::new(),
        suspects: Vec::new(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};

    #[test]
    fn what_was_never_compared_is_said_once() {
        let table = |kind, id: &str| {
            let mut found = statement(kind, vec![fact(2, 2, "合计", "3.00")]);
            id.clone_into(&mut found.id);
            found
        };
        let tables = [
            table(TableType::GeneralPublicExpenditure, "t01"),
            table(TableType::GeneralPublicBasicExpenditure, "t02"),
            table(TableType::GeneralPublicBasicExpenditure, "t03"),
        ];
        let found = checks(&tables, &[]);
        let told: Vec<(&str, &str)> = found.iter().map(|c| (c.rule.as_str(), c.reason.as_str())).collect();
        assert_eq!(
            told,
            [
                ("B3", "没有找到有数据的财政拨款收支总表"),
                ("B4", "一般公共预算基本支出表有 2 张，不知哪张相对应"),
                ("B8", "没有找到有数据的“三公”经费表"),
            ]
        );
        assert!(found.iter().all(|c| c.status == CheckStatus::Skipped));
        assert!(checks(&[], &[]).is_empty());
    }
}
