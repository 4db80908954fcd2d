//! A14: a year's debt goes on from the last one's: 上年末余额 + 本年发行 = 本年还本 + 本年末余额.
//!
//! 财政部《地方政府债务信息公开办法（试行）》（财预〔2018〕209号）prints the four one below the other. Debt also changes in other ways (written off,
//! exchange rates), so that the sum is told where it holds or where one digit keeps it from holding.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, Relation, holds};
use crate::check::line::{Line, lines, sides};
use crate::check::slip;
use crate::model::check::CheckScope;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{RowKind, TableType};
use crate::reading::fold::has_any;
use std::collections::BTreeSet;

/// 债务余额的变动.
pub(crate) const A14: Rule = Rule {
    id: "A14",
    title: "债务余额的变动",
    text: "债务表里，上年末余额 + 本年发行额 = 本年还本额 + 本年末余额；另有核销、置换等变动的不核",
    source: "《地方政府债务信息公开办法（试行）》（财预〔2018〕209号）",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A14],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// What a row of a list of debt tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Balance,
    Issued,
    Repaid,
}

fn part(line: &Line<'_>) -> Option<Part> {
    if line.kind == RowKind::OfWhich || line.parent.is_some() || has_any(&line.name, &["限额", "付息", "利息"]) {
        return None;
    }
    let named = [("余额", Part::Balance), ("发行", Part::Issued), ("举借", Part::Issued), ("还本", Part::Repaid)];
    named.into_iter().find(|(word, _)| line.name.contains(word)).map(|(_, part)| part)
}

/// Every column that prints both balances with what came between.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    if statement.table_type != TableType::GovernmentDebt {
        return Vec::new();
    }
    sides(statement).into_iter().flat_map(|side| column_claims(statement, &lines(statement, side))).collect()
}

fn column_claims<'a>(statement: &'a Statement, lines: &[Line<'a>]) -> Vec<Claim<'a>> {
    let columns: BTreeSet<u32> = lines.iter().flat_map(|l| l.figures.keys().copied()).collect();
    let claim = |col: u32| {
        let told: Vec<(Part, Figure<'a>)> = lines
            .iter()
            .filter_map(|l| Some((part(l)?, Figure { statement, fact: l.figures.get(&col).copied()? })))
            .collect();
        let parts: Vec<Part> = told.iter().map(|(part, _)| *part).collect();
        // One issue and one repayment between both balances, in either order.
        let [Part::Balance, a, b, Part::Balance] = parts.as_slice() else { return None };
        if !matches!((a, b), (Part::Issued, Part::Repaid) | (Part::Repaid, Part::Issued)) {
            return None;
        }
        let (issued, repaid) = if *a == Part::Issued { (1, 2) } else { (2, 1) };
        let side = |places: [usize; 2]| places.map(|at| told[at].1).to_vec();
        let words = "上年末余额 + 本年发行 = 本年还本 + 本年末余额".to_owned();
        let (left, right) = (side([0, issued]), side([repaid, 3]));
        let claim = Claim { rule: &A14, scope: CheckScope::Table, left, right, relation: Relation::Equal, words };
        (holds(&claim) || slip::is_all(&[&claim])).then_some(claim)
    };
    columns.into_iter().filter_map(claim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use crate::model::check::CheckStatus;

    fn table(last: &str) -> Statement {
        let rows = [
            ("一、2023年末一般债务余额实际数", "86.21"),
            ("二、2024年末一般债务余额限额", "95.80"),
            ("三、2024年一般债务发行额", "11.36"),
            ("四、2024年一般债务还本支出", "6.88"),
            ("五、2024年末一般债务余额预计执行数", last),
        ];
        let make = |(at, (label, value)): (usize, &(&str, &str))| {
            let mut one = fact(at as u32 + 2, 2, "执行数", value);
            (*label).clone_into(&mut one.row_label);
            (*label).clone_into(&mut one.row_path);
            one
        };
        statement(TableType::GovernmentDebt, rows.iter().enumerate().map(make).collect())
    }

    pub(crate) fn example() -> Example {
        Example::tables(vec![table("90.69")])
    }

    #[test]
    fn a_years_debt_goes_on_from_the_last() {
        let verdicts = |last| checks_of(&table(last), claims).iter().map(|c| c.status).collect::<Vec<_>>();
        assert_eq!(verdicts("90.69"), [CheckStatus::Passed]);
        assert_eq!(verdicts("90.19"), [CheckStatus::Failed]);
        assert!(verdicts("88.05").is_empty(), "changed in other ways too");
    }
}
