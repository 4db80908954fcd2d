//! Lines without a number below numbered ones: the table's own sums tell whether they are its parts.
//!
//! 1.机关工资福利支出 over 工资奖金津补贴 and 社会保障缴费, 一、税收收入 over 增值税 and 企业所得税: nothing in print but the place
//! says whose parts the plain lines are. Where the lines up to the next number add up to the numbered one in every column,
//! they stand below it; some of them may be the sums of others. One line that equals its numbered line proves nothing alone,
//! several such pairs do. Where the numbered lines alone add up to the printed total, the plain ones are parts for certain; those
//! that don't add up to their numbered line are named as some do with 其中.

use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{RowKind, Side};
use crate::reading::fold::fold;
use crate::reading::label;
use crate::table::dimension;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Numbered lines with plain ones below them that prove each other where each has one line only.
const LEAST_PAIRS: usize = 2;
/// Lines that equal the one line below them, before another pair is taken for one with a wrong digit.
const LEAST_EQUAL_PAIRS: usize = 3;

type Figures = BTreeMap<u32, Measured>;

/// One row of a panel.
struct Line {
    row: u32,
    /// Rank of its list number; 0 for none.
    rank: usize,
    /// Whether it may be a part: no total, no code, not 上年结转 and the like.
    plain: bool,
    total: bool,
    /// 上年结转, 本年收入 and the like without a number: a head as good as a numbered one.
    apart: bool,
    path: String,
    level: u32,
    figures: Figures,
}

impl Line {
    fn is_head(&self) -> bool {
        self.rank > 0 || self.apart
    }
}

/// Places plain lines below the numbered line that they add up to.
pub(crate) fn nest(statement: &mut Statement) {
    for side in sides(statement) {
        let lines = lines(statement, side);
        let certain = closes_by_heads(&lines);
        let all = heads(&lines);
        let heads = if certain { all.into_iter().filter(|head| head.proved).collect() } else { proved(all) };
        if certain || heads.iter().any(|head| head.parts.len() > 1) || heads.len() >= LEAST_PAIRS {
            for head in &heads {
                place(statement, side, &lines, head);
            }
        }
    }
}

/// Names plain lines as parts of the numbered line above them where the numbered lines alone add up to the printed total, and
/// whether there are any. Only where nothing else makes the leaves add up to it.
pub(crate) fn name_parts(statement: &mut Statement) -> bool {
    let mut any = false;
    for side in sides(statement) {
        let lines = lines(statement, side);
        if !closes_by_heads(&lines) {
            continue;
        }
        for head in heads(&lines).iter().filter(|head| !head.proved && is_part_list(&lines, head)) {
            place(statement, side, &lines, head);
            any = true;
        }
    }
    any
}

/// Whether the lines below a head may be some of its parts: together they are no more than it in any column, and less by more
/// than one wrong digit. A list that one digit would close is to be checked, not explained.
fn is_part_list(lines: &[Line], head: &Head) -> bool {
    let Some(sums) = sum(lines, &head.parts) else { return false };
    let gaps = gaps(&lines[head.at].figures, &sums);
    gaps.iter().all(Decimal::is_sign_positive) && (gaps.len() != 1 || !gaps.iter().all(is_digit))
}

fn sides(statement: &Statement) -> BTreeSet<Option<Side>> {
    statement.facts.iter().map(|fact| fact.side).collect()
}

/// Every head that has plain lines below it. Without any list number what stands apart has parts only where all add up.
fn heads(lines: &[Line]) -> Vec<Head> {
    let all: Vec<Head> = (0..lines.len()).filter_map(|at| head(lines, at)).collect();
    let numbered = lines.iter().any(|line| line.rank > 0);
    if numbered || all.iter().all(|head| head.proved) { all } else { Vec::new() }
}

/// A head with the positions of its parts.
struct Head {
    at: usize,
    parts: Vec<usize>,
    /// For each part the parts that it is a part of, from the outside.
    above: Vec<Vec<usize>>,
    /// Whether the parts add up to it.
    proved: bool,
}

/// A head with the plain lines right below it, if there are any.
fn head(lines: &[Line], at: usize) -> Option<Head> {
    let own = lines.get(at).filter(|line| line.is_head())?;
    let parts: Vec<usize> = (at + 1..lines.len()).take_while(|below| lines[*below].plain).collect();
    if parts.is_empty() {
        return None;
    }
    let flat = vec![Vec::new(); parts.len()];
    if same(&own.figures, &sum(lines, &parts)?) {
        return Some(Head { at, parts, above: flat, proved: true });
    }
    let ways = [(false, false), (true, false), (false, true)];
    let nested = ways
        .into_iter()
        .find_map(|way| nested(lines, &own.figures, &parts, way))
        .or_else(|| in_pairs(lines, &own.figures, &parts));
    let proved = nested.is_some();
    Some(Head { at, parts, above: nested.unwrap_or(flat), proved })
}

/// Parts that are sums of those right below them, where what is left adds up to the head. `single`: one part may be another's
/// only one; `nearly`: one sum may be wrong by a digit.
fn nested(lines: &[Line], head: &Figures, parts: &[usize], (single, nearly): (bool, bool)) -> Option<Vec<Vec<usize>>> {
    let mut owner: Vec<Option<usize>> = vec![None; parts.len()];
    for at in (0..parts.len()).rev() {
        let own = &lines[parts[at]].figures;
        if own.values().all(|figure| figure.value.is_zero()) {
            continue;
        }
        let free: Vec<usize> = (at + 1..parts.len()).filter(|below| owner[*below].is_none()).collect();
        let least = if single { 1 } else { 2 };
        let fits = (least..=free.len()).find(|count| {
            let some: Vec<usize> = free[..*count].iter().map(|below| parts[*below]).collect();
            sum(lines, &some).is_some_and(|sum| same(own, &sum))
        });
        for below in free.into_iter().take(fits.unwrap_or(0)) {
            owner[below] = Some(at);
        }
    }
    let free: Vec<usize> = (0..parts.len()).filter(|at| owner[*at].is_none()).map(|at| parts[at]).collect();
    if free.len() == parts.len() {
        return None;
    }
    if !same(head, &sum(lines, &free)?) {
        if !nearly {
            return None;
        }
        give_to_one_nearly_closed(lines, head, parts, &mut owner)?;
    }
    let above = |at: usize| {
        let mut line: Vec<usize> = std::iter::successors(owner[at], |up| owner[*up]).map(|up| parts[up]).collect();
        line.reverse();
        line
    };
    Some((0..parts.len()).map(above).collect())
}

/// Every line with one line below it that it is the sum of, as lists of items with their kind of goods are: one pair may be
/// apart by a digit where all others agree and the first or the second ones add up to the head.
fn in_pairs(lines: &[Line], head: &Figures, parts: &[usize]) -> Option<Vec<Vec<usize>>> {
    let pairs: Vec<(usize, usize)> = parts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
    let figures = |at: usize| &lines[at].figures;
    let apart: Vec<_> = pairs.iter().filter(|(own, below)| !same(figures(*own), figures(*below))).collect();
    let [(own, below)] = apart.as_slice() else { return None };
    let regular = parts.len().is_multiple_of(2)
        && pairs.len() > LEAST_EQUAL_PAIRS
        && is_one_digit(figures(*own), figures(*below));
    let closes = |some: Vec<usize>| sum(lines, &some).is_some_and(|sum| same(head, &sum));
    let closed = closes(pairs.iter().map(|pair| pair.0).collect()) || closes(pairs.iter().map(|pair| pair.1).collect());
    (regular && closed).then(|| pairs.iter().flat_map(|(own, _)| [Vec::new(), vec![*own]]).collect())
}

/// Gives the lines right below one part to it where one digit would make them add up to it, and where their sum in its place
/// closes the head: the wrong digit is then told by the check of that sum.
fn give_to_one_nearly_closed(
    lines: &[Line],
    head: &Figures,
    parts: &[usize],
    owner: &mut [Option<usize>],
) -> Option<()> {
    let free: Vec<usize> = (0..parts.len()).filter(|at| owner[*at].is_none()).collect();
    let of = |some: &[usize]| sum(lines, &some.iter().map(|at| parts[*at]).collect::<Vec<usize>>());
    for (place, &at) in free.iter().enumerate() {
        let below = &free[place + 1..];
        // A part with an only part of its own is whole.
        if below.first().is_some_and(|only| same(&lines[parts[at]].figures, &lines[parts[*only]].figures)) {
            continue;
        }
        for count in 2..=below.len() {
            let (own, rest) = below.split_at(count);
            let own_sum = of(own)?;
            if !is_one_digit(&lines[parts[at]].figures, &own_sum) {
                continue;
            }
            let others: Vec<usize> = free[..place].iter().chain(rest).copied().collect();
            let printed = of(&[&others[..], &[at]].concat())?;
            let meant = of(&[&others[..], own].concat())?;
            if same(head, &printed) || same(head, &meant) {
                for below in own {
                    owner[*below] = Some(at);
                }
                return Some(());
            }
        }
    }
    None
}

/// Whether two rows differ in one column, by one digit.
fn is_one_digit(own: &Figures, sums: &Figures) -> bool {
    let gaps = gaps(own, sums);
    gaps.len() == 1 && gaps.iter().all(is_digit)
}

/// What the rows differ by in the columns in which they don't agree.
fn gaps(own: &Figures, sums: &Figures) -> Vec<Decimal> {
    let columns: BTreeSet<&u32> = own.keys().chain(sums.keys()).collect();
    let at = |figures: &Figures, col: &u32| figures.get(col).copied().unwrap_or_default();
    let apart = columns.into_iter().filter(|col| !at(own, col).agrees(at(sums, col)));
    apart.filter_map(|col| at(own, col).value.checked_sub(at(sums, col).value)).collect()
}

/// Whether a gap has one digit besides noughts.
fn is_digit(gap: &Decimal) -> bool {
    gap.to_string().chars().filter(|c| c.is_ascii_digit() && *c != '0').count() <= 1
}

/// The heads whose parts add up to them; a pair of equal lines is chance where other heads don't add up.
fn proved(all: Vec<Head>) -> Vec<Head> {
    let (proved, open): (Vec<Head>, Vec<Head>) = all.into_iter().partition(|head| head.proved);
    proved.into_iter().filter(|head| open.is_empty() || head.parts.len() > 1).collect()
}

/// Whether the heads of the first rank alone add up to a printed total, although plain lines stand below them.
fn closes_by_heads(lines: &[Line]) -> bool {
    let first = lines.iter().filter(|line| line.rank > 0).map(|line| line.rank).min();
    let heads = |line: &Line| Some(line.rank) == first || line.apart;
    let tops: Vec<usize> = (0..lines.len()).filter(|at| heads(&lines[*at])).collect();
    // Lines above the first head belong to none.
    let loose = lines.iter().take_while(|line| !line.is_head()).any(|line| line.plain);
    let many = lines.iter().filter(|line| line.rank > 0 && Some(line.rank) == first).count() > 1;
    let Some(sum) = sum(lines, &tops).filter(|_| many && !loose) else { return false };
    lines
        .iter()
        .any(|line| line.total && line.figures.values().any(|f| !f.value.is_zero()) && same(&line.figures, &sum))
}

fn sum(lines: &[Line], some: &[usize]) -> Option<Figures> {
    let mut sums = Figures::new();
    for (col, figure) in some.iter().flat_map(|at| &lines[*at].figures) {
        let sum = sums.entry(*col).or_default();
        *sum = sum.plus(*figure)?;
    }
    Some(sums)
}

/// Whether two rows agree in every column, and hold anything; a blank is nothing.
fn same(own: &Figures, sums: &Figures) -> bool {
    let columns: BTreeSet<&u32> = own.keys().chain(sums.keys()).collect();
    let at = |figures: &Figures, col: &u32| figures.get(col).copied().unwrap_or_default();
    own.values().any(|figure| !figure.value.is_zero()) && columns.iter().all(|col| at(own, col).agrees(at(sums, col)))
}

fn lines(statement: &Statement, side: Option<Side>) -> Vec<Line> {
    let mut lines: BTreeMap<u32, Line> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|fact| fact.side == side) {
        let line = lines.entry(fact.row).or_insert_with(|| line(fact));
        match Measured::of(statement, fact) {
            Some(figure) => {
                line.figures.insert(fact.col, figure);
            }
            // A figure that is not known proves nothing, and neither does its row.
            None => line.plain = false,
        }
    }
    lines.into_values().collect()
}

fn line(fact: &Fact) -> Line {
    let folded = fold(&fact.row_label);
    let books = [&fact.function, &fact.department_economic, &fact.government_economic, &fact.revenue];
    let coded = books.into_iter().chain([&fact.agency]).any(|coded| !coded.code.is_empty());
    // 当年收入小计 closes the list, it is no part of its last line.
    let total = fact.row_kind != RowKind::Item && !(fact.row_kind == RowKind::Subtotal && label::rank(&folded) > 0);
    let rank = if total || coded { 0 } else { label::rank(&folded) };
    Line {
        row: fact.row,
        rank,
        plain: rank == 0 && !total && !coded && !folded.is_empty() && !label::stands_apart(&folded),
        total: fact.row_kind == RowKind::Total,
        apart: rank == 0 && !total && !coded && label::stands_apart(&folded),
        path: fact.row_path.clone(),
        level: fact.row_level,
        figures: BTreeMap::new(),
    }
}

fn place(statement: &mut Statement, side: Option<Side>, lines: &[Line], head: &Head) {
    let parent = &lines[head.at];
    let above = |part: usize| head.parts.iter().position(|at| *at == part).and_then(|at| head.above.get(at));
    let parts: BTreeMap<u32, usize> = head.parts.iter().map(|part| (lines[*part].row, *part)).collect();
    let inner: BTreeSet<usize> = head.above.iter().flatten().copied().collect();
    for fact in statement.facts.iter_mut().filter(|fact| fact.side == side) {
        if fact.row == parent.row && head.proved {
            fact.row_kind = RowKind::Subtotal;
            fact.additive = false;
        } else if let Some(part) = parts.get(&fact.row) {
            let above = above(*part).map_or(&[][..], Vec::as_slice);
            let names = above.iter().map(|up| lines[*up].path.rsplit(" / ").next().unwrap_or_default());
            let mut path: Vec<&str> = std::iter::once(parent.path.as_str()).chain(names).collect();
            path.push(&fact.row_label);
            fact.row_path = path.join(" / ");
            fact.period = fact.period.map(|period| dimension::below(period, &parent.path));
            fact.row_level = parent.level + 1 + u32::try_from(above.len()).unwrap_or_default();
            fact.row_kind = match (head.proved, inner.contains(part)) {
                (true, false) => RowKind::Item,
                (true, true) => RowKind::Subtotal,
                (false, _) => RowKind::OfWhich,
            };
            fact.additive = fact.row_kind == RowKind::Item;
        }
    }
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "S04",
    title: "Lines without a number",
    text: "plain lines stand below the numbered line (or 上年结转) above them where they, or those of them that are no sums of others, add up to it in every column, or where the numbered lines alone add up to the printed total; then parts that don't add up are of_which, unless they are more than the line or one digit would make them add up",
    source: "收支平衡表 and 支出经济分类 of whole governments: 二、转移性收入 over 税收返还收入 over its kinds",
}];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};
    use crate::model::vocabulary::TableType;

    fn nested(rows: &[(&str, &str)]) -> Vec<(String, u32, bool)> {
        let facts = (2_u32..).zip(rows).map(|(row, (label, text))| {
            let mut fact = fact(row, 2, label, text);
            (fact.row_label, fact.row_path) = ((*label).to_owned(), (*label).to_owned());
            fact.row_level = 1;
            fact
        });
        let mut table = statement(TableType::GovernmentRevenue, facts.collect());
        nest(&mut table);
        table.facts.into_iter().map(|f| (f.row_path, f.row_level, f.additive)).collect()
    }

    #[test]
    fn plain_lines_stand_below_the_number_that_they_add_up_to() {
        let rows = nested(&[("一、税收收入", "40"), ("增值税", "25"), ("企业所得税", "15"), ("二、非税收入", "10")]);
        assert_eq!(rows[1], ("一、税收收入 / 增值税".to_owned(), 2, true));
        assert!(!rows[0].2 && rows[3].2);
    }

    #[test]
    fn parts_may_be_sums_of_others() {
        let rows = [
            ("一、转移性收入", "90"),
            ("返还收入", "30"),
            ("甲", "10"),
            ("乙", "20"),
            ("调入资金", "60"),
            ("二、债务收入", "8"),
        ];
        let found = nested(&rows);
        assert_eq!(found[2], ("一、转移性收入 / 返还收入 / 甲".to_owned(), 3, true));
        assert_eq!((found[1].1, found[1].2, found[4].1, found[4].2), (2, false, 2, true));
    }

    #[test]
    fn a_wrong_digit_takes_no_part_away() {
        let rows = [
            ("一、货物", "84"),
            ("设备费", "30"),
            ("甲", "10"),
            ("乙", "20"),
            ("购置费", "54"),
            ("丙", "32"),
            ("丁", "29"),
            ("二、服务", "7"),
            ("戊", "3"),
            ("己", "4"),
        ];
        let found = nested(&rows);
        assert_eq!(found[6], ("一、货物 / 购置费 / 丁".to_owned(), 3, true), "22 with a wrong digit");
    }

    #[test]
    fn a_wrong_digit_in_one_of_many_pairs_parts_none() {
        let pairs = |wrong| {
            let rows = [
                ("一、服务", "240"),
                ("会议费", "50"),
                ("会议服务", "50"),
                ("培训费", "60"),
                ("培训服务", "60"),
                ("印刷费", "90"),
                ("印刷服务", wrong),
                ("租赁费", "40"),
                ("租赁服务", "40"),
                ("二、货物", "70"),
                ("甲", "30"),
                ("乙", "40"),
            ];
            nested(&rows).into_iter().map(|row| row.1).collect::<Vec<u32>>()
        };
        assert_eq!(pairs("90"), [1, 2, 3, 2, 3, 2, 3, 2, 3, 1, 2, 2]);
        assert_eq!(pairs("80"), pairs("90"));
        assert_eq!(pairs("350")[6], 1, "two digits");
    }

    #[test]
    fn carried_over_money_has_parts_too() {
        let rows =
            nested(&[("本年收入", "40"), ("甲", "25"), ("乙", "15"), ("上年结转", "7"), ("甲", "3"), ("乙", "4")]);
        assert_eq!(rows[4], ("上年结转 / 甲".to_owned(), 2, true));
        assert!(!rows[0].2 && !rows[3].2);
    }

    #[test]
    fn one_equal_line_alone_proves_nothing() {
        assert_eq!(nested(&[("一、收入", "40"), ("事业收入", "40")])[1].1, 1);
        let pairs = nested(&[("一、甲", "40"), ("乙", "40"), ("二、丙", "7"), ("丁", "7")]);
        assert_eq!(pairs.iter().map(|p| p.1).collect::<Vec<u32>>(), [1, 2, 1, 2]);
        let not_all = nested(&[("一、甲", "40"), ("乙", "40"), ("二、丙", "7"), ("丁", "9")]);
        assert!(not_all.iter().all(|p| p.1 == 1));
    }

    #[test]
    fn lines_that_do_not_add_up_are_parts_unless_a_digit_may_be_wrong() {
        let named = |second: &str, third: &str| {
            let rows = [("合计", "50"), ("一、甲", "40"), ("乙", second), ("丙", third), ("二、丁", "10")];
            let facts = (2_u32..).zip(rows).map(|(row, (label, text))| {
                let kind = if label == "合计" { RowKind::Total } else { RowKind::Item };
                Fact {
                    row_label: label.to_owned(),
                    row_path: label.to_owned(),
                    row_kind: kind,
                    ..fact(row, 2, label, text)
                }
            });
            name_parts(&mut statement(TableType::GovernmentRevenue, facts.collect()))
        };
        assert!(named("25", "3"));
        assert!(!named("25", "14"), "15 with a wrong digit");
        assert!(!named("35", "14"), "more than the whole");
    }
}
