//! B6: the same money by 部门预算 and by 政府预算 economic codes: 301 = 501 + 50501, 302 = 502 + 50502, 303 = 509, 309 and 310 =
//! 503 + 504 + 506.
//!
//! 财政部《支出经济分类科目改革方案》（财预〔2017〕98号）: the crosswalk of both classifications. Single codes are put differently by
//! administrations and institutions, the groups are not. Claimed only between two tables of one kind with equal totals, and
//! only where most groups agree.

use crate::check::claim::{Claim, Figure, Relation, holds};
use crate::check::tables::pick::{Tables, Wanted, by_code, grand, name};
use crate::model::check::CheckScope;
use crate::model::statement::Statement;
use crate::model::vocabulary::{TableState, TableType};
use crate::reading::code::Family;
use std::collections::BTreeMap;

type ByCode<'a> = BTreeMap<&'a str, Vec<Figure<'a>>>;

/// Groups of codes that hold the same money: 部门, 政府.
const GROUPS: &[(&[&str], &[&str])] = &[
    (&["301"], &["501", "50501"]),
    (&["302"], &["502", "50502"]),
    (&["303"], &["509"]),
    (&["309", "310"], &["503", "504", "506"]),
];

/// The same where the table by 政府 codes doesn't split 505 对事业单位经常性补助.
const COARSE: &[(&[&str], &[&str])] =
    &[(&["301", "302"], &["501", "502", "505"]), (&["303"], &["509"]), (&["309", "310"], &["503", "504", "506"])];

const TABLES: &[TableType] = &[
    TableType::GeneralPublicBasicExpenditure,
    TableType::GeneralPublicProjectExpenditure,
    TableType::FiscalAppropriationExpenditure,
    TableType::EconomicClassificationSummary,
];

pub(crate) fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let data = tables.statements.iter().filter(|s| TABLES.contains(&s.table_type) && s.state == TableState::Data);
    let coded = |s: &'a Statement, family| (s, by_code(s, family, Wanted::Total));
    let all: Vec<&Statement> = data.collect();
    let departments: Vec<_> =
        all.iter().map(|s| coded(s, Family::DepartmentEconomic)).filter(|(_, codes)| !codes.is_empty()).collect();
    let governments: Vec<_> =
        all.iter().map(|s| coded(s, Family::GovernmentEconomic)).filter(|(_, codes)| !codes.is_empty()).collect();
    let mut claims = Vec::new();
    for (left, own) in &departments {
        for (right, other) in governments.iter().filter(|(s, _)| s.table_type == left.table_type && s.id != left.id) {
            claims.extend(pair((left, own), (right, other)));
        }
    }
    claims
}

fn pair<'a>((left, own): (&'a Statement, &ByCode<'a>), (right, other): (&'a Statement, &ByCode<'a>)) -> Vec<Claim<'a>> {
    let totals = grand(left, Wanted::Total).zip(grand(right, Wanted::Total));
    let same = totals.is_some_and(|(a, b)| holds(&Claim::tie("B6", a, b, String::new())));
    if !same {
        return Vec::new();
    }
    let split = other.keys().any(|c| c.starts_with("505") && c.len() > 3) || !other.contains_key("505");
    let groups = if split { GROUPS } else { COARSE };
    let claims: Vec<Claim<'a>> = groups.iter().filter_map(|group| claim((left, own), (right, other), group)).collect();
    let agreeing = claims.iter().filter(|c| holds(c)).count();
    if agreeing * 2 >= claims.len() && agreeing > 0 { claims } else { Vec::new() }
}

fn claim<'a>(
    (left, own): (&'a Statement, &ByCode<'a>),
    (right, other): (&'a Statement, &ByCode<'a>),
    (departments, governments): &(&[&str], &[&str]),
) -> Option<Claim<'a>> {
    let of = |codes: &ByCode<'a>, wanted: &[&str]| -> Vec<Figure<'a>> {
        wanted.iter().flat_map(|code| one(codes, code)).collect()
    };
    let (a, b) = (of(own, departments), of(other, governments));
    let words =
        format!("《{}》{} = 《{}》{}", name(left), departments.join(" + "), name(right), governments.join(" + "));
    let claim = Claim { rule: "B6", scope: CheckScope::Document, left: a, right: b, relation: Relation::Equal, words };
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
    use crate::check::claim;
    use crate::check::fixture::{fact, statement};
    use crate::model::check::CheckStatus;
    use crate::model::vocabulary::{ColumnKind, RowKind};

    fn table(id: &str, government: bool, rows: &[(&str, &str)]) -> Statement {
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
        let mut found = statement(TableType::GeneralPublicBasicExpenditure, facts);
        id.clone_into(&mut found.id);
        found
    }

    #[test]
    fn groups_of_both_classifications_hold_the_same_money() {
        let department = [("", "20.00"), ("301", "12.00"), ("302", "5.00"), ("303", "3.00")];
        let verdicts = |household: &str| {
            let rows = [("", "20.00"), ("501", "10.00"), ("50501", "2.00"), ("502", "5.00"), ("509", household)];
            let tables = [table("t01", false, &department), table("t02", true, &rows)];
            let found = claims(&Tables { statements: &tables });
            let status = found.into_iter().filter_map(claim::test).map(|t| t.check.status);
            status.collect::<Vec<_>>()
        };
        assert_eq!(verdicts("3.00"), [CheckStatus::Passed; 3]);
        assert_eq!(verdicts("4.00"), [CheckStatus::Passed, CheckStatus::Passed, CheckStatus::Failed]);
    }
}
