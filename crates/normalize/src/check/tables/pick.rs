//! The one figure of a table that a tie between tables is about.

use crate::check::claim::{Claim, Figure, holds};
use crate::check::code::row_code;
use crate::check::line::{Line, lines};
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, RowKind};
use crate::reading::code::Family;
use crate::reading::fold::fold;
use std::collections::BTreeMap;

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
    pub(crate) fn is(self, fact: &Fact) -> bool {
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
pub(crate) fn grand(statement: &Statement, wanted: Wanted) -> Option<Figure<'_>> {
    grand_of(statement, &lines(statement, None), wanted)
}

/// The same where the table's rows are at hand.
pub(crate) fn grand_of<'a>(statement: &'a Statement, rows: &[Line<'a>], wanted: Wanted) -> Option<Figure<'a>> {
    let totals: Vec<&Line<'a>> = rows.iter().filter(|l| l.is_grand() && l.parent.is_none()).collect();
    let line = match (totals.as_slice(), rows) {
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
    let current = |f: &&&Fact| f.may_be_current() && f.column_kind != ColumnKind::OfWhich;
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
    rule: &'static Rule,
    left: Figure<'a>,
    rights: &[Figure<'a>],
    words: &str,
) -> Option<Claim<'a>> {
    let claims: Vec<Claim<'a>> = rights.iter().map(|right| Claim::tie(rule, left, *right, words.to_owned())).collect();
    claims.iter().find(|c| holds(c)).or_else(|| claims.first()).cloned()
}

/// How a table is called in the words of a check.
pub(crate) fn name(statement: &Statement) -> &str {
    if statement.title.is_empty() { statement.table_type.label_zh() } else { &statement.title }
}

/// The figures of one column by code; a code printed twice (for two units) has several.
pub(crate) fn by_code(statement: &Statement, family: Family, wanted: Wanted) -> BTreeMap<&str, Vec<Figure<'_>>> {
    by_code_of(statement, &lines(statement, None), family, wanted)
}

/// The same where the table's rows are at hand.
pub(crate) fn by_code_of<'a>(
    statement: &'a Statement,
    rows: &[Line<'a>],
    family: Family,
    wanted: Wanted,
) -> BTreeMap<&'a str, Vec<Figure<'a>>> {
    let mut found: BTreeMap<&str, Vec<Figure<'a>>> = BTreeMap::new();
    for line in rows {
        if line.kind == RowKind::OfWhich {
            continue;
        }
        let Some(figure) = column(statement, line, wanted) else { continue };
        if let Some((own, code)) = row_code(figure.fact)
            && own == family
        {
            found.entry(code).or_default().push(figure);
        }
    }
    found
}

/// All figures that make up a code: its own row where it is printed once, else the rows below it.
pub(crate) fn of_code<'a>(figures: &BTreeMap<&'a str, Vec<Figure<'a>>>, code: &str) -> Vec<Figure<'a>> {
    if let Some([own]) = figures.get(code).map(Vec::as_slice) {
        return vec![*own];
    }
    if let Some(several) = figures.get(code) {
        return several.clone();
    }
    let below = figures.range(code..).take_while(|(c, _)| c.starts_with(code));
    below.filter(|(_, own)| own.iter().all(|f| f.fact.additive)).flat_map(|(_, own)| own.iter().copied()).collect()
}
