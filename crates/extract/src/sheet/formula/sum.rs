//! The sum that a formula states.

use crate::sheet::book::{Area, Position};

/// Cells added up, each with its sign.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sum(pub(crate) Vec<Term>);

/// One operand and its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) minus: bool,
    pub(crate) operand: Operand,
}

/// What is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operand {
    /// A cell, with `+` or `-`: a text in it is no number, and ends the reckoning.
    Cell(Position),
    /// An area inside `SUM`: texts in it are passed over.
    Area(Area),
}

impl Sum {
    pub(crate) fn of(operand: Operand) -> Self {
        Self(vec![Term { minus: false, operand }])
    }

    /// This one and another one after it, added or subtracted.
    #[must_use]
    pub(crate) fn and(mut self, other: Self, minus: bool) -> Self {
        self.0.extend(if minus { other.negated() } else { other }.0);
        self
    }

    #[must_use]
    pub(crate) fn negated(mut self) -> Self {
        for term in &mut self.0 {
            term.minus = !term.minus;
        }
        self
    }
}
