//! How exactly is a figure printed, and do two sides agree within that?

use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::fact::Fact;
use crate::model::measured::half_unit;
use crate::model::statement::Statement;
use rust_decimal::Decimal;

/// A printed figure with its table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure<'a> {
    /// The table that it stands in.
    pub(crate) statement: &'a Statement,
    /// The figure.
    pub(crate) fact: &'a Fact,
}

/// The cell of a figure: table, row, column.
pub(crate) type Cell<'a> = (&'a str, u32, u32);

impl<'a> Figure<'a> {
    /// The figure's cell.
    pub(crate) fn cell(&self) -> Cell<'a> {
        (&self.statement.id, self.fact.row, self.fact.col)
    }

    /// Where the figure stands: t03!R5C6.
    pub(crate) fn name(&self) -> String {
        format!("{}!R{}C{}", self.statement.id, self.fact.row, self.fact.col)
    }

    /// Half a unit of its last printed digit, in yuan.
    pub(crate) fn half_unit(&self) -> Decimal {
        half_unit(self.statement, self.fact)
    }
}

/// How both sides of an identity stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Relation {
    /// Both are equal.
    #[default]
    Equal,
    /// The left side is at least the right one.
    AtLeast,
}

/// An identity about to be tried: the sum of the left figures against that of the right ones.
#[derive(Debug, Clone)]
pub(crate) struct Claim<'a> {
    /// Stable rule id.
    pub(crate) rule: &'static str,
    /// Within a table or between tables.
    pub(crate) scope: CheckScope,
    /// The figures of the left side; the first is where the check stands.
    pub(crate) left: Vec<Figure<'a>>,
    /// The figures of the right side.
    pub(crate) right: Vec<Figure<'a>>,
    /// How both sides stand to each other.
    pub(crate) relation: Relation,
    /// In words: 合计 = 基本支出 + 项目支出.
    pub(crate) words: String,
}

impl<'a> Claim<'a> {
    /// One figure that is the sum of others of the same table.
    pub(crate) fn sum(rule: &'static str, left: Figure<'a>, terms: &[&'a Fact], words: &str) -> Self {
        let right = terms.iter().map(|fact| Figure { statement: left.statement, fact }).collect();
        let words = match left.fact.row_label.as_str() {
            "" => words.to_owned(),
            label => format!("{label}：{words}"),
        };
        Self { rule, scope: CheckScope::Table, left: vec![left], right, relation: Relation::Equal, words }
    }

    /// Two figures of different tables that are equal.
    pub(crate) fn tie(rule: &'static str, left: Figure<'a>, right: Figure<'a>, words: String) -> Self {
        let scope = CheckScope::Document;
        Self { rule, scope, left: vec![left], right: vec![right], relation: Relation::Equal, words }
    }
}

/// An identity with its verdict.
pub(crate) struct Tried<'a> {
    /// What was claimed.
    pub(crate) claim: Claim<'a>,
    /// What came of it.
    pub(crate) check: Check,
}

/// The sum of figures with the sum of their half units; `None` where an amount is not known (no unit).
fn add(figures: &[Figure<'_>]) -> Option<(Decimal, Decimal)> {
    figures.iter().try_fold((Decimal::ZERO, Decimal::ZERO), |(sum, half), figure| {
        Some((sum.checked_add(figure.fact.value?)?, half.checked_add(figure.half_unit())?))
    })
}

/// Tries a claim. `None` where an amount is not known: nothing can be said then.
pub(crate) fn test(claim: Claim<'_>) -> Option<Tried<'_>> {
    let first = claim.left.first()?;
    let (left, left_half) = add(&claim.left)?;
    let (right, right_half) = add(&claim.right)?;
    let difference = left.checked_sub(right)?;
    let tolerance = left_half.checked_add(right_half)?;
    let enough = claim.relation == Relation::AtLeast && !difference.is_sign_negative();
    let status = match difference.abs() {
        d if d.is_zero() || enough => CheckStatus::Passed,
        d if d <= tolerance => CheckStatus::Rounding,
        _ => CheckStatus::Failed,
    };
    let check = Check {
        rule: claim.rule.to_owned(),
        scope: claim.scope,
        table_id: first.statement.id.clone(),
        place: first.fact.place,
        row: first.fact.row,
        col: first.fact.col,
        statement: claim.words.clone(),
        left: Some(left),
        right: Some(right),
        difference: Some(difference),
        tolerance: Some(tolerance),
        status,
        cells: claim.left.iter().chain(&claim.right).map(Figure::name).collect(),
        cause: String::new(),
        suspects: Vec::new(),
        reason: String::new(),
    };
    Some(Tried { claim, check })
}

/// Whether a claim holds (within rounding).
pub(crate) fn holds(claim: &Claim<'_>) -> bool {
    test(claim.clone()).is_some_and(|tried| tried.check.status != CheckStatus::Failed)
}
