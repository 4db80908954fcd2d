//! A13: a list behind 其中 that is shown to name all parts adds up to what it is of: a fund's 收入 is 保险费收入, 财政补贴收入, 利息收入 and so
//! on.
//!
//! 《社会保险基金财务制度》 names the parts of a fund's revenue and spending; the tables print them behind 其中. Behind the word a list
//! need not be whole, so it is told only where nearly all lists of the same names add up in all columns, and what is left is one
//! wrong figure.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{Claim, holds};
use crate::check::line::{Line, lines, sides};
use crate::check::slip;
use crate::check::table::column_sums::column_sums;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::RowKind;
use std::collections::BTreeMap;

/// 其中各项列全.
pub(crate) const A13: Rule = Rule {
    id: "A13",
    title: "其中各项列全",
    text: "“其中”以下各项在多数栏、多数同名清单里加起来等于总项的，是列全的清单，各栏都应相等；只有一个数不合的报",
    source: "《社会保险基金财务制度》",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[A13],
    runs: &[Run::Table(claims)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Sums of several parts that must hold before a list is taken for whole.
const LEAST_HOLDING: usize = 3;
/// Longer lists are no parts behind one 其中.
const MOST_PARTS: usize = 12;

/// Every list behind 其中, those of the same names together.
fn claims(statement: &Statement) -> Vec<Claim<'_>> {
    sides(statement).into_iter().flat_map(|side| side_claims(statement, &lines(statement, side))).collect()
}

fn side_claims<'a>(statement: &'a Statement, lines: &[Line<'a>]) -> Vec<Claim<'a>> {
    let mut groups: BTreeMap<Vec<&str>, Vec<Claim<'a>>> = BTreeMap::new();
    for head in (0..lines.len()).filter(|at| is_head(lines, *at)) {
        let parts: Vec<&Line<'a>> = parts(lines, head).into_iter().map(|at| &lines[at]).collect();
        if parts.len() < 2 || parts.len() > MOST_PARTS {
            continue;
        }
        let names = parts.iter().map(|l| bare(&l.name)).collect();
        let sums = column_sums(&A13, statement, &lines[head], &parts);
        groups.entry(names).or_default().extend(sums.into_iter().filter(|c| c.right.len() > 1));
    }
    groups.into_values().filter(|claims| is_whole(claims)).flatten().collect()
}

fn bare(name: &str) -> &str {
    name.trim_start_matches("其中").trim_start_matches([':', '、'])
}

/// Whether a line with 其中 stands right below this one.
fn is_head(lines: &[Line<'_>], at: usize) -> bool {
    let below = lines.get(at + 1).is_some_and(|l| l.kind == RowKind::OfWhich && l.parent == Some(at));
    below && lines[at].kind != RowKind::OfWhich
}

/// The lines of the list below a head: those behind 其中 and the plain ones that go on with it, up to the next head.
fn parts(lines: &[Line<'_>], head: usize) -> Vec<usize> {
    let goes_on = |at: &usize| {
        let line = &lines[*at];
        let of_it = line.kind == RowKind::OfWhich && line.parent == Some(head);
        let plain = line.kind == RowKind::Item && !line.marked && line.parent == lines[head].parent;
        (of_it || plain) && !is_head(lines, *at)
    };
    (head + 1..lines.len()).take_while(goes_on).collect()
}

/// Whether nearly all sums hold, and one figure keeps the others from it.
fn is_whole(claims: &[Claim<'_>]) -> bool {
    let told: Vec<&Claim<'_>> = claims.iter().filter(|c| c.has_money()).collect();
    let holding = told.iter().filter(|c| holds(c)).count();
    holding >= LEAST_HOLDING && holding * 3 >= told.len() * 2 && (holding == told.len() || slip::is_all(&told))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, checks_of, fact, statement};
    use crate::model::check::CheckStatus;
    use crate::model::vocabulary::TableType;

    fn table(fees: &str) -> Statement {
        let rows = [
            ("一、收入", "12.00", "20.00", "31.00", "44.00"),
            ("一、收入 / 其中：保险费收入", fees, "12.00", "21.50", "30.00"),
            ("一、收入 / 财政补贴收入", "5.00", "8.00", "9.50", "14.00"),
        ];
        let mut facts = Vec::new();
        for (at, (path, a, b, c, d)) in rows.iter().enumerate() {
            for (col, value) in [a, b, c, d].iter().enumerate() {
                let mut one = fact(at as u32 + 2, col as u32 + 2, "金额", value);
                (*path).clone_into(&mut one.row_path);
                path.rsplit(" / ").next().unwrap_or_default().clone_into(&mut one.row_label);
                one.row_kind = if at == 0 { RowKind::Item } else { RowKind::OfWhich };
                facts.push(one);
            }
        }
        statement(TableType::SocialInsuranceFund, facts)
    }

    pub(crate) fn example() -> Example {
        Example::tables(vec![table("7.00")])
    }

    #[test]
    fn a_whole_list_adds_up_in_every_column() {
        let verdicts = |fees| checks_of(&table(fees), claims).iter().map(|c| c.status).collect::<Vec<_>>();
        assert_eq!(verdicts("7.00"), [CheckStatus::Passed; 4]);
        assert_eq!(verdicts("9.00")[0], CheckStatus::Failed);
        assert!(verdicts("4.75").is_empty(), "not one digit");
    }
}
