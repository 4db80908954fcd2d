//! The datasets as one SQLite database: a table each with its keys, the dictionary of the columns, and views for what is asked
//! most.
//!
//! Money stays exact: SQLite has no decimals, so each amount stands twice. `value_x10000` is the amount in ten-thousandths of a
//! yuan, a whole number: sums of it are exact. `value` is the same in yuan for reading, sorting and charts: a whole number where the
//! amount is one, else the nearest binary fraction, which shows all of an amount's digits (up to 15). As text an amount would be
//! sorted by its first digit; as ten-thousandths alone it would be read ten thousand times too large.

use super::arrow::stored;
use super::column::{Column, Dataset};
use super::keys::{foreign_keys, primary_key};
use super::value::Value;
use crate::error::ExportError;
use crate::file::Part;
use crate::record::DocumentRecord;
use crate::words::{self, Kind};
use rusqlite::{Connection, ToSql, params_from_iter, types::Null, types::Value as Cell};
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};

/// The file's name.
pub(crate) const NAME: &str = "yusuan.sqlite";

/// Ends the name of an amount's exact column.
const EXACT: &str = "_x10000";

/// Ten-thousandths in a yuan.
const PARTS: i64 = 10_000;

/// Below it a binary fraction holds every whole number.
const WHOLE: i128 = 1 << 53;

/// Nothing is kept for undoing (a file that is not finished is thrown away), and nothing of the run enters the file.
const SETTINGS: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; \
                        PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; BEGIN;";

/// Ways to the rows that are looked for most, and the questions asked most.
const CLOSING: &str = "\
CREATE INDEX facts_by_table ON facts (source, table_id);
CREATE INDEX facts_by_type ON facts (table_type, function_code);
CREATE INDEX facts_by_concept ON facts (concept) WHERE concept IS NOT NULL;
CREATE INDEX panel_by_concept ON panel (concept, year);
CREATE INDEX documents_by_body ON documents (body_id, year);
CREATE VIEW facts_to_sum AS
-- 可以相加的金额：应使用的文件、没有下级的行、不是合计的列；一次只汇总一种 table_type、一个 period
SELECT d.body_id, f.*
FROM facts f JOIN documents d ON d.source = f.source
WHERE d.superseded_by IS NULL AND f.additive AND f.column_kind = 'item' AND f.value IS NOT NULL;";

/// The database being written.
pub(crate) struct Database {
    target: PathBuf,
    part: Part,
    connection: Connection,
}

impl Database {
    /// Begins an empty one.
    pub(crate) fn begin(target: &Path) -> Result<Self, ExportError> {
        let part = Part::create(target)?;
        let connection = Connection::open(part.unfinished()).map_err(ExportError::database(target))?;
        let begun = Self { target: target.to_owned(), part, connection };
        begun.run(SETTINGS)?;
        begun.run("CREATE TABLE dictionary (table_name TEXT NOT NULL, column_name TEXT NOT NULL, label TEXT, unit TEXT, meaning TEXT, PRIMARY KEY (table_name, column_name)) WITHOUT ROWID;")?;
        Ok(begun)
    }

    /// Adds a dataset's empty table.
    pub(crate) fn table<D: Dataset>(&self) -> Result<(), ExportError> {
        self.run(&definition::<D>())?;
        for column in D::columns() {
            for (name, unit) in shown(column) {
                let cells = [D::NAME, &name, column.label, unit, column.meaning];
                let insert = "INSERT INTO dictionary VALUES (?, ?, ?, nullif(?, ''), ?)";
                self.connection.execute(insert, cells).map_err(ExportError::database(&self.target))?;
            }
        }
        Ok(())
    }

    /// Adds the rows of one input file.
    pub(crate) fn append<D: Dataset>(&self, record: &DocumentRecord) -> Result<(), ExportError> {
        let rows = D::rows(record);
        if rows.is_empty() {
            return Ok(());
        }
        let insert = || -> rusqlite::Result<()> {
            let width: usize = D::columns().iter().map(|column| shown(column).count()).sum();
            let marks = vec!["?"; width].join(", ");
            let mut statement = self.connection.prepare(&format!("INSERT INTO {} VALUES ({marks})", D::NAME))?;
            for row in &rows {
                statement.execute(params_from_iter(cells::<D>(row)))?;
            }
            Ok(())
        };
        insert().map_err(ExportError::database(&self.target))
    }

    /// Ends the file, which does not have its final name yet.
    pub(crate) fn end(self) -> Result<Part, ExportError> {
        self.run(CLOSING)?;
        self.run(&wide_panel())?;
        self.run("COMMIT;")?;
        let Self { target, mut part, connection } = self;
        connection.close().map_err(|(_, error)| ExportError::database(&target)(error))?;
        part.close()?;
        Ok(part)
    }

    fn run(&self, commands: &str) -> Result<(), ExportError> {
        self.connection.execute_batch(commands).map_err(ExportError::database(&self.target))
    }
}

/// The table's definition.
fn definition<D: Dataset>() -> String {
    let key = primary_key(D::NAME);
    let mut parts = Vec::new();
    for column in D::columns() {
        let needed = if key.contains(&column.name) || column.name == "source" { " NOT NULL" } else { "" };
        parts.extend(shown(column).map(|(name, _)| format!("  {} {}{needed}", quoted(&name), storage(column, &name))));
    }
    let list = |names: &[&str]| names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    if !key.is_empty() {
        parts.push(format!("  PRIMARY KEY ({})", list(key)));
    }
    for (resource, fields) in foreign_keys(D::NAME) {
        parts.push(format!("  FOREIGN KEY ({0}) REFERENCES {resource} ({0})", list(fields)));
    }
    format!("CREATE TABLE {} (\n{}\n);", D::NAME, parts.join(",\n"))
}

/// The panel with a column for each concept, a row for each body, year, kind of document and stage: what a spreadsheet would be.
fn wide_panel() -> String {
    let who = ["body_id", "region", "department", "year", "document_kind", "entity_scope", "phase"];
    let concept = |(id, _): (&str, &str)| {
        format!(",\n  max(value) FILTER (WHERE concept = '{id}') AS {}", quoted(&id.replace('.', "_")))
    };
    let concepts: String = words::concepts().into_iter().map(concept).collect();
    // Files of unknown bodies are not one body.
    format!(
        "CREATE VIEW panel_wide AS\n-- 每个机构、年度、文件类型、阶段一行，各指标一列（元）；没印的为空\nSELECT {}{concepts}\nFROM panel\n\
         GROUP BY coalesce(body_id, source), region, department, year, document_kind, entity_scope, phase;",
        who.join(", ")
    )
}

/// The columns that a dataset's column has here, each with what it counts in.
fn shown<D: Dataset>(column: &Column<D>) -> impl Iterator<Item = (String, &'static str)> + use<D> {
    let exact = (column.kind == Kind::Amount).then(|| (format!("{}{EXACT}", column.name), "1/10000 元"));
    [(column.name.to_owned(), column.unit)].into_iter().chain(exact)
}

/// The type of a column; SQLite takes `NUMERIC` for whole numbers where they are, else for binary fractions.
fn storage<D: Dataset>(column: &Column<D>, name: &str) -> &'static str {
    match column.kind {
        Kind::Text | Kind::Term => "TEXT",
        Kind::Amount if name == column.name => "NUMERIC",
        Kind::Year | Kind::Integer | Kind::Boolean | Kind::Amount => "INTEGER",
        Kind::Measure => "REAL",
    }
}

/// A name that may be a word of SQL (`left`, `row`).
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// One row's cells.
fn cells<'r, D: Dataset>(row: &'r D::Row<'_>) -> impl Iterator<Item = Box<dyn ToSql + 'r>> {
    D::columns().iter().flat_map(move |column| {
        let value = (column.value)(row);
        if column.kind != Kind::Amount {
            return vec![cell(value)];
        }
        let amount = match value {
            Value::Decimal(amount) => Some(amount),
            _ => None,
        };
        vec![Box::new(amount.and_then(in_yuan)) as Box<dyn ToSql + 'r>, Box::new(amount.and_then(exact))]
    })
}

/// The amount in yuan: a whole number where it is one, else the nearest fraction.
fn in_yuan(amount: Decimal) -> Option<Cell> {
    let stored = stored(amount)?;
    let whole = (stored % i128::from(PARTS) == 0).then(|| i64::try_from(stored / i128::from(PARTS)).ok());
    match whole.flatten() {
        Some(yuan) => Some(Cell::Integer(yuan)),
        // Both are held as they are, so the quotient is the nearest fraction to the amount.
        None if stored.abs() < WHOLE => Some(Cell::Real(stored as f64 / PARTS as f64)),
        None => amount.to_string().parse().ok().map(Cell::Real),
    }
}

/// The amount in ten-thousandths of a yuan; what has finer parts, or more digits than any budget, is left out as in Parquet. One
/// of 922 million million yuan or more has too many of them for a whole number here, and text in a column of numbers would stop
/// every reader that goes by a column's type (DuckDB): it stands in the column beside alone, and [`too_large`] counts it.
fn exact(amount: Decimal) -> Option<i64> {
    stored(amount).and_then(|stored| i64::try_from(stored).ok())
}

/// How many amounts of these rows stand in yuan alone.
pub(crate) fn too_large<D: Dataset>(rows: &[D::Row<'_>]) -> usize {
    let amounts: Vec<_> = D::columns().iter().filter(|column| column.kind == Kind::Amount).collect();
    let is_one = |value: Value<'_>| match value {
        Value::Decimal(amount) => stored(amount).is_some() && exact(amount).is_none(),
        _ => false,
    };
    rows.iter().map(|row| amounts.iter().filter(|column| is_one((column.value)(row))).count()).sum()
}

fn cell(value: Value<'_>) -> Box<dyn ToSql + '_> {
    match value {
        Value::Empty => Box::new(Null),
        Value::Text(text) => Box::new(text),
        Value::Integer(number) => Box::new(number),
        Value::Decimal(measure) => Box::new(measure.to_string().parse::<f64>().ok()),
        Value::Boolean(yes) => Box::new(yes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_whole_ten_thousandths_or_nothing() {
        let cases = [
            ("1234.5", Some(12_345_000)),
            ("-0.0001", Some(-1)),
            ("922337203685477.5807", Some(i64::MAX)),
            ("922337203685477.5808", None),
            ("0.00001", None),
        ];
        for (text, expected) in cases {
            assert_eq!(exact(text.parse().unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn an_amount_too_large_for_ten_thousandths_is_there_in_yuan() {
        let cases = [
            ("1234", Some(Cell::Integer(1234))),
            ("1234.5", Some(Cell::Real(1234.5))),
            ("922337203685478", Some(Cell::Integer(922_337_203_685_478))),
            ("-34000000000000000", Some(Cell::Integer(-34_000_000_000_000_000))),
            ("922337203685479.5", Some(Cell::Real(922_337_203_685_479.5))),
            ("0.00001", None),
        ];
        for (text, expected) in cases {
            assert_eq!(in_yuan(text.parse().unwrap()), expected, "{text}");
        }
    }
}
