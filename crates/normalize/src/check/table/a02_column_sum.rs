//! A2: within a column, the total row is the sum of the rows it covers, and a heading's row that of the rows under it
//! (合计 = Σ 类; a department = Σ its units; 一、本年收入 = Σ its kinds).
//!
//! Which rows belong under which is read from codes, list numbers and agencies' numbers (forms of 部门预算 and 部门决算). Where
//! nothing printed says so (lists of purchases, of projects), the sums are claimed only if most columns bear them out, or miss
//! by a single digit: a list may hold its own subtotals without a mark. How lists show them by position is `a02_outline`'s.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, Figure, holds};
use crate::check::line::{Line, lines, places_in_list, sides};
use crate::check::policy::Policy;
use crate::check::slip;
use crate::check::source::FORMS;
use crate::check::table::column_sums::column_sums;
use crate::check::table::extent::extents;
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{RowKind, Side, TableType};
use std::collections::BTreeSet;

/// 栏内合计.
pub(crate) const A2: Rule = Rule {
    id: "A2",
    title: "栏内合计",
    text: "同一栏里，合计行等于各项之和，标题行（部门、一、本年收入）等于其下各行之和；没有标记的清单按各行文字的起止位置分级，合计行可以不写名称；“其中”行不加",
    source: FORMS,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A2],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Longer lists are not looked through for sums within them.
const MOST_ROWS: usize = 200;

/// Tries every total row and every heading of the table.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    if matches!(statement.table_type, TableType::ThreePublic | TableType::GovernmentFundThreePublic) {
        return Vec::new();
    }
    sides(statement).into_iter().flat_map(|side| side_claims(statement, side)).collect()
}

fn side_claims(statement: &Statement, side: Option<Side>) -> Vec<Claim<'_>> {
    let lines = lines(statement, side);
    let parents: BTreeSet<usize> = lines.iter().filter_map(|l| l.parent).collect();
    let mut claims = Vec::new();
    for at in &parents {
        claims.extend(heading(statement, &lines, *at));
    }
    claims.extend(total(statement, &lines, &parents));
    claims.extend(restated(statement, &lines));
    claims.extend(blocks(statement, &lines));
    claims.extend(unnumbered(statement, &lines));
    claims
}

/// A row without a name right below the total prints the total once more.
fn restated<'a>(statement: &'a Statement, lines: &[Line<'a>]) -> Vec<Claim<'a>> {
    let pair = lines.windows(2).find_map(|pair| match pair {
        [total, again] if total.is_grand() && again.nameless => Some((total, again)),
        _ => None,
    });
    pair.map_or_else(Vec::new, |(total, again)| trusted(column_sums(&A2, statement, total, &[again]), false))
}

/// Several rows without a name, each the total of the rows up to the next.
fn blocks<'a>(statement: &'a Statement, lines: &[Line<'a>]) -> Vec<Claim<'a>> {
    let heads: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].nameless).collect();
    if heads.len() < 2 || lines.iter().any(Line::is_grand) {
        return Vec::new();
    }
    let ends = heads.iter().skip(1).copied().chain([lines.len()]);
    let block = |(head, end): (&usize, usize)| {
        let inside = |l: &&Line<'a>| l.parent.is_none_or(|p| p < *head) && l.kind != RowKind::OfWhich;
        let below: Vec<&Line<'a>> = lines[head + 1..end].iter().filter(inside).collect();
        trusted(column_sums(&A2, statement, &lines[*head], &below), false)
    };
    heads.iter().zip(ends).flat_map(block).collect()
}

/// A heading with the rows right under it. Codes under codes are A3's.
fn heading<'a>(statement: &'a Statement, lines: &[Line<'a>], at: usize) -> Vec<Claim<'a>> {
    let Some(head) = lines.get(at).filter(|l| !l.coded && l.kind != RowKind::OfWhich) else { return Vec::new() };
    let below: Vec<&Line<'a>> =
        lines.iter().filter(|l| l.parent == Some(at) && l.kind != RowKind::OfWhich && !is_total(l)).collect();
    // 事业单位小计 below the office's own row adds up what follows it, not what it stands under.
    if below.iter().all(|l| l.name.ends_with("小计")) {
        return Vec::new();
    }
    let sure = below.iter().all(|l| l.marked) && head.marked;
    trusted(column_sums(&A2, statement, head, &below), sure)
}

/// The panel's total row with the rows that stand under nothing.
fn total<'a>(statement: &'a Statement, lines: &[Line<'a>], parents: &BTreeSet<usize>) -> Vec<Claim<'a>> {
    let closing = |l: &&(usize, &Line<'a>)| is_total(l.1) && !parents.contains(&l.0);
    let numbered: Vec<(usize, &Line<'a>)> = lines.iter().enumerate().collect();
    let named = |l: &&(usize, &Line<'a>)| closing(l) && (!l.1.nameless || l.1.is_grand());
    let totals: Vec<(usize, &Line<'a>)> = numbered.iter().filter(named).copied().collect();
    let tops: Vec<(usize, &Line<'a>)> = numbered
        .iter()
        .filter(|l| l.1.parent.is_none() && l.1.kind != RowKind::OfWhich && !closing(l))
        .copied()
        .collect();
    let this_year: Vec<&(usize, &Line<'a>)> =
        totals.iter().filter(|l| l.1.is_this_year() || l.1.is_budget_sum() || is_sum_before(&totals, l.0)).collect();
    let (head, below): (&Line<'a>, Vec<&Line<'a>>) = match (totals.as_slice(), this_year.as_slice()) {
        ([only], []) if only.1.is_grand() => (only.1, tops.iter().map(|l| l.1).collect()),
        ([_, _] | [_], [year]) => {
            // What stands below this year's sum (四、上级补助收入) is not in it, unless all does.
            let above = tops.iter().any(|l| l.0 < year.0);
            let own = tops.iter().filter(|l| !l.1.is_carried() && (!above || l.0 < year.0));
            (year.1, own.map(|l| l.1).collect())
        }
        _ => return Vec::new(),
    };
    if are_side_by_side(&below) {
        return over_all(statement, head, &below);
    }
    let below = ranked(below);
    let marked = below.iter().all(|l| l.marked) && (below.len() >= 2 || below.iter().any(|l| l.coded));
    let grand = head.is_grand() || head.is_budget_sum();
    let sure = head.is_called_total() && (marked || grand && parents.is_empty() && is_flat(statement, &below));
    let claims = column_sums(&A2, statement, head, &below);
    with_last_of_which(statement, lines, head, &below, &claims).unwrap_or_else(|| trusted(claims, sure))
}

/// 收入合计 above 收入总计: the year's own sum.
fn is_sum_before(totals: &[(usize, &Line<'_>)], at: usize) -> bool {
    match totals {
        [(first, sum), (_, all)] => {
            let side = |name: &str, end: &str| name.trim_end_matches(':').strip_suffix(end).map(str::to_owned);
            *first == at && side(&sum.name, "合计").is_some_and(|own| Some(own) == side(&all.name, "总计"))
        }
        _ => false,
    }
}

/// 其中：预备费 as the last row above the total: a class of its own in the books, whatever the word before it says. It is added
/// where that alone makes every column hold.
fn with_last_of_which<'a>(
    statement: &'a Statement,
    lines: &[Line<'a>],
    head: &Line<'a>,
    below: &[&Line<'a>],
    claims: &[Claim<'a>],
) -> Option<Vec<Claim<'a>>> {
    let at = lines.iter().position(|l| std::ptr::eq(l, head))?;
    let last = lines.get(at.checked_sub(1)?).filter(|l| l.kind == RowKind::OfWhich)?;
    if claims.iter().all(holds) {
        return None;
    }
    let more: Vec<&Line<'a>> = below.iter().copied().chain([last]).collect();
    let claims = column_sums(&A2, statement, head, &more);
    claims.iter().all(holds).then_some(claims)
}

/// Whether the rows are a plain list: their text stands in the same columns in all of them, and no row is the sum of those
/// right below it.
fn is_flat(statement: &Statement, rows: &[&Line<'_>]) -> bool {
    let same =
        extents(statement, rows.iter().copied()).is_some_and(|all| all.windows(2).all(|pair| pair[0] == pair[1]));
    let holds_next = |at: usize| {
        let sum_until = |end: usize| {
            column_sums(&A2, statement, rows[at], &rows[at + 1..end]).iter().any(|c| c.has_money() && holds(c))
        };
        (at + 3..=rows.len()).any(sum_until)
    };
    let plain = rows.iter().all(|l| l.kind == RowKind::Item && !matches!(l.name.as_str(), "小计" | "合计"));
    same && plain && rows.len() >= 2 && rows.len() <= MOST_ROWS && !(0..rows.len()).any(holds_next)
}

/// Rows with list numbers (一、二、), where those without stand below them.
fn ranked<'l, 'a>(tops: Vec<&'l Line<'a>>) -> Vec<&'l Line<'a>> {
    let numbered = tops.iter().filter(|l| l.marked && !l.coded).count();
    let led = tops.first().is_some_and(|l| l.marked) && tops.iter().all(|l| !l.coded);
    if led && numbered >= 2 { tops.into_iter().filter(|l| l.marked).collect() } else { tops }
}

/// Rows without a list number that follow one with it: 三、其他资金 over 事业收入, 其他收入.
fn unnumbered<'a>(statement: &'a Statement, lines: &[Line<'a>]) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    for (at, head) in lines.iter().enumerate().filter(|(_, l)| l.marked && !l.coded && l.parent.is_none()) {
        let follows = |l: &&Line<'a>| !l.marked && l.parent.is_none() && !is_total(l) && l.kind != RowKind::OfWhich;
        let below: Vec<&Line<'a>> = lines[at + 1..].iter().take_while(follows).collect();
        if !are_side_by_side(&below) {
            claims.extend(trusted(column_sums(&A2, statement, head, &below), false));
        }
    }
    claims
}

/// Whether rows of several lists stand beside each other.
fn are_side_by_side(lines: &[&Line<'_>]) -> bool {
    let row = |l: &&Line<'_>| l.figures.values().next().map(|f| f.row);
    lines.windows(2).any(|pair| row(&pair[0]) == row(&pair[1]))
}

/// A total below several lists side by side is that of its own list or of all of them.
fn over_all<'a>(statement: &'a Statement, head: &Line<'a>, below: &[&Line<'a>]) -> Vec<Claim<'a>> {
    let places = places_in_list(statement, head.figures.values().next().and_then(|f| f.side));
    let mut claims = column_sums(&A2, statement, head, below);
    for fact in head.figures.values() {
        let all = below.iter().flat_map(|l| l.figures.values()).filter(|f| places.get(&f.col) == places.get(&fact.col));
        let terms: Vec<&Fact> = all.copied().collect();
        claims.push(Claim::sum(
            &A2,
            Figure { statement, fact },
            &terms,
            &format!("各列各项之和（共 {} 项）", terms.len()),
        ));
    }
    claims.into_iter().filter(|c| holds(c) || slip::is_all(&[c])).collect()
}

fn is_total(line: &Line<'_>) -> bool {
    line.kind == RowKind::Total || line.is_this_year()
}

/// All claims of a row where its structure is sure, or where at least half of the columns with money agree, or where one digit
/// keeps them from agreeing. Several columns that all disagree show that the structure is another one.
fn trusted(claims: Vec<Claim<'_>>, sure: bool) -> Vec<Claim<'_>> {
    let told: Vec<&Claim<'_>> = claims.iter().filter(|c| c.has_money()).collect();
    let holding = told.iter().filter(|c| holds(c)).count();
    let alone = sure && told.len() == 1;
    let most = Policy::Half.is_met(holding, told.len());
    let sure_and_some = sure && holding > 0;
    if alone || most || sure_and_some || told.is_empty() || slip::is_all(&told) { claims } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use crate::model::check::CheckStatus;

    /// Rows `path|value|value…`; 合计 is the total row.
    fn table(rows: &[&str]) -> Statement {
        let mut facts = Vec::new();
        for (at, line) in rows.iter().enumerate() {
            let mut cells = line.split('|');
            let path = cells.next().unwrap_or_default();
            for (col, value) in cells.enumerate().filter(|(_, v)| !v.is_empty()) {
                let mut fact = fact(at as u32 + 2, col as u32 + 2, "金额", value);
                path.clone_into(&mut fact.row_path);
                path.rsplit(" / ").next().unwrap_or_default().clone_into(&mut fact.row_label);
                fact.row_kind = crate::reading::label::kind(&crate::reading::fold::fold(&fact.row_label));
                facts.push(fact);
            }
        }
        statement(TableType::RevenueSummary, facts)
    }

    pub(crate) fn example() -> Example {
        Example::tables(vec![table(&["一、甲|3.00", "二、乙|4.00", "合计|7.00"])])
    }

    fn verdicts(rows: &[&str]) -> Vec<CheckStatus> {
        checks_of(&table(rows), claims).iter().map(|c| c.status).collect()
    }

    #[test]
    fn totals_are_the_sum_of_what_stands_under_nothing() {
        assert_eq!(
            verdicts(&["一、甲|3.00", "一、甲 / （一）子|3.00", "二、乙|4.00", "合计|7.00"]),
            [CheckStatus::Passed; 2]
        );
        assert_eq!(verdicts(&["一、甲|3.00", "二、乙|4.00", "合计|8.00"]), [CheckStatus::Failed]);
        assert_eq!(
            verdicts(&["合计|7.00", "一、甲|3.00", "一、甲 / 其中：丙|9.00", "二、乙|4.00"]),
            [CheckStatus::Passed]
        );
    }

    #[test]
    fn numbered_rows_hold_the_unnumbered_ones_below_them() {
        let rows = |last: &str| {
            let total = format!("本年收入合计|{last}");
            verdicts(&["一、拨款|7.00", "一般拨款|7.00", "基金|0.00", "二、其他资金|3.50", "事业收入|3.50", &total])
        };
        assert_eq!(rows("10.50"), [CheckStatus::Passed; 3]);
        assert_eq!(rows("17.25")[0], CheckStatus::Failed);
        let after = ["一、拨款|7.00", "二、其他|3.50", "本年收入合计|10.50", "三、上级补助|2.00", "收入总计|12.50"];
        assert_eq!(verdicts(&after), [CheckStatus::Passed]);
    }

    #[test]
    fn rows_without_a_name_print_a_total() {
        assert_eq!(verdicts(&["|7.00", "甲|3.00", "乙|4.00"]), [CheckStatus::Passed], "the only total");
        let again = verdicts(&["合计|7.00", "|7.00", "甲|3.00", "乙|4.00"]);
        assert_eq!(again, [CheckStatus::Passed; 2], "the total once more");
        let blocks = verdicts(&["|7.00", "甲|3.00", "乙|4.00", "|5.50", "丙|5.50"]);
        assert_eq!(blocks, [CheckStatus::Passed; 2], "two lists in one table");
        let wrong = verdicts(&["合计|7.00", "|7.10", "甲|3.00", "乙|4.00"]);
        assert_eq!(wrong, [CheckStatus::Passed, CheckStatus::Failed]);
    }

    #[test]
    fn carried_money_is_not_this_years() {
        let rows = ["一、甲|3.00", "二、乙|4.00", "本年收入合计|7.00", "上年结转|2.00", "收入总计|9.00"];
        assert_eq!(verdicts(&rows), [CheckStatus::Passed]);
    }

    #[test]
    fn a_total_may_say_whose_it_is() {
        for name in ["一般公共预算支出合计", "全市支出合计", "政府性基金收入合计"] {
            assert_eq!(verdicts(&["甲|3.00", "乙|4.00", &format!("{name}|7.00")]), [CheckStatus::Passed], "{name}");
            assert_eq!(verdicts(&["一、甲|3.00", "二、乙|4.00", &format!("{name}|9.50")]), [CheckStatus::Failed]);
        }
        let bare = |value: &str| verdicts(&[&format!("一般公共预算支出|{value}"), "甲|3.00", "乙|4.00"]);
        assert_eq!(bare("7.00"), [CheckStatus::Passed]);
        assert_eq!(bare("9.00"), [CheckStatus::Failed], "one digit");
        assert!(bare("19.50").is_empty(), "a class of a wider list");
        let sums = verdicts(&["甲|3.00", "乙|4.00", "收入合计|7.00", "上级补助收入|2.00", "收入总计|9.00"]);
        assert_eq!(sums, [CheckStatus::Passed]);
    }

    #[test]
    fn the_last_row_of_which_may_be_one_of_the_list() {
        let rows = |total: &str| verdicts(&["一、甲|3.00", "二、乙|4.00", "二、乙 / 其中：预备费|2.00", total]);
        assert_eq!(rows("本年支出合计|9.00"), [CheckStatus::Passed]);
        assert_eq!(rows("本年支出合计|7.00"), [CheckStatus::Passed], "and it may be a part");
        assert_eq!(rows("本年支出合计|9.50"), [CheckStatus::Failed]);
    }

    #[test]
    fn lists_without_marks_are_claimed_only_when_most_columns_agree() {
        assert!(verdicts(&["甲|3.00", "乙|4.00", "合计|9.50"]).is_empty());
        assert!(verdicts(&["甲|3.00", "乙|4.00", "合计|4.00"]).is_empty(), "one row too many");
        assert_eq!(verdicts(&["甲|3.00", "乙|4.00", "合计|8.00"]), [CheckStatus::Failed], "one digit");
        let found = verdicts(&["甲|3.00|1.00", "乙|4.00|1.00", "合计|8.00|2.00"]);
        assert_eq!(found, [CheckStatus::Failed, CheckStatus::Passed]);
    }
}
