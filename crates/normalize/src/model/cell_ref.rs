//! The name of a table's cell: `t03!R5C6`, and `a.pdf#t03!R5C6` for a cell of another document.

use crate::model::fact::Fact;
use crate::model::statement::Statement;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A cell of a table, by the table's id and its 1-based row and column as in facts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellRef {
    /// The file that holds the table where it is another document's, empty for the document's own.
    pub source: String,
    /// `t01`, `t02`, … in order of appearance.
    pub table: String,
    /// 1-based row as in facts.
    pub row: u32,
    /// 1-based column as in facts.
    pub col: u32,
}

impl CellRef {
    /// The cell at a row and a column of one of the document's own tables.
    pub fn new(table: &str, row: u32, col: u32) -> Self {
        Self { source: String::new(), table: table.to_owned(), row, col }
    }

    /// The cell that prints an amount.
    pub fn of(statement: &Statement, fact: &Fact) -> Self {
        Self::new(&statement.id, fact.row, fact.col)
    }

    /// The same cell as another document calls it.
    pub(crate) fn in_source(self, source: &str) -> Self {
        Self { source: source.to_owned(), ..self }
    }

    /// Whether it is a cell of this table of the document's own.
    pub fn is_in(&self, table: &str) -> bool {
        self.source.is_empty() && self.table == table
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.source.is_empty() {
            write!(f, "{}#", self.source)?;
        }
        write!(f, "{}!R{}C{}", self.table, self.row, self.col)
    }
}

/// A text that names no cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoCell(String);

impl fmt::Display for NoCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” names no cell such as t03!R5C6", self.0)
    }
}

impl std::error::Error for NoCell {}

impl FromStr for CellRef {
    type Err = NoCell;

    /// Reads from the end: a file's name may hold any sign.
    fn from_str(text: &str) -> Result<Self, NoCell> {
        parse(text).ok_or_else(|| NoCell(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<CellRef> {
    let (table, position) = text.rsplit_once('!')?;
    let (row, col) = position.strip_prefix('R')?.split_once('C')?;
    let (source, table) = table.rsplit_once('#').unwrap_or(("", table));
    Some(CellRef { row: row.parse().ok()?, col: col.parse().ok()?, ..CellRef::new(table, 0, 0).in_source(source) })
}

impl Serialize for CellRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CellRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for text in ["t03!R5C6", "2023/a#b!.pdf#t12!R105C1"] {
            let cell: CellRef = text.parse().unwrap();
            assert_eq!(cell.to_string(), text);
            assert_eq!(serde_json::to_string(&cell).unwrap(), format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<CellRef>(&format!("\"{text}\"")).unwrap(), cell);
        }
        let other: CellRef = "a#b!.pdf#t12!R105C1".parse().unwrap();
        assert_eq!((other.source.as_str(), other.table.as_str(), other.row, other.col), ("a#b!.pdf", "t12", 105, 1));
        assert!(!other.is_in("t12"));
        for text in ["", "t03", "t03!R5", "t03!C6R5", "t03!R5C", "t03!R-5C6"] {
            assert!(text.parse::<CellRef>().is_err(), "{text}");
        }
    }
}
