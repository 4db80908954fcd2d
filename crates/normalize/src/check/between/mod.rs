//! Identities between the tables of one document.
//!
//! A disclosure prints the same money several times (forms of 部门预算 and 部门决算; 财政部《地方预决算公开操作规程》): the totals of
//! 收支总表 are those of 收入总表 and 支出总表, and so on down to the economic codes. A tie is claimed only where each of both tables
//! is there once, with data: with two of a kind (several units in one file) nobody knows which belong together.

mod basic;
mod budgets;
mod classes;
mod crosswalk;
mod economic;
mod projects;
mod revenue;
mod same_codes;
mod totals;

pub(crate) use basic::basic_totals;
pub(crate) use revenue::of_budget;
pub(crate) use totals::{closings, subtotals};

use crate::check::code_tree::row_code;
use crate::check::figure::{Claim, Figure, holds};
use crate::check::line::Line;
use crate::document::Statement;
use crate::fact::Fact;
use crate::kind::{ColumnKind, RowKind, TableState, TableType};
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Every tie of the document.
pub(crate) fn claims(statements: &[Statement]) -> Vec<Claim<'_>> {
    let tables = Tables { statements };
    let mut claims = totals::claims(&tables);
    claims.extend(classes::claims(&tables));
    claims.extend(same_codes::claims(&tables));
    claims.extend(budgets::claims(&tables));
    claims.extend(basic::claims(&tables));
    claims.extend(projects::claims(&tables));
    claims.extend(revenue::claims(&tables));
    claims.extend(economic::claims(&tables));
    claims.extend(crosswalk::claims(&tables));
    claims
}

/// The document's tables by what they are.
pub(crate) struct Tables<'a> {
    pub(crate) statements: &'a [Statement],
}

impl<'a> Tables<'a> {
    /// The table of a type, if there is exactly one with money in it.
    pub(crate) fn only(&self, wanted: TableType) -> Option<&'a Statement> {
        let mut found = self
            .statements
            .iter()
            .filter(|s| s.table_type == wanted && matches!(s.state, TableState::Data | TableState::AllZero));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The tables of a type with money in them, if each has a title of its own (by 部门 and by 政府 economic codes).
    fn each(&self, wanted: TableType) -> Vec<&'a Statement> {
        let found: Vec<&Statement> =
            self.statements.iter().filter(|s| s.table_type == wanted && s.state == TableState::Data).collect();
        let titles: BTreeSet<&str> = found.iter().map(|s| s.title.as_str()).collect();
        if titles.len() == found.len() { found } else { Vec::new() }
    }

    /// Whether the document prints final accounts.
    fn is_final(&self) -> bool {
        self.statements.iter().any(|s| s.title.contains("决算"))
    }

    /// The rule's id: the ties of final accounts have one of their own.
    fn rule(&self, budget: &'static str) -> &'static str {
        if self.is_final() { "B10" } else { budget }
    }
}

/// Which column of a table is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All the money.
    Total,
    /// 基本支出.
    Basic,
    /// 项目支出.
    Project,
}

impl Wanted {
    /// Whether a figure stands in such a column. 基本支出 and 项目支出 may have parts: their own sum counts.
    fn is(self, fact: &Fact) -> bool {
        let last = fact.column_path.rsplit('/').next().unwrap_or_default();
        let sum =
            matches!(last, "小计" | "合计") || matches!(fact.column_kind, ColumnKind::Subtotal | ColumnKind::Total);
        let path = fold(&fact.column_path);
        let named = |word: &str| path.split('/').any(|s| s == word);
        let own = |word: &str| named(word) && (fold(last) == word || sum);
        match self {
            Self::Total => fact.column_kind == ColumnKind::Total && !named("基本支出") && !named("项目支出"),
            Self::Basic => own("基本支出"),
            Self::Project => own("项目支出"),
        }
    }
}

/// The figure of this year in the table's total row, in the column wanted: exactly one, or nothing is said. A table of a
/// single row needs no label; in one with a single column that is the total.
fn grand<'a>(statement: &'a Statement, wanted: Wanted) -> Option<Figure<'a>> {
    let lines = crate::check::line::lines(statement, None);
    let totals: Vec<&Line<'a>> = lines.iter().filter(|l| l.is_grand() && l.parent.is_none()).collect();
    let line = match (totals.as_slice(), lines.as_slice()) {
        ([one], _) => *one,
        ([], [one]) => one,
        _ => return None,
    };
    column(statement, line, wanted)
}

/// The table's grand total of all the money.
pub(crate) fn grand_total(statement: &Statement) -> Option<Figure<'_>> {
    grand(statement, Wanted::Total)
}

/// The one figure of a row in the column wanted.
pub(crate) fn column<'a>(statement: &'a Statement, line: &Line<'a>, wanted: Wanted) -> Option<Figure<'a>> {
    let current = |f: &&&Fact| matches!(f.period.as_str(), "current" | "") && f.column_kind != ColumnKind::OfWhich;
    let fitting: Vec<&'a Fact> = line.figures.values().filter(|f| wanted.is(f)).filter(current).copied().collect();
    let all: Vec<&'a Fact> = line.figures.values().copied().collect();
    // 2024年预算数[小计 | 基本支出 | 项目支出]: the year's own sum.
    let sums: Vec<&'a Fact> = line
        .figures
        .values()
        .filter(|f| f.column_kind == ColumnKind::Subtotal && !f.column_path.contains("支出/"))
        .filter(current)
        .copied()
        .collect();
    let fact = match (fitting.as_slice(), all.as_slice(), sums.as_slice(), wanted) {
        ([one], ..) | ([], [one], _, Wanted::Total) | ([], _, [one], Wanted::Total) => *one,
        _ => return None,
    };
    Some(Figure { statement, fact })
}

/// The claims of one left figure against the right figure that it agrees with, or the first where it agrees with none: a
/// total may leave carry-over out or not, and the header doesn't always say.
pub(crate) fn any_of<'a>(
    rule: &'static str,
    left: Figure<'a>,
    rights: &[Figure<'a>],
    words: &str,
) -> Option<Claim<'a>> {
    let claims: Vec<Claim<'a>> = rights.iter().map(|right| Claim::tie(rule, left, *right, words.to_owned())).collect();
    claims.iter().find(|c| holds(c)).or_else(|| claims.first()).cloned()
}

/// How a table is called in a statement.
pub(crate) fn name(statement: &Statement) -> &str {
    if statement.title.is_empty() { statement.table_type.label_zh() } else { &statement.title }
}

/// The figures of one column by code; a code printed twice (for two units) has several.
pub(crate) fn by_code<'a>(statement: &'a Statement, system: u8, wanted: Wanted) -> BTreeMap<&'a str, Vec<Figure<'a>>> {
    let mut found: BTreeMap<&str, Vec<Figure<'a>>> = BTreeMap::new();
    for line in crate::check::line::lines(statement, None) {
        if line.kind == RowKind::OfWhich {
            continue;
        }
        let Some(figure) = column(statement, &line, wanted) else { continue };
        if let Some((own, code)) = row_code(figure.fact)
            && own == system
        {
            found.entry(code).or_default().push(figure);
        }
    }
    found
}

/// All figures that make up a code: its own row where it is printed once, else the rows below it.
fn of_code<'a>(figures: &BTreeMap<&'a str, Vec<Figure<'a>>>, code: &str) -> Vec<Figure<'a>> {
    if let Some([own]) = figures.get(code).map(Vec::as_slice) {
        return vec![*own];
    }
    if let Some(several) = figures.get(code) {
        return several.clone();
    }
    let below = figures.range(code..).take_while(|(c, _)| c.starts_with(code));
    below.filter(|(_, own)| own.iter().all(|f| f.fact.additive)).flat_map(|(_, own)| own.iter().copied()).collect()
}
