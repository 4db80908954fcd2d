//! Names of columns whose header cell was lost, where the figures prove which one it was.
//!
//! A column that in every row is the sum of those beside it is their 合计; beside 合计 and 基本支出 the rest is 项目支出.
//! What is restored is marked `repaired`; a column that nothing proves stays without a name.

use crate::model::rule::Rule;
use crate::reading::amount::Reading;
use crate::reading::fold::{ends_in, fold};
use crate::reading::unit;
use crate::table::grid::Grid;
use crate::table::header::Header;
use rust_decimal::Decimal;

/// Rows that have to agree before a column is named.
const LEAST_ROWS: usize = 2;

/// Wholes that consist of named parts and of nothing else.
const WHOLES: &[&[&str]] =
    &[&["基本支出", "项目支出"], &["人员经费", "公用经费"], &["一般公共预算", "政府性基金预算", "国有资本经营预算"]];

/// Restores what can be proved and gives the columns that got a name.
pub(crate) fn restore(grid: &Grid, header: &mut Header) -> Vec<usize> {
    let mut restored = Vec::new();
    if header.rows == 0 {
        return restored;
    }
    for col in 0..header.paths.len() {
        let Some(group) = Group::around(grid, header, col) else { continue };
        if let Some(name) = group.name(grid, header)
            && let Some(path) = header.paths.get_mut(col)
        {
            path.push(name);
            restored.push(col);
        }
    }
    restored
}

/// A column without a name of its own among the columns below the same head.
struct Group {
    col: usize,
    total: Option<usize>,
    parts: Vec<usize>,
}

impl Group {
    /// The group of a column that holds amounts and has no name; none where two such columns stand in it.
    fn around(grid: &Grid, header: &Header, col: usize) -> Option<Self> {
        let own = header.paths.get(col)?;
        let amounts = |c: usize| rows(grid, header).filter(|r| amount(grid, *r, c).is_some()).count() >= LEAST_ROWS;
        let below = |c: &usize| {
            let path = header.paths.get(*c);
            path.is_some_and(|p| p.starts_with(own) && p.len() <= own.len() + 1) && amounts(*c)
        };
        if !amounts(col) || rows(grid, header).any(|r| is_text(grid, r, col)) {
            return None;
        }
        let members: Vec<usize> = (0..header.paths.len()).filter(|c| *c != col).filter(below).collect();
        let named = |c: &usize| header.paths.get(*c).is_some_and(|p| p.len() > own.len());
        if members.len() < 2 || !members.iter().all(named) {
            return None;
        }
        let (totals, parts): (Vec<usize>, Vec<usize>) =
            members.iter().partition(|c| ends_in(&leaf(header, **c), &["合计", "小计", "总计"]));
        (totals.len() <= 1).then(|| Self { col, total: totals.first().copied(), parts })
    }

    /// The name that the figures prove.
    fn name(&self, grid: &Grid, header: &Header) -> Option<String> {
        let Some(total) = self.total else {
            return adds_up(grid, header, (self.col, &self.parts)).then(|| "合计".to_owned());
        };
        let mut heads: Vec<String> = self.parts.iter().map(|c| leaf(header, *c)).collect();
        heads.sort();
        let missing = WHOLES.iter().find_map(|whole| {
            let (known, rest): (Vec<&str>, Vec<&str>) = whole.iter().partition(|part| heads.iter().any(|h| h == *part));
            (known.len() == heads.len()).then_some(())?;
            let [only] = rest[..] else { return None };
            Some(only.to_owned())
        })?;
        let all: Vec<usize> = self.parts.iter().copied().chain([self.col]).collect();
        adds_up(grid, header, (total, &all)).then_some(missing)
    }
}

/// Whether a column is the sum of the others in every row that prints any of them, in enough rows of their own.
fn adds_up(grid: &Grid, header: &Header, (total, parts): (usize, &[usize])) -> bool {
    let mut told = 0;
    let scale = rows(grid, header).filter_map(|r| amount(grid, r, total)).map(|v| v.scale()).max().unwrap_or(0);
    let Some(tolerance) = Decimal::new(5, (scale + 1).min(28)).checked_mul(Decimal::from(parts.len() + 1)) else {
        return false;
    };
    for row in rows(grid, header) {
        let printed = parts.iter().filter_map(|c| amount(grid, row, *c));
        let Some(sum) = printed.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add) else { return false };
        let whole = amount(grid, row, total).unwrap_or_default();
        if whole.checked_sub(sum).is_none_or(|d| d.abs() > tolerance) {
            return false;
        }
        told += usize::from(!whole.is_zero());
    }
    let used = |c: &&usize| rows(grid, header).any(|r| amount(grid, r, **c).is_some_and(|v| !v.is_zero()));
    told >= LEAST_ROWS && parts.iter().filter(used).count() > 1
}

fn rows(grid: &Grid, header: &Header) -> std::ops::Range<usize> {
    header.body()..grid.rows()
}

fn amount(grid: &Grid, row: usize, col: usize) -> Option<Decimal> {
    grid.origin(row, col)?;
    match grid.reading(row, col) {
        Reading::Amount(value, _) => Some(value),
        _ => None,
    }
}

/// Whether a cell of the column's own holds text.
fn is_text(grid: &Grid, row: usize, col: usize) -> bool {
    grid.origin(row, col).is_some()
        && grid.width(row, col) == 1
        && matches!(grid.reading(row, col), Reading::Other | Reading::Several)
}

fn leaf(header: &Header, col: usize) -> String {
    header.paths.get(col).and_then(|p| p.last()).map(|t| unit::strip(&fold(t))).unwrap_or_default()
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "F03",
    title: "Lost header cells",
    text: "a column of amounts without a name is 合计 where in every row it is the sum of the columns beside it, and the missing part of 基本支出 + 项目支出, 人员经费 + 公用经费 or the three budgets where 合计 closes only so; its figures are marked `repaired`",
    source: "《预算法》第五条, 《预算法实施条例》: 部门支出 are 基本支出 and 项目支出; 公用经费 and 人员经费 make 基本支出",
}];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::header;
    use yusuan_extract::{Cell, RawTable};

    /// The restored names of a table, columns parted by `|`.
    fn names(rows: &[&str]) -> Vec<String> {
        let cols = rows[0].split('|').count();
        let mut raw = RawTable { rows: rows.len(), cols, ..RawTable::default() };
        for (row, line) in rows.iter().enumerate() {
            for (col, text) in line.split('|').enumerate() {
                raw.cells.push(Cell { row, col, row_span: 1, col_span: 1, text: text.to_owned(), ..Cell::default() });
            }
        }
        let grid = Grid::new(&raw);
        let mut header = header::find(&grid, 0);
        let restored = restore(&grid, &mut header);
        restored.iter().map(|c| format!("{c}:{}", header.path(*c))).collect()
    }

    #[test]
    fn the_figures_name_the_column() {
        let project = ["科目名称|合计|基本支出|", "甲|7.50|3.50|4.00", "乙|2.50|2.50|", "丙|1.00||1.00"];
        assert_eq!(names(&project), ["3:项目支出"]);
        let total = ["科目名称||基本支出|项目支出", "甲|7.50|3.50|4.00", "乙|2.50|2.50|", "丙|1.00||1.00"];
        assert_eq!(names(&total), ["1:合计"]);
    }

    #[test]
    fn what_is_not_proved_has_no_name() {
        let none: [String; 0] = [];
        assert_eq!(
            names(&["科目名称|合计|基本支出|", "甲|7.50|3.50|4.00", "乙|2.50|2.50|1.00"]),
            none,
            "one row is off"
        );
        assert_eq!(names(&["科目名称|合计|会议费|", "甲|7.50|3.50|4.00", "乙|2.50|2.00|0.50"]), none, "no known whole");
        assert_eq!(names(&["科目名称|合计|基本支出|", "甲|7.50|3.50|4.00"]), none, "one row proves nothing");
        assert_eq!(names(&["科目名称|合计|基本支出|", "甲|7.50|3.50|见附件", "乙|2.50|2.50|"]), none, "no amounts");
    }
}
