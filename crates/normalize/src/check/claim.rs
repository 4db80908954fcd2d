//! Identities between printed figures: do both sides agree within what is printed?

use crate::model::cell_ref::CellRef;
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::FactFlag;
use yusuan_extract::Method;

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
    pub(crate) fn name(&self) -> CellRef {
        CellRef::of(self.statement, self.fact)
    }

    /// The amount with half a unit of its last printed digit, in yuan; `None` where it is not known (no unit).
    pub(crate) fn amount(&self) -> Option<Measured> {
        Measured::of(self.statement, self.fact)
    }

    /// Whether the reader itself was unsure of the figure.
    pub(crate) fn is_doubtful(&self) -> bool {
        let flags = [
            FactFlag::Ocr,
            FactFlag::LowConfidence,
            FactFlag::Repaired,
            FactFlag::ReadingConflict,
            FactFlag::StaleFormula,
            FactFlag::MergedFigures,
        ];
        self.statement.raw.method == Method::Ocr || self.fact.flags.iter().any(|f| flags.contains(f))
    }

    /// Whether the unit itself is in doubt.
    pub(crate) fn is_of_two_units(&self) -> bool {
        self.fact.flags.contains(&FactFlag::UnitConflict)
    }

    /// Whether it is an amount other than nothing.
    pub(crate) fn is_money(&self) -> bool {
        self.fact.value.is_some_and(|v| !v.is_zero())
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
    /// The rule that claims it.
    pub(crate) rule: &'static Rule,
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
    pub(crate) fn sum(rule: &'static Rule, left: Figure<'a>, terms: &[&'a Fact], words: &str) -> Self {
        let right = terms.iter().map(|fact| Figure { statement: left.statement, fact }).collect();
        let words = match left.fact.row_label.as_str() {
            "" => words.to_owned(),
            label => format!("{label}：{words}"),
        };
        Self { rule, scope: CheckScope::Table, left: vec![left], right, relation: Relation::Equal, words }
    }

    /// Two figures of different tables that are equal.
    pub(crate) fn tie(rule: &'static Rule, left: Figure<'a>, right: Figure<'a>, words: String) -> Self {
        let scope = CheckScope::Document;
        Self { rule, scope, left: vec![left], right: vec![right], relation: Relation::Equal, words }
    }

    /// The figures of both sides.
    pub(crate) fn figures(&self) -> impl Iterator<Item = &Figure<'a>> {
        self.left.iter().chain(&self.right)
    }

    /// Whether any of its figures is an amount other than nothing.
    pub(crate) fn has_money(&self) -> bool {
        self.figures().any(Figure::is_money)
    }
}

/// An identity with its verdict.
pub(crate) struct Tried<'a> {
    /// What was claimed.
    pub(crate) claim: Claim<'a>,
    /// What came of it.
    pub(crate) check: Check,
}

/// The sum of figures; `None` where an amount is not known (no unit).
fn sum(figures: &[Figure<'_>]) -> Option<Measured> {
    figures.iter().try_fold(Measured::default(), |sum, figure| sum.plus(figure.amount()?))
}

/// Both sides of an identity with their difference.
struct Sides {
    left: Measured,
    right: Measured,
    difference: Measured,
    status: CheckStatus,
}

impl Sides {
    /// `None` where an amount is not known: nothing can be said then.
    fn of(claim: &Claim<'_>) -> Option<Self> {
        let (left, right) = (sum(&claim.left)?, sum(&claim.right)?);
        let difference = left.less(right)?;
        let enough = claim.relation == Relation::AtLeast && !difference.value.is_sign_negative();
        let status = if enough { CheckStatus::Passed } else { difference.verdict() };
        Some(Self { left, right, difference, status })
    }
}

/// Tries a claim. `None` where an amount is not known: nothing can be said then.
pub(crate) fn test(claim: Claim<'_>) -> Option<Tried<'_>> {
    let first = claim.left.first()?;
    let Sides { left, right, difference, status } = Sides::of(&claim)?;
    let check = Check {
        rule: claim.rule.id.to_owned(),
        scope: claim.scope,
        table_id: first.statement.id.clone(),
        place: first.fact.place,
        row: first.fact.row,
        col: first.fact.col,
        claim_text: claim.words.clone(),
        left: Some(left.value),
        right: Some(right.value),
        difference: Some(difference.value),
        tolerance: Some(difference.half),
        status,
        cells: claim.figures().map(Figure::name).collect(),
        cause: None,
        suspects: Vec::new(),
        reason: String::new(),
    };
    Some(Tried { claim, check })
}

/// Whether a claim holds (within rounding).
pub(crate) fn holds(claim: &Claim<'_>) -> bool {
    !claim.left.is_empty() && Sides::of(claim).is_some_and(|sides| sides.status != CheckStatus::Failed)
}

/// Left side less right side; `None` where an amount is not known.
pub(crate) fn difference(claim: &Claim<'_>) -> Option<Measured> {
    Sides::of(claim).map(|sides| sides.difference)
}
