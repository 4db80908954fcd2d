//! B9: the money of the goals (绩效目标表) is that of the budget: a department's 预算总额 is 支出总计 and 基本支出 + 项目支出; a project has
//! the same amount in the list of goals as in the list of projects.
//!
//! 《中共中央 国务院关于全面实施预算绩效管理的意见》: goals cover all spending. In practice a form may leave part of it out, so a form
//! with less than the budget is told as a difference of scope.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, Relation, holds};
use crate::check::policy::{Policy, borne_out};
use crate::check::scene::{Scene, Tables};
use crate::check::slip;
use crate::check::tables::b01_totals::closings;
use crate::check::tables::pick::{Wanted, grand, name};
use crate::model::cell_ref::CellRef;
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::money::MoneyUnit;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Cause, ColumnKind, RowKind, Side, TableType};
use crate::reading::amount::Reading;
use crate::reading::fold::{fold, pattern};
use crate::reading::{label, unit};
use crate::table::grid::Grid;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use yusuan_extract::Cell;

/// 绩效目标与预算一致.
pub(crate) const B9: Rule = Rule {
    id: "B9",
    title: "绩效目标与预算一致",
    text: "部门整体绩效目标表的预算总额等于支出总计，也等于基本支出 + 项目支出；同一项目在绩效目标表和项目支出表里金额相同",
    source: "《中共中央 国务院关于全面实施预算绩效管理的意见》",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B9],
    runs: &[Run::Table(form_claims), Run::Tables(list_claims), Run::Tables(claims), Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Fewer projects add up to something by chance.
const FEWEST_PROJECTS: usize = 3;

pattern!(WHOLE, "^(?:年度)?(?:部门(?:整体)?(?:支出)?)?(?:预算|资金|预算资金)总额(?:合计)?$|^部门支出预算数$");
pattern!(PROJECT, "^(?:项目)?(?:实施期|中期|年度|当年|本年度?)?(?:预算|预算资金|资金总额|预算金额|预算数)$");

/// A form's whole is what its sources give, what it is spent as, and the sum of the amounts listed under it: told where that holds
/// or one digit keeps it from holding, since a form may list a few of many.
fn form_claims(statement: &Statement) -> Vec<Claim<'_>> {
    let forms = [TableType::DepartmentPerformance, TableType::ProjectPerformance];
    if !forms.contains(&statement.table_type) {
        return Vec::new();
    }
    let name = |fact: &Fact| unit::strip(label::bare(&fold(&fact.row_label))).trim_end_matches(':').to_owned();
    let stated: Vec<&Fact> = statement.facts.iter().filter(|f| f.column_path.is_empty()).collect();
    let mut claims = Vec::new();
    for (at, whole) in stated.iter().enumerate() {
        let own = name(whole);
        if !WHOLE.is_match(&own) && !PROJECT.is_match(&own) {
            continue;
        }
        // The next form of the same table begins with its own whole.
        let rest =
            stated[at + 1..].iter().copied().take_while(|f| !(WHOLE.is_match(&name(f)) || PROJECT.is_match(&name(f))));
        let rest: Vec<&Fact> = rest.collect();
        let path = format!("{} / ", whole.row_path);
        let below: Vec<&Fact> = rest.iter().copied().filter(|f| f.row_path.starts_with(&path)).collect();
        let used = |f: &&&Fact| ["基本支出", "项目支出"].iter().any(|end| f.row_label.ends_with(end));
        let uses: Vec<&Fact> = rest.iter().filter(used).copied().collect();
        let sources: Vec<&Fact> = rest.iter().copied().take_while(|f| !used(&f)).collect();
        let groups = [(below, "其下各数之和"), (uses, "基本支出 + 项目支出"), (sources, "各项资金来源之和")];
        for (terms, words) in groups.into_iter().filter(|(terms, _)| !terms.is_empty()) {
            let claim = Claim::sum(&B9, Figure { statement, fact: whole }, &terms, words);
            // A source alone may be one of several, unless the form has places for the others too.
            let whole_list = claim.right.len() > 1 || has_place_for_others(statement);
            if holds(&claim) || whole_list && slip::is_all(&[&claim]) {
                claims.push(claim);
            }
        }
    }
    claims
}

fn has_place_for_others(statement: &Statement) -> bool {
    let others = ["单位资金", "其他资金", "其他来源", "自筹资金", "市级支出", "上级支出", "上级资金"];
    let is_label = |text: &str| others.iter().any(|word| text.ends_with(word));
    statement.raw.cells.iter().any(|cell| is_label(&unit::strip(label::bare(&fold(&cell.text)))))
}

/// The list of all projects' goals, each counted once, adds up to all spending or to all projects.
fn list_claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let summary = tables.only(TableType::RevenueExpenditureSummary);
    let (Some(goals), Some(summary)) = (tables.only(TableType::ProjectPerformanceSummary), summary) else {
        return Vec::new();
    };
    let terms: Vec<&Fact> = by_project(goals).values().filter_map(|figures| figures.first()).map(|f| f.fact).collect();
    if terms.len() < FEWEST_PROJECTS {
        return Vec::new();
    }
    let projects = tables.only(TableType::ExpenditureSummary).and_then(|s| grand(s, Wanted::Project));
    let wholes = closings(summary, Side::Expenditure).into_iter().chain(projects);
    let claim = |whole: Figure<'a>| {
        let right = terms.iter().map(|fact| Figure { statement: goals, fact }).collect();
        let words =
            format!("《{}》的合计 = 《{}》各项目之和（共 {} 个）", name(whole.statement), name(goals), terms.len());
        let scope = CheckScope::Document;
        Claim { rule: &B9, scope, left: vec![whole], right, relation: Relation::Equal, words }
    };
    let claims: Vec<Claim<'a>> = wholes.map(claim).collect();
    let held = claims.iter().find(|c| holds(c));
    held.or_else(|| claims.iter().find(|c| slip::is_all(&[*c]))).cloned().into_iter().collect()
}

/// Projects in both lists under one name.
fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let list =
        tables.only(TableType::ProjectExpenditure).or_else(|| tables.only(TableType::GeneralPublicProjectExpenditure));
    let (Some(goals), Some(list)) = (tables.only(TableType::ProjectPerformanceSummary), list) else {
        return Vec::new();
    };
    let (own, other) = (by_project(goals), by_project(list));
    let mut claims = Vec::new();
    for (project, figures) in &own {
        if let ([a], Some([b])) = (figures.as_slice(), other.get(project).map(Vec::as_slice)) {
            let words = format!("绩效目标表中{project}的金额 = 《{}》", name(list));
            claims.push(Claim::tie(&B9, *a, *b, words));
        }
    }
    borne_out(claims, Policy::Half)
}

/// The projects' whole amounts by name.
fn by_project(statement: &Statement) -> BTreeMap<&str, Vec<Figure<'_>>> {
    let mut columns: Vec<u32> = statement.facts.iter().map(|f| f.col).collect();
    columns.sort_unstable();
    columns.dedup();
    let whole = |col: u32| {
        statement
            .facts
            .iter()
            .any(|f| f.col == col && (f.column_kind == ColumnKind::Total || f.column_path.ends_with("总额")))
    };
    let column =
        columns.iter().copied().find(|c| whole(*c)).or_else(|| columns.first().copied().filter(|_| columns.len() == 1));
    let mut found: BTreeMap<&str, Vec<Figure<'_>>> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|f| Some(f.col) == column && f.row_kind == RowKind::Item) {
        let name = if fact.project.name.is_empty() { &fact.project.code } else { &fact.project.name };
        if !name.is_empty() {
            found.entry(name).or_default().push(Figure { statement, fact });
        }
    }
    found
}

/// The forms' own amounts, which are no facts.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let forms = scene.tables.statements.iter().filter(|s| s.table_type == TableType::DepartmentPerformance);
    let forms: Vec<Form<'_>> = forms.map(Form::new).collect();
    let mut checks = Vec::new();
    for form in &forms {
        checks.extend(form.parts());
        checks.extend(form.budget(&scene.tables));
    }
    if let [form] = forms.as_slice() {
        checks.extend(form.projects(scene.tables.statements));
    }
    checks
}

/// An amount of a form with the cell that it stands in.
struct Entry<'a> {
    cell: &'a Cell,
    amount: Measured,
    printed: String,
}

struct Form<'a> {
    statement: &'a Statement,
    whole: Option<Entry<'a>>,
    basic: Option<Entry<'a>>,
    project: Option<Entry<'a>>,
}

impl<'a> Form<'a> {
    fn new(statement: &'a Statement) -> Self {
        let grid = Grid::new(&statement.raw);
        let of = |wanted: &dyn Fn(&str) -> bool| entry(statement, &grid, wanted);
        Self {
            statement,
            whole: of(&|l| WHOLE.is_match(l)),
            basic: of(&|l| l.ends_with("基本支出")),
            project: of(&|l| l.ends_with("项目支出")),
        }
    }

    /// 总额 = 基本支出 + 项目支出.
    fn parts(&self) -> Option<Check> {
        let (whole, basic, project) = (self.whole.as_ref()?, self.basic.as_ref()?, self.project.as_ref()?);
        let right = basic.amount.plus(project.amount)?;
        let words = format!("预算总额 {} = 基本支出 {} + 项目支出 {}", whole.printed, basic.printed, project.printed);
        self.told(whole, right, words)
    }

    /// 总额 = 支出总计.
    fn budget(&self, tables: &Tables<'_>) -> Option<Check> {
        let whole = self.whole.as_ref()?;
        let summary = tables.only(TableType::RevenueExpenditureSummary)?;
        let told = |figure: &Figure<'_>| {
            let right = figure.amount()?;
            let words = format!("预算总额 {} = 《{}》支出合计", whole.printed, name(summary));
            let mut check = self.told(whole, right, words)?;
            check.cells.push(figure.name());
            Some(check)
        };
        let checks: Vec<Check> = closings(summary, Side::Expenditure).iter().filter_map(told).collect();
        checks.iter().find(|c| c.status != CheckStatus::Failed).or_else(|| checks.first()).cloned()
    }

    /// The forms of single projects against the form's 项目支出, where no other table lists projects.
    fn projects(&self, statements: &[Statement]) -> Option<Check> {
        let whole = self.project.as_ref()?;
        let listed = [TableType::ProjectExpenditure, TableType::GeneralPublicProjectExpenditure];
        if statements.iter().any(|s| listed.contains(&s.table_type)) {
            return None;
        }
        let single = statements.iter().filter(|s| s.table_type == TableType::ProjectPerformance);
        let mut sum = Measured::default();
        let mut printed = Vec::new();
        for statement in single {
            if statement.title.contains("重点") {
                return None;
            }
            let one = entry(statement, &Grid::new(&statement.raw), &|l| PROJECT.is_match(l))?;
            sum = sum.plus(one.amount)?;
            printed.push(one.printed);
        }
        // 自评表 are made public of some projects, and one form of less than half of the money is one of several.
        let some = self.statement.title.contains("自评") || printed.len() == 1 && is_less_than_half(sum, whole.amount);
        if some {
            return None;
        }
        let words = format!("项目支出 {} = 各项目绩效目标表的金额 {}", whole.printed, printed.join(" + "));
        (!printed.is_empty()).then(|| self.told(whole, sum, words)).flatten()
    }

    fn told(&self, left: &Entry<'_>, right: Measured, words: String) -> Option<Check> {
        let difference = left.amount.less(right)?;
        let status = difference.verdict();
        let failed = status == CheckStatus::Failed;
        let (row, col) = position(left.cell);
        Some(Check {
            rule: B9.id.to_owned(),
            scope: CheckScope::Document,
            table_id: self.statement.id.clone(),
            place: left.cell.place,
            row,
            col,
            claim_text: words,
            left: Some(left.amount.value),
            right: Some(right.value),
            difference: Some(difference.value),
            tolerance: Some(difference.half),
            status,
            cells: vec![CellRef::new(&self.statement.id, row, col)],
            cause: failed.then_some(Cause::Definition),
            suspects: Vec::new(),
            reason: if failed {
                "绩效目标表可能只含部分资金，或数有误".to_owned()
            } else {
                String::new()
            },
        })
    }
}

fn is_less_than_half(part: Measured, whole: Measured) -> bool {
    part.times(Decimal::TWO).is_some_and(|twice| twice.value < whole.value)
}

/// The amount that stands right of a label or below it.
fn entry<'a>(statement: &'a Statement, grid: &Grid<'a>, wanted: &dyn Fn(&str) -> bool) -> Option<Entry<'a>> {
    for cell in &statement.raw.cells {
        let folded = fold(&cell.text);
        let bare = unit::strip(label::bare(&folded));
        if folded.chars().count() > 24 || !wanted(bare.trim_end_matches(':')) {
            continue;
        }
        let right = (cell.col + cell.col_span.max(1)..grid.cols()).find(|c| !grid.folded(cell.row, *c).is_empty());
        let below = (cell.row + cell.row_span.max(1), cell.col);
        for (row, col) in right.map(|c| (cell.row, c)).into_iter().chain([below]) {
            let Reading::Amount(value, own) = grid.reading(row, col) else { continue };
            let above = (0..row).rev().find_map(|r| unit::in_header(grid.folded(r, col)));
            let money = own.or_else(|| unit::in_header(&folded)).or(above).or(statement.unit)?;
            let value_cell = grid.cell(row, col)?;
            let amount = Measured::printed(value.checked_mul(money.factor())?, &value_cell.text, money);
            return Some(Entry { cell: value_cell, amount, printed: named(&value_cell.text, money) });
        }
    }
    None
}

fn named(text: &str, unit: MoneyUnit) -> String {
    format!("{}{}", text.trim(), unit.as_str())
}

/// 1-based row and column, as in facts.
fn position(cell: &Cell) -> (u32, u32) {
    let one = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
    cell.place.sheet_cell.unwrap_or_else(|| (one(cell.row), one(cell.col)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, fact, statement, verdicts};
    use crate::model::vocabulary::TableState;
    use yusuan_extract::RawTable;

    fn form(rows: &[[&str; 2]]) -> Statement {
        let mut found = statement(TableType::DepartmentPerformance, Vec::new());
        let texts =
            rows.iter().enumerate().flat_map(|(row, r)| r.iter().enumerate().map(move |(col, t)| (row, col, *t)));
        let cells = texts.map(|(row, col, text)| Cell {
            row,
            col,
            row_span: 1,
            col_span: 1,
            text: text.to_owned(),
            ..Cell::default()
        });
        found.raw = RawTable { rows: rows.len(), cols: 2, cells: cells.collect(), ..RawTable::default() };
        "t02".clone_into(&mut found.id);
        found
    }

    fn summary(value: &str) -> Statement {
        let mut total = fact(9, 4, "预算数", value);
        total.side = Some(Side::Expenditure);
        "支出总计".clone_into(&mut total.row_label);
        total.row_path.clone_from(&total.row_label);
        total.row_kind = RowKind::Total;
        let mut found = statement(TableType::RevenueExpenditureSummary, vec![total]);
        found.state = TableState::Data;
        found
    }

    fn projects(kind: TableType, amounts: [&str; 2]) -> Statement {
        let rows = ["甲项目", "乙项目"].into_iter().zip(amounts).zip(2..);
        let make = |((name, value), at): ((&str, &str), u32)| {
            let mut one = fact(at, 3, "预算数", value);
            name.clone_into(&mut one.project.name);
            one
        };
        statement(kind, rows.map(make).collect())
    }

    pub(crate) fn example() -> Example {
        let kinds = [TableType::ProjectPerformanceSummary, TableType::ProjectExpenditure];
        Example::tables(kinds.map(|kind| projects(kind, ["3.00", "4.00"])).to_vec())
    }

    #[test]
    fn a_project_has_one_amount_in_both_lists() {
        assert_eq!(verdicts(&CHECKER, &example()), [CheckStatus::Passed; 2]);
        let mut wrong = example();
        wrong.statements[0] = projects(TableType::ProjectPerformanceSummary, ["3.00", "5.00"]);
        wrong.statements[0].id = "t03".to_owned();
        assert_eq!(verdicts(&CHECKER, &wrong), [CheckStatus::Failed, CheckStatus::Passed], "乙 before 甲");
    }

    #[test]
    fn a_form_is_held_against_its_parts_and_the_budget() {
        let rows = |basic| [["部门预算总额（万元）", "708.06"], ["（1）基本支出", basic], ["（2）项目支出", "230.50"]];
        let status = |basic, total| {
            let tables = [summary(total), form(&rows(basic))];
            checks(&Scene::new(&tables, &[], &[])).iter().map(|c| c.status).collect::<Vec<_>>()
        };
        assert_eq!(status("477.56", "708.06"), [CheckStatus::Passed; 2]);
        assert_eq!(status("447.56", "808.06"), [CheckStatus::Failed; 2]);
    }
}
