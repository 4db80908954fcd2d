//! What names a row of each dataset, and to which rows of others it belongs.

/// What names a row, where something does.
pub(crate) fn primary_key(dataset: &str) -> &'static [&'static str] {
    match dataset {
        "documents" => &["source"],
        "tables" => &["source", "table_id"],
        "panel" => &["source", "phase", "concept"],
        _ => &[],
    }
}

/// Every row belongs to an input file, every amount, indicator and key figure to a table: the other dataset, and the columns that
/// both have.
pub(crate) fn foreign_keys(dataset: &str) -> &'static [(&'static str, &'static [&'static str])] {
    match dataset {
        "documents" => &[],
        "facts" | "indicators" | "panel" => &[("documents", &["source"]), ("tables", &["source", "table_id"])],
        _ => &[("documents", &["source"])],
    }
}
