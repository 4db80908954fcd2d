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
    let both = line.figures.iter().filter_map(|(col, part)| Some((whole.figures.get(col).copied()?, *part)));
    both.filter_map(|(whole, part)| at_least(statement, whole, part)).collect()
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
