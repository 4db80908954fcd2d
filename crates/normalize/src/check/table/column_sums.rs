//! The sums of a row over those that stand under it: one for each column.

use crate::check::claim::{Claim, Figure};
use crate::check::line::Line;
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;

/// Terms that are all named; of more the first and the last are.
const MOST_NAMED: usize = 6;

/// One claim for each column in which the head has an amount.
pub(crate) fn column_sums<'a>(
    rule: &'static Rule,
    statement: &'a Statement,
    head: &Line<'a>,
    below: &[&Line<'a>],
) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    for (col, fact) in &head.figures {
        let terms: Vec<&Fact> = below.iter().filter_map(|l| l.figures.get(col).copied()).collect();
        let number = terms.len();
        let words = match terms.as_slice() {
            [] => continue,
            few if number <= MOST_NAMED => few.iter().map(|f| short_name(f)).collect::<Vec<_>>().join(" + "),
            [first, .., last] => format!("{} + … + {}（共 {number} 项）", short_name(first), short_name(last)),
            [_] => continue,
        };
        let heading = fact.column_path.rsplit('/').next().unwrap_or_default();
        let words = format!("{heading}栏各项之和（{words}）");
        claims.push(Claim::sum(rule, Figure { statement, fact }, &terms, &words));
    }
    claims
}

fn short_name(fact: &Fact) -> &str {
    match fact.row_label.as_str() {
        "" => "（无名）",
        label => label,
    }
}
