//! The money of a performance form: amounts beside a label that names money, or below heads that do.
//!
//! A form has no header. 年度资金总额 | 86.28 is label and value; 名称 | 预算金额（万元） over 基本支出 | 563.89 is a small table
//! within the form. What stands in the list of indicators is a goal, whatever it looks like.

use crate::model::fact::{Coded, Fact};
use crate::model::money::{MoneyUnit, UnitSource};
use crate::model::rule::Rule;
use crate::model::vocabulary::{ColumnKind, FactFlag, Period};
use crate::reading::amount::{self, Reading};
use crate::reading::fold::{ends_in, fold, has_any};
use crate::reading::{label, unit, year};
use crate::table::dimension::{self, Said};
use crate::table::facts::Layout;
use crate::table::grid::Grid;
use rust_decimal::Decimal;
use yusuan_extract::RawTable;

/// Words of labels that name money.
const MONEY: &[&str] =
    &["预算", "资金", "金额", "经费", "支出", "拨款", "收入", "总额", "投资", "结转", "结余", "自筹", "补助"];
/// Ends of labels that name something else, though a word of money is in them: 预算年度, 资金到位率, 支出进度.
const NO_MONEY: &[&str] = &[
    "年度", "年份", "率", "比例", "占比", "%", "进度", "权重", "分值", "得分", "分", "目标", "指标", "编码", "代码",
    "编号", "名称", "单位", "部门", "人", "电话", "期限", "日期", "时间", "依据", "概况", "内容", "说明", "数量",
    "个数",
];
/// Heads of the list of indicators.
const INDICATORS: &[&str] = &["一级指标", "二级指标", "三级指标", "指标值", "指标名称", "指标权重", "绩效指标"];
/// So many heads of that list in one row begin it.
const LEAST_HEADS: usize = 2;
/// A label is no longer than this (characters); a sentence that speaks of money names none.
const LONGEST_LABEL: usize = 30;

/// The form's amounts in reading order.
pub(crate) fn read(layout: &Layout, raw: &RawTable) -> Vec<Fact> {
    let form = Form { grid: layout.grid, end: indicators(layout.grid), project: project(layout.grid) };
    let mut facts = Vec::new();
    // 部门预算总额（万元） says it for the parts below it in the same block.
    let mut block: Option<(Option<usize>, MoneyUnit)> = None;
    for row in 0..form.end {
        for col in layout.grid.starts(row) {
            if let Some(unit) = form.stated(row, col) {
                let first = form.before(row, col + 1).first().and_then(|c| layout.grid.index(row, *c));
                block = Some((first, unit));
            }
            let (figure, own, doubt) = match layout.grid.reading(row, col) {
                Reading::Amount(figure, own) => (Some(figure), own, None),
                Reading::Several => (None, None, Some(FactFlag::MergedFigures)),
                Reading::Other if form.may_be_amount(row, col) => (None, None, Some(FactFlag::LowConfidence)),
                Reading::Other | Reading::Blank => continue,
            };
            let Some(named) = form.named(row, col) else { continue };
            let first = form.before(row, col).first().and_then(|c| layout.grid.index(row, *c));
            let stated = named.unit(own);
            let whole = block.filter(|(cell, _)| *cell == first).map(|(_, unit)| (unit, UnitSource::Column));
            let (unit, source) = match stated.or(whole) {
                Some((unit, source)) => (Some(unit), Some(source)),
                None => (layout.unit, layout.unit_source),
            };
            let value = unit.zip(figure).and_then(|(u, figure)| figure.checked_mul(u.factor())).map(|v| v.normalize());
            let doubt = doubt.or_else(|| unit.is_none().then_some(FactFlag::UnitMissing));
            facts.extend(form.fact(layout, raw, (row, col), &named, Money { unit, source, value, doubt }));
        }
    }
    facts
}

/// What names one amount.
struct Named {
    /// The label as printed.
    label: String,
    /// Labels of the whole block and the label itself.
    path: String,
    /// Labels of the block, folded, the nearest first.
    above: Vec<String>,
    /// Heads above the amount where it stands in a small table.
    column: String,
}

/// What an amount is worth, and what is doubtful about it.
#[derive(Clone, Copy)]
struct Money {
    unit: Option<MoneyUnit>,
    source: Option<UnitSource>,
    value: Option<Decimal>,
    doubt: Option<FactFlag>,
}

impl Named {
    /// The unit that the amount's own cell, its label or its head states.
    fn unit(&self, own: Option<MoneyUnit>) -> Option<(MoneyUnit, UnitSource)> {
        let beside = own.or_else(|| unit::in_header(&fold(&self.label))).map(|unit| (unit, UnitSource::Cell));
        let head =
            || std::iter::once(fold(&self.column)).chain(self.above.iter().cloned()).find_map(|t| unit::in_header(&t));
        beside.or_else(|| head().map(|unit| (unit, UnitSource::Column)))
    }
}

/// A form while it is read.
struct Form<'a> {
    grid: &'a Grid<'a>,
    /// Row at which the indicators begin.
    end: usize,
    /// The project that the form is about.
    project: Coded,
}

impl Form<'_> {
    /// The label of an amount: with a head above it, else the text before it.
    fn named(&self, row: usize, col: usize) -> Option<Named> {
        let labels = self.labels(row, col);
        let head = self.head(row, col);
        let last = *labels.last()?;
        let named = |label: usize, column: &str| Named {
            label: self.grid.printed(row, label).to_owned(),
            above: labels.iter().rev().skip(1).map(|c| self.grid.folded(row, *c).to_owned()).collect(),
            path: labels.iter().map(|c| self.grid.printed(row, *c)).collect::<Vec<&str>>().join(" / "),
            column: column.to_owned(),
        };
        if let Some(head) = head {
            return Some(named(last, &head));
        }
        // Only the label right before the amount names it.
        let beside = (last..col).all(|c| c == last || self.grid.folded(row, c).is_empty() || self.same(row, c, last));
        (beside && is_money(self.grid.folded(row, last))).then(|| named(last, ""))
    }

    /// Columns of the texts that name an amount: those behind the amount before it, the label itself, and before that
    /// what names money too or a block of rows; 单位名称 | 某局 | 预算数 are two pairs on one line.
    fn labels(&self, row: usize, col: usize) -> Vec<usize> {
        let before = self.before(row, col);
        let amount = (0..col).rev().find(|c| matches!(self.grid.reading(row, *c), Reading::Amount(..)));
        let (last, rest) = match before.split_last() {
            Some((last, rest)) => (*last, rest),
            None => return before,
        };
        let rows = |c: usize| self.grid.cell(row, c).map_or(1, |cell| cell.row_span);
        let names = |c: &&usize| {
            let near = amount.is_none_or(|at| **c > at) || rows(**c) > 1;
            near && (rows(**c) > rows(last) || is_money(self.grid.folded(row, **c)))
        };
        rest.iter().filter(names).copied().chain([last]).collect()
    }

    fn same(&self, row: usize, a: usize, b: usize) -> bool {
        self.grid.index(row, a) == self.grid.index(row, b)
    }

    /// Columns of the texts before an amount, each cell once.
    fn before(&self, row: usize, col: usize) -> Vec<usize> {
        let mut cells: Vec<usize> = Vec::new();
        let mut columns = Vec::new();
        for at in 0..col {
            let Some(index) = self.grid.index(row, at).filter(|_| self.is_text(row, at)) else { continue };
            if !cells.contains(&index) {
                cells.push(index);
                columns.push(at);
            }
        }
        columns
    }

    /// The unit that a label of money states: 部门预算总额（万元）.
    fn stated(&self, row: usize, col: usize) -> Option<MoneyUnit> {
        let folded = self.grid.folded(row, col);
        unit::in_header(folded).filter(|_| is_money(folded))
    }

    /// Whether a text holds a figure that cannot be read: 约300,000, 75O000.
    fn may_be_amount(&self, row: usize, col: usize) -> bool {
        self.grid.cell(row, col).is_some_and(|cell| amount::is_unread(&cell.text))
            && self.grid.folded(row, col).chars().count() <= LONGEST_LABEL
    }

    fn is_text(&self, row: usize, col: usize) -> bool {
        matches!(self.grid.reading(row, col), Reading::Other) && !self.may_be_amount(row, col)
    }

    /// The head of a small table above an amount: the nearest text above, in a row of heads without amounts.
    fn head(&self, row: usize, col: usize) -> Option<String> {
        let above = (0..row).rev().find(|r| self.is_text(*r, col))?;
        // The block's own label reaches over both rows and is no head.
        let head = self.grid.folded(above, col);
        if self.grid.index(above, col) == self.grid.index(row, col) || !is_money(head) {
            return None;
        }
        let starts = self.grid.starts(above);
        if starts.iter().any(|c| matches!(self.grid.reading(above, *c), Reading::Amount(..))) {
            return None;
        }
        let heads = starts.iter().filter(|c| is_money(self.grid.folded(above, **c)) && !self.spans(above, row, **c));
        let sure = unit::in_header(head).is_some() || heads.count() >= LEAST_HEADS;
        (sure && starts.len() >= LEAST_HEADS).then(|| self.grid.printed(above, col).to_owned())
    }

    /// Whether one cell reaches over both rows.
    fn spans(&self, above: usize, below: usize, col: usize) -> bool {
        self.grid.index(above, col) == self.grid.index(below, col)
    }

    fn fact(
        &self,
        layout: &Layout,
        raw: &RawTable,
        (row, col): (usize, usize),
        named: &Named,
        money: Money,
    ) -> Option<Fact> {
        let Money { unit, source: unit_source, value, doubt } = money;
        let cell_index = self.grid.origin(row, col)?;
        let cell = raw.cells.get(cell_index)?;
        let column: Vec<String> = Some(&named.column).filter(|c| !c.is_empty()).into_iter().cloned().collect();
        let said = Said::new(&column, &named.label);
        let sheet = cell.place.sheet_cell;
        let one_based = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
        Some(Fact {
            place: cell.place,
            row: sheet.map_or_else(|| one_based(row), |s| s.0),
            col: sheet.map_or_else(|| one_based(col), |s| s.1),
            cell: cell_index,
            side: None,
            row_label: named.label.clone(),
            row_path: named.path.clone(),
            row_level: 1,
            additive: false,
            row_kind: label::kind(&fold(&named.label)),
            function: Coded::default(),
            department_economic: Coded::default(),
            government_economic: Coded::default(),
            agency: Coded::default(),
            project: self.project.clone(),
            project_type: String::new(),
            column_kind: ColumnKind::Item,
            column_path: named.column.clone(),
            fund: dimension::fund_in_form(&said),
            nature: dimension::nature_in_form(&said),
            period: Some(Period::Current),
            phase: dimension::phase(&said, &layout.captions.title),
            value_text: cell.text.trim().to_owned(),
            unit,
            foreign_unit: None,
            unit_source,
            value,
            alternative: None,
            flags: doubt.into_iter().collect(),
            revenue: Coded::default(),
            concept: None,
            row_region: Coded::default(),
        })
    }
}

/// Whether a text (folded) names money.
fn is_money(folded: &str) -> bool {
    let bare = unit::strip(label::bare(folded));
    let name = bare.trim_end_matches([':', '：']);
    let short = name.chars().count() <= LONGEST_LABEL && !name.contains(['。', ',', ';']);
    short && has_any(name, MONEY) && !ends_in(name, NO_MONEY) && !year::is_year(name)
}

/// The row at which the list of indicators begins.
fn indicators(grid: &Grid) -> usize {
    let heads = |row: usize| {
        let cells = grid.starts(row);
        cells
            .iter()
            .filter(|col| has_any(grid.folded(row, **col), INDICATORS) && grid.folded(row, **col).len() < 40)
            .count()
    };
    (0..grid.rows()).find(|row| heads(*row) >= LEAST_HEADS).unwrap_or(grid.rows())
}

/// The project that a form names beside 项目名称 and 项目编码.
fn project(grid: &Grid) -> Coded {
    let beside = |words: &[&str]| {
        let mut places = (0..grid.rows()).flat_map(|row| grid.starts(row).into_iter().map(move |col| (row, col)));
        let (row, col) = places.find(|(row, col)| words.contains(&grid.folded(*row, *col).trim_end_matches(':')))?;
        let next = (col + grid.width(row, col)..grid.cols()).find(|c| !grid.folded(row, *c).is_empty())?;
        Some(grid.printed(row, next).to_owned())
    };
    let name = beside(&["项目名称", "专项名称", "专项资金名称", "项目(名称)"]).unwrap_or_default();
    let code = beside(&["项目编码", "项目代码", "项目编号"]).unwrap_or_default();
    Coded { code, name }
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "M02",
    title: "Money in forms",
    text: "an amount of a performance form is money where the label right before it, or the head above it in a small table, names money; what stands in the list of indicators is a goal",
    source: "forms of 部门整体支出绩效目标表 and 项目支出绩效目标表: 年度资金总额, 其中：财政拨款",
}];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_name_money() {
        for label in ["年度资金总额", "其中:财政拨款", "部门预算总额(万元)", "(1)基本支出", "当年预算", "区级支出(元)"]
        {
            assert!(is_money(label), "{label}");
        }
        for label in
            ["预算年度", "资金到位率", "项目名称", "预算单位", "2024", "实施期限", "资金管理办法健全,支出合规。"]
        {
            assert!(!is_money(label), "{label}");
        }
    }
}
