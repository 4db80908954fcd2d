//! Columns of rates and shares (完成预算%, 比上年增长%, 占比): the two columns of amounts whose quotient each is, where its rows
//! prove it. A table may print several; what their heads are called differs from place to place, what they are quotients of
//! doesn't.

use crate::check::percent::{Kind, Percent, Ratio};
use crate::model::check::CheckStatus;
use crate::model::fact::Fact;
use crate::model::measured::{Measured, last_digit, printed_decimals};
use crate::model::statement::Statement;
use crate::reading::fold::{fold, has_any};
use crate::table::grid::Grid;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Different figures of a column that must be quotients of the same two columns.
const LEAST_FIGURES: usize = 4;
/// Tables with more columns of amounts than this print no rates.
const MOST_COLUMNS: usize = 16;
/// Rows that are looked at first.
const FIRST_ROWS: usize = 16;
/// One row in so many may contradict what the others prove.
const ROWS_PER_SLIP: usize = 4;

/// Words of figures that are no quotients of what the table prints.
const OTHER_FIGURES: &[&str] =
    &["序号", "行次", "编码", "代码", "人数", "面积", "数量", "权重", "分值", "得分", "税率", "利率"];
/// Words of a note by which growth is counted on other figures.
const OTHER_BASE: &[&str] = &["可比口径", "同口径", "剔除", "还原"];

/// A printed percentage with both amounts that it is the quotient of.
pub(crate) struct Quotient<'a> {
    /// As printed.
    pub(crate) percent: Percent,
    /// As it follows from both amounts.
    pub(crate) ratio: Ratio,
    /// What is compared, and what it is compared with.
    pub(crate) facts: [&'a Fact; 2],
    /// What the column is called.
    pub(crate) head: String,
}

impl Quotient<'_> {
    /// Whether it is a share of the second amount rather than growth on it.
    pub(crate) fn is_share(&self) -> bool {
        self.percent.kind == Kind::Share
    }

    /// Row and column of what is compared.
    pub(crate) fn cell(&self) -> (u32, u32) {
        (self.facts[0].row, self.facts[0].col)
    }
}

/// The amounts of one row of the grid by column.
type Row<'a> = BTreeMap<usize, &'a Fact>;

/// All figures of those columns that are proven to be quotients.
pub(crate) fn of_table<'a>(statement: &'a Statement, grid: &Grid<'_>, paths: &[Vec<String>]) -> Vec<Quotient<'a>> {
    let mut rows: BTreeMap<usize, Row<'a>> = BTreeMap::new();
    for fact in &statement.facts {
        if let Some(cell) = statement.raw.cells.get(fact.cell) {
            rows.entry(cell.row).or_default().insert(cell.col, fact);
        }
    }
    let money: BTreeSet<usize> = rows.values().flat_map(|row| row.keys().copied()).collect();
    if money.len() < 2 || money.len() > MOST_COLUMNS {
        return Vec::new();
    }
    let free = (0..grid.cols()).filter(|col| !money.contains(col));
    free.flat_map(|col| of_column(statement, grid, &rows, (col, paths))).collect()
}

/// A column's figures against the two columns that most of them are the quotient of.
fn of_column<'a>(
    statement: &'a Statement,
    grid: &Grid<'_>,
    rows: &BTreeMap<usize, Row<'a>>,
    (col, paths): (usize, &[Vec<String>]),
) -> Vec<Quotient<'a>> {
    let head = paths.get(col).and_then(|path| path.last()).map(|last| fold(last)).unwrap_or_default();
    if has_any(&head, OTHER_FIGURES) {
        return Vec::new();
    }
    let printed: Vec<(&Row<'a>, Decimal, &str)> =
        rows.iter().filter_map(|(at, row)| percent(grid.folded(*at, col)).map(|(v, text)| (row, v, text))).collect();
    let different: BTreeSet<Decimal> = printed.iter().map(|(_, value, _)| *value).collect();
    if different.len() < LEAST_FIGURES {
        return Vec::new();
    }
    let money: BTreeSet<usize> = printed.iter().flat_map(|(row, ..)| row.keys().copied()).collect();
    let mut best: Option<(usize, Vec<Quotient<'a>>)> = None;
    for over in &money {
        for under in money.iter().filter(|under| *under != over) {
            for kind in [Kind::Share, Kind::Up] {
                if !is_likely(statement, &printed, (*over, *under, kind)) {
                    continue;
                }
                let found = quotients(statement, &printed, (*over, *under, kind), &head);
                let held = found.iter().filter(|q| q.ratio.verdict(&q.percent) != CheckStatus::Failed).count();
                let proven = found.len() - held <= found.len() / ROWS_PER_SLIP && proves(&found);
                if proven && best.as_ref().is_none_or(|(most, _)| held > *most) {
                    best = Some((held, found));
                }
            }
        }
    }
    let Some((_, found)) = best else { return Vec::new() };
    let noted = || statement.raw.captions.iter().any(|caption| has_any(&fold(&caption.text), OTHER_BASE));
    let on_other_figures = found.first().is_some_and(|q| !q.is_share()) && (has_any(&head, OTHER_BASE) || noted());
    if on_other_figures {
        return Vec::new();
    }
    found.into_iter().filter(|q| !is_astray(statement, rows, q)).collect()
}

/// Whether a figure that doesn't fit is the quotient of two other amounts of its row: it stands in the wrong column, which is for
/// the reading of the table to tell.
fn is_astray(statement: &Statement, rows: &BTreeMap<usize, Row<'_>>, found: &Quotient<'_>) -> bool {
    if found.ratio.verdict(&found.percent) != CheckStatus::Failed {
        return false;
    }
    let Some(row) = rows.values().find(|row| row.values().any(|f| (f.row, f.col) == found.cell())) else {
        return false;
    };
    let amounts: Vec<Measured> = row.values().filter_map(|f| Measured::of(statement, f)).collect();
    let fits = |part: Option<Measured>, whole: Measured| {
        let ratio = part.and_then(|part| Ratio::new(part, whole)).filter(|_| !whole.is_nothing());
        ratio.is_some_and(|ratio| ratio.verdict(&found.percent) == CheckStatus::Passed)
    };
    let pairs = amounts.iter().flat_map(|over| amounts.iter().map(move |under| (*over, *under)));
    pairs.into_iter().any(|(over, under)| over != under && (fits(Some(over), under) || fits(over.less(under), under)))
}

/// Whether enough different figures are quotients to their last digit: the same figure again and again proves nothing.
fn proves(found: &[Quotient<'_>]) -> bool {
    let exact = found.iter().filter(|q| q.ratio.verdict(&q.percent) == CheckStatus::Passed);
    exact.map(|q| q.percent.value).collect::<BTreeSet<Decimal>>().len() >= LEAST_FIGURES
}

/// Whether at least half of the first rows are quotients: most pairs of columns are done with by them.
fn is_likely(
    statement: &Statement,
    printed: &[(&Row<'_>, Decimal, &str)],
    (over, under, kind): (usize, usize, Kind),
) -> bool {
    let first = printed.get(..printed.len().min(FIRST_ROWS)).unwrap_or_default();
    let found = quotients(statement, first, (over, under, kind), "");
    let held = found.iter().filter(|q| q.ratio.verdict(&q.percent) != CheckStatus::Failed).count();
    held * 2 >= found.len()
}

fn quotients<'a>(
    statement: &'a Statement,
    printed: &[(&Row<'a>, Decimal, &str)],
    (over, under, kind): (usize, usize, Kind),
    head: &str,
) -> Vec<Quotient<'a>> {
    let one = |(row, value, text): &(&Row<'a>, Decimal, &str)| {
        let facts = [*row.get(&over)?, *row.get(&under)?];
        let [part, whole] = [Measured::of(statement, facts[0])?, Measured::of(statement, facts[1])?];
        let part = if kind == Kind::Share { part } else { part.less(whole)? };
        let ratio = Ratio::new(part, whole).filter(|_| !whole.is_nothing())?;
        let percent = Percent { kind, value: *value, digit: last_digit(printed_decimals(text)), of: String::new() };
        Some(Quotient { percent, ratio, facts, head: head.to_owned() })
    };
    printed.iter().filter_map(one).collect()
}

/// A cell's figure, with or without its sign of per cent; nothing where it is no plain figure.
fn percent(text: &str) -> Option<(Decimal, &str)> {
    let figure = text.trim_end_matches('%');
    let value: Decimal = figure.replace(',', "").parse().ok()?;
    Some((value, figure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_with_and_without_their_sign() {
        assert_eq!(percent("97.3%").map(|(v, t)| (v.to_string(), t)), Some(("97.3".to_owned(), "97.3")));
        assert_eq!(percent("-5").map(|(v, _)| v.to_string()).as_deref(), Some("-5"));
        assert!(percent("#DIV/0!").is_none() && percent("").is_none());
    }
}
