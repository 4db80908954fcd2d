//! A8: a printed rate of growth is that of the two years beside it: (本年 − 上年) ÷ 上年.
//!
//! Where last year was nothing there is no rate (#DIV/0! or a blank); 100% there is told once a table. A rate that most rows
//! don't bear out counts something else (growth on comparable figures) and is not tried. Which two columns a rate or a share
//! (完成预算%, 比上年增长%) is the quotient of, its rows prove; `quotients` looks for them.

use crate::check::checker::{Checker, Run};
use crate::check::percent::{Kind, Percent, Ratio};
use crate::check::policy::Policy;
use crate::check::scene::Scene;
use crate::check::table::quotients;
use crate::model::cell_ref::CellRef;
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::fact::Fact;
use crate::model::measured::{Measured, last_digit, printed_decimals};
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Cause, ColumnKind, Period};
use crate::reading::fold::{fold, has_any};
use crate::table::grid::Grid;
use crate::table::header;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// 增长率.
pub(crate) const A8: Rule = Rule {
    id: "A8",
    title: "增长率",
    text: "表中印出的增长率等于（本年 − 上年）÷ 上年，完成率、占比等于两栏之商，是哪两栏由多数行证明；上年为 0 时没有增长率，写作 100% 的每张表报一次；多数行不合的栏另有含义，不核",
    source: "财政部部门预算公开表样（含上年对比的表）",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A8],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Every rate of every table.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    scene.tables.statements.iter().flat_map(of_table).collect()
}

/// The rates of a table that prints two years; where these are not told apart, or where there are other rates, what rows prove.
fn of_table(statement: &Statement) -> Vec<Check> {
    let grid = Grid::new(&statement.raw);
    let paths = header::paths(&grid, statement.header_start, statement.header_rows);
    let by_year = if statement.facts.iter().any(|f| f.period == Some(Period::PriorYear)) {
        by_year(statement, &grid, &paths)
    } else {
        Vec::new()
    };
    let told: Vec<(u32, u32)> = by_year.iter().map(|c| (c.row, c.col)).collect();
    let proven = quotients::of_table(statement, &grid, &paths);
    let more = proven.iter().filter(|q| q.is_share() || !told.contains(&q.cell()));
    by_year.iter().cloned().chain(more.map(|q| of_quotient(statement, q))).collect()
}

/// A row whose figure is, or should be, the quotient of two others.
fn of_quotient(statement: &Statement, quotient: &quotients::Quotient<'_>) -> Check {
    let [over, under] = quotient.facts.map(|f| f.value_text.as_str());
    let exact = quotient.ratio.exact.round_dp(quotient.percent.digit.scale().saturating_add(2)).normalize();
    let how =
        if quotient.is_share() { format!("{over} ÷ {under}") } else { format!("（{over} − {under}）÷ {under}") };
    let words = format!("{how} = {exact}%，{}写作 {}%", quotient.head, quotient.percent.value);
    told(statement, quotient.facts, quotient.ratio.verdict(&quotient.percent), &words, Cause::Published)
}

fn by_year(statement: &Statement, grid: &Grid<'_>, paths: &[Vec<String>]) -> Vec<Check> {
    let is_rate = |path: &Vec<String>| {
        let path = fold(&path.join("/"));
        has_any(&path, &["增幅", "增长", "增减", "升降", "比上年"]) && has_any(&path, &["%", "率", "幅", "百分比"])
    };
    let rates: Vec<usize> = paths.iter().enumerate().filter(|(_, p)| is_rate(p)).map(|(col, _)| col).collect();
    let [rate] = rates.as_slice() else { return Vec::new() };
    let mut rows: BTreeMap<usize, Vec<&Fact>> = BTreeMap::new();
    for fact in &statement.facts {
        if let Some(cell) = statement.raw.cells.get(fact.cell) {
            rows.entry(cell.row).or_default().push(fact);
        }
    }
    let found: Vec<Row<'_>> =
        rows.iter().filter_map(|(row, facts)| Row::new(statement, grid.folded(*row, *rate), facts)).collect();
    let told: Vec<(&Row<'_>, Check)> = found.iter().filter_map(|r| Some((r, r.check(statement)?))).collect();
    let holding = told.iter().filter(|(_, c)| c.status != CheckStatus::Failed).count();
    if !Policy::Half.is_met(holding, told.len()) {
        return Vec::new();
    }
    let baseless = found.iter().find(|r| r.before.is_nothing() && !r.percent.value.is_zero());
    let mut checks: Vec<Check> = told.into_iter().map(|(_, check)| check).collect();
    checks.extend(baseless.map(|row| row.baseless(statement)));
    checks
}

/// A row with both years and its rate.
struct Row<'a> {
    percent: Percent,
    now: Measured,
    before: Measured,
    facts: [&'a Fact; 2],
}

impl<'a> Row<'a> {
    fn new(statement: &Statement, rate: &str, facts: &[&'a Fact]) -> Option<Self> {
        let printed = rate.trim_end_matches('%');
        let value: Decimal = printed.replace(',', "").parse().ok()?;
        let digit = last_digit(printed_decimals(printed));
        let one = |wanted: &dyn Fn(&Fact) -> bool| {
            let all: Vec<&'a Fact> = facts.iter().filter(|f| wanted(f)).copied().collect();
            let sums: Vec<&'a Fact> = all
                .iter()
                .filter(|f| matches!(f.column_kind, ColumnKind::Total | ColumnKind::Subtotal))
                .copied()
                .collect();
            match (all.as_slice(), sums.as_slice()) {
                ([only], _) | (_, [only]) => Some(*only),
                _ => None,
            }
        };
        let now = one(&|f| f.period == Some(Period::Current))?;
        let before = one(&|f| f.period == Some(Period::PriorYear))?;
        let percent = Percent { kind: Kind::Up, value, digit, of: String::new() };
        Some(Self {
            percent,
            now: Measured::of(statement, now)?,
            before: Measured::of(statement, before)?,
            facts: [now, before],
        })
    }

    fn check(&self, statement: &Statement) -> Option<Check> {
        let ratio = Ratio::new(self.now.less(self.before)?, self.before).filter(|_| !self.before.is_nothing())?;
        let status = ratio.verdict(&self.percent);
        let exact = ratio.exact.round_dp(self.percent.digit.scale().saturating_add(2)).normalize();
        let [now, before] = self.facts.map(|f| f.value_text.as_str());
        let words = format!("（{now} − {before}）÷ {before} = {exact}%，写作 {}%", self.percent.value);
        Some(self.told(statement, status, &words, Cause::Published))
    }

    fn baseless(&self, statement: &Statement) -> Check {
        let words = format!("上年数为 0，没有增长率可算，却写作 {}%", self.percent.value);
        self.told(statement, CheckStatus::Failed, &words, Cause::Definition)
    }

    fn told(&self, statement: &Statement, status: CheckStatus, words: &str, cause: Cause) -> Check {
        told(statement, self.facts, status, words, cause)
    }
}

fn told(statement: &Statement, facts: [&Fact; 2], status: CheckStatus, words: &str, cause: Cause) -> Check {
    let failed = status == CheckStatus::Failed;
    let cells: Vec<CellRef> = facts.iter().map(|f| CellRef::of(statement, f)).collect();
    let [now, _] = facts;
    Check {
        rule: A8.id.to_owned(),
        scope: CheckScope::Table,
        table_id: statement.id.clone(),
        place: now.place,
        row: now.row,
        col: now.col,
        claim_text: format!("{}：{words}", now.row_label),
        left: None,
        right: None,
        difference: None,
        tolerance: None,
        status,
        suspects: if failed { cells.clone() } else { Vec::new() },
        cells,
        cause: failed.then_some(cause),
        reason: if failed { "百分比与表中两个数不合".to_owned() } else { String::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, fact, statement};
    use crate::model::vocabulary::TableType;
    use yusuan_extract::{Cell, RawTable};

    fn table(rows: &[[&str; 3]]) -> Statement {
        let heads = ["2023年预算数", "2024年预算数", "增幅（%）"];
        let mut cells = Vec::new();
        let mut facts = Vec::new();
        for (row, texts) in std::iter::once(&heads).chain(rows).enumerate() {
            for (col, text) in texts.iter().enumerate() {
                if row > 0 && col < 2 {
                    let mut one = fact(row as u32 + 1, col as u32 + 1, heads[col], text);
                    one.period = Some(if col == 0 { Period::PriorYear } else { Period::Current });
                    one.cell = cells.len();
                    facts.push(one);
                }
                cells.push(Cell { row, col, row_span: 1, col_span: 1, text: (*text).to_owned(), ..Cell::default() });
            }
        }
        let mut found = statement(TableType::GeneralPublicExpenditure, facts);
        found.raw = RawTable { rows: rows.len() + 1, cols: 3, cells, ..RawTable::default() };
        found.header_rows = 1;
        found
    }

    pub(crate) fn example() -> Example {
        Example::tables(vec![table(&[["100.00", "120.00", "20"]])])
    }

    fn found(rows: &[[&str; 3]]) -> Vec<Check> {
        checks(&Scene::new(&[table(rows)], &[], &[]))
    }

    #[test]
    fn rates_follow_from_both_years() {
        let found = found(&[
            ["100.00", "120.00", "20"],
            ["100.00", "62.84", "-37.2"],
            ["50.00", "60.00", "25"],
            ["0.00", "7.00", "#DIV/0!"],
        ]);
        let status: Vec<CheckStatus> = found.iter().map(|c| c.status).collect();
        assert_eq!(status, [CheckStatus::Passed, CheckStatus::Passed, CheckStatus::Failed]);
    }

    #[test]
    fn growth_on_nothing_is_told_once() {
        let found = found(&[["100.00", "120.00", "20"], ["0.00", "7.00", "100"], ["0.00", "8.00", "100"]]);
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].status, found[1].cause), (CheckStatus::Failed, Some(Cause::Definition)));
    }

    #[test]
    fn rates_that_their_rows_prove() {
        let rows = |last: &'static str| {
            let rows = [
                ["100.00", "97.30", "97.3"],
                ["80.00", "84.40", "105.5"],
                ["60.00", "55.20", "92.0"],
                ["50.00", "60.20", "120.4"],
                ["40.00", "41.00", last],
            ];
            let status: Vec<CheckStatus> = found(&rows).iter().map(|c| c.status).collect();
            status
        };
        assert_eq!(rows("102.5"), [CheckStatus::Passed; 5]);
        assert_eq!(rows("108.5").last(), Some(&CheckStatus::Failed));
    }

    #[test]
    fn rates_of_something_else_are_not_tried() {
        assert!(found(&[["100.00", "120.00", "55"], ["100.00", "130.00", "45"]]).is_empty());
    }
}
