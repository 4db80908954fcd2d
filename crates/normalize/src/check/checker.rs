//! A check as its file declares it: the rules, what they are tried on, and the ties that a reader may look for.

use crate::check::claim::Claim;
#[cfg(test)]
use crate::check::fixture::Example;
use crate::check::scene::{Scene, Tables};
use crate::model::check::Check;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::TableType;

/// The checks of one file.
pub(crate) struct Checker {
    /// What the file tries; a rule may be tried by several files.
    pub(crate) rules: &'static [Rule],
    /// How it is tried.
    pub(crate) runs: &'static [Run],
    /// Ties between two kinds of tables that are told where they could not be tried.
    pub(crate) ties: &'static [Tie],
    /// A document in which all of the rules are tried.
    #[cfg(test)]
    pub(crate) example: fn() -> Example,
}

/// What a check is tried on. The kinds are tried in this order, and each kind's checks in that of the registry.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    /// Identities within one table, table by table.
    Table(fn(&Statement) -> Vec<Claim<'_>>),
    /// Identities between the tables of a document.
    Tables(for<'a> fn(&Tables<'a>) -> Vec<Claim<'a>>),
    /// Amounts that are no facts: of the narrative, of indicators, of forms.
    Amounts(fn(&Scene<'_>) -> Vec<Check>),
    /// The words of the narrative.
    Words(fn(&Scene<'_>) -> Vec<Check>),
}

/// A tie between two kinds of tables.
pub(crate) struct Tie {
    /// The rule that the tie belongs to.
    pub(crate) rule: Rule,
    /// The rule that it belongs to in final accounts.
    pub(crate) in_final_accounts: Rule,
    /// The table that the tie is read off, and the one that it leads to.
    pub(crate) tables: [TableType; 2],
    /// In words.
    pub(crate) words: &'static str,
}
