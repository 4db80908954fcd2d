//! What the checks look at: a document's tables by what they are, and its narrative.

use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::vocabulary::{TableState, TableType};
use crate::narrative::paragraph::Paragraph;
use std::collections::BTreeSet;

/// A document's tables and its narrative.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// The tables with their amounts.
    pub(crate) tables: Tables<'a>,
    /// The narrative's amounts.
    pub(crate) prose: &'a [ProseFigure],
    /// The narrative itself.
    pub(crate) paragraphs: &'a [Paragraph],
}

impl<'a> Scene<'a> {
    /// The scene of one document.
    pub(crate) fn new(statements: &'a [Statement], prose: &'a [ProseFigure], paragraphs: &'a [Paragraph]) -> Self {
        Self { tables: Tables::new(statements), prose, paragraphs }
    }
}

/// The document's tables by what they are.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'a> {
    /// All of them, in the order of the document.
    pub(crate) statements: &'a [Statement],
    /// Whether the document prints final accounts.
    pub(crate) is_final: bool,
}

impl<'a> Tables<'a> {
    /// The tables of one document.
    pub(crate) fn new(statements: &'a [Statement]) -> Self {
        Self { statements, is_final: statements.iter().any(Statement::is_final) }
    }

    /// The table of a type, if there is exactly one with money in it.
    pub(crate) fn only(&self, wanted: TableType) -> Option<&'a Statement> {
        let mut found = self
            .statements
            .iter()
            .filter(|s| s.table_type == wanted && matches!(s.state, TableState::Data | TableState::AllZero));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The tables of a type with money in them, if each has a title of its own (by 部门 and by 政府 economic codes).
    pub(crate) fn each(&self, wanted: TableType) -> Vec<&'a Statement> {
        let found: Vec<&Statement> =
            self.statements.iter().filter(|s| s.table_type == wanted && s.state == TableState::Data).collect();
        let titles: BTreeSet<&str> = found.iter().map(|s| s.title.as_str()).collect();
        if titles.len() == found.len() { found } else { Vec::new() }
    }
}
