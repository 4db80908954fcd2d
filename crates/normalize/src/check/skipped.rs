//! Ties that the forms promise and that could not be tried, with the reason: a reader of `checks` must be able to tell
//! “agrees” from “was never compared”. One row for each tie, not one for each cell.

use crate::check::checker::Tie;
use crate::check::scene::Tables;
use crate::check::table::a01_row_sum::A1;
use crate::check::tables::pick::name;
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{TableState, TableType};
use yusuan_extract::Place;

/// The ties that no check of the document tried, although one of both tables is there, and the tables without a unit.
pub(crate) fn checks<'t>(tables: &Tables<'_>, tried: &[Check], ties: impl IntoIterator<Item = &'t Tie>) -> Vec<Check> {
    let mut found: Vec<Check> = ties.into_iter().filter_map(|tie| of_tie(tables, tried, tie)).collect();
    found.extend(tables.statements.iter().filter_map(without_unit));
    found
}

fn of_tie(tables: &Tables<'_>, tried: &[Check], tie: &Tie) -> Option<Check> {
    let of = |wanted: TableType| -> Vec<&Statement> {
        let printed = |s: &&Statement| s.table_type == wanted && s.state == TableState::Data;
        tables.statements.iter().filter(printed).collect()
    };
    let [left, right] = tie.tables.map(of);
    let first = right.first().or(left.first())?;
    let rule = if tables.is_final { tie.in_final_accounts } else { tie.rule };
    let both = |check: &&Check| {
        let has = |tables: &[&Statement]| tables.iter().any(|s| check.cells.iter().any(|cell| cell.is_in(&s.id)));
        check.rule == rule.id && has(&left) && has(&right)
    };
    if tried.iter().any(|c| both(&c)) {
        return None;
    }
    Some(row(&rule, first, tie.words.to_owned(), reason(tie, &left, &right)))
}

/// Tables of one kind stand for several units: which belong together nobody can tell.
fn reason(tie: &Tie, left: &[&Statement], right: &[&Statement]) -> String {
    let [a, b] = tie.tables.map(TableType::label_zh);
    match (left, right) {
        ([], _) => format!("没有找到有数据的{a}"),
        (_, []) => format!("没有找到有数据的{b}"),
        ([_], [_]) => "两张表中没有可以相比的数".to_owned(),
        ([_], many) => format!("{b}有 {} 张，不知哪张相对应", many.len()),
        (many, _) => format!("{a}有 {} 张，不知哪张相对应", many.len()),
    }
}

/// Amounts without a unit can't be compared with anything.
fn without_unit(statement: &Statement) -> Option<Check> {
    let unknown = statement.facts.iter().filter(|f| f.value.is_none()).count();
    let words = format!("《{}》的勾稽关系", name(statement));
    let reason = format!("没有金额单位，{unknown} 个数不能换算");
    (unknown > 0).then(|| row(&A1, statement, words, reason))
}

fn row(rule: &Rule, statement: &Statement, words: String, reason: String) -> Check {
    Check {
        rule: rule.id.to_owned(),
        scope: CheckScope::Document,
        table_id: statement.id.clone(),
        place: Place { page: statement.raw.pages.first().copied(), ..Place::default() },
        row: 0,
        col: 0,
        claim_text: words,
        left: None,
        right: None,
        difference: None,
        tolerance: None,
        status: CheckStatus::Skipped,
        cells: Vec::new(),
        cause: None,
        suspects: Vec::new(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};
    use crate::check::registry::CHECKERS;

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
        let ties = || CHECKERS.iter().flat_map(|checker| checker.ties);
        let found = checks(&Tables::new(&tables), &[], ties());
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
        assert!(checks(&Tables::new(&[]), &[], ties()).is_empty());
    }
}
