//! From an extraction to a normalized document, phase by phase: each takes values and gives values, and none is entered
//! twice. What a later phase doubts of an earlier one's amounts it says; it is written down at the end, in one place.

use crate::check::engine;
use crate::check::scene::Scene;
use crate::context::Context;
use crate::identity::sections;
use crate::model::check::Check;
use crate::model::document::NormalizedDocument;
use crate::model::doubt::Witness;
use crate::model::identity::Identity;
use crate::model::statement::Statement;
use crate::model::unread::Unread;
use crate::narrative::{self, Narrative};
use crate::settle::{self, concept, contents, periods, row_region};
use crate::{balance, identity, indicator, mark, table};
use yusuan_extract::Extraction;

/// Normalizes one document.
pub(crate) fn run(extraction: Extraction, context: &Context) -> NormalizedDocument {
    let Unchecked { tables, identity, narrative } = before_checks(&extraction, context);
    let checks = engine::run(&Scene::new(&tables, &narrative.figures, &narrative.paragraphs));
    assemble(extraction, Found { tables, identity, narrative, checks })
}

/// What the phases before the checks gave.
pub(crate) struct Unchecked {
    pub(crate) tables: Vec<Statement>,
    pub(crate) identity: Identity,
    pub(crate) narrative: Narrative,
}

/// All phases before the checks.
pub(crate) fn before_checks(extraction: &Extraction, context: &Context) -> Unchecked {
    let tables = table::read_all(extraction);
    let tables = settle::run(tables);
    let tables = indicator::read_all(tables);
    let mut identity = identity::identify(extraction, &titles(&tables), context);
    let tables = row_region::tell(tables, &identity.region_code);
    let mut tables = periods::date(tables, &identity);
    mark::implausible(&mut tables, identity.kind);
    let narrative = narrative::read(&extraction.lines, &tables, identity.year);
    identity::refuse(&mut identity, extraction, &tables, &narrative.figures);
    sections::assign(&mut tables, extraction, &mut identity);
    concept::name(&mut tables, &identity);
    Unchecked { tables, identity, narrative }
}

/// What the phases gave.
struct Found {
    tables: Vec<Statement>,
    identity: Identity,
    narrative: Narrative,
    checks: Vec<Check>,
}

/// Puts the document together and writes down what narrative and checks doubt of the tables.
fn assemble(extraction: Extraction, found: Found) -> NormalizedDocument {
    let Found { tables: mut statements, mut identity, narrative, checks } = found;
    let tables_missing = contents::missing(&extraction, &statements);
    for (table, factor) in narrative.contradicted {
        if let Some(statement) = statements.get_mut(table) {
            mark::unit_contradicted(statement, factor, Witness::Narrative);
        }
    }
    mark::checks_failed(&mut statements, &checks);
    mark::recognised(&mut statements, &checks);
    mark::undecided(&mut statements);
    let Extraction { format, pages, mut diagnostics, strays, .. } = extraction;
    let mut strays = strays.into_iter().map(Unread::from).collect::<Vec<Unread>>();
    let without_units = balance::without_units(&statements);
    if balance::is_of_money(&statements, &identity) {
        diagnostics.extend(without_units);
    } else {
        identity.flags.extend(balance::close(&mut statements, &mut strays));
        // No disclosure lost anything, but its amounts are still worth nothing without a word.
        identity.flags.extend(without_units.into_iter().map(|finding| finding.message));
    }
    diagnostics.extend(balance::findings(&statements, &strays));
    let prose = narrative.figures;
    NormalizedDocument {
        format,
        pages,
        identity,
        statements,
        prose,
        checks,
        tables_missing,
        strays,
        diagnostics,
        corrections: Vec::new(),
    }
}

fn titles(statements: &[Statement]) -> Vec<String> {
    statements.iter().map(|s| s.title.clone()).collect()
}
