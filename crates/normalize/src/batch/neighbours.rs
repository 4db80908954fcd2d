//! D1, E1: a document against its neighbours in the batch: last year's of the same body, and the units' under a department.
//!
//! 《预算法实施条例》 has budgets printed beside last year's; a department's budget holds those of all its units
//! （《部门预算公开》 forms: 部门 and 单位 publish each their own). Only documents whose body, kind, scope and year are all known are
//! neighbours; what is not known joins nothing.

use crate::check::claim::{Claim, Figure, Relation, Tried, holds, test};
use crate::check::line::lines;
use crate::check::narrative::c04_growth;
use crate::check::tables::b01_totals::closings;
use crate::check::tables::pick::{Tables, by_code, grand_total, name};
use crate::identity::is_same_body;
use crate::mark;
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::document::NormalizedDocument;
use crate::model::identity::Identity;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::vocabulary::{EntityScope, Period, Side, TableType};
use crate::reading::code::Family;
use rust_decimal::Decimal;

/// Tables that may print last year's figures beside this year's.
const YEARLY: &[TableType] = &[
    TableType::RevenueExpenditureSummary,
    TableType::ExpenditureSummary,
    TableType::FiscalAppropriationSummary,
    TableType::FiscalAppropriationExpenditure,
    TableType::GeneralPublicExpenditure,
];

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
            checks.extend(last_year(document, neighbour).into_iter().map(|t| told(t, source(other))));
        }
        for (other, neighbour) in others.iter().filter(|(_, n)| is_unit(&n.identity, &document.identity)) {
            let alike = |n: &NormalizedDocument| is_same_unit(&n.identity, &neighbour.identity);
            if the_one(&others, alike).is_some_and(|(one, _)| one == *other) {
                checks.extend(unit(document, neighbour).into_iter().map(|t| told(t, source(*other))));
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
        let summary = Tables { statements: &document.statements }.only(TableType::RevenueExpenditureSummary);
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
    years && same_place(before, now) && before.scope == now.scope && is_same_body(&before.department, &now.department)
}

fn is_same_unit(a: &Identity, b: &Identity) -> bool {
    a.year == b.year && a.scope == b.scope && same_place(a, b) && is_same_body(&a.department, &b.department)
}

fn is_unit(unit: &Identity, department: &Identity) -> bool {
    let scopes = unit.scope == EntityScope::Agency && department.scope == EntityScope::Department;
    scopes && unit.year.is_some() && unit.year == department.year && same_place(unit, department)
}

/// The claim's outcome; the neighbour's cells are named with its source.
fn told(tried: Tried<'_>, source: &str) -> Check {
    let Tried { claim, mut check } = tried;
    let own = claim.left.iter().map(Figure::name);
    let other: Vec<String> = claim.right.iter().map(|f| format!("{source}#{}", f.name())).collect();
    check.cells = own.chain(other.iter().cloned()).collect();
    if check.status == CheckStatus::Failed {
        "definition".clone_into(&mut check.cause);
        check.reason = format!("与 {source} 不一致：可能调整过口径，也可能其中一份有误");
        check.suspects.clone_from(&check.cells);
    }
    check
}

/// D1: the prior year's column, and totals less the stated change, are what last year's document printed.
fn last_year<'a>(now: &'a NormalizedDocument, before: &'a NormalizedDocument) -> Vec<Tried<'a>> {
    let (own, other) = (Tables { statements: &now.statements }, Tables { statements: &before.statements });
    let mut claims = Vec::new();
    for wanted in YEARLY {
        let (Some(left), Some(right)) = (own.only(*wanted), other.only(*wanted)) else { continue };
        claims.extend(borne_out(columns(left, right)));
    }
    let mut tried: Vec<Tried<'a>> = claims.into_iter().filter_map(test).collect();
    tried.extend(stated(now, before));
    tried
}

/// Codes whose amounts last year's table prints.
fn columns<'a>(left: &'a Statement, right: &'a Statement) -> Vec<Claim<'a>> {
    let figures = by_code(right, Family::Function, crate::check::tables::pick::Wanted::Total);
    let mut claims = Vec::new();
    for fact in left.facts.iter().filter(|f| f.period == Some(Period::PriorYear)) {
        let [other] = figures.get(fact.function.code.as_str()).map(Vec::as_slice).unwrap_or_default() else { continue };
        let words = format!("《{}》上年数 {} = 上年《{}》", name(left), fact.function.code, name(right));
        claims.push(tie("D1", Figure { statement: left, fact }, *other, words));
    }
    claims
}

/// This year's total less the change that the narrative states is last year's total.
fn stated<'a>(now: &'a NormalizedDocument, before: &'a NormalizedDocument) -> Vec<Tried<'a>> {
    let (own, other) = (Tables { statements: &now.statements }, Tables { statements: &before.statements });
    let wanted = TableType::RevenueExpenditureSummary;
    let (Some(left), Some(right)) = (own.only(wanted), other.only(wanted)) else { return Vec::new() };
    let totals = closings(left, Side::Expenditure);
    let rights = closings(right, Side::Expenditure);
    let of_total = |figure: &&ProseFigure| {
        totals.iter().any(|t| figure.value.is_some() && figure.value == t.fact.value) && figure.subject.contains("总计")
    };
    let base = c04_growth::bases(&now.prose).into_iter().find(|(figure, _)| of_total(figure));
    let (Some((figure, base)), Some(left)) = (base, totals.first()) else { return Vec::new() };
    let words = format!("文字说明{}减去增减额 = 上年《{}》支出合计", figure.subject, name(right));
    let claims = rights.iter().filter_map(|r| {
        let mut tried = test(tie("D1", *left, *r, words.clone()))?;
        let value = r.fact.value?;
        let difference = base.value.checked_sub(value)?;
        let tolerance = base.half.checked_add(r.half_unit())?;
        let check = &mut tried.check;
        check.scope = CheckScope::Prose;
        (check.left, check.right) = (Some(base.value), Some(value));
        (check.difference, check.tolerance) = (Some(difference), Some(tolerance));
        check.status = match difference.abs() {
            d if d.is_zero() => CheckStatus::Passed,
            d if d <= tolerance => CheckStatus::Rounding,
            _ => CheckStatus::Failed,
        };
        Some(tried)
    });
    let mut claims: Vec<Tried<'a>> = claims.collect();
    let best = claims.iter().position(|t| t.check.status != CheckStatus::Failed).unwrap_or(0);
    if claims.is_empty() { claims } else { vec![claims.swap_remove(best)] }
}

fn tie<'a>(rule: &'static str, left: Figure<'a>, right: Figure<'a>, words: String) -> Claim<'a> {
    Claim::tie(rule, left, right, words)
}

/// All claims where at least half of them hold: else the neighbour counts something else.
fn borne_out(claims: Vec<Claim<'_>>) -> Vec<Claim<'_>> {
    let agreeing = claims.iter().filter(|c| holds(c)).count();
    if agreeing * 2 >= claims.len() && agreeing > 0 { claims } else { Vec::new() }
}

/// E1: the unit's row in the department's tables is the unit's own total; of one that prints no units the department has at
/// least as much as its own office.
fn unit<'a>(department: &'a NormalizedDocument, unit: &'a NormalizedDocument) -> Vec<Tried<'a>> {
    let own = Tables { statements: &department.statements };
    let other = Tables { statements: &unit.statements };
    let Some(summary) = other.only(TableType::RevenueExpenditureSummary) else { return Vec::new() };
    let sides = [
        (TableType::RevenueSummary, Side::Revenue, "收入"),
        (TableType::ExpenditureSummary, Side::Expenditure, "支出"),
    ];
    let mut claims = Vec::new();
    for (wanted, side, word) in sides {
        let rights = closings(summary, side);
        let row = own.only(wanted).and_then(|s| row_of(s, &unit.identity.department));
        let office = || {
            let same = is_same_body(&department.identity.department, &unit.identity.department);
            own.only(wanted).filter(|_| same).and_then(grand_total)
        };
        let claim = match (row, rights.first()) {
            (Some(left), Some(_)) => {
                let words = format!("部门表中 {} 的{word} = 该单位《{}》", unit.identity.department, name(summary));
                crate::check::tables::pick::any_of("E1", left, &rights, &words)
            }
            (None, Some(right)) => office().map(|left| {
                let words = format!("部门{word}合计 ≥ 本级单位《{}》", name(summary));
                Claim { relation: Relation::AtLeast, ..tie("E1", left, *right, words) }
            }),
            _ => None,
        };
        claims.extend(claim);
    }
    claims.into_iter().filter_map(test).collect()
}

/// The total of the row that carries a unit's name.
fn row_of<'a>(statement: &'a Statement, unit: &str) -> Option<Figure<'a>> {
    let lines = lines(statement, None);
    let mut named = lines.iter().filter(|l| {
        l.figures.values().next().is_some_and(|f| {
            !f.row_label.is_empty() && f.row_label == f.agency.name && is_same_body(&f.agency.name, unit)
        })
    });
    let line = named.next()?;
    named
        .next()
        .is_none()
        .then(|| crate::check::tables::pick::column(statement, line, crate::check::tables::pick::Wanted::Total))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, said, statement};
    use crate::model::fact::Fact;
    use crate::model::vocabulary::{ColumnKind, DocumentKind, RowKind};

    fn total(side: Side, value: &str) -> Fact {
        let mut one = fact(9, 4, "预算数", value);
        one.side = Some(side);
        "支出总计".clone_into(&mut one.row_label);
        one.row_path.clone_from(&one.row_label);
        one.row_kind = RowKind::Total;
        one
    }

    fn document(year: i32, scope: EntityScope, tables: Vec<Statement>) -> NormalizedDocument {
        NormalizedDocument {
            format: yusuan_extract::Format::Pdf,
            pages: Vec::new(),
            identity: Identity {
                department: "清河县水务局".to_owned(),
                year: Some(year),
                kind: Some(DocumentKind::Budget),
                scope,
                ..Identity::default()
            },
            statements: tables,
            prose: Vec::new(),
            checks: Vec::new(),
            tables_missing: Vec::new(),
            diagnostics: Vec::new(),
            corrections: Vec::new(),
        }
    }

    fn summary(value: &str) -> Statement {
        statement(TableType::RevenueExpenditureSummary, vec![total(Side::Expenditure, value)])
    }

    fn tried(mut now: NormalizedDocument, mut other: NormalizedDocument) -> Vec<(String, CheckStatus)> {
        let sources = ["a.pdf".to_owned(), "b.pdf".to_owned()];
        compare(&sources, &mut [&mut now, &mut other]);
        assert!(other.checks.is_empty());
        now.checks.into_iter().map(|c| (c.rule, c.status)).collect()
    }

    #[test]
    fn a_stated_change_leads_to_last_years_total() {
        let with = |last: &str| {
            let mut now = document(2024, EntityScope::Department, vec![summary("120.00")]);
            now.prose =
                vec![said("支出总计", "current", "120.00", ""), said("支出总计与上年相比增加", "change", "20.00", "")];
            tried(now, document(2023, EntityScope::Department, vec![summary(last)]))
        };
        assert_eq!(with("100.00"), [("D1".to_owned(), CheckStatus::Passed)]);
        assert_eq!(with("101.00"), [("D1".to_owned(), CheckStatus::Failed)]);
    }

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
    fn a_unit_has_its_row_in_the_departments_table() {
        let with = |value: &str, who: &str| {
            let row = |at: u32, label: &str, value: &str| {
                let mut one = fact(at, 3, "合计", value);
                one.column_kind = ColumnKind::Total;
                label.clone_into(&mut one.row_label);
                label.clone_into(&mut one.row_path);
                label.clone_into(&mut one.agency.name);
                one
            };
            let rows = vec![row(3, "清河县水务局", value), row(4, "清河县水利工程站", "7.00")];
            let department =
                document(2024, EntityScope::Department, vec![statement(TableType::ExpenditureSummary, rows)]);
            let mut unit = document(2024, EntityScope::Agency, vec![summary("12.00")]);
            who.clone_into(&mut unit.identity.department);
            tried(department, unit)
        };
        assert_eq!(with("12.00", "清河县水务局"), [("E1".to_owned(), CheckStatus::Passed)]);
        assert_eq!(with("13.00", "清河县水务局"), [("E1".to_owned(), CheckStatus::Failed)]);
        assert!(with("13.00", "东山市司法局").is_empty());
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
