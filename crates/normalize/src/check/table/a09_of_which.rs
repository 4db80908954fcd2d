//! A9: what is printed as 其中 is part of what it stands under, so it is never more.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, Relation};
use crate::check::line::{Line, lines, sides};
use crate::check::source::FORMS;
use crate::model::check::CheckScope;
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, RowKind};
use crate::reading::fold::{fold, has_any};
use rust_decimal::Decimal;

/// 其中项不超过总项.
pub(crate) const A9: Rule =
    Rule {
        id: "A9", title: "其中项不超过总项", text: "“其中”的数不大于它所属的数", source: FORMS
    };

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A9],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Every 其中 row and column.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    let mut claims = Vec::new();
    for side in sides(statement) {
        let lines = lines(statement, side);
        for line in &lines {
            claims.extend(row_claims(statement, &lines, line));
            claims.extend(column_claims(statement, line));
        }
    }
    claims
}

fn row_claims<'a>(statement: &'a Statement, lines: &[Line<'a>], line: &Line<'a>) -> Vec<Claim<'a>> {
    let whole = line.parent.and_then(|at| lines.get(at)).filter(|l| l.kind != RowKind::OfWhich);
    let Some(whole) = whole.filter(|w| line.kind == RowKind::OfWhich && !is_apart(w, line)) else { return Vec::new() };
    let own = |col: u32| whole.figures.get(&col).copied();
    let other = |col: u32| line.parent.and_then(|at| parted_before(lines, at, col));
    let whole_of = |col: u32, part: &Fact| {
        let own = own(col)?;
        let is_more = own.value.is_some_and(|own| part.value.is_some_and(|part| part > own));
        other(col).filter(|_| is_more).or(Some(own))
    };
    let both = line.figures.iter().filter_map(|(col, part)| Some((whole_of(*col, part)?, *part)));
    both.filter_map(|(whole, part)| at_least(statement, whole, part)).collect()
}

/// 合计, 其中：甲, 乙, 其中：丙, 丁: the second 其中 parts 合计 in another way where 甲 and 乙 are all of it. Gives what the row at `at`
/// and those before it add up to, if they are such a list.
fn parted_before<'a>(lines: &[Line<'a>], at: usize, col: u32) -> Option<&'a Fact> {
    // A total above a list is not always its parent: 合计 may stand at the foot of what is above it.
    let head = lines.get(..at)?.iter().rposition(|line| line.kind == RowKind::OfWhich)?.checked_sub(1)?;
    let whole = lines.get(head)?.figures.get(&col).copied()?;
    let parts: Option<Decimal> = lines.get(head + 1..=at)?.iter().map(|line| line.figures.get(&col)?.value).sum();
    (parts.is_some() && parts == whole.value).then_some(whole)
}

/// 附：2022年债务限额 below a balance, and the ceilings listed under it: a limit is no part of what it limits.
fn is_apart(whole: &Line<'_>, part: &Line<'_>) -> bool {
    let first = |l: &Line<'_>| l.figures.values().next().map_or(String::new(), |f| fold(&f.row_label));
    let limit = |text: &str| has_any(text, &["限额", "上限"]);
    let (whole, part) = (first(whole), first(part));
    part.trim_start_matches('(').starts_with('附') || limit(&part) != limit(&whole)
}

/// 一般公共预算[小计 | 其中：财政拨款]: the group's own sum, or the column that the group's head itself is.
fn column_claims<'a>(statement: &'a Statement, line: &Line<'a>) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    for part in line.figures.values().filter(|f| f.column_kind == ColumnKind::OfWhich) {
        let Some((head, last)) = part.column_path.rsplit_once('/') else { continue };
        if !fold(last).starts_with("其中") {
            continue;
        }
        let is_sum = |f: &&&Fact| {
            f.column_path == head
                || f.column_path.strip_prefix(head).is_some_and(|rest| matches!(rest, "/小计" | "/合计" | "/总计"))
        };
        let sums: Vec<&&Fact> = line.figures.values().filter(is_sum).collect();
        if let [whole] = sums.as_slice() {
            claims.extend(at_least(statement, whole, part));
        }
    }
    claims
}

/// Negative amounts (money given back) make more and less meaningless.
fn at_least<'a>(statement: &'a Statement, whole: &'a Fact, part: &'a Fact) -> Option<Claim<'a>> {
    if [whole, part].iter().any(|f| f.value.is_none_or(|v| v.is_sign_negative())) {
        return None;
    }
    let word = |f: &Fact| match f.row_label.as_str() {
        "" => f.column_path.clone(),
        label => format!("{label}（{}）", f.column_path),
    };
    let words = format!("{} ≥ {}", word(whole), word(part));
    let [left, right] = [whole, part].map(|fact| vec![Figure { statement, fact }]);
    Some(Claim { rule: &A9, scope: CheckScope::Table, left, right, relation: Relation::AtLeast, words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use crate::model::check::CheckStatus;
    use crate::model::vocabulary::TableType;

    fn table(part: &str) -> Statement {
        let mut one = fact(3, 2, "金额", "10.0");
        "一、一般公共预算".clone_into(&mut one.row_label);
        one.row_path.clone_from(&one.row_label);
        let mut two = fact(4, 2, "金额", part);
        "其中：财政拨款".clone_into(&mut two.row_label);
        two.row_path = format!("{} / {}", one.row_path, two.row_label);
        two.row_kind = RowKind::OfWhich;
        statement(TableType::RevenueExpenditureSummary, vec![one, two])
    }

    pub(crate) fn example() -> Example {
        Example::tables(vec![table("9.5")])
    }

    #[test]
    fn a_second_list_may_part_the_same_whole() {
        let row = |at, label: &str, path: &str, kind, value| {
            let mut fact = fact(at, 2, "金额", value);
            (fact.row_label, fact.row_path, fact.row_kind) = (label.to_owned(), path.to_owned(), kind);
            fact
        };
        let table = |whole| {
            let rows = [
                row(3, "合计", "合计", RowKind::Item, whole),
                row(4, "其中：甲", "合计 / 其中：甲", RowKind::OfWhich, "8.0"),
                row(5, "乙", "乙", RowKind::Item, "2.0"),
                row(6, "其中：丙", "乙 / 其中：丙", RowKind::OfWhich, "4.0"),
            ];
            let checks = checks_of(&statement(TableType::RevenueExpenditureSummary, rows.into()), claims);
            checks.iter().map(|check| check.status).collect::<Vec<_>>()
        };
        assert_eq!(table("10.0"), [CheckStatus::Passed, CheckStatus::Passed]);
        assert_eq!(table("3.5"), [CheckStatus::Failed, CheckStatus::Failed], "no head holds it");
        assert_eq!(table("90.0"), [CheckStatus::Passed, CheckStatus::Failed], "甲 and 乙 are not all of it");
        let below_total = [
            row(3, "合计", "合计", RowKind::Total, "10.0"),
            row(4, "其中：甲", "其中：甲", RowKind::OfWhich, "8.0"),
            row(5, "乙", "乙", RowKind::Item, "2.0"),
            row(6, "其中：丙", "乙 / 其中：丙", RowKind::OfWhich, "4.0"),
        ];
        let checks = checks_of(&statement(TableType::RevenueExpenditureSummary, below_total.into()), claims);
        assert!(checks.iter().all(|check| check.status == CheckStatus::Passed) && checks.len() == 1);
    }

    #[test]
    fn a_part_is_never_more_than_its_whole() {
        let row = |part: &str| {
            let status: Vec<CheckStatus> = checks_of(&table(part), claims).iter().map(|c| c.status).collect();
            status
        };
        assert_eq!(row("9.5"), [CheckStatus::Passed]);
        assert_eq!(row("10.1"), [CheckStatus::Rounding]);
        assert_eq!(row("19.5"), [CheckStatus::Failed]);
    }
}
