//! A11: 基本支出 by economic codes closes with 人员经费合计 and 公用经费合计: 人员 = 301 + 303, 公用 = 302 and the other classes.
//!
//! 部门决算公开表样 公开06表: its panels have no 合计 row, each half has a footer of its own. Where a place books single codes
//! otherwise the table prints so (人员经费 and 公用经费 as columns) and this is not tried.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure};
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{RowKind, TableType};
use crate::reading::fold::fold;
use std::collections::BTreeMap;

/// 人员经费合计和公用经费合计.
pub(crate) const A11: Rule = Rule {
    id: "A11",
    title: "人员经费合计和公用经费合计",
    text: "基本支出表分两栏收尾时：人员经费合计 = 301 + 303，公用经费合计 = 302 及其他各类之和",
    source: "部门决算公开表样（公开06表）",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A11],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Classes of 人员经费; all others of basic expenditure are 公用经费.
const PERSONNEL: [&str; 2] = ["301", "303"];

/// Both footers.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    let Some([personnel, public]) = footers(statement) else { return Vec::new() };
    let mut classes: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    let coded = |f: &&Fact| f.department_economic.code.len() == 3 && f.row_kind != RowKind::OfWhich;
    for fact in statement.facts.iter().filter(coded) {
        classes.entry(&fact.department_economic.code).or_default().push(fact);
    }
    if classes.values().any(|facts| facts.len() != 1) {
        return Vec::new();
    }
    let of = |own: bool| -> Vec<&Fact> {
        let wanted = classes.iter().filter(|(code, _)| PERSONNEL.contains(code) == own);
        wanted.flat_map(|(_, facts)| facts.iter().copied()).collect()
    };
    let sides = [(personnel, of(true), "人员经费 = 301 + 303"), (public, of(false), "公用经费 = 302 + 其他各类")];
    let told = sides.into_iter().filter(|(_, terms, _)| !terms.is_empty());
    told.map(|(fact, terms, words)| Claim::sum(&A11, Figure { statement, fact }, &terms, words)).collect()
}

/// 人员经费合计 and 公用经费合计, each printed once.
pub(crate) fn footers(statement: &Statement) -> Option<[&Fact; 2]> {
    if !matches!(
        statement.table_type,
        TableType::GeneralPublicBasicExpenditure | TableType::FiscalAppropriationExpenditure
    ) {
        return None;
    }
    let one = |label: &str| {
        let mut found = statement.facts.iter().filter(|f| fold(&f.row_label) == label);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    Some([one("人员经费合计")?, one("公用经费合计")?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use crate::model::check::CheckStatus;

    fn table(personnel: &str) -> Statement {
        let rows = [
            ("301", "工资福利支出", "8.00", 3),
            ("303", "对个人和家庭的补助", "2.00", 3),
            ("302", "商品和服务支出", "4.00", 6),
            ("", "人员经费合计", personnel, 3),
            ("", "公用经费合计", "4.00", 6),
        ];
        let make = |(at, (code, label, value, col)): (usize, &(&str, &str, &str, u32))| {
            let mut one = fact(at as u32 + 2, *col, "决算数", value);
            (*code).clone_into(&mut one.department_economic.code);
            (*label).clone_into(&mut one.row_label);
            one
        };
        statement(TableType::GeneralPublicBasicExpenditure, rows.iter().enumerate().map(make).collect())
    }

    pub(crate) fn example() -> Example {
        Example::tables(vec![table("10.00")])
    }

    #[test]
    fn each_half_has_its_footer() {
        let verdicts = |personnel| checks_of(&table(personnel), claims).iter().map(|c| c.status).collect::<Vec<_>>();
        assert_eq!(verdicts("10.00"), [CheckStatus::Passed; 2]);
        assert_eq!(verdicts("16.00"), [CheckStatus::Failed, CheckStatus::Passed]);
    }
}
