//! The printed rows of one panel with their amounts, and which row belongs under which.

use crate::check::code::row_code;
use crate::model::fact::Fact;
use crate::model::statement::Statement;
use crate::model::vocabulary::{RowKind, Side};
use crate::reading::fold::{fold, has_any, pattern};
use crate::reading::label;
use std::collections::BTreeMap;

/// Tables with more rows than this are plain lists; the search for ancestors is quadratic.
const MAX_LINES: usize = 4_000;

/// Words of rows that carry money over years or close a gap with it: not part of this year's sum.
const CARRIED: &[&str] = &["结转", "结余", "弥补", "使用非财政拨款", "动用", "事业基金"];

// 一般公共预算支出合计, 全市收入合计, 政府性基金收入: what a year brings in or spends, before transfers and what was carried over.
pattern!(
    BUDGET_SUM,
    "^(?:(?:全[省市县区州旗盟]|[省市县区州旗盟]?本级|[省市县区州旗盟]级|地方)(?:一般公共预算|政府性基金预算|政府性基金|国有资本经营预算|国有资本经营|财政)?|一般公共预算|政府性基金预算|政府性基金|国有资本经营预算|国有资本经营|社会保险基金预算|社会保险基金|地方财政|财政)(?:收入|支出)(?:合计|小计|共计)?$"
);

/// One row of a panel.
pub(crate) struct Line<'a> {
    /// Label without list numbers, for comparison.
    pub(crate) name: String,
    /// What the row is.
    pub(crate) kind: RowKind,
    /// The row's amounts by column.
    pub(crate) figures: BTreeMap<u32, &'a Fact>,
    /// The line (by index) that this one stands under.
    pub(crate) parent: Option<usize>,
    /// Whether a list number or a code of the books says where the row belongs.
    pub(crate) marked: bool,
    /// Whether the row has a code of the books.
    pub(crate) coded: bool,
    /// Whether nothing is printed that says what the row is: forms leave the cells of the total's row blank.
    pub(crate) nameless: bool,
}

impl Line<'_> {
    /// 本年收入合计, 本年支出合计, 当年收入小计.
    pub(crate) fn is_this_year(&self) -> bool {
        let start = self.name.starts_with("本年") || self.name.starts_with("当年");
        start && !self.is_carried() && matches!(self.kind, RowKind::Total | RowKind::Subtotal)
    }

    /// 一般公共预算支出合计, 政府性基金收入合计: a total that says whose sum it is.
    pub(crate) fn is_budget_sum(&self) -> bool {
        self.kind == RowKind::Total && BUDGET_SUM.is_match(self.name.trim_end_matches(':'))
    }

    /// Whether the total is called one: 一般公共预算支出 alone may be a class of a wider list.
    pub(crate) fn is_called_total(&self) -> bool {
        ["计", "和"].iter().any(|end| self.name.trim_end_matches(':').ends_with(end))
    }

    /// 合计, 收入总计, 支出总计: the sum of everything in the panel.
    pub(crate) fn is_grand(&self) -> bool {
        let name = self.name.trim_end_matches(':');
        let grand = ["合计", "总计", "共计", "收入合计", "支出合计", "收入总计", "支出总计", "收入共计", "支出共计"];
        self.kind == RowKind::Total && (grand.contains(&name) || name.starts_with("合计(") || name.starts_with("总计("))
    }

    /// 上年结转, 年末结转和结余, 用事业基金弥补收支差额.
    pub(crate) fn is_carried(&self) -> bool {
        has_any(&self.name, CARRIED)
    }
}

/// The panel's rows from top to bottom; none where the table is too long to be looked through.
pub(crate) fn lines(statement: &Statement, side: Option<Side>) -> Vec<Line<'_>> {
    let rows = rows(statement, side);
    if rows.len() > MAX_LINES {
        return Vec::new();
    }
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut paths: Vec<&str> = Vec::new();
    for facts in rows {
        let Some(first) = facts.first().copied() else { continue };
        let folded = fold(&first.row_label);
        let coded = row_code(first).is_some();
        let marked = coded || label::rank(&folded) > 0;
        let nameless = is_nameless(first);
        let parent = if nameless { None } else { ancestor(&paths, &first.row_path) };
        paths.push(if nameless { "" } else { &first.row_path });
        lines.push(Line {
            name: label::bare(&folded).to_owned(),
            kind: first.row_kind,
            figures: facts.into_iter().map(|f| (f.col, f)).collect(),
            parent,
            marked,
            coded,
            nameless,
        });
    }
    name_totals(&mut lines);
    lines
}

/// The amounts of each printed row, those of lists that stand side by side (302 beside 301) apart.
fn rows(statement: &Statement, side: Option<Side>) -> Vec<Vec<&Fact>> {
    let mut facts: Vec<&Fact> = statement.facts.iter().filter(|f| f.side == side).collect();
    facts.sort_by_key(|f| (f.row, f.col));
    facts.chunk_by(|a, b| a.row == b.row && a.row_path == b.row_path).map(<[&Fact]>::to_vec).collect()
}

/// For each column of a panel its place within its list: lists side by side have the same columns again. Columns are of one
/// list where every row names the same in both.
pub(crate) fn places_in_list(statement: &Statement, side: Option<Side>) -> BTreeMap<u32, u32> {
    let mut columns: BTreeMap<u32, BTreeMap<u32, &str>> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|f| f.side == side) {
        columns.entry(fact.col).or_default().insert(fact.row, &fact.row_path);
    }
    let mut places = BTreeMap::new();
    let mut before: Option<(&BTreeMap<u32, &str>, u32)> = None;
    for (col, rows) in &columns {
        let other = |(row, path): (&u32, &&str), own: &BTreeMap<u32, &str>| own.get(row).is_some_and(|p| p != path);
        let place = match before {
            Some((last, place)) if !rows.iter().any(|row| other(row, last)) => place + 1,
            _ => 0,
        };
        places.insert(*col, place);
        before = Some((rows, place));
    }
    places
}

/// Nothing tells what the row is: no label, no code, no agency, no project.
fn is_nameless(fact: &Fact) -> bool {
    let codes = [&fact.function, &fact.department_economic, &fact.government_economic, &fact.agency, &fact.project];
    fold(&fact.row_label).is_empty()
        && codes.iter().all(|c| c.code.is_empty() && c.name.is_empty())
        && fact.row_kind != RowKind::OfWhich
}

/// A single row without a name on top of a list that prints no total is the total: many forms leave its label's cells blank.
/// Right below a total it only prints the total once more.
fn name_totals(lines: &mut Vec<Line<'_>>) {
    let nameless: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].nameless).collect();
    let grand = lines.iter().position(Line::is_grand);
    // 一般公共预算支出 as the first or the last row of its table.
    if grand.is_none() && !lines.iter().any(|l| l.kind == RowKind::Total) {
        // Below the parts of 二、非税收入 it is none of them.
        let bare = |l: &&mut Line<'_>| !l.marked && BUDGET_SUM.is_match(&l.name) && !l.coded;
        let last = lines.len().saturating_sub(1);
        let found = [0, last].into_iter().find(|at| lines.get_mut(*at).as_ref().is_some_and(bare));
        if let Some(top) = found.and_then(|at| lines.get_mut(at)).filter(|_| last > 1) {
            top.kind = RowKind::Total;
            top.parent = None;
        }
    }
    match (nameless.as_slice(), grand) {
        ([0], None) if lines.len() > 1 => {
            let top = &mut lines[0];
            top.kind = RowKind::Total;
            "合计".clone_into(&mut top.name);
        }
        ([at], Some(total)) if *at == total + 1 => lines[*at].kind = RowKind::Total,
        _ => {}
    }
}

/// The nearest line above whose path is the longest beginning of this one; ancestors without amounts are passed over.
fn ancestor(paths: &[&str], path: &str) -> Option<usize> {
    let mut upper = path;
    while let Some((above, _)) = upper.rsplit_once(" / ") {
        if let Some(at) = paths.iter().rposition(|p| *p == above) {
            return Some(at);
        }
        upper = above;
    }
    None
}

/// The panels that a table has amounts in.
pub(crate) fn sides(statement: &Statement) -> Vec<Option<Side>> {
    let mut sides: Vec<Option<Side>> = statement.facts.iter().map(|f| f.side).collect();
    sides.sort_unstable();
    sides.dedup();
    sides
}
