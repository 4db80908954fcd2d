//! Neighbours of a document in the batch: last year's of the same body, and those of the units under a department.
//!
//! Only documents whose body, kind, scope and year are all known are neighbours; what is not known joins nothing.

use crate::batch::last_year::{self, YEARLY};
use crate::batch::units;
use crate::check::claim::{Figure, Tried};
use crate::check::scene::Tables;
use crate::check::tables::b01_totals::closings;
use crate::identity::is_of_same_body;
use crate::mark;
use crate::model::cell_ref::CellRef;
use crate::model::check::{Check, CheckStatus};
use crate::model::document::NormalizedDocument;
use crate::model::identity::Identity;
use crate::model::vocabulary::{Cause, EntityScope, Side, TableType};
use rust_decimal::Decimal;

/// Tries all documents of a batch against each other; `sources` names them. The outcome is added to the later year's and
/// to the department's document.
pub(crate) fn compare(sources: &[String], documents: &mut [&mut NormalizedDocument]) {
    let mut found: Vec<(usize, Vec<Check>)> = Vec::new();
    for (at, document) in documents.iter().enumerate() {
        let mut checks = Vec::new();
        let others: Vec<(usize, &NormalizedDocument)> =
            documents.iter().enumerate().filter(|(other, _)| *other != at).map(|(other, d)| (other, &**d)).collect();
        let source = |other: usize| sources.get(other).map_or("", String::as_str);
        let is_before = |n: &NormalizedDocument| is_last_year(&n.identity, &document.identity);
        if let Some((other, neighbour)) = the_one(&others, is_before) {
            checks.extend(last_year::tried(document, neighbour).into_iter().map(|t| told(t, source(other))));
        }
        for (other, neighbour) in others.iter().filter(|(_, n)| is_unit(&n.identity, &document.identity)) {
            let alike = |n: &NormalizedDocument| is_same_unit(&n.identity, &neighbour.identity);
            if the_one(&others, alike).is_some_and(|(one, _)| one == *other) {
                checks.extend(units::tried(document, neighbour).into_iter().map(|t| told(t, source(*other))));
            }
        }
        found.push((at, checks));
    }
    for (at, checks) in found {
        let Some(document) = documents.get_mut(at).filter(|_| !checks.is_empty()) else { continue };
        mark::checks_failed(&mut document.statements, &checks);
        document.checks.extend(checks);
    }
}

/// The document with tables that is meant, if there is only one. Several that print the same total are one disclosure in
/// several files; with different totals they are drafts, or of bodies that share a name, and nobody knows which one counts.
fn the_one<'d>(
    others: &[(usize, &'d NormalizedDocument)],
    meant: impl Fn(&NormalizedDocument) -> bool,
) -> Option<(usize, &'d NormalizedDocument)> {
    let totals = |document: &NormalizedDocument| -> Vec<Option<Decimal>> {
        let summary = Tables::new(&document.statements).only(TableType::RevenueExpenditureSummary);
        summary.map_or_else(Vec::new, |s| closings(s, Side::Expenditure).iter().map(|f| f.fact.value).collect())
    };
    let has_tables = |d: &NormalizedDocument| d.statements.iter().any(|s| YEARLY.contains(&s.table_type));
    let mut found = others.iter().filter(|(_, d)| meant(d) && has_tables(d));
    let first = found.next()?;
    let wanted = totals(first.1);
    found.all(|(_, d)| !wanted.is_empty() && totals(d) == wanted).then_some(*first)
}

fn same_place(a: &Identity, b: &Identity) -> bool {
    let regions = a.region_code.is_empty() || b.region_code.is_empty() || a.region_code == b.region_code;
    regions && a.kind.is_some() && a.kind == b.kind && !a.department.is_empty() && !b.department.is_empty()
}

fn is_last_year(before: &Identity, now: &Identity) -> bool {
    let years = before.year.zip(now.year).is_some_and(|(b, n)| b + 1 == n);
    years && same_place(before, now) && before.scope == now.scope && is_of_same_body(before, now)
}

fn is_same_unit(a: &Identity, b: &Identity) -> bool {
    a.year == b.year && a.scope == b.scope && same_place(a, b) && is_of_same_body(a, b)
}

fn is_unit(unit: &Identity, department: &Identity) -> bool {
    let scopes = unit.scope == EntityScope::Agency && department.scope == EntityScope::Department;
    scopes && unit.year.is_some() && unit.year == department.year && same_place(unit, department)
}

/// The claim's outcome; the neighbour's cells are named with its source.
fn told(tried: Tried<'_>, source: &str) -> Check {
    let Tried { claim, mut check } = tried;
    let own = claim.left.iter().map(Figure::name);
    let other = claim.right.iter().map(|f| f.name().in_source(source));
    check.cells = own.chain(other).collect::<Vec<CellRef>>();
    if check.status == CheckStatus::Failed {
        check.cause = Some(Cause::Definition);
        check.reason = format!("与 {source} 不一致：可能调整过口径，也可能其中一份有误");
        check.suspects.clone_from(&check.cells);
    }
    check
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::fixture::{document, summary, tried};
    use crate::check::fixture::said;

    #[test]
    fn several_documents_of_last_year_count_only_where_they_agree() {
        let with = |second: &str| {
            let mut now = document(2024, EntityScope::Department, vec![summary("120.00")]);
            now.prose =
                vec![said("支出总计", "current", "120.00", ""), said("支出总计与上年相比增加", "change", "20.00", "")];
            let mut before = document(2023, EntityScope::Department, vec![summary("101.00")]);
            let mut draft = document(2023, EntityScope::Department, vec![summary(second)]);
            let mut text = document(2023, EntityScope::Department, Vec::new());
            let sources = ["a.pdf", "b.pdf", "c.pdf", "d.pdf"].map(str::to_owned);
            compare(&sources, &mut [&mut now, &mut before, &mut draft, &mut text]);
            now.checks.len()
        };
        assert_eq!(with("101.00"), 1, "one disclosure in three files");
        assert_eq!(with("90.00"), 0, "nobody knows which");
    }

    #[test]
    fn other_years_and_bodies_are_no_neighbours() {
        let now = document(2024, EntityScope::Department, vec![summary("120.00")]);
        let older = document(2022, EntityScope::Department, vec![summary("90.00")]);
        assert!(tried(now.clone(), older).is_empty());
        let mut unknown = document(2023, EntityScope::Department, vec![summary("90.00")]);
        unknown.identity.department.clear();
        assert!(tried(now, unknown).is_empty());
    }
}
