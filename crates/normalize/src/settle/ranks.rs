//! Lines without a number below numbered ones: the table's own sums tell whether they are its parts.
//!
//! 1.机关工资福利支出 over 工资奖金津补贴 and 社会保障缴费, 一、税收收入 over 增值税 and 企业所得税: nothing in print but the place
//! says whose parts the plain lines are. Where the lines up to the next number add up to the numbered one in every column,
//! they stand below it. One line that equals its numbered line proves nothing alone, several such pairs do.

use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::statement::Statement;
use crate::model::vocabulary::{RowKind, Side};
use crate::reading::fold::fold;
use crate::reading::label;
use std::collections::{BTreeMap, BTreeSet};

/// Numbered lines with plain ones below them that prove each other where each has one line only.
const LEAST_PAIRS: usize = 2;

/// One row of a panel.
struct Line {
    row: u32,
    /// Rank of its list number, 0 for none.
    rank: usize,
    /// Whether it may be a part: no total, no code, not 上年结转 and the like.
    plain: bool,
    path: String,
    level: u32,
    figures: BTreeMap<u32, Measured>,
}

/// Places plain lines below the numbered line that they add up to.
pub(crate) fn nest(statement: &mut Statement) {
    let sides: BTreeSet<Option<Side>> = statement.facts.iter().map(|fact| fact.side).collect();
    for side in sides {
        let lines = lines(statement, side);
        let heads = heads(&lines);
        if heads.iter().any(|head| head.parts.len() > 1) || heads.len() >= LEAST_PAIRS {
            for head in &heads {
                place(statement, side, &lines, head);
            }
        }
    }
}

/// A numbered line with the positions of its parts.
struct Head {
    at: usize,
    parts: Vec<usize>,
}

/// The numbered lines whose plain lines add up to them; none where one of several contradicts.
fn heads(lines: &[Line]) -> Vec<Head> {
    let numbered = (0..lines.len()).filter(|at| lines[*at].rank > 0);
    let below = |at: usize| (at + 1..lines.len()).take_while(|below| lines[*below].plain).collect::<Vec<usize>>();
    let all: Vec<Head> =
        numbered.map(|at| Head { at, parts: below(at) }).filter(|head| !head.parts.is_empty()).collect();
    let (proved, open): (Vec<Head>, Vec<Head>) = all.into_iter().partition(|head| adds_up(lines, head));
    // A pair of equal lines is chance where other numbered lines don't add up.
    let sure = |head: &Head| open.is_empty() || head.parts.len() > 1;
    proved.into_iter().filter(sure).collect()
}

fn adds_up(lines: &[Line], head: &Head) -> bool {
    let mut sums: BTreeMap<u32, Measured> = BTreeMap::new();
    for part in &head.parts {
        for (col, figure) in &lines[*part].figures {
            let sum = sums.entry(*col).or_default();
            let Some(more) = sum.plus(*figure) else { return false };
            *sum = more;
        }
    }
    let own = &lines[head.at].figures;
    let columns: BTreeSet<&u32> = own.keys().chain(sums.keys()).collect();
    let at = |figures: &BTreeMap<u32, Measured>, col: &u32| figures.get(col).copied().unwrap_or_default();
    own.values().any(|figure| !figure.value.is_zero()) && columns.iter().all(|col| at(own, col).agrees(at(&sums, col)))
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
    let coded = books.into_iter().chain([&fact.agency, &fact.project]).any(|coded| !coded.code.is_empty());
    let total = matches!(fact.row_kind, RowKind::Total | RowKind::OfWhich);
    let rank = if total || coded { 0 } else { label::rank(&folded) };
    Line {
        row: fact.row,
        rank,
        plain: rank == 0 && !total && !coded && !folded.is_empty() && !label::stands_apart(&folded),
        path: fact.row_path.clone(),
        level: fact.row_level,
        figures: BTreeMap::new(),
    }
}

fn place(statement: &mut Statement, side: Option<Side>, lines: &[Line], head: &Head) {
    let parent = &lines[head.at];
    let parts: BTreeSet<u32> = head.parts.iter().map(|part| lines[*part].row).collect();
    for fact in statement.facts.iter_mut().filter(|fact| fact.side == side) {
        if fact.row == parent.row {
            fact.row_kind = RowKind::Subtotal;
            fact.additive = false;
        } else if parts.contains(&fact.row) {
            fact.row_path = format!("{} / {}", parent.path, fact.row_label);
            fact.row_level = parent.level + 1;
            fact.row_kind = RowKind::Item;
            fact.additive = true;
        }
    }
}

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
    fn one_equal_line_alone_proves_nothing() {
        assert_eq!(nested(&[("一、收入", "40"), ("事业收入", "40")])[1].1, 1);
        let pairs = nested(&[("一、甲", "40"), ("乙", "40"), ("二、丙", "7"), ("丁", "7")]);
        assert_eq!(pairs.iter().map(|p| p.1).collect::<Vec<u32>>(), [1, 2, 1, 2]);
        let not_all = nested(&[("一、甲", "40"), ("乙", "40"), ("二、丙", "7"), ("丁", "9")]);
        assert!(not_all.iter().all(|p| p.1 == 1));
    }
}
