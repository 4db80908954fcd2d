//! Which printed amounts state the standard quantities of a body, whichever table prints them?
//!
//! Each concept is one printed amount for the whole body, never a sum made here. In one table a concept is stated once for each
//! phase; where facts of a table that fit equally well differ, none is taken.

mod government;
mod items;
mod offer;
mod sums;

use crate::model::document::NormalizedDocument;
use crate::model::fact::Fact;
use crate::model::identity::Identity;
use crate::model::measured::Measured;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Concept, DocumentKind, Phase, TableType};
use crate::reading::fold::{fold, has_any};
use crate::reading::words::ZONES;
use offer::Offer;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "Q01",
        title: "Concepts",
        text: "`concept` marks the one amount of a table that states a standard quantity for the whole body: by the table's type, \
               its row of all (total, only row, or a first row that the others add up to) and the words of row and column; \
               where facts that fit equally well differ, none",
        source: "部门预算公开表, 部门决算公开表: the same quantity stands in 收支总表, in 支出用途, in a table of one row or by function",
    },
    Rule {
        id: "Q02",
        title: "Concepts of one budget",
        text: "基本支出, 项目支出, 人员经费 and 公用经费 of a table of one budget (一般公共预算, 财政拨款) are the body's only where that \
               table's total is the body's",
        source: "《预算法》第五条: the general public budget is one of four; a body may have other money",
    },
    Rule {
        id: "Q03",
        title: "The panel",
        text: "of several tables that state a concept the first by type counts (收支总表, 收入总表, 支出总表, then the others); \
               other values are `alternatives`, except where rounding explains them",
        source: "a missing number is better than a wrong one, and a conflict is said",
    },
];

/// Tables in the order in which they are believed, the widest first.
const BELIEVED: &[TableType] = &[
    TableType::RevenueExpenditureSummary,
    TableType::RevenueSummary,
    TableType::ExpenditureSummary,
    TableType::GovernmentRevenue,
    TableType::GovernmentBalance,
    TableType::FiscalAppropriationSummary,
    TableType::FiscalAppropriationExpenditure,
    TableType::GeneralPublicExpenditure,
    TableType::GeneralPublicBasicExpenditure,
    TableType::GovernmentProcurement,
    TableType::OperatingExpenses,
    TableType::ThreePublic,
];

/// From so many tables of one type on, a document is a book that repeats its forms for each unit.
const BOOK_OF_UNITS: usize = 3;

/// A concept as a document states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Which quantity.
    pub concept: Concept,
    /// Which stage; that of the document where the column doesn't say.
    pub phase: Phase,
    /// Index of its statement in the document.
    pub statement: usize,
    /// Index of its fact in the statement.
    pub fact: usize,
    /// The amount in yuan.
    pub value: Decimal,
    /// What rounding in print may hide of it.
    pub half: Decimal,
    /// Other values that the document prints for it, where rounding does not explain them.
    pub others: Vec<Decimal>,
}

/// Marks the facts that state a concept.
pub(crate) fn name(statements: &mut [Statement], identity: &Identity) {
    if identity.kind == Some(DocumentKind::Other) {
        return;
    }
    let finals = is_final(identity.kind);
    let government = is_government(identity.kind);
    let mut all: Vec<Vec<Offer>> = statements
        .iter()
        .map(|statement| {
            let mut offers = if government { government::offers(statement) } else { sums::offers(statement, finals) };
            offers.extend(items::offers(statement));
            if is_of_another_place(statement, identity) { Vec::new() } else { best(statement, &offers) }
        })
        .collect();
    // A unit's own tables beside the department's are told for themselves.
    let owner = |s: &Statement| s.owner.as_ref().map(|owner| owner.department.clone());
    let owners: BTreeSet<Option<String>> = statements.iter().map(owner).collect();
    for one in &owners {
        let mut own: Vec<Vec<Offer>> = all.clone();
        keep_of(statements, &mut own, |s| owner(s) == *one);
        tell_totals_apart(statements, &mut own);
        if !government {
            add_narrow(statements, &mut own);
        }
        keep_of(statements, &mut own, |s| owner(s) == *one);
        leave_units_out(statements, &mut own);
        for (at, offers) in
            own.into_iter().enumerate().filter(|(at, _)| statements.get(*at).is_some_and(|s| owner(s) == *one))
        {
            if let Some(place) = all.get_mut(at) {
                *place = offers;
            }
        }
    }
    for (statement, offers) in statements.iter_mut().zip(all) {
        for offer in offers {
            if let Some(fact) = statement.facts.get_mut(offer.fact) {
                fact.concept = Some(offer.concept);
            }
        }
    }
}

/// Leaves the offers of some tables, and takes away the others'.
fn keep_of(statements: &[Statement], all: &mut [Vec<Offer>], kept: impl Fn(&Statement) -> bool) {
    for (_, offers) in statements.iter().zip(all).filter(|(statement, _)| !kept(statement)) {
        offers.clear();
    }
}

/// The concepts that a document states, each once for a phase; those of units in its file are not its own.
pub fn stated(document: &NormalizedDocument) -> Vec<Stated> {
    let own = if is_final(document.identity.kind) { Phase::Executed } else { Phase::Approved };
    let mut found: BTreeMap<(Concept, Phase), Vec<(usize, Stated)>> = BTreeMap::new();
    for (statement, s) in document.statements.iter().enumerate().filter(|(_, s)| s.owner.is_none()) {
        for (fact, f) in s.facts.iter().enumerate() {
            let (Some(concept), Some(amount)) = (f.concept, Measured::of(s, f)) else { continue };
            let phase = f.phase.unwrap_or(own);
            let (value, half) = (amount.value, amount.half);
            let stated = Stated { concept, phase, statement, fact, value, half, others: Vec::new() };
            let level =
                if is_government(document.identity.kind) && is_of_one_level(s) { BELIEVED.len() + 1 } else { 0 };
            found.entry((concept, phase)).or_default().push((believed(s.table_type) + level, stated));
        }
    }
    found.into_values().filter_map(choose).collect()
}

/// The most believed of several, with the values of the others.
fn choose(mut all: Vec<(usize, Stated)>) -> Option<Stated> {
    all.sort_by_key(|(rank, _)| *rank);
    let mut all = all.into_iter().map(|(_, stated)| stated);
    let mut first = all.next()?;
    for other in all {
        first.differ(other.value, other.half);
    }
    Some(first)
}

impl Stated {
    /// Notes another value, where rounding does not explain it.
    pub fn differ(&mut self, value: Decimal, half: Decimal) {
        let own = Measured { value: self.value, half: self.half };
        if !own.agrees(Measured { value, half }) && !self.others.contains(&value) {
            self.others.push(value);
        }
    }
}

/// 本级, 市级: of the government itself, where 全市 counts those below it too.
fn is_of_one_level(statement: &Statement) -> bool {
    has_any(&fold(&statement.title), &["本级", "市级", "省级", "县级", "区级", "州级"])
}

fn believed(table_type: TableType) -> usize {
    BELIEVED.iter().position(|t| *t == table_type).unwrap_or(BELIEVED.len())
}

fn is_final(kind: Option<DocumentKind>) -> bool {
    matches!(kind, Some(DocumentKind::FinalAccounts | DocumentKind::GovernmentFinalAccounts))
}

fn is_government(kind: Option<DocumentKind>) -> bool {
    matches!(kind, Some(DocumentKind::GovernmentBudget | DocumentKind::GovernmentFinalAccounts))
}

/// A book may hold tables of a zone inside the place.
fn is_of_another_place(statement: &Statement, identity: &Identity) -> bool {
    let title = fold(&statement.title);
    let own = format!("{}{}", fold(&identity.department), fold(&identity.region));
    ZONES.iter().any(|zone| title.contains(zone) && !own.contains(zone))
}

/// The best offer for each concept and phase; none where offers that fit equally well differ.
fn best(statement: &Statement, offers: &[Offer]) -> Vec<Offer> {
    let mut groups: BTreeMap<(Concept, Option<Phase>), Vec<Offer>> = BTreeMap::new();
    for offer in offers {
        let phase = statement.facts.get(offer.fact).and_then(|fact| fact.phase);
        groups.entry((offer.concept, phase)).or_default().push(*offer);
    }
    let value = |offer: &Offer| statement.facts.get(offer.fact).and_then(|fact| fact.value);
    let pick = |group: Vec<Offer>| {
        let rank = group.iter().map(|offer| offer.rank).min()?;
        let mut fitting = group.into_iter().filter(|offer| offer.rank == rank);
        let first = fitting.next()?;
        fitting.all(|other| value(&other) == value(&first)).then_some(first)
    };
    let mut best: Vec<Offer> = Vec::new();
    for offer in groups.into_values().filter_map(pick) {
        // One amount states one thing.
        if !best.iter().any(|other| other.fact == offer.fact) {
            best.push(offer);
        }
    }
    best
}

/// 收入总表 and 支出总表 may count this year's money alone: what 收支总表 calls by two names tells which.
fn tell_totals_apart(statements: &[Statement], all: &mut [Vec<Offer>]) {
    let pairs = [
        (Concept::Revenue, Concept::RevenueCurrentYear, TableType::RevenueSummary),
        (Concept::Expenditure, Concept::ExpenditureCurrentYear, TableType::ExpenditureSummary),
    ];
    for (whole, current, table_type) in pairs {
        let wide = TableType::RevenueExpenditureSummary;
        let (Some(total), Some(own)) = (said(statements, all, whole, wide), said(statements, all, current, wide))
        else {
            continue;
        };
        for (statement, offers) in statements.iter().zip(all.iter_mut()).filter(|(s, _)| s.table_type == table_type) {
            for offer in offers.iter_mut().filter(|offer| offer.concept == whole || offer.concept == current) {
                let amount = statement.facts.get(offer.fact).and_then(|fact| Measured::of(statement, fact));
                let is = |of: Measured| amount.is_some_and(|amount| amount.agrees(of));
                match (is(total), is(own)) {
                    (false, true) => offer.concept = current,
                    (true, false) => offer.concept = whole,
                    _ => {}
                }
            }
        }
    }
}

/// The first amount that tables of a type offer for a concept.
fn said(statements: &[Statement], all: &[Vec<Offer>], concept: Concept, table_type: TableType) -> Option<Measured> {
    let tables = statements.iter().zip(all).filter(|(statement, _)| statement.table_type == table_type);
    let fact = |statement: &Statement, offer: &Offer| {
        statement.facts.get(offer.fact).and_then(|fact| Measured::of(statement, fact))
    };
    tables
        .flat_map(|(s, offers)| offers.iter().map(move |offer| (s, offer)))
        .find_map(|(s, offer)| (offer.concept == concept).then(|| fact(s, offer)).flatten())
}

/// The first amount that any table of sums offers for a concept.
fn said_anywhere(statements: &[Statement], all: &[Vec<Offer>], concept: Concept) -> Option<Measured> {
    BELIEVED.iter().take(3).find_map(|table_type| said(statements, all, concept, *table_type))
}

/// Adds what a table of one budget states, where its total is the whole body's.
fn add_narrow(statements: &[Statement], all: &mut [Vec<Offer>]) {
    let whole: Vec<Measured> = [Concept::Expenditure, Concept::ExpenditureCurrentYear]
        .iter()
        .filter_map(|concept| said_anywhere(statements, all, *concept))
        .collect();
    let basic: Vec<Measured> = said_anywhere(statements, all, Concept::Basic).into_iter().collect();
    for (statement, offers) in statements.iter().zip(all.iter_mut()) {
        let (against, parts_only) = match statement.table_type {
            TableType::GeneralPublicExpenditure | TableType::FiscalAppropriationExpenditure => (&whole, false),
            TableType::GeneralPublicBasicExpenditure => (&basic, true),
            _ => continue,
        };
        let total = sums::narrow_total(statement).and_then(|fact| Measured::of(statement, fact));
        if !total.is_some_and(|total| against.iter().any(|whole| total.agrees(*whole))) {
            continue;
        }
        let narrow = sums::narrow_offers(statement);
        let is_part = |o: &Offer| matches!(o.concept, Concept::BasicPersonnel | Concept::BasicPublic);
        let kept: Vec<Offer> = narrow.into_iter().filter(|offer| !parts_only || is_part(offer)).collect();
        offers.extend(best(statement, &kept));
    }
}

/// What tables, by their positions, say of a concept.
type Values = BTreeMap<(Concept, Option<Phase>), Vec<(usize, Decimal)>>;

/// In a book that repeats its forms for each unit the department's own come first and are the largest; where they are not,
/// nothing says which of them is the whole.
fn leave_units_out(statements: &[Statement], all: &mut [Vec<Offer>]) {
    let types: BTreeSet<TableType> = statements.iter().map(|statement| statement.table_type).collect();
    for table_type in types {
        let of_type: Vec<usize> = (0..statements.len())
            .filter(|at| statements.get(*at).is_some_and(|s| s.table_type == table_type))
            .collect();
        let mut values: Values = BTreeMap::new();
        for &at in &of_type {
            let (Some(statement), Some(offers)) = (statements.get(at), all.get(at)) else { continue };
            for offer in offers {
                let Some(fact) = statement.facts.get(offer.fact) else { continue };
                let Some(value) = fact.value else { continue };
                values.entry((offer.concept, fact.phase)).or_default().push((at, value));
            }
        }
        for ((concept, phase), said) in values.into_iter().filter(|(_, said)| said.len() >= BOOK_OF_UNITS) {
            let first = said.first().copied();
            let most = said.iter().map(|(_, value)| value).max().copied();
            let kept = first.filter(|(_, value)| Some(*value) == most).map(|(at, _)| at);
            for (at, _) in said.into_iter().filter(|(at, _)| Some(*at) != kept) {
                remove(statements.get(at), all.get_mut(at), concept, phase);
            }
        }
    }
}

fn remove(statement: Option<&Statement>, offers: Option<&mut Vec<Offer>>, concept: Concept, phase: Option<Phase>) {
    let (Some(statement), Some(offers)) = (statement, offers) else { return };
    let of = |offer: &Offer| statement.facts.get(offer.fact).and_then(|fact: &Fact| fact.phase);
    offers.retain(|offer| offer.concept != concept || of(offer) != phase);
}
