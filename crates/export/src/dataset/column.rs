//! What is a column? Its name in the files, what it holds, and the words that the data dictionary says of it.

use super::{Dataset, Value};

/// What a column holds, whatever file it is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Free text.
    Text,
    /// Text that repeats from row to row: ids, names of bodies, words of a closed list.
    Term,
    /// A fiscal year.
    Year,
    /// A count or a position.
    Integer,
    /// An exact amount of money.
    Amount,
    /// A measured number: points on the page, shares.
    Measure,
    /// Yes or no.
    Boolean,
}

/// Where a column's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The file itself: its path, its bytes.
    File,
    /// Printed in the file and taken over as it stands.
    Printed,
    /// Understood from what is printed: classified, converted.
    Read,
    /// Counted or computed by this program.
    Computed,
    /// Told by a list of the inputs.
    Listed,
}

impl Origin {
    /// The word used in the dictionary.
    pub(crate) fn label_zh(self) -> &'static str {
        match self {
            Self::File => "文件",
            Self::Printed => "原文",
            Self::Read => "判读",
            Self::Computed => "计算",
            Self::Listed => "清单",
        }
    }
}

/// A word of a closed list: its id and its label.
pub(crate) type Term = (&'static str, &'static str);

/// One column of a dataset.
pub(crate) struct Column<D: Dataset + ?Sized> {
    /// Name in the files: part of the contract, never changed.
    pub(crate) name: &'static str,
    /// Name shown to people.
    pub(crate) label: &'static str,
    /// The cell's value.
    pub(crate) value: for<'a, 'r> fn(&'r D::Row<'a>) -> Value<'r>,
    /// What it holds.
    pub(crate) kind: Kind,
    /// What it counts in; empty where that goes without saying.
    pub(crate) unit: &'static str,
    /// What it says.
    pub(crate) meaning: &'static str,
    /// Where it comes from.
    pub(crate) origin: Origin,
    /// The closed list of its words, where there is one.
    pub(crate) terms: Option<fn() -> Vec<Term>>,
    /// Whether several words may stand in one field.
    pub(crate) many: bool,
}

/// Builds a column; the lists read as tables this way.
pub(crate) const fn column<D: Dataset + ?Sized>(
    kind: Kind,
    name: &'static str,
    label: &'static str,
    value: for<'a, 'r> fn(&'r D::Row<'a>) -> Value<'r>,
) -> Column<D> {
    let unit = if matches!(kind, Kind::Amount) { "元" } else { "" };
    Column { name, label, value, kind, unit, meaning: "", origin: Origin::Read, terms: None, many: false }
}

impl<D: Dataset + ?Sized> Column<D> {
    /// The entry of the data dictionary: where the value comes from and what it says.
    pub(crate) const fn says(mut self, origin: Origin, meaning: &'static str) -> Self {
        self.origin = origin;
        self.meaning = meaning;
        self
    }

    /// What the column counts in.
    pub(crate) const fn counted_in(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// The closed list of the column's words.
    pub(crate) const fn one_of(mut self, terms: fn() -> Vec<Term>) -> Self {
        self.terms = Some(terms);
        self
    }

    /// The closed list of words of which several may stand in one field, joined by `;`.
    pub(crate) const fn some_of(mut self, terms: fn() -> Vec<Term>) -> Self {
        self.many = true;
        self.one_of(terms)
    }
}
