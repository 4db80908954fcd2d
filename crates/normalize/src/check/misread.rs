//! Signs that a table was read wrongly, though each of its figures was read without doubt: a rest of a figure in a row of its
//! own. Sums that such a table breaks say nothing of what was published.

use crate::check::claim::Figure;
use crate::model::fact::Fact;
use crate::model::measured::printed_decimals;
use crate::model::statement::Statement;
use std::collections::{BTreeMap, BTreeSet};

/// Figures of a column that show how its figures are printed.
const LEAST_FIGURES: usize = 5;
/// Digits of a rest.
const MOST_DIGITS: usize = 2;

/// Whether one of the figures of an identity stands in a table with such a sign.
pub(crate) fn is_likely<'f, 'a: 'f>(figures: impl Iterator<Item = &'f Figure<'a>>) -> bool {
    let mut seen = BTreeSet::new();
    figures.map(|f| f.statement).filter(|s| seen.insert(s.id.as_str())).any(has_rest)
}

/// A figure of one or two digits in a column whose other figures have decimals, or a row of figures without a name beside a name
/// without figures.
fn has_rest(statement: &Statement) -> bool {
    let mut columns: BTreeMap<u32, Vec<&Fact>> = BTreeMap::new();
    for fact in &statement.facts {
        columns.entry(fact.col).or_default().push(fact);
    }
    columns.values().any(|column| is_broken(column)) || has_parted_row(statement)
}

fn is_broken(column: &[&Fact]) -> bool {
    let whole = column.iter().filter(|f| printed_decimals(&f.value_text) == 2).count();
    let rest = |f: &&&Fact| {
        let digits = f.value_text.chars().filter(char::is_ascii_digit).count();
        digits <= MOST_DIGITS && printed_decimals(&f.value_text) == 0 && f.value.is_some_and(|v| !v.is_zero())
    };
    let rests = column.iter().filter(rest).count();
    whole >= LEAST_FIGURES && rests > 0 && rests * 4 < whole
}

/// Rows of figures without a name below the first, each beside a row with a name and no figures.
fn has_parted_row(statement: &Statement) -> bool {
    let cells = &statement.raw.cells;
    let figures: BTreeSet<usize> = statement.facts.iter().filter_map(|f| cells.get(f.cell)).map(|c| c.row).collect();
    let body = statement.header_start + statement.header_rows;
    let named: BTreeSet<usize> = cells
        .iter()
        .filter(|c| c.row >= body && c.text.chars().any(|c| !c.is_ascii() && c.is_alphabetic()))
        .map(|c| c.row)
        .collect();
    let is_head = |row: usize| named.contains(&row) && !figures.contains(&row);
    let nameless = |row: &&usize| !named.contains(*row) && **row > body;
    figures.iter().filter(nameless).any(|row| row.checked_sub(1).is_some_and(is_head) || is_head(row + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};
    use crate::model::vocabulary::TableType;

    #[test]
    fn a_rest_of_a_figure_in_a_row_of_its_own() {
        let table = |last: &str| {
            let values = ["7762472.80", "512.35", "18.20", "44.10", "1.05", last];
            let rows = values.iter().zip(2..).map(|(value, row)| fact(row, 2, "决算数", value));
            has_rest(&statement(TableType::ExpenditureSummary, rows.collect()))
        };
        assert!(table("7"));
        assert!(!table("7.00") && !table("0") && !table("731"));
    }
}
