//! The money of a performance form: amounts beside a label that names money, or below heads that do.
//!
//! A form has no header. 年度资金总额 | 86.28 is label and value; 名称 | 预算金额（万元） over 基本支出 | 563.89 is a small table
//! within the form. What stands in the list of indicators is a goal, whatever it looks like.

use crate::model::fact::{Coded, Fact};
use crate::model::money::{MoneyUnit, UnitSource};
use crate::model::rule::Rule;
use crate::model::vocabulary::{ColumnKind, FactFlag};
use crate::reading::amount::{self, Reading};
use crate::reading::fold::{ends_in, fold, has_any, squash};
use crate::reading::{form_word, label, unit, year};
use crate::table::dimension::{self, Said};
use crate::table::facts::Layout;
use crate::table::goals;
use crate::table::grid::Grid;
use rust_decimal::Decimal;
use std::ops::Range;
use yusuan_extract::RawTable;

/// Words of labels that name money.
const MONEY: &[&str] = &[
    "预算",
    "资金",
    "金额",
    "经费",
    "支出",
    "拨款",
    "收入",
    "总额",
    "投资",
    "结转",
    "结余",
    "自筹",
    "补助",
    "执行数",
    "配套",
    "安排",
    "基金",
];
/// Heads that name money where their neighbours do: 合计 beside 一般公共预算 and 其他资金.
const TOTALS: &[&str] = &["合计", "总计", "小计"];
/// Ends of labels that name something else, though a word of money is in them: 预算年度, 资金到位率, 支出进度.
const NO_MONEY: &[&str] = &[
    "年度", "年份", "率", "比例", "占比", "%", "进度", "权重", "分值", "得分", "分", "目标", "指标", "编码", "代码",
    "编号", "名称", "单位", "部门", "人", "人数", "人次", "户数", "次数", "批次", "标准", "单价", "电话", "期限",
    "日期", "时间", "依据", "概况", "内容", "说明", "数量", "个数",
];
/// So many heads of money in one row begin a small table.
const LEAST_HEADS: usize = 2;
/// Heads with these endings stand over the names of a small table's rows.
const NAMES: &[&str] =
    &["名称", "任务", "事项", "类别", "来源", "性质", "渠道", "科目", "类型", "种类", "分类", "构成", "项目"];
/// The heads of a list of indicators take up no more rows.
const DEEPEST_HEAD: usize = 3;
/// A label is no longer than this (characters); a sentence that speaks of money names none.
const LONGEST_LABEL: usize = 30;

/// The form's amounts in reading order.
pub(crate) fn read(layout: &Layout, raw: &RawTable) -> Vec<Fact> {
    let form = Form { grid: layout.grid, lists: goals::lists(layout.grid), project: project(layout.grid, raw) };
    let mut facts = Vec::new();
    // 部门预算总额（万元） says it for the parts below it in the same block.
    let mut block: Option<Block> = None;
    for row in 0..layout.grid.rows() {
        for col in layout.grid.starts(row).into_iter().filter(|col| form.may_hold_money(row, *col)) {
            block = form.stated(row, col).or(block).filter(|block| form.is_within(row, col, block));
            let (figure, own, doubt) = match layout.grid.reading(row, col) {
                Reading::Amount(figure, own) => (Some(figure), own, None),
                Reading::Several => (None, None, Some(FactFlag::MergedFigures)),
                Reading::Other if form.may_be_amount(row, col) => (None, None, Some(FactFlag::LowConfidence)),
                Reading::Other | Reading::Blank => continue,
            };
            let Some(named) = form.named(row, col) else { continue };
            let whole = block.map(|block| (block.unit, UnitSource::Column));
            let (unit, source) = match named.unit(own).or(whole) {
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

/// The unit that all amounts of a form are printed in: its labels say it each for itself.
pub(crate) fn common_unit(facts: &[Fact]) -> Option<MoneyUnit> {
    let first = facts.first()?.unit?;
    facts.iter().all(|fact| fact.unit == Some(first)).then_some(first)
}

/// Rows whose unit one label states.
#[derive(Clone, Copy)]
struct Block {
    unit: MoneyUnit,
    /// Position of the block's own label.
    row: usize,
    col: usize,
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
    /// Rows of the lists of indicators.
    lists: Vec<Range<usize>>,
    /// The project that the form is about.
    project: Coded,
}

impl Form<'_> {
    /// Whether a position may hold money: in a list of indicators only where the list's own heads say so.
    fn may_hold_money(&self, row: usize, col: usize) -> bool {
        let Some(list) = self.lists.iter().find(|list| list.contains(&row)) else { return true };
        let of_list = |above: usize| above < list.start + DEEPEST_HEAD && above >= list.start;
        self.head(row, col).is_some_and(|(above, _)| of_list(above))
    }

    /// The label of an amount: with a head above it, else the text before it.
    fn named(&self, row: usize, col: usize) -> Option<Named> {
        let head = self.head(row, col);
        let labels = self.labels(row, col, head);
        let named = |column: String| Named {
            label: labels.last().map_or("", |label| self.grid.printed(row, *label)).to_owned(),
            above: labels.iter().rev().skip(1).map(|c| self.grid.folded(row, *c).to_owned()).collect(),
            path: labels.iter().map(|c| self.grid.printed(row, *c)).collect::<Vec<&str>>().join(" / "),
            column,
        };
        if let Some((above, first)) = head {
            return Some(named(self.column_path(first, above, col)));
        }
        // Only the label right before the amount names it.
        let last = *labels.last()?;
        let own = || self.text_above(row, col).and_then(|above| self.own_label(row, col, above)).is_some();
        let is_label = self.is_beside(row, last, col) && is_money(self.grid.folded(row, last));
        (is_label || own()).then(|| named(String::new()))
    }

    /// Whether nothing stands between a label and an amount.
    fn is_beside(&self, row: usize, label: usize, col: usize) -> bool {
        (label..col).all(|c| c == label || self.grid.folded(row, c).is_empty() || self.same(row, c, label))
    }

    /// Columns of the texts that name an amount, in a small table below the heads' row: those behind the amount before it, the label itself, and before that
    /// what names money too or a block of rows; 单位名称 | 某局 | 预算数 are two pairs on one line.
    fn labels(&self, row: usize, col: usize, head: Option<(usize, usize)>) -> Vec<usize> {
        let before = self.before(row, col);
        let amount = (0..col).rev().find(|c| matches!(self.grid.reading(row, *c), Reading::Amount(..)));
        // In a small table the column of names names the rows, whatever stands between: 任务名称 | 主要内容 | 金额.
        let is_name = |c: &&usize| {
            let names = |r: usize| !self.spans(r, row, **c) && ends_in(self.grid.folded(r, **c), NAMES);
            head.is_some_and(|(above, first)| (first..=above).any(names))
        };
        let end = before.iter().rposition(|c| is_name(&c)).map_or(before.len(), |at| at + 1);
        let (last, rest) = match before[..end].split_last() {
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

    /// The block that a label of money with its unit opens: 部门预算总额（万元）.
    fn stated(&self, row: usize, col: usize) -> Option<Block> {
        let folded = self.grid.folded(row, col);
        let unit = unit::in_header(folded).filter(|_| is_money(folded))?;
        let first = *self.before(row, col + 1).first()?;
        Some(Block { unit, row, col: first })
    }

    /// Whether a position lies in a block: beside its label, or where the label's column is blank (set without merging).
    fn is_within(&self, row: usize, col: usize, block: &Block) -> bool {
        let own = self.grid.index(block.row, block.col);
        col >= block.col
            && (block.row..=row)
                .all(|r| self.grid.index(r, block.col) == own || self.grid.folded(r, block.col).is_empty())
    }

    /// Whether a text holds a figure that cannot be read: 约300,000, 75O000.
    fn may_be_amount(&self, row: usize, col: usize) -> bool {
        self.grid.cell(row, col).is_some_and(|cell| amount::is_unread(&cell.text))
            && self.grid.folded(row, col).chars().count() <= LONGEST_LABEL
    }

    fn is_text(&self, row: usize, col: usize) -> bool {
        matches!(self.grid.reading(row, col), Reading::Other) && !self.may_be_amount(row, col)
    }

    /// The head of a small table above an amount: the nearest text above, in a row of heads without amounts. Its row, and
    /// the first row of the heads.
    fn head(&self, row: usize, col: usize) -> Option<(usize, usize)> {
        let above = self.text_above(row, col)?;
        // The block's own label reaches over both rows and is no head.
        let head = self.grid.folded(above, col);
        let starts = self.grid.starts(above);
        let is_beside_money = || starts.iter().any(|c| *c > col && is_money(self.grid.folded(above, *c)));
        let named = is_money(head) || TOTALS.contains(&head) && is_beside_money();
        if self.grid.index(above, col) == self.grid.index(row, col) || !named {
            return None;
        }
        if starts.iter().any(|c| matches!(self.grid.reading(above, *c), Reading::Amount(..))) {
            return None;
        }
        if self.own_label(row, col, above).is_some() {
            return None;
        }
        let is_head = |c: usize| c == col || is_money(self.grid.folded(above, c));
        let heads = starts.iter().filter(|c| is_head(**c) && !self.spans(above, row, **c));
        let (first, wider) = self.wider_head(above, col);
        let sure = unit::in_header(head).is_some() || wider || heads.count() >= LEAST_HEADS;
        (sure && (starts.len() >= LEAST_HEADS || wider)).then_some((above, first))
    }

    /// The row of the nearest words above a position; marks such as — are none.
    fn text_above(&self, row: usize, col: usize) -> Option<usize> {
        (0..row).rev().find(|r| self.is_text(*r, col) && self.grid.folded(*r, col).contains(char::is_alphabetic))
    }

    /// The label right before an amount that is the amount's own, since it stands below a head of money too: 项目总预算 over
    /// 财政拨款 | 200 is no head of a column.
    fn own_label(&self, row: usize, col: usize, above: usize) -> Option<usize> {
        let label = self.before(row, col).last().copied().filter(|c| self.is_beside(row, *c, col))?;
        let head = self.grid.folded(above, label);
        // 资金 in the corner of 年初预算数 | 全年预算数 | 执行数: each of those stands over a column.
        let staged = |c: &&usize| **c > label && self.grid.folded(above, **c).ends_with('数');
        let corner = self.grid.starts(above).iter().filter(staged).count() >= LEAST_HEADS;
        let below_money = !self.spans(above, row, label) && is_money(head) && !ends_in(head, NAMES) && !corner;
        let name = self.grid.folded(row, label).trim_end_matches(':');
        (below_money && (is_money(name) || name == "其他")).then_some(label)
    }

    /// The row of a wider head of money over a head (预算金额（万元） over 总额 and 财政拨款), else the head's own row; and whether
    /// there is one.
    fn wider_head(&self, above: usize, col: usize) -> (usize, bool) {
        let Some(upper) = above.checked_sub(1).filter(|r| self.is_text(*r, col)) else { return (above, false) };
        let wider = self.grid.width(upper, col) > self.grid.width(above, col)
            && !self.spans(upper, above, col)
            && is_money(self.grid.folded(upper, col));
        if wider { (self.grid.cell(upper, col).map_or(upper, |c| c.row), true) } else { (above, false) }
    }

    /// The heads over an amount, top to bottom.
    fn column_path(&self, first: usize, above: usize, col: usize) -> String {
        let mut heads: Vec<&str> = (first..=above).map(|r| self.grid.printed(r, col)).collect();
        heads.dedup();
        heads.join("/")
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
            period: Some(dimension::period_in_form(&said, year::fiscal(&fold(&layout.captions.title)))),
            phase: dimension::phase_in_form(&said, &layout.captions.title),
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

/// The project that a form names beside 项目名称 and 项目编码.
fn project(grid: &Grid, raw: &RawTable) -> Coded {
    let beside = |words: &[&str]| {
        let mut places = (0..grid.rows()).flat_map(|row| grid.starts(row).into_iter().map(move |col| (row, col)));
        let (row, col) = places.find(|(row, col)| words.contains(&grid.folded(*row, *col).trim_end_matches(':')))?;
        let next = (col + grid.width(row, col)..grid.cols()).find(|c| !grid.folded(row, *c).is_empty())?;
        (!form_word::is_field(grid.folded(row, next))).then(|| grid.printed(row, next).to_owned())
    };
    let name = beside(&[
        "项目名称",
        "专项名称",
        "专项资金名称",
        "项目(名称)",
        "政策名称",
        "项目(政策)名称",
        "政策(项目)名称",
        "专项(项目)名称",
    ]);
    let cells = raw.cells.iter().map(|cell| &cell.text);
    let mut texts = raw.captions.iter().map(|caption| &caption.text).chain(cells);
    let name = name.or_else(|| texts.find_map(|text| form_word::named_project(text)).map(squash)).unwrap_or_default();
    let code = beside(&["项目编码", "项目代码", "项目编号"]).unwrap_or_default();
    Coded { code, name }
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "M02",
    title: "Money in forms",
    text: "an amount of a performance form is money where the label right before it, or the head above it in a small table, names money; what stands in the list of indicators is a goal, unless a head of that list names money",
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
