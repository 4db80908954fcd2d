//! The amounts in the terms of the Fiscal Data Package: which columns are measures, which are dimensions, and of what kind.

use super::entry::ColumnEntry;
use crate::words::Kind;

/// The datasets that hold amounts by classification; the others tell about files and checks.
const FISCAL: &[&str] = &["facts", "panel"];

/// Columns that say where an amount stands or how sure it is: nothing to group by.
const PROVENANCE: &[&str] = &[
    "doc_id",
    "source",
    "sheet",
    "table_id",
    "table_title",
    "page",
    "x0",
    "y0",
    "x1",
    "y1",
    "row",
    "col",
    "row_level",
    "value_text",
    "unit",
    "unit_source",
    "flags",
    "alternatives",
];

/// The kinds of columns by name, as the Fiscal Data Package calls them. It knows one economic classification for each amount; here
/// it is the departments' own, since nearly all tables have that.
const COLUMN_TYPES: &[(&str, &str)] = &[
    ("value", "value"),
    ("year", "date:fiscal-year"),
    ("phase", "phase"),
    ("side", "direction"),
    ("region_code", "geo-source:source:code"),
    ("region", "geo-source:source:title"),
    ("body_id", "administrative-classification:generic:level1:code"),
    ("department", "administrative-classification:generic:level1:label"),
    ("agency_code", "administrative-classification:generic:level2:code"),
    ("agency_name", "administrative-classification:generic:level2:label"),
    ("function_code", "functional-classification:generic:code"),
    ("function_name", "functional-classification:generic:label"),
    ("department_economic_code", "economic-classification:generic:code"),
    ("department_economic_name", "economic-classification:generic:label"),
    ("project_code", "activity:generic:project:code"),
    ("project_name", "activity:generic:project:label"),
];

/// The column's kind, where the Fiscal Data Package has one for it.
pub(super) fn column_type(dataset: &str, column: &ColumnEntry) -> Option<&'static str> {
    let known = COLUMN_TYPES.iter().find(|(name, _)| *name == column.name);
    known.filter(|_| FISCAL.contains(&dataset)).map(|(_, column_type)| *column_type)
}

/// `measure` for what is counted, `dimension` for what it is grouped by, nothing for where it stands.
pub(super) fn role(dataset: &str, column: &ColumnEntry) -> Option<&'static str> {
    if !FISCAL.contains(&dataset) || PROVENANCE.contains(&column.name) {
        return None;
    }
    Some(if column.kind == Kind::Amount { "measure" } else { "dimension" })
}

#[cfg(test)]
mod tests {
    use super::super::entry::datasets;
    use super::*;

    #[test]
    fn every_amount_is_a_measure_and_every_name_is_a_column() {
        let columns: Vec<_> =
            datasets().into_iter().filter(|d| FISCAL.contains(&d.name)).flat_map(|d| d.columns).collect();
        let measures = columns.iter().filter(|column| role("facts", column) == Some("measure"));
        assert!(measures.clone().count() >= 2 && measures.clone().all(|column| column.kind == Kind::Amount));
        let names = COLUMN_TYPES.iter().map(|(name, _)| name).chain(PROVENANCE);
        for name in names {
            assert!(columns.iter().any(|column| column.name == *name), "{name}");
        }
    }
}
