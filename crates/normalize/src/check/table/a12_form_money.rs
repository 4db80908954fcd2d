//! A12: the money of a goals' or self-evaluation form closes: in each column (年初预算, 全年预算, 全年执行; 实施期, 年度) the whole is the sum
//! of the sources below it, and the printed rate of execution is what was spent of what was planned.
//!
//! 财政部《项目支出绩效评价管理办法》（财预〔2020〕10号）: the form prints 年度资金总额 over 当年财政拨款, 上年结转资金 and 其他资金, and 执行率 in the same
//! row. A form may leave sources out, so a sum is told where it holds, where another column of the same rows holds, or where
//! one digit keeps it from holding.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, holds};
use crate::check::percent::{Kind, Percent, Ratio};
use crate::check::scene::Scene;
use crate::check::slip;
use crate::model::cell_ref::CellRef;
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::fact::Fact;
use crate::model::measured::{Measured, last_digit, printed_decimals};
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Cause, Phase, TableType};
use crate::reading::fold::{fold, has_any, pattern};
use crate::reading::{label, unit};
use crate::table::grid::Grid;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// 绩效表中的资金.
pub(crate) const A12: Rule = Rule {
    id: "A12",
    title: "绩效表中的资金",
    text: "绩效目标表、自评表里，各栏的资金总额等于其下各项资金来源之和，整体支出等于基本支出 + 项目支出；印出的执行率等于执行数 ÷ 预算数。没有列全来源的不核",
    source: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A12],
    runs: &[Run::Table(claims), Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Rows between a whole and its parts that may be blank.
const MOST_BLANK_ROWS: u32 = 3;
/// Rows above a figure in which its column's head is looked for.
const FARTHEST_HEAD: usize = 8;

pattern!(WHOLE, "(?:总额|合计|总计|年度金额|总金额)$|^(?:部门)?整体支出$");

fn is_form(statement: &Statement) -> bool {
    matches!(statement.table_type, TableType::DepartmentPerformance | TableType::ProjectPerformance)
}

fn name(fact: &Fact) -> String {
    unit::strip(label::bare(&fold(&fact.row_label))).trim_end_matches(':').to_owned()
}

/// A whole with the amounts below it in its column.
struct Block<'a> {
    whole: &'a Fact,
    parts: Vec<&'a Fact>,
}

impl<'a> Block<'a> {
    /// The rows of its parts and what they are called: columns of one form have them in common.
    fn rows(&self) -> Vec<(u32, String)> {
        self.parts.iter().map(|f| (f.row, name(f))).collect()
    }

    fn claim(&self, statement: &'a Statement) -> Claim<'a> {
        Claim::sum(&A12, Figure { statement, fact: self.whole }, &self.parts, "同栏各项资金来源之和")
    }
}

/// Every whole of every column with what stands below it, up to the next whole.
fn blocks(statement: &Statement) -> Vec<Block<'_>> {
    let mut columns: BTreeMap<u32, Vec<&Fact>> = BTreeMap::new();
    for fact in &statement.facts {
        columns.entry(fact.col).or_default().push(fact);
    }
    let above = |fact: &Fact| fact.row_path.rsplit_once(" / ").map_or(String::new(), |(above, _)| above.to_owned());
    let mut blocks = Vec::new();
    for facts in columns.values_mut() {
        facts.sort_by_key(|f| f.row);
        for (at, whole) in facts.iter().enumerate().filter(|(_, f)| WHOLE.is_match(&name(f))) {
            let mut last = whole.row;
            let goes_on = |f: &&&Fact| {
                let near = f.row > last && f.row - last <= MOST_BLANK_ROWS;
                let same = above(f) == above(whole) || f.row_path.starts_with(&format!("{} / ", whole.row_path));
                last = f.row;
                near && same && f.column_path == whole.column_path && !WHOLE.is_match(&name(f))
            };
            let parts: Vec<&Fact> = facts[at + 1..].iter().take_while(goes_on).copied().collect();
            if !parts.is_empty() {
                blocks.push(Block { whole, parts });
            }
        }
    }
    blocks
}

fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    if !is_form(statement) {
        return Vec::new();
    }
    let blocks = blocks(statement);
    let proven: BTreeSet<Vec<(u32, String)>> = blocks
        .iter()
        .filter(|b| b.whole.value.is_some_and(|v| !v.is_zero()) && holds(&b.claim(statement)))
        .map(Block::rows)
        .collect();
    let told = |block: &&Block<'_>| {
        let claim = block.claim(statement);
        let several = block.parts.len() > 1;
        holds(&claim) || proven.contains(&block.rows()) || several && slip::is_all(&[&claim])
    };
    blocks.iter().filter(told).map(|block| block.claim(statement)).collect()
}

/// Every printed rate of execution of every form.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    scene.tables.statements.iter().filter(|s| is_form(s)).flat_map(rates).collect()
}

fn rates(statement: &Statement) -> Vec<Check> {
    let grid = Grid::new(&statement.raw);
    let mut rows: BTreeMap<usize, Vec<&Fact>> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|f| !f.column_path.is_empty()) {
        if let Some(cell) = statement.raw.cells.get(fact.cell) {
            rows.entry(cell.row).or_default().push(fact);
        }
    }
    rows.iter().filter_map(|(row, facts)| rate(statement, facts, &printed_rate(&grid, *row)?)).collect()
}

/// The figure of a row below 执行率.
fn printed_rate(grid: &Grid<'_>, row: usize) -> Option<Percent> {
    let head = |col: usize| {
        let above = (row.saturating_sub(FARTHEST_HEAD)..row).rev().map(|r| grid.folded(r, col));
        above.into_iter().find(|text| text.contains("执行率")).map(str::to_owned)
    };
    (0..grid.cols()).filter(|col| grid.origin(row, *col).is_some()).find_map(|col| {
        let head = head(col)?;
        let text = grid.folded(row, col);
        let figure = text.trim_end_matches('%');
        let mut value: Decimal = figure.parse().ok()?;
        let mut digit = last_digit(printed_decimals(figure));
        if !text.ends_with('%') && !head.contains('%') && value <= Decimal::ONE && printed_decimals(figure) > 0 {
            value = value.checked_mul(Decimal::ONE_HUNDRED)?;
            digit = digit.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        Some(Percent { kind: Kind::Share, value, digit, of: "预算".to_owned() })
    })
}

/// What was spent of one of the budgets of its row: of the year's, or of the one at its beginning.
fn rate(statement: &Statement, facts: &[&Fact], printed: &Percent) -> Option<Check> {
    let is_spent = |f: &Fact| {
        f.phase == Some(Phase::Executed) || has_any(&fold(&f.column_path), &["执行", "实际", "支出数", "完成"])
    };
    let (spent, planned): (Vec<&Fact>, Vec<&Fact>) = facts.iter().copied().partition(|f| is_spent(f));
    let [spent] = spent.as_slice() else { return None };
    let part = Measured::of(statement, spent)?;
    let ratios = planned.iter().rev().filter_map(|f| Some((Ratio::new(part, Measured::of(statement, f)?)?, *f)));
    let ratios: Vec<(Ratio, &Fact)> = ratios.collect();
    let held = ratios.iter().find(|(ratio, _)| ratio.verdict(printed) != CheckStatus::Failed);
    let (ratio, whole) = held.or_else(|| ratios.first())?;
    let status = ratio.verdict(printed);
    let failed = status == CheckStatus::Failed;
    let cells: Vec<CellRef> = [*spent, *whole].iter().map(|f| CellRef::of(statement, f)).collect();
    Some(Check {
        rule: A12.id.to_owned(),
        scope: CheckScope::Table,
        table_id: statement.id.clone(),
        place: spent.place,
        row: spent.row,
        col: spent.col,
        claim_text: format!(
            "{}：{} ÷ {} = {}，执行率写作 {}%",
            spent.row_label,
            spent.value_text,
            whole.value_text,
            ratio.text(printed),
            printed.value
        ),
        left: None,
        right: None,
        difference: None,
        tolerance: None,
        status,
        suspects: if failed { cells.clone() } else { Vec::new() },
        cells,
        cause: failed.then_some(Cause::Published),
        reason: if failed { "执行率与表中的执行数、预算数不合".to_owned() } else { String::new() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use yusuan_extract::{Cell, RawTable};

    const HEADS: [&str; 4] = ["年初预算数", "全年预算数", "全年执行数", "执行率"];

    /// Rows `label|年初|全年|执行|率`.
    fn table(rows: &[&str]) -> Statement {
        let mut facts = Vec::new();
        let mut cells = Vec::new();
        let head = format!("|{}", HEADS.join("|"));
        for (row, line) in std::iter::once(head.as_str()).chain(rows.iter().copied()).enumerate() {
            let texts: Vec<&str> = line.split('|').collect();
            for (col, text) in texts.iter().enumerate() {
                if row > 0 && (1..4).contains(&col) {
                    let mut one = fact(row as u32 + 1, col as u32 + 1, HEADS[col - 1], text);
                    one.cell = cells.len();
                    one.phase = Some(if col == 3 { Phase::Executed } else { Phase::Approved });
                    texts[0].clone_into(&mut one.row_label);
                    one.row_path = format!("项目资金 / {}", texts[0]);
                    facts.push(one);
                }
                cells.push(Cell { row, col, row_span: 1, col_span: 1, text: (*text).to_owned(), ..Cell::default() });
            }
        }
        let mut found = statement(TableType::ProjectPerformance, facts);
        found.raw = RawTable { rows: rows.len() + 1, cols: 5, cells, ..RawTable::default() };
        found
    }

    pub(crate) fn example() -> Example {
        let rows =
            ["年度资金总额|18.00|19.60|19.10|97.4%", "其中：财政拨款|16.00|17.60|17.10|", "其他资金|2.00|2.00|2.00|"];
        Example::tables(vec![table(&rows)])
    }

    fn failed(whole: &str, other: &str) -> (usize, usize) {
        let parts = "其中：财政拨款|16.00|17.60|17.10|";
        let table = table(&[whole, parts, other]);
        let is_failed = |c: &&Check| c.status == CheckStatus::Failed;
        (checks_of(&table, claims).iter().filter(is_failed).count(), rates(&table).iter().filter(is_failed).count())
    }

    #[test]
    fn sources_and_rates_of_a_self_evaluation() {
        let (whole, other) = ("年度资金总额|18.00|19.60|19.10|97.4%", "其他资金|2.00|2.00|2.00|");
        assert_eq!(failed(whole, other), (0, 0));
        assert_eq!(failed("年度资金总额|18.00|19.60|15.40|97.4%", other), (1, 1));
        assert_eq!(failed("年度资金总额|18.00|19.60|19.10|99.4%", other), (0, 1));
        assert_eq!(failed(whole, "其他资金|2.50|2.00|2.00|"), (1, 0));
        assert_eq!(failed(whole, "其他资金|2.00|2.00||"), (0, 0), "a source that is not printed");
    }

    #[test]
    fn two_totals_side_by_side_have_their_own_sources() {
        let status = |own: &str| {
            let rows = [
                (2, 3, "实施期资金总额", "540.00"),
                (2, 5, "年度资金总额", "180.00"),
                (3, 3, "其中：财政拨款", "480.00"),
                (3, 5, "其中：财政拨款", own),
                (4, 3, "其他资金", "60.00"),
                (4, 5, "其他资金", "20.00"),
            ];
            let facts = rows.map(|(row, col, label, value)| {
                let mut one = fact(row, col, "", value);
                label.clone_into(&mut one.row_label);
                label.clone_into(&mut one.row_path);
                one
            });
            let table = statement(TableType::ProjectPerformance, facts.to_vec());
            checks_of(&table, claims).iter().map(|c| c.status).collect::<Vec<_>>()
        };
        assert_eq!(status("160.00"), [CheckStatus::Passed; 2]);
        assert_eq!(status("130.00"), [CheckStatus::Passed, CheckStatus::Failed]);
    }
}
