//! A6: “三公”经费合计 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费, and the vehicles' 小计 = 购置费 + 运行费.
//!
//! 财政部《关于推进地方预决算公开工作的指导意见》 names these items; column order differs by province, 机关运行经费, 会议费 and
//! 培训费 may stand beside them and belong to no 三公 total.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure};
use crate::check::source::PROCEDURE;
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Phase, RowKind, TableType};
use crate::reading::fold::{fold, has_any};
use crate::reading::label;
use crate::reading::three_public::{self, Item};
use std::collections::{BTreeMap, BTreeSet};

/// “三公”经费.
pub(crate) const A6: Rule = Rule {
    id: "A6",
    title: "“三公”经费",
    text: "“三公”经费合计 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费；公务用车购置及运行费 = 购置费 + 运行费",
    source: PROCEDURE,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A6],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// The items of one row and one block of columns.
type Block<'a> = BTreeMap<Item, Vec<&'a Fact>>;

/// Every row of a 三公 table.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    if !matches!(statement.table_type, TableType::ThreePublic | TableType::GovernmentFundThreePublic) {
        return Vec::new();
    }
    let meetings = statement.facts.iter().any(|f| f.column_path.contains("会议费") || f.column_path.contains("培训费"));
    let mut blocks: BTreeMap<(u32, String), Block<'_>> = BTreeMap::new();
    for fact in &statement.facts {
        let Some(item) = three_public::of_column(&fact.column_path) else { continue };
        let inner = fact.column_path.contains("三公");
        if item == Item::Total && meetings && !inner {
            continue;
        }
        blocks.entry((fact.row, year_of(&fact.column_path))).or_default().entry(item).or_default().push(fact);
    }
    if blocks.is_empty() {
        blocks = rows(statement);
    }
    let mut claims: Vec<Claim<'_>> = blocks.values().flat_map(|b| block_checks(statement, b)).collect();
    claims.extend(with_meetings(statement));
    claims.extend(rows_with_meetings(statement));
    claims
}

/// The same where the items stand one below the other: 合计, “三公”经费小计 …, 会议费, 培训费.
fn rows_with_meetings(statement: &Statement) -> Vec<Claim<'_>> {
    let columns: BTreeSet<u32> = statement.facts.iter().map(|fact| fact.col).collect();
    let of_column = |col: u32| {
        let one = |wanted: &dyn Fn(&str, &Fact) -> bool| {
            let mut found = statement
                .facts
                .iter()
                .filter(|fact| fact.col == col && wanted(label::bare(&fold(&fact.row_label)), fact));
            let first = found.next()?;
            found.next().is_none().then_some(first)
        };
        let left = one(&|label, fact| fact.row_kind == RowKind::Total && !label.contains("三公"))?;
        let three = one(&|label, _| three_public::of_label(label) == Some(Item::Total))?;
        let others = [one(&|label, _| label == "会议费"), one(&|label, _| label == "培训费")];
        let terms: Vec<&Fact> = std::iter::once(three).chain(others.into_iter().flatten()).collect();
        let words = "合计 = “三公”经费小计 + 会议费 + 培训费";
        (terms.len() > 1).then(|| Claim::sum(&A6, Figure { statement, fact: left }, &terms, words))
    };
    columns.into_iter().filter_map(of_column).collect()
}

/// The items where the form prints them one below the other: a block for every column.
fn rows(statement: &Statement) -> BTreeMap<(u32, String), Block<'_>> {
    let labels = || statement.facts.iter().map(|f| fold(&f.row_label));
    let others = labels().any(|l| has_any(&l, &["会议费", "培训费", "机关运行"]));
    let mut blocks: BTreeMap<(u32, String), Block<'_>> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|f| !has_any(&f.column_path, &["增减", "变动"])) {
        let Some(item) = named(fact) else { continue };
        // 合计 over 三公, 会议费 and 培训费 is no total of the three.
        if item == Item::Total && others && !fact.row_path.contains("三公") {
            continue;
        }
        blocks.entry((fact.col, String::new())).or_default().entry(item).or_default().push(fact);
    }
    blocks
}

/// The item that a row is, by its label.
fn named(fact: &Fact) -> Option<Item> {
    let folded = fold(&fact.row_label);
    let label = label::bare(&folded).trim_start_matches("其中").trim_start_matches(':');
    let label = label::bare(label);
    three_public::of_label(label).or((fact.row_kind == RowKind::Total).then_some(Item::Total))
}

/// “三公”经费、会议费、培训费支出预算表: 合计 = “三公”小计 + 会议费 + 培训费, in a table of one row.
fn with_meetings(statement: &Statement) -> Option<Claim<'_>> {
    let one = |wanted: &dyn Fn(&str) -> bool| {
        let mut found = statement.facts.iter().filter(|f| wanted(&f.column_path));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    let total = |path: &str| path.ends_with("合计") || path.ends_with("总计") || path.ends_with("小计");
    let left = one(&|p| total(p) && !p.contains("三公") && !p.contains("公务用车"))?;
    let three = one(&|p| total(p) && p.contains("三公") && !p.contains("公务用车"))?;
    let others = [one(&|p| p.ends_with("会议费")), one(&|p| p.ends_with("培训费"))];
    let terms: Vec<&Fact> = std::iter::once(three).chain(others.into_iter().flatten()).collect();
    let figure = Figure { statement, fact: left };
    (terms.len() > 1).then(|| Claim::sum(&A6, figure, &terms, "合计 = “三公”经费小计 + 会议费 + 培训费"))
}

/// This year's items of a table with a single row of amounts; with several rows or blocks nothing is said.
pub(crate) fn items(statement: &Statement) -> BTreeMap<Item, Figure<'_>> {
    let mut found: BTreeMap<Item, Vec<&Fact>> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|f| f.may_be_current()) {
        // Beside the budget of an item its final account is what other tables of the same document print.
        let stale = fact.phase == Some(Phase::Approved) && statement.is_final();
        if let Some(item) = three_public::of_column(&fact.column_path).filter(|_| !stale) {
            found.entry(item).or_default().push(fact);
        }
    }
    if found.is_empty() {
        let current = rows(statement).into_values().map(|block| {
            let own = block.into_iter().map(|(item, facts)| {
                let facts: Vec<&Fact> = facts.into_iter().filter(|f| f.may_be_current()).collect();
                (item, facts)
            });
            own.filter(|(_, facts)| !facts.is_empty()).collect::<BTreeMap<Item, Vec<&Fact>>>()
        });
        let current: Vec<BTreeMap<Item, Vec<&Fact>>> = current.filter(|block| !block.is_empty()).collect();
        if let [only] = current.as_slice() {
            found.clone_from(only);
        }
    }
    found.retain(|_, facts| facts.len() == 1);
    found.into_iter().filter_map(|(item, facts)| Some((item, Figure { statement, fact: facts.first()? }))).collect()
}

/// The part of a column's path that tells blocks apart: a year, or 预算数 and 决算数.
fn year_of(path: &str) -> String {
    let tells = |s: &&str| s.contains('年') || s.ends_with("预算数") || s.ends_with("决算数") || s.ends_with("执行数");
    path.split('/').filter(tells).collect::<Vec<_>>().join("/")
}

/// Both identities of one block. An item printed twice makes the block unclear.
fn block_checks<'a>(statement: &'a Statement, block: &Block<'a>) -> Vec<Claim<'a>> {
    let one = |item: Item| match block.get(&item).map(Vec::as_slice) {
        Some([fact]) => Some(*fact),
        _ => None,
    };
    if block.values().any(|facts| facts.len() > 1) {
        return Vec::new();
    }
    let mut checks = Vec::new();
    let mut claim = |left: Option<&'a Fact>, terms: [Option<&'a Fact>; 3], words: &str| {
        let terms: Vec<&Fact> = terms.into_iter().flatten().collect();
        if let Some(fact) = left.filter(|_| !terms.is_empty()) {
            checks.push(Claim::sum(&A6, Figure { statement, fact }, &terms, words));
        }
    };
    let whole = block.contains_key(&Item::Vehicles)
        || !block.contains_key(&Item::Purchase) && !block.contains_key(&Item::Running);
    if whole {
        let parts = [one(Item::Abroad), one(Item::Vehicles), one(Item::Reception)];
        claim(one(Item::Total), parts, "“三公”经费合计 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费");
    }
    claim(
        one(Item::Vehicles),
        [one(Item::Purchase), one(Item::Running), None],
        "公务用车购置及运行费 = 购置费 + 运行费",
    );
    checks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use crate::model::check::CheckStatus;

    const VEHICLES: &str = "公务用车购置及运行费";

    fn row(values: &[(&str, &str)]) -> Statement {
        let facts = values.iter().enumerate().map(|(c, (path, value))| fact(3, c as u32 + 1, path, value)).collect();
        statement(TableType::ThreePublic, facts)
    }

    pub(crate) fn example() -> Example {
        Example::tables(vec![row(&[("合计", "5.00"), ("因公出国（境）费", "2.00"), ("公务接待费", "3.00")])])
    }

    #[test]
    fn the_total_is_the_sum_of_its_items_whatever_stands_beside() {
        let (sum, buy, run_) = (format!("{VEHICLES}/小计"), format!("{VEHICLES}/购置费"), format!("{VEHICLES}/运行费"));
        let table = row(&[
            ("合计", "5.00"),
            ("因公出国（境）费", "0.00"),
            ("公务接待费", "1.50"),
            (&sum, "3.50"),
            (&buy, "0.00"),
            (&run_, "3.40"),
            ("机关运行经费", "88.00"),
        ]);
        let status: Vec<CheckStatus> = checks_of(&table, claims).iter().map(|c| c.status).collect();
        assert_eq!(status, [CheckStatus::Passed, CheckStatus::Failed]);
    }

    #[test]
    fn meetings_and_training_beside_the_three_in_rows() {
        let table = |training: &str| {
            let rows = [
                ("合计", "9.00", RowKind::Total),
                ("“三公”经费小计", "5.00", RowKind::Subtotal),
                ("公务用车购置及运维费", "3.50", RowKind::Item),
                ("公务接待费", "1.50", RowKind::Item),
                ("会议费", "1.00", RowKind::Item),
                ("培训费", training, RowKind::Item),
            ];
            let make = |(at, (label, value, kind)): (usize, &(&str, &str, RowKind))| {
                let mut one = fact(at as u32 + 3, 2, "预算数", value);
                (*label).clone_into(&mut one.row_label);
                (*label).clone_into(&mut one.row_path);
                one.row_kind = *kind;
                one
            };
            let table = statement(TableType::ThreePublic, rows.iter().enumerate().map(make).collect());
            checks_of(&table, claims).iter().map(|c| c.status).collect::<Vec<_>>()
        };
        assert_eq!(table("3.00"), [CheckStatus::Passed; 2]);
        assert_eq!(table("8.00"), [CheckStatus::Passed, CheckStatus::Failed]);
    }

    #[test]
    fn items_one_below_the_other() {
        let table = |abroad: &str, meeting: bool| {
            let mut rows = vec![
                ("合计", "5.00", RowKind::Total),
                ("1.因公出国（境）费用", abroad, RowKind::Item),
                ("2.公务接待费", "1.50", RowKind::Item),
                ("3.公务用车购置及运行维护费", "3.50", RowKind::Item),
                ("其中：公务用车运行维护费", "2.50", RowKind::OfWhich),
                ("（2）公务用车购置费", "1.00", RowKind::OfWhich),
            ];
            if meeting {
                rows.push(("会议费", "7.00", RowKind::Item));
            }
            let make = |(at, (label, value, kind)): (usize, &(&str, &str, RowKind))| {
                let mut one = fact(at as u32 + 3, 2, "2024年预算数", value);
                (*label).clone_into(&mut one.row_label);
                (*label).clone_into(&mut one.row_path);
                one.row_kind = *kind;
                one
            };
            let table = statement(TableType::ThreePublic, rows.iter().enumerate().map(make).collect());
            checks_of(&table, claims).iter().map(|c| c.status).collect::<Vec<_>>()
        };
        assert_eq!(table("0.00", false), [CheckStatus::Passed; 2]);
        assert_eq!(table("2.00", false), [CheckStatus::Failed, CheckStatus::Passed]);
        assert_eq!(table("2.00", true), [CheckStatus::Passed], "the vehicles alone");
    }

    #[test]
    fn an_outer_total_with_meetings_is_no_total_of_the_three() {
        let table = row(&[
            ("合计", "9.00"),
            ("“三公”经费/小计", "5.00"),
            ("“三公”经费/因公出国（境）费", "3.00"),
            ("“三公”经费/公务接待费", "2.00"),
            ("会议费", "4.00"),
        ]);
        let checks = checks_of(&table, claims);
        let seen: Vec<(u32, CheckStatus)> = checks.iter().map(|c| (c.col, c.status)).collect();
        assert_eq!(seen, [(2, CheckStatus::Passed), (1, CheckStatus::Passed)]);
    }

    #[test]
    fn blocks_of_two_years_stay_apart() {
        let table = row(&[
            ("2024年预算数/合计", "5.00"),
            ("2024年预算数/公务接待费", "5.00"),
            ("2023年预算数/合计", "6.00"),
            ("2023年预算数/公务接待费", "6.00"),
        ]);
        assert_eq!(checks_of(&table, claims).len(), 2);
    }
}
