//! A dataset of the output contract: its rows, and one list of columns (name, label, kind, value, meaning) that everything
//! that writes or describes it is made from.

use super::value::Value;
use crate::record::DocumentRecord;
use crate::words::{Kind, Origin, Term};
use yusuan_normalize::MoneyUnit;

/// A dataset: its name, its columns and its rows.
pub(crate) trait Dataset: 'static {
    /// One row with everything that its columns need.
    type Row<'a>;

    /// File name without extension.
    const NAME: &'static str;

    /// Name shown to people.
    const TITLE: &'static str;

    /// What one row is.
    const ROW: &'static str;

    /// The columns in the contract's order.
    fn columns() -> &'static [Column<Self>];

    /// The rows of one input file in the contract's order.
    fn rows(record: &DocumentRecord) -> Vec<Self::Row<'_>>;

    /// The name shown to people of the column of that name in the files.
    fn label(name: &str) -> &'static str {
        Self::columns().iter().find(|column| column.name == name).map_or("", |column| column.label)
    }
}

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
    let unit = if matches!(kind, Kind::Amount) { MoneyUnit::Yuan.as_str() } else { "" };
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
