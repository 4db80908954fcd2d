//! What an item of income is called in the books, where the table prints no codes, and which items are parts of others.

use crate::model::fact::{Coded, Fact};
use crate::model::measured::Measured;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{RowKind, Side, TableType};
use crate::reading::fold::fold;
use crate::reading::label;
use crate::reading::listed::REVENUE;
use std::collections::{BTreeMap, BTreeSet};

/// What goes into 一般公共预算.
const GENERAL: &[&str] = &["101", "103", "105", "110"];
/// What goes into 政府性基金预算.
const FUND: &[&str] = &["10301", "10310", "105", "110"];
/// What goes into 国有资本经营预算.
const CAPITAL: &[&str] = &["10306", "110"];
/// What goes into 社会保险基金预算.
const INSURANCE: &[&str] = &["102"];

/// Gives items of income the codes of their names, and places items below the one that their codes say.
pub(crate) fn settle(statement: &mut Statement) {
    let sides: BTreeSet<Option<Side>> = statement.facts.iter().map(|fact| fact.side).collect();
    for side in sides {
        let Some(within) = within(statement, side) else { continue };
        name(statement, side, within);
        nest(statement, side);
        close(statement, side);
    }
}

/// The part of the list that a panel's items are of; none where they are no income of a government.
fn within(statement: &Statement, side: Option<Side>) -> Option<&'static [&'static str]> {
    if matches!(side, Some(Side::Expenditure | Side::ExpenditureByUse)) {
        return None;
    }
    match statement.table_type {
        TableType::GovernmentRevenue | TableType::GovernmentBalance => Some(GENERAL),
        TableType::GovernmentFundRevenue | TableType::GovernmentFundBalance => Some(FUND),
        TableType::StateCapitalRevenue => Some(CAPITAL),
        TableType::SocialInsuranceFund => Some(INSURANCE),
        TableType::GovernmentFundExpenditure if side.is_some() => Some(FUND),
        TableType::StateCapitalExpenditure if side.is_some() => Some(CAPITAL),
        // Taxes are a government's income, in whatever table they stand beside spending.
        _ if side.is_some() => {
            let tax = |fact: &Fact| REVENUE.code(&fact.row_label, GENERAL, None) == Some("101");
            statement.facts.iter().any(|fact| fact.side == side && tax(fact)).then_some(GENERAL)
        }
        _ => None,
    }
}

/// Codes by name, each below the code of the item above it.
fn name(statement: &mut Statement, side: Option<Side>, within: &[&str]) {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for fact in statement.facts.iter_mut().filter(|fact| fact.side == side) {
        if fact.revenue.code.is_empty() && is_nameless(fact) {
            let above = ancestors(&fact.row_path).find_map(|path| known.get(path));
            if let Some(code) = REVENUE.code(&fact.row_label, within, above.map(String::as_str)) {
                let name = REVENUE.name(code).unwrap_or_default().to_owned();
                fact.revenue = Coded { code: code.to_owned(), name };
            }
        }
        if fact.revenue.code.is_empty() {
            known.remove(&fact.row_path);
        } else {
            known.insert(fact.row_path.clone(), fact.revenue.code.clone());
        }
    }
}

/// Whether nothing but the label says what a row is.
fn is_nameless(fact: &Fact) -> bool {
    [&fact.function, &fact.department_economic, &fact.government_economic, &fact.project]
        .iter()
        .all(|coded| coded.code.is_empty())
}

/// The paths of the rows above a row, the nearest first.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once(" / "), |(above, _)| above.rsplit_once(" / ")).map(|(above, _)| above)
}

/// One row of a panel.
struct Line {
    row: u32,
    code: String,
    path: String,
    level: u32,
    kind: RowKind,
    numbered: bool,
}

fn lines(statement: &Statement, side: Option<Side>) -> Vec<Line> {
    let mut lines: BTreeMap<u32, Line> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|fact| fact.side == side) {
        lines.entry(fact.row).or_insert_with(|| Line {
            row: fact.row,
            code: fact.revenue.code.clone(),
            path: fact.row_path.clone(),
            level: fact.row_level,
            kind: fact.row_kind,
            numbered: label::rank(&fold(&fact.row_label)) > 0,
        });
    }
    lines.into_values().collect()
}

/// Places items without list number below the item of whose code theirs are parts: 税收收入 over 增值税 where nothing else in
/// print says so.
fn nest(statement: &mut Statement, side: Option<Side>) {
    // Upper items first, so that the paths of lower ones grow from the front.
    let mut upper = 0;
    loop {
        let lines = lines(statement, side);
        let next = (upper..lines.len()).find_map(|at| Some((at, last_part(&lines, at)?)));
        let Some((at, last)) = next else { return };
        place(statement, side, &lines[at..=last]);
        upper = at + 1;
    }
}

/// The last of the rows below an item that are its parts by their codes; none where they stand below it already.
fn last_part(lines: &[Line], at: usize) -> Option<usize> {
    let parent = &lines[at];
    if parent.code.is_empty() || !matches!(parent.kind, RowKind::Item | RowKind::Subtotal) {
        return None;
    }
    let is_part = |line: &Line| line.code.len() > parent.code.len() && line.code.starts_with(&parent.code);
    let open = |line: &Line| line.kind != RowKind::Total && !line.numbered && line.level >= parent.level;
    let below = lines.iter().enumerate().skip(at + 1);
    let run = below.take_while(|(_, line)| open(line) && (line.code.is_empty() || is_part(line)));
    let parts: Vec<(usize, &Line)> = run.filter(|(_, line)| is_part(line) && line.kind != RowKind::OfWhich).collect();
    let last = parts.last()?.0;
    parts.iter().any(|(_, line)| line.level == parent.level).then_some(last)
}

/// Places the rows behind the first one below it.
fn place(statement: &mut Statement, side: Option<Side>, lines: &[Line]) {
    let Some((parent, parts)) = lines.split_first() else { return };
    let rows: BTreeSet<u32> = parts.iter().map(|part| part.row).collect();
    let start = format!("{} / ", parent.path);
    for fact in statement.facts.iter_mut().filter(|fact| fact.side == side) {
        if fact.row == parent.row {
            fact.row_kind = RowKind::Subtotal;
            fact.additive = false;
        } else if rows.contains(&fact.row) && !fact.row_path.starts_with(&start) {
            fact.row_path = format!("{start}{}", fact.row_path);
            fact.row_level += 1;
        }
    }
}

/// A row's code, whether it may be summed, and its figures by column.
type Item = (String, bool, BTreeMap<u32, Measured>);

/// Makes a total of a line that says no 合计 and is the sum of all items beside it: 中央一般公共预算收入 below its parts or above them.
fn close(statement: &mut Statement, side: Option<Side>) {
    let mut rows: BTreeMap<u32, Item> = BTreeMap::new();
    for fact in statement.facts.iter().filter(|fact| fact.side == side) {
        let Some(figure) = Measured::of(statement, fact) else { return };
        let row = rows.entry(fact.row).or_insert_with(|| (fact.revenue.code.clone(), fact.additive, BTreeMap::new()));
        row.2.insert(fact.col, figure);
    }
    // What comes from elsewhere, or is borrowed, stands behind the government's own income.
    let apart = |code: &str| code.starts_with("110") || code.starts_with("105");
    let rows: Vec<(u32, Item)> = rows.into_iter().collect();
    let named: BTreeSet<u32> =
        statement.facts.iter().filter(|f| f.side == side && is_whole(f)).map(|f| f.row).collect();
    let wholes = (0..rows.len()).filter(|at| named.contains(&rows[*at].0) && rows[*at].1.1);
    let totals: BTreeSet<u32> = wholes
        .filter(|at| {
            let below = rows[at + 1..].iter().take_while(|(_, (code, ..))| !apart(code)).map(|(_, row)| row);
            let above = rows[..*at].iter().map(|(_, row)| row);
            is_sum(&rows[*at].1.2, below) || is_sum(&rows[*at].1.2, above)
        })
        .map(|at| rows[at].0)
        .collect();
    for fact in statement.facts.iter_mut().filter(|fact| fact.side == side && totals.contains(&fact.row)) {
        fact.row_kind = RowKind::Total;
        fact.additive = false;
    }
}

/// Whether a line may name the whole: …收入 that the list does not know, without a list number.
fn is_whole(fact: &Fact) -> bool {
    let folded = fold(&fact.row_label);
    fact.additive && fact.revenue.code.is_empty() && folded.ends_with("收入") && label::rank(&folded) == 0
}

/// Whether figures are the sums of at least two items in every column.
fn is_sum<'a>(
    whole: &BTreeMap<u32, Measured>,
    items: impl Iterator<Item = &'a (String, bool, BTreeMap<u32, Measured>)>,
) -> bool {
    let mut sums: BTreeMap<u32, Measured> = BTreeMap::new();
    let mut count = 0;
    for (_, _, figures) in items.filter(|(_, additive, _)| *additive) {
        count += 1;
        for (col, figure) in figures {
            let sum = sums.entry(*col).or_default();
            let Some(more) = sum.plus(*figure) else { return false };
            *sum = more;
        }
    }
    let columns: BTreeSet<&u32> = whole.keys().chain(sums.keys()).collect();
    let at = |figures: &BTreeMap<u32, Measured>, col: &u32| figures.get(col).copied().unwrap_or_default();
    count > 1
        && whole.values().any(|figure| !figure.value.is_zero())
        && columns.iter().all(|col| at(whole, col).agrees(at(&sums, col)))
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "R10",
    title: "Income by code",
    text: "items without list number stand below the item of whose code theirs are parts, printed or by name: 税收收入 over 增值税, and are counted instead of it; a line …收入 without code or number that is the sum of all items below or above it is their total",
    source: "《政府收支分类科目》: 10101 is a part of 101",
}];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};

    fn settled(kind: TableType, rows: &[(&str, &str)]) -> Vec<Fact> {
        let facts = (2_u32..).zip(rows).map(|(row, (path, text))| {
            let mut fact = fact(row, 2, "预算数", text);
            (fact.row_label, fact.row_path) =
                (path.rsplit(" / ").next().unwrap_or(path).to_owned(), (*path).to_owned());
            fact.row_level = u32::try_from(path.matches(" / ").count() + 1).expect("few levels");
            fact.row_kind = label::kind(&fold(&fact.row_label));
            fact.additive = fact.row_kind == RowKind::Item;
            fact
        });
        let mut table = statement(kind, facts.collect());
        settle(&mut table);
        table.facts
    }

    #[test]
    fn taxes_are_counted_once() {
        let rows = [
            ("税收收入", "40"),
            ("增值税", "25"),
            ("其他地方税收", "5"),
            ("契税", "8"),
            ("非税收入", "10"),
            ("专项收入", "4"),
            ("其中：教育费附加收入", "1"),
            ("其他收入", "6"),
            ("本年收入合计", "50"),
        ];
        let facts = settled(TableType::GovernmentRevenue, &rows);
        let counted: Vec<&str> = facts.iter().filter(|f| f.additive).map(|f| f.row_label.as_str()).collect();
        assert_eq!(counted, ["增值税", "其他地方税收", "契税", "专项收入", "其他收入"]);
        assert_eq!((facts[1].row_path.as_str(), facts[1].revenue.code.as_str()), ("税收收入 / 增值税", "10101"));
        assert_eq!((facts[6].revenue.code.as_str(), facts[7].revenue.code.as_str()), ("1030203", "10399"));
    }

    #[test]
    fn the_whole_may_say_no_total() {
        let counted = |rows: &[(&str, &str)]| {
            let facts = settled(TableType::GovernmentRevenue, rows);
            facts.into_iter().filter(|f| f.additive).map(|f| f.row_label).collect::<Vec<_>>()
        };
        let parts = [("税收收入", "40"), ("非税收入", "10")];
        let whole = ("中央一般公共预算收入", "50");
        assert_eq!(counted(&[parts[0], parts[1], whole]), ["税收收入", "非税收入"]);
        assert_eq!(counted(&[whole, parts[0], parts[1], ("转移性收入", "7")]), ["税收收入", "非税收入", "转移性收入"]);
        assert_eq!(counted(&[parts[0], parts[1], ("另一收入", "9")]).len(), 3);
    }

    #[test]
    fn numbered_lists_stay_as_they_are() {
        let rows = [("一、税收收入", "40"), ("一、税收收入 / 1.增值税", "40"), ("二、非税收入", "10")];
        let facts = settled(TableType::GovernmentRevenue, &rows);
        assert_eq!(facts[1].row_path, "一、税收收入 / 1.增值税");
        assert_eq!(facts[2].revenue.code, "103");
    }

    #[test]
    fn insurance_by_kind_and_nothing_in_departments() {
        let rows = [("一、失业保险基金收入", "9"), ("一、失业保险基金收入 / 财政补贴收入", "4"), ("其他收入", "1")];
        let codes: Vec<String> =
            settled(TableType::SocialInsuranceFund, &rows).into_iter().map(|f| f.revenue.code).collect();
        assert_eq!(codes, ["10202", "1020202", ""]);
        let department = settled(TableType::RevenueSummary, &[("其他收入", "1"), ("罚没收入", "1")]);
        assert!(department.iter().all(|f| f.revenue.code.is_empty()));
    }
}
