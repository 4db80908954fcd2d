//! The entries of the dictionary, taken from the datasets' own lists of columns.

use crate::dataset::{Checks, Dataset, Documents, Facts, Indicators, Panel, Prose, Tables};
use crate::words::{Kind, Origin, Term};

/// What is said of a dataset.
pub(crate) struct DatasetEntry {
    /// File name without extension.
    pub(crate) name: &'static str,
    /// Name shown to people.
    pub(crate) title: &'static str,
    /// What one row is.
    pub(crate) row: &'static str,
    /// Its columns in the order of the files.
    pub(crate) columns: Vec<ColumnEntry>,
}

/// What is said of a column.
pub(crate) struct ColumnEntry {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
    pub(crate) unit: &'static str,
    pub(crate) origin: Origin,
    pub(crate) meaning: &'static str,
    /// The closed list of its words; empty where there is none.
    pub(crate) terms: Vec<Term>,
    /// Whether several of them may stand in one field, joined by `;`.
    pub(crate) many: bool,
}

/// The whole dictionary, in the order in which a reader wants it.
pub(crate) fn datasets() -> Vec<DatasetEntry> {
    vec![
        entry::<Documents>(),
        entry::<Tables>(),
        entry::<Facts>(),
        entry::<Indicators>(),
        entry::<Prose>(),
        entry::<Checks>(),
        entry::<Panel>(),
    ]
}

/// One dataset's entry.
fn entry<D: Dataset>() -> DatasetEntry {
    let columns = D::columns().iter().map(|column| ColumnEntry {
        name: column.name,
        label: column.label,
        kind: column.kind,
        unit: column.unit,
        origin: column.origin,
        meaning: column.meaning,
        terms: column.terms.map_or_else(Vec::new, |terms| terms()),
        many: column.many,
    });
    DatasetEntry { name: D::NAME, title: D::TITLE, row: D::ROW, columns: columns.collect() }
}

impl ColumnEntry {
    /// The column's words with their labels, as one line; empty where there is no closed list.
    pub(crate) fn words(&self) -> String {
        let word = |(id, label): &Term| if id == label { (*id).to_owned() } else { format!("{id} {label}") };
        self.terms.iter().map(word).collect::<Vec<_>>().join("、")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_column_is_explained() {
        let datasets = datasets();
        let columns: Vec<_> = datasets.iter().flat_map(|d| d.columns.iter().map(move |c| (d.name, c))).collect();
        assert_eq!((datasets.len(), columns.len()), (7, 171));
        for (dataset, column) in columns {
            let name = format!("{dataset}.{}", column.name);
            assert!(column.meaning.chars().count() >= 2 && !column.meaning.contains('|'), "{name}");
            assert!(!column.label.is_empty(), "{name}");
            assert!(column.kind != Kind::Amount || column.unit == "元", "{name}");
            let ids: BTreeSet<_> = column.terms.iter().map(|(id, _)| id).collect();
            assert_eq!(ids.len(), column.terms.len(), "{name}");
        }
    }

    #[test]
    fn a_column_means_the_same_wherever_it_stands() {
        // Joined tables show both under one name.
        let datasets = datasets();
        let kinds = |name: &str| -> BTreeSet<&str> {
            let columns = datasets.iter().flat_map(|d| &d.columns).filter(|c| c.name == name);
            columns.map(|c| c.kind.parquet()).collect()
        };
        for name in ["doc_id", "source", "table_id", "page", "unit", "value", "table_type"] {
            assert_eq!(kinds(name).len(), 1, "{name}");
        }
    }
}
