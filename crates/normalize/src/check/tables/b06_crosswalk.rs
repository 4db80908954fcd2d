//! B6: the same money by 部门预算 and by 政府预算 economic codes: 301 = 501 + 50501, 302 = 502 + 50502, 303 = 509, 309 and 310 =
//! 503 + 504 + 506.
//!
//! 财政部《支出经济分类科目改革方案》（财预〔2017〕98号）: the crosswalk of both classifications. Single codes are put differently by
//! administrations and institutions, the groups are not. Claimed only between two tables of one kind with equal totals, and
//! only where most groups agree.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, Relation, holds};
use crate::check::policy::{Policy, borne_out};
use crate::check::scene::Tables;
use crate::check::tables::pick::{Wanted, by_code, grand, name};
use crate::model::check::CheckScope;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{TableState, TableType};
use crate::reading::code::Family;
use std::collections::BTreeMap;

/// 两套经济分类一致.
pub(crate) const B6: Rule = Rule {
    id: "B6",
    title: "两套经济分类一致",
    text: "同一笔支出按部门和按政府经济分类列两张表时：301 = 501 + 50501，302 = 502 + 50502，303 = 509，309 + 310 = 503 + 504 + 506",
    source: "财政部《支出经济分类科目改革方案》（财预〔2017〕98号）",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B6],
    runs: &[Run::Tables(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

type ByCode<'a> = BTreeMap<&'a str, Vec<Figure<'a>>>;

/// Groups of codes that hold the same money.
const GROUPS: &[Group] = &[
    Group { department: &["301"], government: &["501", "50501"] },
    Group { department: &["302"], government: &["502", "50502"] },
    HOUSEHOLDS,
    CAPITAL,
];

/// The same where the table by 政府 codes doesn't split 505 对事业单位经常性补助.
const COARSE: &[Group] =
    &[Group { department: &["301", "302"], government: &["501", "502", "505"] }, HOUSEHOLDS, CAPITAL];

const HOUSEHOLDS: Group = Group { department: &["303"], government: &["509"] };
const CAPITAL: Group = Group { department: &["309", "310"], government: &["503", "504", "506"] };

const TABLES: &[TableType] = &[
    TableType::GeneralPublicBasicExpenditure,
    TableType::GeneralPublicProjectExpenditure,
    TableType::FiscalAppropriationExpenditure,
    TableType::EconomicClassificationSummary,
];

/// A table with its figures by the codes of one classification.
struct Coded<'a> {
    statement: &'a Statement,
    figures: ByCode<'a>,
}

/// Codes that hold the same money in both classifications.
struct Group {
    department: &'static [&'static str],
    government: &'static [&'static str],
}

fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let data = tables.statements.iter().filter(|s| TABLES.contains(&s.table_type) && s.state == TableState::Data);
    let all: Vec<&'a Statement> = data.collect();
    let departments = coded(&all, Family::DepartmentEconomic);
    let governments = coded(&all, Family::GovernmentEconomic);
    let mut claims = Vec::new();
    for left in &departments {
        let is_its_sister = |right: &&Coded<'a>| {
            right.statement.table_type == left.statement.table_type && right.statement.id != left.statement.id
        };
        for right in governments.iter().filter(is_its_sister) {
            claims.extend(pair(left, right));
        }
    }
    claims
}

/// The tables that have codes of a classification.
fn coded<'a>(statements: &[&'a Statement], family: Family) -> Vec<Coded<'a>> {
    let all = statements.iter().map(|s| Coded { statement: s, figures: by_code(s, family, Wanted::Total) });
    all.filter(|coded| !coded.figures.is_empty()).collect()
}

fn pair<'a>(left: &Coded<'a>, right: &Coded<'a>) -> Vec<Claim<'a>> {
    let totals = grand(left.statement, Wanted::Total).zip(grand(right.statement, Wanted::Total));
    let same = totals.is_some_and(|(a, b)| holds(&Claim::tie(&B6, a, b, String::new())));
    if !same {
        return Vec::new();
    }
    let other = &right.figures;
    let split = other.keys().any(|c| c.starts_with("505") && c.len() > 3) || !other.contains_key("505");
    let groups = if split { GROUPS } else { COARSE };
    borne_out(groups.iter().filter_map(|group| claim(left, right, group)).collect(), Policy::Half)
}

fn claim<'a>(department: &Coded<'a>, government: &Coded<'a>, group: &Group) -> Option<Claim<'a>> {
    let of = |coded: &Coded<'a>, wanted: &[&str]| -> Vec<Figure<'a>> {
        wanted.iter().flat_map(|code| one(&coded.figures, code)).collect()
    };
    let (left, right) = (of(department, group.department), of(government, group.government));
    let words = format!(
        "《{}》{} = 《{}》{}",
        name(department.statement),
        group.department.join(" + "),
        name(government.statement),
        group.government.join(" + ")
    );
    let claim = Claim { rule: &B6, scope: CheckScope::Document, left, right, relation: Relation::Equal, words };
    (!claim.left.is_empty() && !claim.right.is_empty()).then_some(claim)
}

/// The figures of a code: its own row, printed once, or those of the codes right below it.
fn one<'a>(codes: &ByCode<'a>, code: &str) -> Vec<Figure<'a>> {
    if let Some(own) = codes.get(code) {
        return own.clone();
    }
    let below = codes.range(code..).take_while(|(c, _)| c.starts_with(code));
    below.filter(|(c, _)| c.len() == code.len() + 2).flat_map(|(_, own)| own.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, fact, statement, verdicts};
    use crate::model::check::CheckStatus;
    use crate::model::vocabulary::{ColumnKind, RowKind};

    fn table(government: bool, rows: &[(&str, &str)]) -> Statement {
        let make = |(at, (code, value)): (usize, &(&str, &str))| {
            let mut one = fact(at as u32 + 2, 3, "合计", value);
            one.column_kind = ColumnKind::Total;
            let coded = if government { &mut one.government_economic } else { &mut one.department_economic };
            (*code).clone_into(&mut coded.code);
            one.row_kind = if code.is_empty() { RowKind::Total } else { RowKind::Item };
            (if code.is_empty() { "合计" } else { code }).clone_into(&mut one.row_label);
            one.row_path.clone_from(&one.row_label);
            one
        };
        let facts = rows.iter().enumerate().map(make).collect();
        statement(TableType::GeneralPublicBasicExpenditure, facts)
    }

    const DEPARTMENT: [(&str, &str); 4] = [("", "20.00"), ("301", "12.00"), ("302", "5.00"), ("303", "3.00")];

    fn with(household: &str) -> Example {
        let rows = [("", "20.00"), ("501", "10.00"), ("50501", "2.00"), ("502", "5.00"), ("509", household)];
        Example::tables(vec![table(false, &DEPARTMENT), table(true, &rows)])
    }

    pub(crate) fn example() -> Example {
        with("3.00")
    }

    #[test]
    fn groups_of_both_classifications_hold_the_same_money() {
        assert_eq!(verdicts(&CHECKER, &example()), [CheckStatus::Passed; 3]);
        assert_eq!(verdicts(&CHECKER, &with("4.00")), [CheckStatus::Passed, CheckStatus::Passed, CheckStatus::Failed]);
    }
}
