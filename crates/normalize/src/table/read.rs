//! The tables of a document one after the other, each with what it may draw on besides itself.

use crate::model::money::MoneyUnit;
use crate::model::statement::Statement;
use crate::reading::fold::fold;
use crate::reading::unit;
use crate::table::statement::{self, Surroundings};
use yusuan_extract::{Extraction, TextLine};

/// Reads every table of a document, in order of appearance.
pub(crate) fn read_all(extraction: &Extraction) -> Vec<Statement> {
    let whole = document_unit(&extraction.lines);
    let mut statements: Vec<Statement> = Vec::with_capacity(extraction.tables.len());
    for (index, raw) in extraction.tables.iter().enumerate() {
        let around = Surroundings { lines: &extraction.lines, index, whole, previous: statements.last() };
        let statement = statement::read(raw.clone(), &around);
        statements.push(statement);
    }
    statements
}

/// A unit that a sentence states for all tables; none if two sentences state different ones.
fn document_unit(lines: &[TextLine]) -> Option<MoneyUnit> {
    let mut units = lines.iter().filter_map(|l| unit::in_statement(&fold(&l.text)));
    let first = units.next()?;
    units.all(|u| u == first).then_some(first)
}
