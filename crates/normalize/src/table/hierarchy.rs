//! The place of each row among the others: ancestors, level, leaf or not.

use crate::model::rule::Rule;
use crate::model::vocabulary::RowKind;
use crate::reading::books;
use crate::reading::code::{self, Family};
use crate::reading::fold::{fold, has_any};
use crate::reading::label;
use crate::table::row::Row;
use std::collections::{BTreeMap, BTreeSet};

/// How deep a row stands, before its neighbours are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Departments and agencies, by the length of their number (311, 311001).
    Agency(usize),
    /// A heading without code among coded rows.
    Heading,
    /// A code of the books, by its length.
    Code(usize),
    /// A list number 一、 （一） 1. (1).
    Numbered(usize),
    /// A line below a numbered head.
    Plain,
    /// 其中.
    OfWhich,
}

/// A row with what its label says.
struct Seen<'a> {
    row: &'a Row,
    folded: &'a str,
    kind: RowKind,
    /// Whether any row of the lane has a code of the books.
    coded: bool,
    /// Whether the agency's number is printed for this row alone.
    own: bool,
    /// Whether rows of the lane are agencies by their numbers.
    agencies: bool,
}

struct Open {
    rank: Rank,
    code: String,
    index: usize,
    /// Whether unnumbered lines below belong to it.
    head: bool,
}

/// Fills level, path, kind and additive of all rows of a lane. `labelled` says whether the lane has label columns.
pub(crate) fn place(rows: &mut [Row], labelled: bool) {
    let coded = rows.iter().any(|r| length(r).is_some());
    let shared = shared_agencies(rows);
    let agencies = rows.iter().any(|r| !r.agency.code.is_empty());
    let named = if coded { vec![None; rows.len()] } else { lengths_by_name(rows) };
    let mut stack: Vec<Open> = Vec::new();
    let mut parents = vec![false; rows.len()];
    for index in 0..rows.len() {
        let folded = fold(&rows[index].label);
        let kind = match kind_of(&rows[index], &folded, labelled) {
            RowKind::Item if goes_on_with_parts(rows, index, &folded) => RowKind::OfWhich,
            other => other,
        };
        rows[index].kind = Some(kind);
        let own = !shared.contains(&rows[index].agency.code);
        let by_name = named[index].filter(|_| kind == RowKind::Item).map(Rank::Code);
        let rank = by_name
            .or_else(|| rank_of(&Seen { row: &rows[index], folded: &folded, kind, coded, own, agencies }, &stack));
        let code = main_code(&rows[index]).to_owned();
        let Some(rank) = rank else {
            stack.clear();
            set_path(rows, index, &stack);
            continue;
        };
        let unsure = rows[index].unsure.is_some();
        while stack
            .last()
            .is_some_and(|open| !holds(open, rank, Some(&code).filter(|code| !unsure && !code.is_empty())))
        {
            stack.pop();
        }
        set_path(rows, index, &stack);
        // A row whose code is not known is nobody's parent, yet one with longer codes right below it is no leaf.
        if unsure {
            parents[index] = rows[index].unsure < rows.get(index + 1).and_then(length);
            if let Some(open) = stack.last() {
                parents[open.index] = true;
            }
        } else if kind != RowKind::OfWhich {
            let blank = folded.is_empty() && rows[index].codes.is_empty();
            if let Some(open) = stack.last().filter(|_| !blank) {
                parents[open.index] = true;
            }
            let head = matches!(rank, Rank::Numbered(_)) && label::is_head(&folded);
            stack.push(Open { rank, code, index, head });
        }
    }
    for (row, parent) in rows.iter_mut().zip(parents) {
        if parent && row.kind == Some(RowKind::Item) {
            row.kind = Some(RowKind::Subtotal);
        }
        row.additive = row.kind == Some(RowKind::Item);
    }
    close_list(rows);
}

/// The length of the code that each row would have by its name, in a list of 类, 款 and 项 without codes; nothing elsewhere.
fn lengths_by_name(rows: &[Row]) -> Vec<Option<usize>> {
    const LENGTHS: [usize; 3] = [3, 5, 7];
    let mut known = 0;
    let mut classes = 0;
    let mut deeper = false;
    let mut before: Option<(usize, &str)> = None;
    let mut lengths = Vec::with_capacity(rows.len());
    for row in rows {
        let folded = fold(&row.label);
        if folded.is_empty() || label::kind(&folded) != RowKind::Item {
            lengths.push(None);
            continue;
        }
        // A number in front is a rank of its own.
        if label::rank(&folded) > 0 || !row.agency.code.is_empty() || !row.project.name.is_empty() {
            return vec![None; rows.len()];
        }
        let length = length_by_name(&folded, before);
        known += usize::from(length.is_some());
        classes += usize::from(length == Some(3));
        deeper |= length.is_some_and(|length| length > 3);
        // What the list doesn't have is the deepest there is.
        let length = length.unwrap_or(LENGTHS[if before.is_some_and(|(above, _)| above == 3) { 1 } else { 2 }]);
        before = Some((length, &row.label));
        lengths.push(Some(length));
    }
    let listed = lengths.iter().flatten().count();
    if classes >= 2 && deeper && known * 2 > listed { lengths } else { vec![None; rows.len()] }
}

/// 3 for the name of a class, 5 of a 款, 7 of an 项. 其他一般公共服务支出 is both a 款 and its 项: the 项 stands right below.
fn length_by_name(folded: &str, before: Option<(usize, &str)>) -> Option<usize> {
    if let Some(level) = books::level(folded) {
        return Some(3 + 2 * level);
    }
    let repeats = before.is_some_and(|(length, name)| length < 7 && fold(name) == folded);
    if !repeats && code::class_named(folded).is_some() {
        return Some(3);
    }
    let codes = books::named(folded);
    let has = |length: usize| codes.iter().any(|code| code.starts_with('2') && code.len() == length);
    match (has(5), has(7)) {
        (true, _) => Some(if repeats && before.is_some_and(|(length, _)| length == 5) { 7 } else { 5 }),
        (false, true) => Some(7),
        (false, false) => None,
    }
}

/// The length of the code that a row has, or was to have.
fn length(row: &Row) -> Option<usize> {
    row.unsure.or_else(|| (!row.codes.is_empty()).then(|| main_code(row).len()))
}

/// Whether a row names a further part of what the 其中 right above it began: 其中：经费拨款 / 非税收入 below 一、…, or
/// 其中：（1）运行维护费 / （2）购置费 below 三、…. Where the row above 其中 has no list number, nothing tells parts from what follows.
fn goes_on_with_parts(rows: &[Row], index: usize, folded: &str) -> bool {
    let Some((row, above)) = rows.get(..index).and_then(|above| Some((rows.get(index)?, above))) else { return false };
    if above.last().is_none_or(|r| r.kind != Some(RowKind::OfWhich)) || folded.is_empty() || !row.codes.is_empty() {
        return false;
    }
    let whole = above.iter().rev().find(|r| r.kind != Some(RowKind::OfWhich));
    let upper = whole.filter(|r| r.codes.is_empty()).map_or(0, |r| label::rank(&fold(&r.label)));
    let own = label::rank(folded);
    // 收入合计 / 其中：保险费收入 / 利息收入 / 一、甲基金收入: what stands between the total and its first numbered line are its parts.
    if own == 0 && whole.is_some_and(|r| r.kind == Some(RowKind::Total)) {
        return rows[index..]
            .iter()
            .map(|r| fold(&r.label))
            .take_while(|l| label::kind(l) != RowKind::Total)
            .any(|l| label::rank(&l) == 1);
    }
    let apart = has_any(folded, &["结转", "结余", "弥补"]) || folded.starts_with("本年") || folded.starts_with("年");
    upper > 0 && (own == 0 && !apart || own > upper)
}

/// Agencies' numbers that stand beside several different labels: they say whose item it is, not that the row is the agency.
fn shared_agencies(rows: &[Row]) -> BTreeSet<String> {
    let mut labels: BTreeMap<&str, &str> = BTreeMap::new();
    let mut shared = BTreeSet::new();
    for row in rows.iter().filter(|r| !r.agency.code.is_empty() && r.codes.is_empty()) {
        let first = *labels.entry(row.agency.code.as_str()).or_insert(row.label.as_str());
        if first != row.label {
            shared.insert(row.agency.code.clone());
        }
    }
    shared
}

/// 本年收入 without a number below the sources it sums closes the list, although it isn't called 合计.
fn close_list(rows: &mut [Row]) {
    const CLOSING: &[&str] = &["本年收入", "当年收入", "本年支出", "当年支出"];
    let Some(first) = rows.iter().position(|r| r.additive) else { return };
    let last = rows.len();
    for row in rows.get_mut(first + 1..last).unwrap_or_default() {
        if row.additive && row.codes.is_empty() && CLOSING.contains(&fold(&row.label).as_str()) {
            row.kind = Some(RowKind::Subtotal);
            row.additive = false;
        }
    }
}

/// A row without any text beside labelled ones repeats the total for the department or unit above it.
fn kind_of(row: &Row, folded: &str, labelled: bool) -> RowKind {
    if folded.is_empty() && row.codes.is_empty() && labelled {
        return RowKind::Subtotal;
    }
    label::kind(folded)
}

/// The code that places the row. A code column headed 单位代码 may hold codes of the books, local ones below them too
/// (301020101 below 30102).
fn main_code(row: &Row) -> &str {
    let agency = row.agency.code.as_str();
    match Family::ALL.iter().find_map(|f| row.codes.get(f)).map(|c| c.code.as_str()) {
        Some(book) if agency.len() > book.len() && agency.starts_with(book) => agency,
        Some(book) => book,
        None => agency,
    }
}

/// The row's rank; `None` for a total over everything, which has no place in the tree.
fn rank_of(seen: &Seen, stack: &[Open]) -> Option<Rank> {
    let Seen { row, folded, kind, coded, own, .. } = *seen;
    let number = label::rank(folded);
    match kind {
        RowKind::OfWhich => return Some(Rank::OfWhich),
        RowKind::Total if number == 0 => return None,
        _ => {}
    }
    if let Some(length) = row.unsure {
        return Some(Rank::Code(length));
    }
    let class = row.agency.code.len() == 3 && code::is_class(&row.agency.code, folded);
    if class || Family::ALL.iter().any(|f| row.codes.contains_key(f)) {
        return Some(Rank::Code(main_code(row).len()));
    }
    if own && !row.agency.code.is_empty() && row.project.code.is_empty() && row.project.name.is_empty() {
        return Some(Rank::Agency(row.agency.code.len()));
    }
    if number > 0 {
        return Some(Rank::Numbered(number));
    }
    // 事业单位小计 above the units of a kind.
    if kind == RowKind::Subtotal && !coded && seen.agencies && !matches!(folded, "" | "小计") {
        return Some(Rank::Agency(0));
    }
    if coded {
        if row.project.name.is_empty() && code::is_organisation(folded) {
            return Some(Rank::Agency(0));
        }
        return Some(Rank::Heading);
    }
    // 上年结转, 结转下年 and the like stand beside 本年收入 and 本年支出 even without a number.
    let apart = label::stands_apart(folded);
    let under_head = !apart && stack.iter().rev().find(|open| open.rank != Rank::Plain).is_some_and(|open| open.head);
    // Beside the numbered line above it, so that the next number never stands below it.
    let beside = stack.iter().rev().find_map(|open| match open.rank {
        Rank::Numbered(number) if !apart => Some(number),
        _ => None,
    });
    Some(if under_head { Rank::Plain } else { Rank::Numbered(beside.unwrap_or(1)) })
}

/// Whether an open row can be the ancestor of a row of this rank, with this code where it is known.
fn holds(open: &Open, rank: Rank, code: Option<&String>) -> bool {
    match (open.rank, rank, code) {
        (_, Rank::OfWhich, _) => true,
        (Rank::Code(_), Rank::Code(_), Some(code)) | (Rank::Agency(_), Rank::Agency(_), Some(code)) => {
            code.len() > open.code.len() && code.starts_with(&open.code)
        }
        (upper, lower, _) => upper < lower,
    }
}

fn set_path(rows: &mut [Row], index: usize, stack: &[Open]) {
    let mut names: Vec<&str> = stack.iter().map(|open| rows[open.index].label.as_str()).collect();
    names.push(rows[index].label.as_str());
    let path = names.join(" / ");
    rows[index].path = path;
    rows[index].level = u32::try_from(stack.len() + 1).unwrap_or(u32::MAX);
}
/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "R01",
        title: "Order of ranks",
        text: "agency above heading above code (by length) above list number 一、（一）1. (1) ①",
        source: "《政府收支分类科目》 and GB/T 9704 for list numbers",
    },
    Rule {
        id: "R02",
        title: "Leaves",
        text: "`additive` is a row of kind item without rows below it",
        source: "summing parents and children counts twice",
    },
    Rule {
        id: "R03",
        title: "其中",
        text: "其中 rows name a part of the row above and are never added; below a numbered row so do the rows without a number, or with a lower one, that go on with it",
        source: "wording of the forms",
    },
    Rule {
        id: "R04",
        title: "Agencies named on every row",
        text: "a number that stands beside several labels says whose item it is and makes no row a parent",
        source: "lists of items by 预算单位",
    },
    Rule {
        id: "R06",
        title: "Names of the books",
        text: "in a list of functions without codes and numbers the names say what is a 类, a 款 and an 项; （款） or （项） behind a name is its level",
        source: "《政府收支分类科目》; 一般公共预算支出细化表 of whole governments",
    },
    Rule {
        id: "R05",
        title: "Closing rows",
        text: "本年收入 or 当年支出 without a list number below the rows it sums is a subtotal",
        source: "部门收支总表: 当年收入小计",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(labels: &[&str]) -> Vec<Row> {
        let mut rows: Vec<Row> =
            labels.iter().map(|label| Row { label: (*label).to_owned(), ..Row::default() }).collect();
        place(&mut rows, true);
        rows
    }

    fn leaves(rows: &[Row]) -> Vec<&str> {
        rows.iter().filter(|r| r.additive).map(|r| r.label.as_str()).collect()
    }

    #[test]
    fn what_goes_on_after_of_which_is_part_too() {
        let rows = placed(&["一、一般公共预算", "其中：经费拨款", "非税收入", "二、事业收入", "上年结转"]);
        assert_eq!(leaves(&rows), ["一、一般公共预算", "二、事业收入", "上年结转"]);
        let rows = placed(&["合计", "二、公务接待费", "三、公务用车", "其中：（1）运行维护费", "（2）购置费"]);
        assert_eq!(leaves(&rows), ["二、公务接待费", "三、公务用车"]);
        let rows = placed(&["一、甲", "其中：乙", "使用非财政拨款结余"]);
        assert_eq!(leaves(&rows), ["一、甲", "使用非财政拨款结余"]);
        let rows = placed(&["上级拨入", "其中：专项", "事业收入"]);
        assert_eq!(leaves(&rows), ["上级拨入", "事业收入"], "nothing says where the parts end");
    }

    #[test]
    fn lines_below_basic_expenditure_are_its_parts() {
        let rows = placed(&["一、基本支出", "人员经费", "公用经费", "二、项目支出"]);
        assert_eq!(leaves(&rows), ["人员经费", "公用经费", "二、项目支出"]);
    }
}
