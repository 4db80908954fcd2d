//! Rows and columns that may be summed, settled by the table's own printed totals.
//!
//! Some tables print parents and children without any mark of rank (采购品目 over its goods, a pay item over its parts), or
//! 基本支出 beside the 人员经费 and 公用经费 it consists of. Where the sum of what looks like leaves misses the printed total,
//! and exactly the rows (or columns) that equal the sum of those behind them explain it, these are taken as subtotals. Where
//! nothing explains it nothing is changed, and the table says so. Printed figures are never changed.

use crate::model::doubt::Doubt;
use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, RowKind, Side, TableType};
use crate::reading::fold::fold;
use crate::reading::three_public::{Item, of_label};
use std::collections::{BTreeMap, BTreeSet};

/// Rows beyond this are not searched for parents: the search is quadratic, and lists so long are plain.
const MAX_ROWS: usize = 2_000;

/// Rows besides the total without which a list proves nothing: of two, one is often the other's part.
const LEAST_ROWS: usize = 3;

/// Whether a row may be the parent of the single row below it: equal neighbours are as often two equal items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Single {
    Never,
    /// Only where the text of the parent begins left of that of its row, and so with all parents.
    AllStaggered,
    /// Only where the text of the parent begins left of that of its row.
    Staggered,
    Always,
}

/// One panel of a table as figures by row and column.
#[derive(Default, Clone)]
struct Panel {
    rows: Vec<BTreeMap<u32, Measured>>,
    numbers: Vec<u32>,
    totals: Vec<BTreeMap<u32, Measured>>,
    /// Row numbers of the totals.
    total_numbers: Vec<u32>,
    /// Whether the row counts as a leaf.
    leaf: Vec<bool>,
    /// How deep the row was read to stand.
    levels: Vec<u32>,
    /// The row is a leaf of a parent that its leaves add up to: it is no parent itself.
    settled: Vec<bool>,
    /// The first grid column with text in each row.
    indents: Vec<usize>,
    /// Whether no figure is negative.
    grows: bool,
}

/// Infers which rows and columns of all panels.
pub(crate) fn infer(statement: &mut Statement) {
    // The rows of a form are no list: each amount has its own label.
    let three = matches!(statement.table_type, TableType::ThreePublic | TableType::GovernmentFundThreePublic);
    if three {
        part_vehicles(statement);
    }
    if three || statement.table_type.is_form() {
        return;
    }
    let sides: BTreeSet<Option<Side>> = statement.facts.iter().map(|f| f.side).collect();
    for side in sides {
        infer_columns(statement, side);
        infer_rows(statement, side);
    }
}

/// 其中：公务用车购置费 over 公务用车运行维护费: where the vehicles' own row may be summed, what is bought and what is run are parts of it,
/// with 其中 before the first of them or before both.
fn part_vehicles(statement: &mut Statement) {
    let item = |fact: &Fact| of_label(&fold(&fact.row_label));
    let whole = statement.facts.iter().find(|f| f.additive && item(f) == Some(Item::Vehicles));
    let Some((path, level, row)) = whole.map(|f| (f.row_path.clone(), f.row_level, f.row)) else { return };
    let part = |fact: &Fact| matches!(item(fact), Some(Item::Purchase | Item::Running)) && fact.row > row;
    for fact in statement.facts.iter_mut().filter(|f| f.additive && part(f)) {
        fact.row_path = format!("{path} / {}", fact.row_label);
        fact.row_level = level.saturating_add(1);
        fact.row_kind = RowKind::OfWhich;
        fact.additive = false;
    }
}

fn infer_rows(statement: &mut Statement, side: Option<Side>) {
    let Some(mut panel) = panel(statement, side) else { return };
    if panel.totals.is_empty() {
        adopt_total(statement, side, &mut panel);
        return;
    }
    if closes_as_read(statement, side) || panel.closes() {
        return;
    }
    let before = panel.leaf.clone();
    let every = vec![true; before.len()];
    // Without any mark of rank, what was taken for a heading above codes may as well be an item below one (projects
    // below their function): the sums alone decide.
    for (start, known) in [(&before, true), (&every, false)] {
        if !known {
            panel.settled.fill(false);
        }
        for single in [Single::Never, Single::AllStaggered, Single::Staggered, Single::Always] {
            panel.leaf.clone_from(start);
            panel.find_parents(single);
            if panel.closes() {
                apply(statement, side, &panel, &before);
                return;
            }
        }
    }
    statement.doubts.push(Doubt::SumsDisagree);
}

/// A list that prints no 合计 may have its total all the same: 一般公共预算收入 above its kinds, or below them. It is the first or last
/// row where all leaves of the others add up to it in every column.
fn adopt_total(statement: &mut Statement, side: Option<Side>, panel: &mut Panel) {
    let last = panel.rows.len().saturating_sub(1);
    if panel.rows.len() <= LEAST_ROWS {
        return;
    }
    for at in [0, last] {
        let mut others = panel.without(at);
        let before = others.leaf.clone();
        for single in [None, Some(Single::Never), Some(Single::AllStaggered), Some(Single::Staggered)] {
            others.leaf.clone_from(&before);
            if let Some(single) = single {
                others.find_parents(single);
            }
            if !others.closes_as_one() {
                continue;
            }
            apply(statement, side, &others, &before);
            for fact in statement.facts.iter_mut().filter(|f| f.side == side && f.row == panel.numbers[at]) {
                fact.row_kind = RowKind::Total;
                fact.additive = false;
            }
            return;
        }
    }
}

/// Writes down which rows turned out to be parents, and which to be leaves.
fn apply(statement: &mut Statement, side: Option<Side>, panel: &Panel, before: &[bool]) {
    let found = panel.numbers.iter().zip(panel.leaf.iter().zip(before));
    let changed: BTreeMap<u32, bool> =
        found.filter(|(_, (now, then))| now != then).map(|(row, (now, _))| (*row, *now)).collect();
    for fact in statement.facts.iter_mut().filter(|f| f.side == side) {
        if let Some(leaf) = changed.get(&fact.row) {
            fact.row_kind = if *leaf { RowKind::Item } else { RowKind::Subtotal };
            fact.additive = *leaf;
        }
    }
}

/// Whether the leaves of every column add up to its printed total. A total whose label reaches over several lists
/// (公用经费合计 below two panels of codes) is that of all columns up to the total before it.
fn closes_as_read(statement: &Statement, side: Option<Side>) -> bool {
    let mut leaves: BTreeMap<u32, Measured> = BTreeMap::new();
    let mut totals: BTreeMap<u32, BTreeMap<u32, Measured>> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|f| f.side == side) {
        let Some(sum) = Measured::of(statement, fact) else { return false };
        if fact.row_kind == RowKind::Total {
            totals.entry(fact.row).or_default().insert(fact.col, sum);
        } else if fact.additive {
            let column = leaves.entry(fact.col).or_default();
            let Some(more) = column.plus(sum) else { return false };
            *column = more;
        }
    }
    let columns: BTreeSet<u32> = totals.values().flat_map(|t| t.keys().copied()).collect();
    let agrees = |row: &BTreeMap<u32, Measured>, col: &u32| {
        let Some(total) = row.get(col) else { return false };
        let own = leaves.get(col).copied().unwrap_or_default();
        let from = row.range(..col).next_back().map_or(0, |(before, _)| before + 1);
        let reach = leaves.range(from..=*col).map(|(_, sum)| *sum).try_fold(Measured::default(), Measured::plus);
        total.agrees(own) || reach.is_some_and(|sum| total.agrees(sum))
    };
    !columns.is_empty() && columns.iter().all(|col| totals.values().any(|row| agrees(row, col)))
}

/// The figures of a panel; `None` where nothing can be proved.
fn panel(statement: &Statement, side: Option<Side>) -> Option<Panel> {
    let mut rows: BTreeMap<u32, (bool, bool, BTreeMap<u32, Measured>)> = BTreeMap::new();
    let mut levels: BTreeMap<u32, u32> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|f| f.side == side && f.row_kind != RowKind::OfWhich) {
        let total = fact.row_kind == RowKind::Total;
        levels.insert(fact.row, fact.row_level);
        let row = rows.entry(fact.row).or_insert_with(|| (total, fact.additive, BTreeMap::new()));
        row.2.insert(fact.col, Measured::of(statement, fact)?);
    }
    let mut panel = Panel { indents: indents(statement, side), ..Panel::default() };
    for (number, (total, leaf, figures)) in rows {
        if total {
            panel.totals.push(figures);
            panel.total_numbers.push(number);
        } else {
            panel.rows.push(figures);
            panel.numbers.push(number);
            panel.levels.push(levels.get(&number).copied().unwrap_or_default());
            panel.leaf.push(leaf);
        }
    }
    panel.settled = panel.settled();
    panel.grows = panel.rows.iter().flat_map(BTreeMap::values).all(|s| !s.value.is_sign_negative());
    (!panel.rows.is_empty() && panel.rows.len() <= MAX_ROWS).then_some(panel)
}

/// The grid column in which each row's text begins, rows as in [`panel`].
fn indents(statement: &Statement, side: Option<Side>) -> Vec<usize> {
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for cell in statement.raw.cells.iter().filter(|c| !c.text.trim().is_empty()) {
        let column = first.entry(cell.row).or_insert(cell.col);
        *column = (*column).min(cell.col);
    }
    let mut rows: BTreeMap<u32, usize> = BTreeMap::new();
    let counted = |f: &&Fact| f.side == side && !matches!(f.row_kind, RowKind::OfWhich | RowKind::Total);
    for fact in statement.facts.iter().filter(counted) {
        let row = statement.raw.cells.get(fact.cell).map_or(0, |c| c.row);
        rows.insert(fact.row, first.get(&row).copied().unwrap_or(0));
    }
    rows.into_values().collect()
}

impl Panel {
    fn closes(&self) -> bool {
        self.closes_as_one() || self.closes_from_above() || self.closes_from_below()
    }

    /// The panel with one of its rows as its total.
    fn without(&self, at: usize) -> Self {
        let mut other = self.clone();
        other.total_numbers = vec![other.numbers.remove(at)];
        other.totals = vec![other.rows.remove(at)];
        other.leaf.remove(at);
        other.levels.remove(at);
        other.settled.remove(at);
        other.indents.remove(at);
        if other.totals[0].values().all(|figure| figure.value.is_zero()) {
            other.totals.clear();
        }
        other
    }

    /// The sum of the leaves in rows of these numbers.
    fn leaves(&self, within: impl Fn(u32) -> bool) -> Option<BTreeMap<u32, Measured>> {
        let mut sums: BTreeMap<u32, Measured> = BTreeMap::new();
        let leaves = self.rows.iter().zip(&self.leaf).zip(&self.numbers);
        for ((row, _), _) in leaves.filter(|((_, leaf), number)| **leaf && within(**number)) {
            for (col, figure) in row {
                let sum = sums.entry(*col).or_default();
                *sum = sum.plus(*figure)?;
            }
        }
        Some(sums)
    }

    /// Lists each below its own total: 收入合计 over its items, 支出合计 over its items. Rows above the first total have to be below a
    /// first row that is the sum of everything.
    fn closes_from_above(&self) -> bool {
        let Some(first) = self.total_numbers.first() else { return false };
        let sections = self.total_numbers.iter().zip(&self.totals).enumerate().all(|(at, (from, total))| {
            let to = self.total_numbers.get(at + 1).copied().unwrap_or(u32::MAX);
            self.leaves(|row| row > *from && row < to).is_some_and(|sum| same(total, &sum))
        });
        let loose = self.leaves(|row| row < *first).is_none_or(|sum| !sum.is_empty());
        let all = || {
            let whole = self.rows.first().filter(|_| self.leaf.first() == Some(&false));
            whole.zip(self.leaves(|_| true)).is_some_and(|(whole, sum)| same(whole, &sum))
        };
        sections && (!loose || all())
    }

    /// Lists each above its own total, which is that of the rows since the total before or of all rows so far.
    fn closes_from_below(&self) -> bool {
        let Some(last) = self.total_numbers.last() else { return false };
        let sections = self.total_numbers.iter().zip(&self.totals).enumerate().all(|(at, (to, total))| {
            let from = at.checked_sub(1).and_then(|before| self.total_numbers.get(before)).copied().unwrap_or(0);
            let since = self.leaves(|row| row > from && row < *to).filter(|sum| !sum.is_empty());
            let so_far = self.leaves(|row| row < *to);
            [since, so_far].into_iter().flatten().any(|sum| same(total, &sum))
        });
        sections && self.leaves(|row| row > *last).is_some_and(|sum| sum.is_empty())
    }

    /// The leaves right below each parent that add up to it.
    fn settled(&self) -> Vec<bool> {
        let mut settled = vec![false; self.rows.len()];
        for at in (0..self.rows.len()).filter(|at| !self.leaf[*at]) {
            let mut sums: BTreeMap<u32, Measured> = BTreeMap::new();
            let below = (at + 1..self.rows.len()).take_while(|below| self.levels[*below] > self.levels[at]);
            for below in below.filter(|below| self.leaf[*below]) {
                for (col, figure) in &self.rows[below] {
                    let sum = sums.entry(*col).or_default();
                    *sum = sum.plus(*figure).unwrap_or(*sum);
                }
                if same(&self.rows[at], &sums) {
                    settled[at + 1..=below].fill(true);
                    break;
                }
            }
        }
        settled
    }

    /// Whether in every column with a printed total the leaves add up to it (to one of several: 本年合计, 总计).
    fn closes_as_one(&self) -> bool {
        let columns: BTreeSet<u32> = self.totals.iter().flat_map(|t| t.keys().copied()).collect();
        !columns.is_empty()
            && columns.iter().all(|col| {
                let leaves = self.rows.iter().zip(&self.leaf).filter(|(_, leaf)| **leaf);
                let sum =
                    leaves.filter_map(|(row, _)| row.get(col).copied()).try_fold(Measured::default(), Measured::plus);
                sum.is_some_and(|sum| self.totals.iter().filter_map(|t| t.get(col)).any(|t| t.agrees(sum)))
            })
    }

    /// Marks leaves that equal the sum of enough leaves right below them in every column, from the bottom up,
    /// so that inner parents are known before outer ones.
    fn find_parents(&mut self, single: Single) {
        for at in (0..self.rows.len()).rev() {
            if self.leaf.get(at) == Some(&true)
                && self.settled.get(at) == Some(&false)
                && self.is_parent(at, single)
                && let Some(leaf) = self.leaf.get_mut(at)
            {
                *leaf = false;
            }
        }
    }

    fn is_parent(&self, at: usize, single: Single) -> bool {
        let Some(parent) = self.rows.get(at) else { return false };
        if parent.values().all(|v| v.value.is_zero()) {
            return false;
        }
        let mut sums: BTreeMap<u32, Measured> = BTreeMap::new();
        let mut count = 0;
        for (below, (row, leaf)) in self.rows.iter().zip(&self.leaf).enumerate().skip(at + 1) {
            if single == Single::AllStaggered && self.indents.get(at) >= self.indents.get(below) {
                return false;
            }
            if !leaf {
                continue;
            }
            for (col, figure) in row {
                let sum = sums.entry(*col).or_default();
                let Some(more) = sum.plus(*figure) else { return false };
                *sum = more;
            }
            count += 1;
            // Where nothing is negative, a sum that has grown beyond the parent stays beyond it.
            if self.grows && is_beyond(parent, &sums) {
                return false;
            }
            if same(parent, &sums) && (count > 1 || self.may_hold_one(at, single)) {
                return true;
            }
        }
        false
    }
}

impl Panel {
    fn may_hold_one(&self, at: usize, single: Single) -> bool {
        let staggered = || self.indents.get(at).zip(self.indents.get(at + 1)).is_some_and(|(own, next)| own < next);
        match single {
            Single::Never => false,
            Single::AllStaggered | Single::Staggered => staggered(),
            Single::Always => true,
        }
    }
}

/// Whether a column's sum is more than the row's figure, whatever rounding explains.
fn is_beyond(row: &BTreeMap<u32, Measured>, sums: &BTreeMap<u32, Measured>) -> bool {
    sums.iter().any(|(col, sum)| {
        let own = row.get(col).copied().unwrap_or_default();
        let room = own.value.checked_add(own.half).and_then(|v| v.checked_add(sum.half));
        room.is_some_and(|room| sum.value > room)
    })
}

/// Whether two rows agree in every column; a blank is nothing.
fn same(a: &BTreeMap<u32, Measured>, b: &BTreeMap<u32, Measured>) -> bool {
    let columns: BTreeSet<&u32> = a.keys().chain(b.keys()).collect();
    let at = |row: &BTreeMap<u32, Measured>, col: &u32| row.get(col).copied().unwrap_or_default();
    columns.iter().all(|col| at(a, col).agrees(at(b, col)))
}

/// A run of columns: a total with what stands right of it up to the next total (left of it where the total comes last).
struct Run {
    total: u32,
    parts: Vec<(u32, ColumnKind)>,
}

fn infer_columns(statement: &mut Statement, side: Option<Side>) {
    let kinds: BTreeMap<u32, ColumnKind> =
        statement.facts.iter().filter(|f| f.side == side).map(|f| (f.col, f.column_kind)).collect();
    let mut rows: BTreeMap<u32, BTreeMap<u32, Measured>> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|f| f.side == side) {
        if let Some(sum) = Measured::of(statement, fact) {
            rows.entry(fact.row).or_default().insert(fact.col, sum);
        }
    }
    let rows: Vec<BTreeMap<u32, Measured>> = rows.into_values().collect();
    for run in runs(&kinds) {
        let Some(settled) = infer_run(&run, &rows) else { continue };
        for fact in statement.facts.iter_mut().filter(|f| f.side == side) {
            if let Some((_, kind)) = settled.iter().find(|(col, _)| *col == fact.col) {
                fact.column_kind = *kind;
            }
        }
    }
}

fn runs(kinds: &BTreeMap<u32, ColumnKind>) -> Vec<Run> {
    let totals: Vec<u32> = kinds.iter().filter(|(_, k)| **k == ColumnKind::Total).map(|(c, _)| *c).collect();
    let between = |from: Option<u32>, until: Option<u32>| -> Vec<(u32, ColumnKind)> {
        let inside = |col: u32| from.is_none_or(|f| col > f) && until.is_none_or(|u| col < u);
        kinds.iter().filter(|(c, k)| inside(**c) && **k != ColumnKind::Total).map(|(c, k)| (*c, *k)).collect()
    };
    let run = |(at, total): (usize, &u32)| {
        let right = between(Some(*total), totals.get(at + 1).copied());
        let left = || between(at.checked_sub(1).and_then(|i| totals.get(i)).copied(), Some(*total));
        Run { total: *total, parts: if right.is_empty() { left() } else { right } }
    };
    totals.iter().enumerate().map(run).collect()
}

/// Other kinds for the run's columns, where the ones it has don't add up and others do in every row.
fn infer_run(run: &Run, rows: &[BTreeMap<u32, Measured>]) -> Option<Vec<(u32, ColumnKind)>> {
    if run.parts.len() < 2 || adds_up(run, &run.parts, rows) {
        return None;
    }
    let flat = nested(&run.parts, rows);
    if adds_up(run, &flat, rows) {
        return Some(flat);
    }
    let whole = |kind| if kind == ColumnKind::OfWhich { ColumnKind::Item } else { kind };
    let counted: Vec<(u32, ColumnKind)> = run.parts.iter().map(|(col, kind)| (*col, whole(*kind))).collect();
    adds_up(run, &counted, rows).then_some(counted)
}

/// Whether the total is the sum of the run's item columns in every row, and at least two columns take part.
fn adds_up(run: &Run, parts: &[(u32, ColumnKind)], rows: &[BTreeMap<u32, Measured>]) -> bool {
    let items: Vec<u32> = parts.iter().filter(|(_, k)| *k == ColumnKind::Item).map(|(c, _)| *c).collect();
    let told = rows.iter().filter(|r| r.get(&run.total).is_some_and(|t| !t.value.is_zero()));
    let mut count = 0;
    for row in told {
        let sum = items.iter().filter_map(|c| row.get(c).copied()).try_fold(Measured::default(), Measured::plus);
        if !row.get(&run.total).zip(sum).is_some_and(|(total, sum)| total.agrees(sum)) {
            return false;
        }
        count += 1;
    }
    count > 0 && !items.is_empty()
}

/// Item columns that in every row equal the sum of two or more item columns right behind them become subtotals.
fn nested(parts: &[(u32, ColumnKind)], rows: &[BTreeMap<u32, Measured>]) -> Vec<(u32, ColumnKind)> {
    let mut parts = parts.to_vec();
    for at in (0..parts.len()).rev() {
        let (col, kind) = parts[at];
        if kind != ColumnKind::Item {
            continue;
        }
        let behind: Vec<u32> =
            parts[at + 1..].iter().filter(|(_, k)| *k == ColumnKind::Item).map(|(c, _)| *c).collect();
        if (2..=behind.len()).any(|count| equals(col, &behind[..count], rows)) {
            parts[at].1 = ColumnKind::Subtotal;
        }
    }
    parts
}

fn equals(col: u32, parts: &[u32], rows: &[BTreeMap<u32, Measured>]) -> bool {
    let at = |row: &BTreeMap<u32, Measured>, col: u32| row.get(&col).copied().unwrap_or_default();
    let agrees = |row: &BTreeMap<u32, Measured>| {
        let sum = parts.iter().map(|c| at(row, *c)).try_fold(Measured::default(), Measured::plus);
        sum.is_some_and(|sum| at(row, col).agrees(sum))
    };
    // Each of the parts must hold something somewhere: blank columns prove nothing.
    let used = |part: &u32| rows.iter().any(|row| !at(row, *part).value.is_zero());
    parts.iter().all(used) && rows.iter().all(agrees)
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "S01",
        title: "Leaves add up",
        text: "where the leaves miss the printed total and the rows that equal the sum of those right below them explain it in every column, these are subtotals; a total below several lists is that of all of them",
        source: "政府采购 lists print 品目, 项目 and goods one below the other; 公用经费合计 stands below two lists in 基本支出决算明细表",
    },
    Rule {
        id: "S02",
        title: "Columns add up",
        text: "a column that in every row equals the sum of two or more behind it is a subtotal where the total closes only so",
        source: "基本支出 beside its 人员经费 and 公用经费",
    },
    Rule {
        id: "S03",
        title: "Otherwise said",
        text: "where nothing explains the difference nothing is changed and the table gets a doubt",
        source: "published tables contain errors",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};

    /// Rows `label|value|value…`; labels with 计 are totals.
    fn table(columns: &[(&str, ColumnKind)], rows: &[&str]) -> Statement {
        let mut facts = Vec::new();
        for (at, line) in rows.iter().enumerate() {
            let mut cells = line.split('|');
            let label = cells.next().unwrap_or_default();
            for ((path, kind), (col, value)) in columns.iter().zip(cells.enumerate()) {
                if value.is_empty() {
                    continue;
                }
                let mut fact = fact(at as u32 + 2, col as u32 + 2, path, value);
                label.clone_into(&mut fact.row_label);
                fact.column_kind = *kind;
                fact.row_kind = if label.contains('计') { RowKind::Total } else { RowKind::Item };
                fact.additive = fact.row_kind == RowKind::Item;
                facts.push(fact);
            }
        }
        let mut table = statement(TableType::GovernmentProcurement, facts);
        infer(&mut table);
        table
    }

    fn leaves(table: &Statement) -> Vec<&str> {
        table.facts.iter().filter(|f| f.additive && f.col == 2).map(|f| f.row_label.as_str()).collect()
    }

    #[test]
    fn staggered_lists_are_taken_apart_by_their_sums() {
        let rows = [
            "合计|41.00",
            "货物A|31.00",
            "网络|11.00",
            "服务器|4.00",
            "交换机|7.00",
            "办公|20.00",
            "桌|12.00",
            "椅|8.00",
            "服务C|10.00",
            "运维|6.00",
            "印刷|4.00",
        ];
        let found = table(&[("总计", ColumnKind::Item)], &rows);
        assert_eq!(leaves(&found), ["服务器", "交换机", "桌", "椅", "运维", "印刷"]);
        assert!(found.doubts.is_empty());
        let single =
            table(&[("总计", ColumnKind::Item)], &["合计|9.00", "服务C|9.00", "运维|9.00", "印刷|4.00", "保洁|5.00"]);
        assert_eq!(leaves(&single), ["印刷", "保洁"]);
    }

    #[test]
    fn a_total_below_two_lists_is_that_of_both() {
        let heads = [("决算数", ColumnKind::Item), ("金额", ColumnKind::Item), ("决算数", ColumnKind::Item)];
        let rows = ["工资|5.00|3.00|1.00", "津贴|2.00|4.00|2.00"];
        let lists = |public: &str| {
            let last = format!("合计|7.00||{public}");
            table(&heads, &[rows[0], rows[1], &last])
        };
        assert!(lists("10.00").doubts.is_empty(), "3 + 4 + 1 + 2");
        assert!(lists("3.00").doubts.is_empty(), "1 + 2 alone");
        assert_eq!(lists("9.00").doubts.len(), 1);
    }

    #[test]
    fn lists_below_their_own_totals_and_totals_by_another_name() {
        let column = [("金额", ColumnKind::Item)];
        let two = table(&column, &["收入合计|9.00", "甲|5.00", "乙|4.00", "支出合计|3.00", "丙|1.00", "丁|2.00"]);
        assert!(two.doubts.is_empty());
        assert_eq!(leaves(&two), ["甲", "乙", "丙", "丁"]);
        for rows in [["收入|9.00", "甲|5.00", "乙|3.00", "丙|1.00"], ["甲|5.00", "乙|3.00", "丙|1.00", "收入|9.00"]]
        {
            assert_eq!(leaves(&table(&column, &rows)), ["甲", "乙", "丙"]);
        }
        assert_eq!(leaves(&table(&column, &["甲|9.00", "乙|5.00", "丙|3.00"])).len(), 3);
    }

    #[test]
    fn headings_that_are_items_below_codes() {
        let mut found =
            table(&[("金额", ColumnKind::Item)], &["合计|9.00", "行政|7.00", "甲|3.00", "乙|4.00", "其他|2.00"]);
        // As if 甲 had been taken for the head of what follows, and 行政 for an item.
        for fact in &mut found.facts {
            fact.additive = matches!(fact.row_label.as_str(), "行政" | "其他");
            fact.row_kind = match fact.row_label.as_str() {
                "合计" => RowKind::Total,
                "甲" | "乙" => RowKind::Subtotal,
                _ => RowKind::Item,
            };
        }
        infer(&mut found);
        assert_eq!(leaves(&found), ["行政", "其他"], "what closes stays");
        for fact in found.facts.iter_mut().filter(|f| f.row_label == "行政") {
            fact.additive = false;
            fact.row_kind = RowKind::Subtotal;
        }
        infer(&mut found);
        assert_eq!(leaves(&found), ["甲", "乙", "其他"]);
    }

    #[test]
    fn what_sums_do_not_prove_stays_as_it_is() {
        let found = table(&[("总计", ColumnKind::Item)], &["合计|50.00", "货物A|31.00", "网络|11.00", "办公|20.00"]);
        assert_eq!(leaves(&found), ["货物A", "网络", "办公"]);
        assert_eq!(found.doubts.len(), 1);
        let plain = table(&[("总计", ColumnKind::Item)], &["合计|6.00", "甲|3.00", "乙|1.00", "丙|2.00"]);
        assert_eq!(leaves(&plain), ["甲", "乙", "丙"]);
    }

    #[test]
    fn columns_beside_their_parts() {
        let item = ColumnKind::Item;
        let heads = [
            ("合计", ColumnKind::Total),
            ("基本支出", item),
            ("人员经费", item),
            ("公用经费", item),
            ("项目支出", item),
        ];
        let found = table(
            &heads,
            &["合计|10.00|7.00|5.00|2.00|3.00", "甲|6.00|3.00|2.00|1.00|3.00", "乙|4.00|4.00|3.00|1.00|"],
        );
        let kinds: BTreeMap<u32, ColumnKind> = found.facts.iter().map(|f| (f.col, f.column_kind)).collect();
        assert_eq!(
            kinds.into_values().collect::<Vec<_>>(),
            [ColumnKind::Total, ColumnKind::Subtotal, item, item, item]
        );
        let flat = [("合计", ColumnKind::Total), ("其中：基本支出", ColumnKind::OfWhich), ("项目支出", item)];
        let found = table(&flat, &["合计|10.00|7.00|3.00", "甲|10.00|7.00|3.00"]);
        assert!(found.facts.iter().filter(|f| f.col == 3).all(|f| f.column_kind == item));
    }
}
