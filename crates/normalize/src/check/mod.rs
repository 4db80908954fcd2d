//! Arithmetic identities (勾稽关系): one file per rule.
//!
//! A rule claims an identity only where the table's own structure promises it (header tree, codes, labels); 其中 is never
//! added. Off by no more than half a unit of each printed last digit is rounding, not an error.

mod balance;
mod basic_footer;
mod between;
mod blame;
mod blank_amounts;
mod carry_over;
mod code_tree;
mod column_sum;
mod counts;
mod figure;
mod goals;
mod growth_column;
mod line;
pub(crate) mod mark;
mod narrative;
pub mod neighbours;
mod of_which;
mod outline;
mod procurement;
mod row_sum;
mod rules;
mod said;
pub mod second;
mod skipped;
mod slip;
mod three_public;
mod verdict;
mod weights;
mod year_words;

pub(crate) use figure::{half_unit, printed_decimals};
pub use rules::{RULES, Rule, rule};
pub use verdict::{Check, CheckScope, CheckStatus};

use crate::document::Statement;
use crate::prose::ProseFigure;
use crate::prose::paragraph::Paragraph;
use figure::Tried;

/// What the rules look at: a document's tables and its narrative.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// The tables with their amounts, in the order of the document.
    pub(crate) statements: &'a [Statement],
    /// The narrative's amounts.
    pub(crate) prose: &'a [ProseFigure],
    /// The narrative itself.
    pub(crate) paragraphs: &'a [Paragraph],
}

/// Tries every rule on every table, in the order of the tables, then those between tables and those of the narrative.
pub(crate) fn run(scene: &Scene<'_>) -> Vec<Check> {
    let Scene { statements, prose, .. } = *scene;
    let mut claims = Vec::new();
    for statement in statements {
        claims.extend(row_sum::claims(statement));
        claims.extend(column_sum::claims(statement));
        claims.extend(outline::claims(statement));
        claims.extend(code_tree::claims(statement));
        claims.extend(balance::claims(statement));
        claims.extend(carry_over::claims(statement));
        claims.extend(three_public::claims(statement));
        claims.extend(of_which::claims(statement));
        claims.extend(procurement::claims(statement));
        claims.extend(basic_footer::claims(statement));
    }
    claims.extend(between::claims(statements));
    claims.extend(goals::claims(statements));
    let mut tried: Vec<Tried<'_>> = claims.into_iter().filter_map(figure::test).collect();
    blame::assign(&mut tried);
    let mut checks: Vec<Check> = tried.into_iter().map(|t| t.check).collect();
    checks.extend(weights::checks(statements));
    checks.extend(growth_column::checks(statements));
    checks.extend(goals::checks(statements));
    checks.extend(narrative::checks(statements, prose));
    checks.extend(said::checks(statements, prose));
    checks.extend(year_words::checks(statements, prose));
    let skipped = skipped::checks(statements, &checks);
    checks.extend(skipped);
    checks.extend(counts::checks(scene));
    checks.extend(blank_amounts::checks(scene.paragraphs));
    checks
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
