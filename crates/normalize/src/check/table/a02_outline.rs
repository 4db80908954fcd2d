//! A2 in lists without marks of rank: which rows a heading covers is shown by where the rows' text stands.
//!
//! 政府采购 lists print 品目, 项目 and goods each in a column of its own, one below the other; lists of revenue print a fund in a
//! cell that reaches over its kinds. The first text column of a row may tell its rank, or the last one: the reading counts
//! whose sums hold, all but a few. Nothing is claimed where neither does.

use crate::check::claim::{Claim, holds};
use crate::check::line::{Line, lines};
use crate::check::slip;
use crate::check::table::a02_column_sum::columns;
use crate::model::statement::Statement;
use crate::model::vocabulary::{RowKind, TableType};
use std::collections::{BTreeMap, BTreeSet};

/// Longer lists are not looked through for sums within them.
const MOST_ROWS: usize = 200;

/// Where the text of a row begins and where it ends, in columns of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Extent {
    first: usize,
    last: usize,
}

/// The sums of the reading that holds.
pub(crate) fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    if matches!(statement.table_type, TableType::ThreePublic | TableType::GovernmentFundThreePublic) {
        return Vec::new();
    }
    let lines = lines(statement, None);
    // Lists side by side have text on both sides of their amounts.
    let rows: BTreeSet<u32> = lines.iter().filter_map(|l| l.figures.values().next()).map(|f| f.row).collect();
    if rows.len() < lines.len() {
        return Vec::new();
    }
    if lines.len() < 3 || lines.iter().any(|l| l.coded || l.parent.is_some() || l.kind == RowKind::OfWhich) {
        return Vec::new();
    }
    let Some(extents) = extents(statement, &lines) else { return Vec::new() };
    let by_first: Vec<usize> = extents.iter().map(|e| e.first).collect();
    let by_last: Vec<usize> = extents.iter().map(|e| e.last).collect();
    let readings = [by_first, by_last].map(|ranks| Reading::new(sums(statement, &lines, &ranks)));
    let best = readings.into_iter().min_by_key(|r| r.missed);
    best.filter(Reading::is_borne_out).map_or_else(Vec::new, |r| r.claims)
}

/// Whether the rows are a plain list: their text stands in the same columns in all of them, and no row is the sum of those
/// right below it.
pub(crate) fn is_flat(statement: &Statement, rows: &[&Line<'_>]) -> bool {
    let same =
        extents(statement, rows.iter().copied()).is_some_and(|all| all.windows(2).all(|pair| pair[0] == pair[1]));
    let holds_next = |at: usize| {
        let sum_until =
            |end: usize| columns(statement, rows[at], &rows[at + 1..end]).iter().any(|c| has_money(c) && holds(c));
        (at + 3..=rows.len()).any(sum_until)
    };
    let plain = rows.iter().all(|l| l.kind == RowKind::Item && !matches!(l.name.as_str(), "小计" | "合计"));
    same && plain && rows.len() >= 2 && rows.len() <= MOST_ROWS && !(0..rows.len()).any(holds_next)
}

/// Where the text left of each row's amounts stands; `None` where a row has none.
fn extents<'l>(statement: &Statement, lines: impl IntoIterator<Item = &'l Line<'l>>) -> Option<Vec<Extent>> {
    let mut texts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for cell in statement.raw.cells.iter().filter(|c| !c.text.trim().is_empty()) {
        texts.entry(cell.row).or_default().push(cell.col);
    }
    let extent = |line: &Line<'_>| {
        let figures = line.figures.values().filter_map(|f| statement.raw.cells.get(f.cell));
        let (row, amount) = figures.map(|c| (c.row, c.col)).min()?;
        let left: Vec<usize> = texts.get(&row)?.iter().copied().filter(|c| *c < amount).collect();
        Some(Extent { first: *left.iter().min()?, last: *left.iter().max()? })
    };
    lines.into_iter().map(extent).collect()
}

/// One claim for every heading and column, and for the total over the highest rows.
fn sums<'a>(statement: &'a Statement, lines: &[Line<'a>], ranks: &[usize]) -> Vec<Claim<'a>> {
    let rows: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].kind != RowKind::Total).collect();
    let parents = parents(&rows, ranks);
    if parents.iter().all(Option::is_none) {
        return Vec::new();
    }
    let below = |parent: Option<usize>| -> Vec<&Line<'a>> {
        rows.iter().zip(&parents).filter(|(_, p)| **p == parent).map(|(at, _)| &lines[*at]).collect()
    };
    let mut claims = Vec::new();
    for at in rows.iter().filter(|at| parents.contains(&Some(**at))) {
        claims.extend(columns(statement, &lines[*at], &below(Some(*at))));
    }
    let totals: Vec<&Line<'a>> = lines.iter().filter(|l| l.is_grand()).collect();
    if let [total] = totals.as_slice() {
        claims.extend(columns(statement, total, &below(None)));
    }
    claims
}

/// The nearest row above with a lower rank.
fn parents(rows: &[usize], ranks: &[usize]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(rows.len());
    for at in rows {
        while open.last().is_some_and(|top| ranks[*top] >= ranks[*at]) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(*at);
    }
    parents
}

/// The sums that one reading promises.
struct Reading<'a> {
    claims: Vec<Claim<'a>>,
    /// Sums with money in them.
    told: usize,
    /// Those that don't hold; all of them where there are none to tell.
    missed: usize,
}

impl<'a> Reading<'a> {
    fn new(claims: Vec<Claim<'a>>) -> Self {
        let told = claims.iter().filter(|c| has_money(c)).count();
        let held = claims.iter().filter(|c| has_money(c) && holds(c)).count();
        Self { claims, told, missed: if told == 0 { usize::MAX } else { told - held } }
    }

    /// Whether four of five sums hold, or one digit keeps them all from holding.
    fn is_borne_out(&self) -> bool {
        let told: Vec<&Claim<'_>> = self.claims.iter().filter(|c| has_money(c)).collect();
        let most = self.missed == 0 || (self.told >= 5 && self.missed * 5 <= self.told);
        self.told > 1 && self.missed <= self.told && (most || slip::is_all(&told))
    }
}

fn has_money(claim: &Claim<'_>) -> bool {
    claim.left.iter().chain(&claim.right).any(|f| f.fact.value.is_some_and(|v| !v.is_zero()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{checks_of, fact, statement};
    use crate::model::check::CheckStatus;
    use yusuan_extract::Cell;

    /// Rows as printed, cells parted by `|`, the amount last.
    fn verdicts(rows: &[&str]) -> Vec<CheckStatus> {
        let mut facts = Vec::new();
        let mut cells = Vec::new();
        for (row, line) in rows.iter().enumerate() {
            let texts: Vec<&str> = line.split('|').collect();
            for (col, text) in texts.iter().enumerate() {
                cells.push(Cell { row, col, row_span: 1, col_span: 1, text: (*text).to_owned(), ..Cell::default() });
            }
            let label = texts.iter().find(|t| !t.is_empty()).copied().unwrap_or_default();
            let mut one = fact(row as u32 + 1, texts.len() as u32, "总计", texts.last().copied().unwrap_or_default());
            one.cell = cells.len() - 1;
            label.clone_into(&mut one.row_label);
            label.clone_into(&mut one.row_path);
            one.row_kind = crate::reading::label::kind(&crate::reading::fold::fold(label));
            facts.push(one);
        }
        let mut table = statement(TableType::GovernmentProcurement, facts);
        table.raw.cells = cells;
        checks_of(&table, claims).iter().map(|c| c.status).collect()
    }

    #[test]
    fn ranks_are_where_the_text_begins() {
        let rows = ["合计||9.50", "货物||7.50", "|桌|3.50", "|椅|4.00", "服务||2.00", "|印刷|2.00"];
        assert_eq!(verdicts(&rows), [CheckStatus::Passed; 3]);
    }

    #[test]
    fn or_where_it_ends() {
        let rows = ["合计||||9.50", "货物||||9.50", "|办公|购置||3.50", "|||桌|3.50", "||维修||6.00", "|||灯|6.00"];
        assert_eq!(verdicts(&rows), [CheckStatus::Passed; 4], "办公 and 维修 are of one rank");
    }

    #[test]
    fn one_wrong_digit_fails_and_another_structure_says_nothing() {
        let wrong = ["合计||9.50", "货物||7.50", "|桌|3.50", "|椅|4.20", "服务||2.00", "|印刷|2.00"];
        let failed = verdicts(&wrong).iter().filter(|s| **s == CheckStatus::Failed).count();
        assert_eq!(failed, 1);
        let other = ["合计||9.50", "货物||1.25", "|桌|3.50", "|椅|4.00", "服务||0.75", "|印刷|2.00"];
        assert!(verdicts(&other).is_empty());
    }
}
