//! One table of a document, typed.

use crate::model::doubt::Doubt;
use crate::model::fact::Fact;
use crate::model::identity::Owner;
use crate::model::indicator::Indicator;
use crate::model::money::{MoneyUnit, UnitSource};
use crate::model::unread::Unread;
use crate::model::vocabulary::{TableLevel, TableState, TableType};
use serde::{Deserialize, Serialize};
use yusuan_extract::RawTable;

/// One table, typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// `t01`, `t02`, … in order of appearance.
    pub id: String,
    /// The table as found.
    pub raw: RawTable,
    /// What the table is.
    pub table_type: TableType,
    /// Title as printed, white space removed.
    pub title: String,
    /// 预算01表, 公开表1-1; empty when none is printed.
    pub table_no: String,
    /// The table's unit, where one is known.
    pub unit: Option<MoneyUnit>,
    /// Where the unit was found.
    pub unit_source: Option<UnitSource>,
    /// First grid row of the header (rows before it are captions inside the grid).
    pub header_start: usize,
    /// Number of header rows from `header_start`.
    pub header_rows: usize,
    /// Whether it holds data.
    pub state: TableState,
    /// The sentence that declares it empty, as printed.
    pub empty_note: String,
    /// Whose own table it is, where the file's is another body's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// What part of the region's money it is about; `None` where the title does not say.
    #[serde(default)]
    pub level: Option<TableLevel>,
    /// Its amounts in reading order.
    pub facts: Vec<Fact>,
    /// Its performance indicators in reading order.
    pub indicators: Vec<Indicator>,
    /// Doubts about this table.
    pub doubts: Vec<Doubt>,
    /// The most digits behind the point that one of its amounts prints: a worksheet drops zeros at the end.
    #[serde(default)]
    pub most_decimals: u32,
    /// Numbers printed in the table's area.
    #[serde(default)]
    pub figures: usize,
    /// Cells and places whose numbers ended in nothing known.
    #[serde(default)]
    pub unread: Vec<Unread>,
    /// The codes of its last row: they hold for the parts of codes in a table that goes on with it.
    #[serde(skip)]
    pub last_codes: Vec<String>,
}

impl Statement {
    /// How many of its numbers ended in nothing known.
    pub fn figures_unread(&self) -> usize {
        self.unread.iter().map(Unread::figures).sum()
    }

    /// Whether the table prints final accounts, by its title.
    pub(crate) fn is_final(&self) -> bool {
        self.title.contains("决算")
    }
}
