//! Columns whose head doesn't say what is counted: what the figures themselves prove.
//!
//! A column is money where it is part or total of columns that are (sums that hold over the rows), where it is the
//! difference of two of them, or where all its figures have money's form in a table with a money unit and its head says
//! nothing else. What none of this proves stays undecided.

use crate::model::vocabulary::RowKind;
use crate::reading::amount::Reading;
use crate::reading::fold::fold;
use crate::reading::{head, label};
use crate::table::column::{Column, Role};
use crate::table::grid::Grid;
use crate::table::header::Header;
use crate::table::{money_form, quotient};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Rows in which a sum has to hold with figures in it.
const LEAST_ROWS: usize = 2;
/// No form has more columns of figures; sums are not looked for over more.
const MOST_COLUMNS: usize = 64;
/// Decimals have no more places than this.
const MOST_PLACES: u32 = 28;
/// Smaller differences are found between any counts by chance.
const LEAST_DIFFERENCE: i64 = 10;

/// What the table says of its figures besides the heads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ground {
    /// A money unit stands over the table or in one of its heads.
    pub(crate) unit: bool,
    /// The table is one of the forms of the budget.
    pub(crate) form: bool,
}

/// Different figures with decimals that prove a difference though all are small.
const ROWS_OF_DIFFERENCE: usize = 3;

/// Rows in which unknown columns have to add up to a column of money before they prove each other.
const ROWS_OF_UNKNOWN: usize = 4;

/// Makes columns of amounts of those undecided ones that the figures prove to be money.
pub(crate) fn settle(grid: &Grid, header: &Header, columns: &mut [Column], ground: Ground) {
    quotient::settle(grid, header, columns);
    while let Some(col) = (0..columns.len()).find(|c| is_open(columns, *c) && Proof { grid, header, columns }.has(*c)) {
        columns[col].role = Role::Value;
    }
    if ground.unit {
        while let Some(parts) = (Proof { grid, header, columns }).parts_of_a_total() {
            for col in parts {
                columns[col].role = Role::Value;
            }
        }
    }
    let closed: Vec<usize> = (0..columns.len())
        .filter(|c| ground.unit && is_open(columns, *c) && (Proof { grid, header, columns }).closes(*c))
        .collect();
    for col in closed {
        columns[col].role = Role::Value;
    }
    let formed: Vec<usize> =
        (0..columns.len()).filter(|c| is_open(columns, *c) && has_form(grid, header, *c, ground)).collect();
    for col in formed {
        columns[col].role = Role::Value;
    }
}

fn is_open(columns: &[Column], col: usize) -> bool {
    columns.get(col).is_some_and(|c| c.role == Role::Undecided)
}

fn has_form(grid: &Grid, header: &Header, col: usize, ground: Ground) -> bool {
    let path: Vec<String> = header.paths.get(col).into_iter().flatten().map(|t| fold(t)).collect();
    if !ground.unit || head::column(&path).is_some() {
        return false;
    }
    money_form::is_money(grid, header, col) || ground.form && money_form::is_printed_so(grid, header, col)
}

/// A position prints something else than a figure.
struct NoFigure;

/// The table's figures, asked for sums over columns.
struct Proof<'a> {
    grid: &'a Grid<'a>,
    header: &'a Header,
    columns: &'a [Column],
}

impl Proof<'_> {
    /// Whether a column is a part or the total of columns of money, or the difference of two.
    fn has(&self, col: usize) -> bool {
        let figures: Vec<usize> = (0..self.columns.len())
            .filter(|c| matches!(self.columns[*c].role, Role::Value | Role::Undecided))
            .filter(|c| self.columns[*c].side == self.columns[col].side)
            .collect();
        let Some(at) = figures.iter().position(|c| *c == col).filter(|_| figures.len() <= MOST_COLUMNS) else {
            return false;
        };
        self.is_in_sum(&figures, at) || self.is_difference(&figures, col)
    }

    /// Whether a run of neighbouring columns adds up to the column at its side, ours among them and all others money.
    fn is_in_sum(&self, figures: &[usize], at: usize) -> bool {
        for total in 0..figures.len() {
            let right = (total + 3..=figures.len()).map(|end| total + 1..end);
            let left = (0..total.saturating_sub(1)).map(|start| start..total);
            for run in right.chain(left) {
                let takes_part = total == at || run.contains(&at);
                let parts = figures.get(run).unwrap_or_default();
                if takes_part
                    && self.others_are_money(figures[total], parts, figures[at])
                    && self.adds_up(figures[total], parts, figures[at])
                {
                    return true;
                }
            }
        }
        false
    }

    /// Columns that nothing names, and that all together add up to a column of money beside them in row after row: 合计 beside
    /// 甲, 乙, 丙 in a table with a money unit.
    fn parts_of_a_total(&self) -> Option<Vec<usize>> {
        let figures: Vec<usize> = (0..self.columns.len())
            .filter(|c| matches!(self.columns[*c].role, Role::Value | Role::Undecided))
            .collect();
        let open = |cols: &[usize]| cols.iter().copied().filter(|c| is_open(self.columns, *c)).collect::<Vec<_>>();
        let few = figures.len() <= MOST_COLUMNS;
        figures.iter().enumerate().filter(|(_, total)| few && !is_open(self.columns, **total)).find_map(
            |(at, total)| {
                let right = (at + 3..=figures.len()).map(|end| at + 1..end);
                let left = (0..at.saturating_sub(1)).map(|start| start..at);
                right.chain(left).find_map(|run| {
                    let parts = figures.get(run)?;
                    let unknown = open(parts);
                    let first = unknown.first()?;
                    let same_side = parts.iter().all(|c| self.columns[*c].side == self.columns[*total].side);
                    (same_side && self.rows_added_up(*total, parts, *first)? >= ROWS_OF_UNKNOWN).then_some(unknown)
                })
            },
        )
    }

    fn others_are_money(&self, total: usize, parts: &[usize], own: usize) -> bool {
        parts.iter().chain([&total]).filter(|c| **c != own).all(|c| self.columns[*c].role == Role::Value)
    }

    /// Whether the figures of a flat list, to the hundredth, add up to its total: 增减情况 in money does, shares don't.
    fn closes(&self, own: usize) -> bool {
        let labels: Vec<usize> = (0..own).filter(|c| self.columns[*c].role.is_name()).collect();
        let label = |row| labels.iter().map(|c| self.grid.folded(row, *c)).find(|text| !text.is_empty()).unwrap_or("");
        let (totals, rows): (Vec<usize>, Vec<usize>) =
            self.rows().partition(|row| label::kind(label(*row)) == RowKind::Total);
        let [total] = totals[..] else { return false };
        let figures: Vec<Decimal> = rows.iter().filter_map(|row| self.figure(*row, own).ok().flatten()).collect();
        let exact: BTreeSet<&Decimal> = figures.iter().filter(|f| !f.fract().is_zero()).collect();
        let sum = figures.iter().try_fold(Decimal::ZERO, |sum, f| sum.checked_add(*f));
        exact.len() >= ROWS_OF_DIFFERENCE && sum.is_some() && self.figure(total, own).ok().flatten() == sum
    }

    fn is_difference(&self, figures: &[usize], own: usize) -> bool {
        let money: Vec<usize> = figures.iter().copied().filter(|c| self.columns[*c].role == Role::Value).collect();
        let large =
            |row| self.figure(row, own).is_ok_and(|f| f.is_some_and(|f| f.abs() >= Decimal::from(LEAST_DIFFERENCE)));
        // To the hundredth, in several figures: no chance.
        let broken = |row| self.figure(row, own).ok().flatten().filter(|f: &Decimal| !f.fract().is_zero());
        let exact: BTreeSet<Decimal> = self.rows().filter_map(broken).collect();
        (self.rows().any(large) || exact.len() >= ROWS_OF_DIFFERENCE)
            && money.iter().any(|a| money.iter().any(|b| a != b && self.adds_up(*a, &[*b, own], own)))
    }

    /// Whether the parts make the total in every row, in enough of them with a figure of our column's own.
    fn adds_up(&self, total: usize, parts: &[usize], own: usize) -> bool {
        self.rows_added_up(total, parts, own).is_some_and(|told| told >= LEAST_ROWS)
    }

    /// In how many rows with a figure of our column's own the parts make the total; none where they don't in one.
    fn rows_added_up(&self, total: usize, parts: &[usize], own: usize) -> Option<usize> {
        let mut told = 0;
        for row in self.rows() {
            let Ok(whole) = self.figure(row, total) else { continue };
            let figures: Result<Vec<Option<Decimal>>, NoFigure> = parts.iter().map(|c| self.figure(row, *c)).collect();
            let Ok(figures) = figures else { continue };
            if whole.is_none() && figures.iter().all(Option::is_none) {
                continue;
            }
            let scale = figures.iter().flatten().chain(&whole).map(Decimal::scale).max().unwrap_or(0);
            let used = figures.iter().flatten().filter(|f| !f.is_zero()).count();
            let sum = figures.iter().flatten().try_fold(Decimal::ZERO, |sum, f| sum.checked_add(*f))?;
            let slack = Decimal::new(5, (scale + 1).min(MOST_PLACES)) * Decimal::from(figures.len() + 1);
            if whole.unwrap_or_default().checked_sub(sum).is_none_or(|d| d.abs() > slack) {
                return None;
            }
            let mine = self.figure(row, own).is_ok_and(|f| f.is_some_and(|f| !f.is_zero()));
            told += usize::from(mine && (used > 1 || whole.is_some_and(|w| !w.is_zero())));
        }
        Some(told)
    }

    fn rows(&self) -> std::ops::Range<usize> {
        self.header.body()..self.grid.rows()
    }

    /// What a position prints: a figure or nothing.
    fn figure(&self, row: usize, col: usize) -> Result<Option<Decimal>, NoFigure> {
        match self.grid.reading(row, col) {
            Reading::Blank => Ok(None),
            Reading::Amount(value, None) => Ok(Some(value)),
            _ => Err(NoFigure),
        }
    }
}

/// The rules of this module.
pub(crate) const RULES: &[crate::model::rule::Rule] = &[crate::model::rule::Rule {
    id: "M01",
    title: "Money needs evidence",
    text: "a column's figures are amounts where its head names money, a money unit, a concept, a class of spending or a year of the budget; where it is part, total or difference of columns that are, in every row (columns that nothing names prove each other where they add up to such a total in four rows or more, in a table with a money unit); or where all its figures are printed to the hundredth in a table with a money unit and its head says nothing. What is the quotient of two other columns on every row is a share, whatever its head. Heads of shares, counts, dates, marks and numbers that call something give no amounts, nor do years and codes of the books beside their names. What stays undecided has its text, no value, and the flag `low_confidence`",
    source: "《政府收支分类科目》 for the codes; the forms of 部门预算 and 部门决算 for the heads",
}];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::TableType;
    use crate::table::{column, header};
    use yusuan_extract::{Cell, RawTable};

    /// The roles of a table's columns, columns parted by `|`.
    fn roles(rows: &[&str], table_type: TableType) -> Vec<Role> {
        let cols = rows[0].split('|').count();
        let mut raw = RawTable { rows: rows.len(), cols, ..RawTable::default() };
        for (row, line) in rows.iter().enumerate() {
            for (col, text) in line.split('|').enumerate() {
                raw.cells.push(Cell { row, col, row_span: 1, col_span: 1, text: text.to_owned(), ..Cell::default() });
            }
        }
        let grid = Grid::new(&raw);
        let header = header::find(&grid, 0);
        let mut columns = column::assign(&grid, &header, table_type);
        settle(&grid, &header, &mut columns, Ground { unit: true, form: table_type != TableType::Other });
        columns.iter().map(|c| c.role).collect()
    }

    #[test]
    fn sums_prove_money() {
        let part = ["项目名称|合计|甲|乙", "子|30|10|20", "丑|5|2|3"];
        assert_eq!(
            roles(&part, TableType::Other)[2..],
            [Role::Undecided; 2],
            "two unknown columns prove nothing for each other"
        );
        let part = ["县市|合计|甲|乙", "子|30|10|20", "丑|5|2|3", "寅|7|4|3", "卯|9|1|8"];
        assert_eq!(roles(&part, TableType::Other)[2..], [Role::Value; 2], "row after row");
        let part = ["项目名称|合计|甲|财政拨款", "子|30|10|20", "丑|5|2|3"];
        assert_eq!(roles(&part, TableType::Other)[2..], [Role::Value; 2]);
        let part = ["项目名称|合计|甲|财政拨款", "子|30|10|20", "丑|5|2|8"];
        assert_eq!(roles(&part, TableType::Other)[2], Role::Undecided);
        let difference = ["项目|2023年|2024年|增减", "子|130|210|80", "丑|50|20|-30"];
        assert_eq!(roles(&difference, TableType::Other)[3], Role::Value);
        let small =
            ["项目|预算数|决算数|增减变动", "子|19.85|18.38|-1.47", "丑|0.86|0.80|-0.06", "寅|18.17|16.82|-1.35"];
        assert_eq!(roles(&small, TableType::Other)[3], Role::Value);
        let closed = ["项目名称|某某|增减情况", "合计|9|6.60", "子|4|1.10", "丑|2|2.20", "寅|3|3.30"];
        assert_eq!(roles(&closed, TableType::Other)[2], Role::Value);
        let open = ["项目名称|某某|增减情况", "合计|9|6.70", "子|4|1.10", "丑|2|2.20", "寅|3|3.30"];
        assert_eq!(roles(&open, TableType::Other)[2], Role::Undecided);
        let rate = ["项目|2023年|2024年|增减", "子|130|210|61.5", "丑|50|20|-60"];
        assert_eq!(roles(&rate, TableType::Other)[3], Role::Undecided);
    }

    #[test]
    fn the_form_of_money_proves_it_where_nothing_else_is_said() {
        let form = ["项目名称|某某|金额", "子|1,230.10|20", "丑|512.35|3", "寅|400.00|3"];
        assert_eq!(roles(&form, TableType::Other)[1], Role::Value);
        let counts = ["项目名称|某某|金额", "子|1230|20", "丑|512|3", "寅|400|3"];
        assert_eq!(roles(&counts, TableType::Other)[1], Role::Undecided);
        let shares = ["项目名称|某某|金额", "子|12.50|20", "丑|33.10|3", "寅|54.40|3"];
        assert_eq!(roles(&shares, TableType::Other)[1], Role::Undecided);
        let said = ["项目名称|里程|金额", "子|1,230.10|20", "丑|512.35|3", "寅|400.00|3"];
        assert_eq!(roles(&said, TableType::Other)[1], Role::Count);
    }

    #[test]
    fn other_numbers_are_no_money_under_any_head_or_none() {
        let years = ["项目名称|年度|金额", "子|2024|20", "丑|2023|3"];
        assert_eq!(roles(&years, TableType::ProjectExpenditure)[1], Role::Date);
        let years = ["项目名称|某某|金额", "子|2024|20", "丑|2023|3"];
        assert_eq!(roles(&years, TableType::ProjectExpenditure)[1], Role::Date);
        for head in ["", "类款项", "科目编萁", "类/款/项"] {
            let rows = [
                &format!("{head}|科目名称|合计|基本支出"),
                "206|科学技术支出|5|5",
                "20607|科学技术普及|5|5",
                "2060701|机构运行|5|5",
            ];
            let found = roles(&rows.map(|r| r as &str), TableType::ExpenditureSummary);
            assert!(matches!(found[0], Role::Code(_)), "{head} {found:?}");
        }
        let money =
            ["科目编码|科目名称|金额", "30201|办公费|2060701", "30211|差旅费|2130599", "30217|公务接待费|30201"];
        assert_eq!(roles(&money, TableType::GeneralPublicBasicExpenditure)[2], Role::Value);
        let posts = ["项目名称|邮政编码|金额", "子|454950|20", "丑|454951|3"];
        assert_eq!(roles(&posts, TableType::ProjectExpenditure)[1], Role::Identifier);
        let years = ["项目名称|2023年度|评审金额", "子|2023|2024", "丑|35.50|240", "寅|90|1480"];
        assert_eq!(roles(&years, TableType::ProjectExpenditure)[1..], [Role::Value; 2]);
    }
}
