//! What the tables of a document tell of each other.

pub(crate) mod additive;
pub(crate) mod basic;
pub(crate) mod concept;
pub(crate) mod contents;
pub(crate) mod headline;
pub(crate) mod income;
pub(crate) mod marked;
pub(crate) mod periods;
pub(crate) mod ranks;
pub(crate) mod row_region;
pub(crate) mod units;

use crate::model::doubt::Doubt;
use crate::model::statement::Statement;

/// Concludes from all tables together what none of them says alone: which one is the table of basic expenditure, units that
/// no caption states or that others contradict, and which rows and columns may be summed.
pub(crate) fn run(mut statements: Vec<Statement>) -> Vec<Statement> {
    basic::adopt_detail(&mut statements);
    units::compare(&mut statements);
    for statement in &mut statements {
        ranks::nest(statement);
        income::settle(statement);
        marked::name(statement);
        additive::infer(statement);
        if statement.doubts.contains(&Doubt::SumsDisagree) && ranks::name_parts(statement) {
            statement.doubts.retain(|doubt| *doubt != Doubt::SumsDisagree);
            additive::infer(statement);
        }
    }
    statements
}
