//! Which few figures say what a disclosure amounts to, and where do they stand? For comparing bodies and years.
//!
//! They are a choice of the concepts that the document states, see `concept`.

use crate::model::document::NormalizedDocument;
use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::vocabulary::{Concept, DocumentKind, HeadlineKind, Phase, TableType};
use crate::reading::code::class_name;
use crate::settle::concept::stated;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A figure that says what a disclosure amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// Which figure.
    pub kind: HeadlineKind,
    /// Index of its statement in the document.
    pub statement: usize,
    /// Index of its fact in the statement.
    pub fact: usize,
    /// The amount in yuan.
    pub value: Decimal,
}

/// The document's key figures, at most one of each kind, in the order of [`HeadlineKind::ALL`].
pub fn headlines(document: &NormalizedDocument) -> Vec<Headline> {
    let phase = if is_executed(document) { Phase::Executed } else { Phase::Approved };
    let stated = stated(document);
    let headline = |kind: &HeadlineKind| {
        let found = stated.iter().find(|one| one.concept == concept(*kind) && one.phase == phase)?;
        Some(Headline { kind: *kind, statement: found.statement, fact: found.fact, value: found.value })
    };
    HeadlineKind::ALL.iter().filter_map(headline).collect()
}

/// The standard quantity that a key figure is.
fn concept(kind: HeadlineKind) -> Concept {
    match kind {
        HeadlineKind::RevenueTotal => Concept::Revenue,
        HeadlineKind::ExpenditureTotal => Concept::Expenditure,
        HeadlineKind::FiscalAppropriation => Concept::RevenueFiscalAppropriation,
        HeadlineKind::Basic => Concept::Basic,
        HeadlineKind::Personnel => Concept::BasicPersonnel,
        HeadlineKind::Public => Concept::BasicPublic,
        HeadlineKind::Project => Concept::Project,
        HeadlineKind::ThreePublic => Concept::ThreePublic,
        HeadlineKind::Abroad => Concept::ThreePublicAbroad,
        HeadlineKind::Vehicles => Concept::ThreePublicVehicle,
        HeadlineKind::VehiclePurchase => Concept::ThreePublicVehiclePurchase,
        HeadlineKind::VehicleRunning => Concept::ThreePublicVehicleOperation,
        HeadlineKind::Reception => Concept::ThreePublicReception,
        HeadlineKind::OperatingExpenses => Concept::AgencyOperation,
        HeadlineKind::Procurement => Concept::Procurement,
    }
}

/// Whether the figure is the disclosure's own: this year's, and of the stage that the disclosure is about.
fn is_of_the_year(fact: &Fact, executed: bool) -> bool {
    let stage = match fact.phase {
        None => true,
        Some(phase) => (phase == Phase::Executed) == executed && phase != Phase::Adjusted,
    };
    stage && fact.may_be_current()
}

/// One function class's expenditure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionShare {
    /// Code of the class (类), 3 digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its expenditure in yuan.
    pub value: Decimal,
}

/// The body's expenditure by function class, from the rows of 支出总表 that have none below them. Empty unless the sum is
/// the table's own total but for rounding: a row without a code or read twice would give wrong shares.
pub fn function_shares(document: &NormalizedDocument) -> Vec<FunctionShare> {
    let executed = is_executed(document);
    let is_total = |f: &&Fact| {
        let all = matches!(f.concept, Some(Concept::Expenditure | Concept::ExpenditureCurrentYear));
        all && is_of_the_year(f, executed)
    };
    let mut summaries = document.statements.iter().filter(|s| s.table_type == TableType::ExpenditureSummary);
    let found = summaries.find_map(|s| Some((s, s.facts.iter().find(is_total)?)));
    let Some((statement, total)) = found else { return Vec::new() };
    let leaves = statement.facts.iter().filter(|f| f.additive && f.col == total.col && is_of_the_year(f, executed));
    let mut classes: BTreeMap<&str, Decimal> = BTreeMap::new();
    let mut sum = Measured::default();
    for leaf in leaves {
        let (Some(amount), Some(class)) = (Measured::of(statement, leaf), leaf.function.code.get(..3)) else {
            return Vec::new();
        };
        let Some(more) = sum.plus(amount) else { return Vec::new() };
        *classes.entry(class).or_default() += amount.value;
        sum = more;
    }
    if !Measured::of(statement, total).is_some_and(|total| total.agrees(sum)) {
        return Vec::new();
    }
    let share = |(code, value): (&str, Decimal)| FunctionShare {
        code: code.to_owned(),
        name: class_name(code).unwrap_or_default().to_owned(),
        value,
    };
    classes.into_iter().map(share).collect()
}

fn is_executed(document: &NormalizedDocument) -> bool {
    matches!(document.identity.kind, Some(DocumentKind::FinalAccounts | DocumentKind::GovernmentFinalAccounts))
}
