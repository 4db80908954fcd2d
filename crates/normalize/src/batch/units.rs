//! E1: a department's tables hold those of its units.
//!
//! 部门 and 单位 publish each their own (forms of 部门预算 and 部门决算); a department's budget is that of all its units.

use crate::check::claim::{Claim, Figure, Relation, Tried, test};
use crate::check::line::lines;
use crate::check::scene::Tables;
use crate::check::source::FORMS;
use crate::check::tables::b01_totals::closings;
use crate::check::tables::pick::{Wanted, any_of, column, grand_total, name};
use crate::identity::is_same_body;
use crate::model::document::NormalizedDocument;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Side, TableType};

/// 部门与所属单位一致.
pub(crate) const E1: Rule = Rule {
    id: "E1",
    title: "部门与所属单位一致",
    text: "同一批里有所属单位的文件时：部门表中该单位一行等于该单位自己的合计；部门合计不小于本级单位的合计",
    source: FORMS,
};

/// The unit's row in the department's tables is the unit's own total; of one that prints no units the department has at
/// least as much as its own office.
pub(crate) fn tried<'a>(department: &'a NormalizedDocument, unit: &'a NormalizedDocument) -> Vec<Tried<'a>> {
    let own = Tables::new(&department.statements);
    let other = Tables::new(&unit.statements);
    let Some(summary) = other.only(TableType::RevenueExpenditureSummary) else { return Vec::new() };
    let sides = [
        (TableType::RevenueSummary, Side::Revenue, "收入"),
        (TableType::ExpenditureSummary, Side::Expenditure, "支出"),
    ];
    let mut claims = Vec::new();
    for (wanted, side, word) in sides {
        let rights = closings(summary, side);
        let row = own.only(wanted).and_then(|s| row_of(s, &unit.identity.department));
        let office = || {
            let same = is_same_body(&department.identity.department, &unit.identity.department);
            own.only(wanted).filter(|_| same).and_then(grand_total)
        };
        let claim = match (row, rights.first()) {
            (Some(left), Some(_)) => {
                let words = format!("部门表中 {} 的{word} = 该单位《{}》", unit.identity.department, name(summary));
                any_of(&E1, left, &rights, &words)
            }
            (None, Some(right)) => office().map(|left| {
                let words = format!("部门{word}合计 ≥ 本级单位《{}》", name(summary));
                Claim { relation: Relation::AtLeast, ..Claim::tie(&E1, left, *right, words) }
            }),
            _ => None,
        };
        claims.extend(claim);
    }
    claims.into_iter().filter_map(test).collect()
}

/// The total of the row that carries a unit's name.
fn row_of<'a>(statement: &'a Statement, unit: &str) -> Option<Figure<'a>> {
    let lines = lines(statement, None);
    let mut named = lines.iter().filter(|l| {
        l.figures.values().next().is_some_and(|f| {
            !f.row_label.is_empty() && f.row_label == f.agency.name && is_same_body(&f.agency.name, unit)
        })
    });
    let line = named.next()?;
    named.next().is_none().then(|| column(statement, line, Wanted::Total)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::fixture::{document, summary, tried};
    use crate::check::fixture::{fact, statement};
    use crate::model::check::CheckStatus;
    use crate::model::vocabulary::{ColumnKind, EntityScope};

    #[test]
    fn a_unit_has_its_row_in_the_departments_table() {
        let with = |value: &str, who: &str| {
            let row = |at: u32, label: &str, value: &str| {
                let mut one = fact(at, 3, "合计", value);
                one.column_kind = ColumnKind::Total;
                label.clone_into(&mut one.row_label);
                label.clone_into(&mut one.row_path);
                label.clone_into(&mut one.agency.name);
                one
            };
            let rows = vec![row(3, "清河县水务局", value), row(4, "清河县水利工程站", "7.00")];
            let department =
                document(2024, EntityScope::Department, vec![statement(TableType::ExpenditureSummary, rows)]);
            let mut unit = document(2024, EntityScope::Agency, vec![summary("12.00")]);
            who.clone_into(&mut unit.identity.department);
            tried(department, unit)
        };
        assert_eq!(with("12.00", "清河县水务局"), [(E1.id.to_owned(), CheckStatus::Passed)]);
        assert_eq!(with("13.00", "清河县水务局"), [(E1.id.to_owned(), CheckStatus::Failed)]);
        assert!(with("13.00", "东山市司法局").is_empty());
    }
}
