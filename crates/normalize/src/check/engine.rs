//! The order in which the rules are tried.

use crate::check::claim::{self, Tried};
use crate::check::narrative::{self, c01_tables, c06_counts, c07_year_words, c09_blank_amounts};
use crate::check::table::{
    a01_row_sum, a02_column_sum, a02_outline, a03_code_tree, a04_balance, a05_carry_over, a06_three_public,
    a07_weights, a08_growth_column, a09_of_which, a10_procurement, a11_basic_footer,
};
use crate::check::tables::{self, b09_goals};
use crate::check::{blame, skipped};
use crate::model::check::Check;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::narrative::paragraph::Paragraph;

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
        claims.extend(a01_row_sum::claims(statement));
        claims.extend(a02_column_sum::claims(statement));
        claims.extend(a02_outline::claims(statement));
        claims.extend(a03_code_tree::claims(statement));
        claims.extend(a04_balance::claims(statement));
        claims.extend(a05_carry_over::claims(statement));
        claims.extend(a06_three_public::claims(statement));
        claims.extend(a09_of_which::claims(statement));
        claims.extend(a10_procurement::claims(statement));
        claims.extend(a11_basic_footer::claims(statement));
    }
    claims.extend(tables::claims(statements));
    claims.extend(b09_goals::claims(statements));
    let mut tried: Vec<Tried<'_>> = claims.into_iter().filter_map(claim::test).collect();
    blame::assign(&mut tried);
    let mut checks: Vec<Check> = tried.into_iter().map(|t| t.check).collect();
    checks.extend(a07_weights::checks(statements));
    checks.extend(a08_growth_column::checks(statements));
    checks.extend(b09_goals::checks(statements));
    checks.extend(c01_tables::checks(statements, prose));
    checks.extend(narrative::checks(statements, prose));
    checks.extend(c07_year_words::checks(statements, prose));
    let skipped = skipped::checks(statements, &checks);
    checks.extend(skipped);
    checks.extend(c06_counts::checks(scene));
    checks.extend(c09_blank_amounts::checks(scene.paragraphs));
    checks
}
