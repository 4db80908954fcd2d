//! A2 in lists without marks of rank: which rows a heading covers is shown by where the rows' text stands.
//!
//! 政府采购 lists print 品目, 项目 and goods each in a column of its own, one below the other; lists of revenue print a fund in a
//! cell that reaches over its kinds. The first text column of a row may tell its rank, or the last one: the reading counts
//! whose sums hold, all but a few. Nothing is claimed where neither does.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, holds};
use crate::check::line::{Line, lines};
use crate::check::policy::Policy;
use crate::check::slip;
use crate::check::table::a02_column_sum::A2;
use crate::check::table::column_sums::column_sums;
use crate::check::table::extent::extents;
use crate::model::statement::Statement;
use crate::model::vocabulary::{RowKind, TableType};
use std::collections::BTreeSet;

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A2],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// The sums of the reading that holds.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
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
        claims.extend(column_sums(&A2, statement, &lines[*at], &below(Some(*at))));
    }
    let totals: Vec<&Line<'a>> = lines.iter().filter(|l| l.is_grand()).collect();
    if let [total] = totals.as_slice() {
        claims.extend(column_sums(&A2, statement, total, &below(None)));
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
        let told = claims.iter().filter(|c| c.has_money()).count();
        let held = claims.iter().filter(|c| c.has_money() && holds(c)).count();
        Self { claims, told, missed: if told == 0 { usize::MAX } else { told - held } }
    }

    /// Whether four of five sums hold, or one digit keeps them all from holding.
    fn is_borne_out(&self) -> bool {
        let told: Vec<&Claim<'_>> = self.claims.iter().filter(|c| c.has_money()).collect();
        let held = self.told.saturating_sub(self.missed);
        let most = self.missed == 0 || (self.told >= 5 && Policy::FourFifths.is_met(held, self.told));
        self.told > 1 && self.missed <= self.told && (most || slip::is_all(&told))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use crate::model::check::CheckStatus;
    use yusuan_extract::Cell;

    /// Rows as printed, cells parted by `|`, the amount last.
    fn table(rows: &[&str]) -> Statement {
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
        table
    }

    fn verdicts(rows: &[&str]) -> Vec<CheckStatus> {
        checks_of(&table(rows), claims).iter().map(|c| c.status).collect()
    }

    pub(crate) fn example() -> Example {
        let rows = ["合计||9.50", "货物||7.50", "|桌|3.50", "|椅|4.00", "服务||2.00", "|印刷|2.00"];
        Example::tables(vec![table(&rows)])
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
