//! The checks tried on a document: identities first, so that each failure can be blamed on cells by all of them together.

use crate::check::checker::{Checker, Run};
use crate::check::claim::{self, Claim, Tried};
use crate::check::registry::CHECKERS;
use crate::check::scene::Scene;
use crate::check::{blame, exact, skipped};
use crate::model::check::Check;

/// Tries every check on a document.
pub(crate) fn run(scene: &Scene<'_>) -> Vec<Check> {
    run_these(CHECKERS, scene)
}

/// Tries these checks on a document, and tells which of their ties could not be tried.
pub(crate) fn run_these(checkers: &[&Checker], scene: &Scene<'_>) -> Vec<Check> {
    let runs: Vec<Run> = checkers.iter().flat_map(|checker| checker.runs).copied().collect();
    let mut tried: Vec<Tried<'_>> = claims(&runs, scene).into_iter().filter_map(claim::test).collect();
    exact::assign(&mut tried);
    blame::assign(&mut tried);
    let mut checks: Vec<Check> = tried.into_iter().map(|t| t.check).collect();
    for run in &runs {
        if let Run::Amounts(found) = run {
            checks.extend(found(scene));
        }
    }
    let ties = checkers.iter().flat_map(|checker| checker.ties);
    let skipped = skipped::checks(&scene.tables, &checks, ties);
    checks.extend(skipped);
    for run in &runs {
        if let Run::Words(found) = run {
            checks.extend(found(scene));
        }
    }
    checks
}

/// Every identity within a table, in the order of the tables, then those between tables.
fn claims<'a>(runs: &[Run], scene: &Scene<'a>) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    for statement in scene.tables.statements {
        for run in runs {
            if let Run::Table(found) = run {
                claims.extend(found(statement));
            }
        }
    }
    for run in runs {
        if let Run::Tables(found) = run {
            claims.extend(found(&scene.tables));
        }
    }
    claims
}
