//! A10: what is bought is goods, works or services: 政府采购合计 = 货物 + 工程 + 服务.
//!
//! 《政府采购法》第二条. Claimed where the table prints a row for each kind, once, whatever stands below it.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure};
use crate::check::line::{Line, lines};
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::TableType;
use crate::reading::fold::pattern;

/// 政府采购合计.
pub(crate) const A10: Rule = Rule {
    id: "A10",
    title: "政府采购合计",
    text: "政府采购合计 = 货物 + 工程 + 服务",
    source: "《政府采购法》第二条",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A10],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

pattern!(KIND, "^(?:政府采购)?[ABC]?(货物|工程|服务)(?:类)?[ABC]?(?:采购|支出|预算|项目|小计|合计)?$");

/// The table's total against its kinds.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    if statement.table_type != TableType::GovernmentProcurement {
        return Vec::new();
    }
    let lines = lines(statement, None);
    let totals: Vec<&Line<'_>> = lines.iter().filter(|l| l.is_grand()).collect();
    let [total] = totals.as_slice() else { return Vec::new() };
    let of = |kind: &str| -> Vec<&Line<'_>> {
        lines
            .iter()
            .filter(|l| KIND.captures(&l.name).is_some_and(|c| c.get(1).is_some_and(|m| m.as_str() == kind)))
            .collect()
    };
    let kinds = [of("货物"), of("工程"), of("服务")];
    if kinds.iter().any(|k| k.len() > 1) || kinds.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let mut claims = Vec::new();
    for (col, fact) in &total.figures {
        let terms: Vec<&Fact> = kinds.iter().flatten().filter_map(|l| l.figures.get(col).copied()).collect();
        if !terms.is_empty() {
            claims.push(Claim::sum(&A10, Figure { statement, fact }, &terms, "政府采购 = 货物 + 工程 + 服务"));
        }
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use crate::model::check::CheckStatus;

    fn table(goods: &str) -> Statement {
        let rows = [("合计", "41.00"), ("一、货物A", goods), ("服务器", "4.00"), ("三、服务C", "10.00")];
        let make = |(at, (label, value)): (usize, &(&str, &str))| {
            let mut one = fact(at as u32 + 2, 2, "总计", value);
            (*label).clone_into(&mut one.row_label);
            (*label).clone_into(&mut one.row_path);
            one.row_kind = crate::reading::label::kind(label);
            one
        };
        statement(TableType::GovernmentProcurement, rows.iter().enumerate().map(make).collect())
    }

    pub(crate) fn example() -> Example {
        Example::tables(vec![table("31.00")])
    }

    #[test]
    fn goods_works_and_services_are_all() {
        let verdicts = |goods| checks_of(&table(goods), claims).iter().map(|c| c.status).collect::<Vec<_>>();
        assert_eq!(verdicts("31.00"), [CheckStatus::Passed]);
        assert_eq!(verdicts("36.00"), [CheckStatus::Failed]);
    }
}
