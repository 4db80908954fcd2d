//! One amount with everything that says what it is.

use crate::model::money::{MoneyUnit, UnitSource};
use crate::model::vocabulary::{ColumnKind, Concept, FactFlag, Fund, Nature, Period, Phase, RowKind, Side};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use yusuan_extract::Place;

/// One printed amount. Field names and meanings are those of the `facts` table of the output contract; what is the
/// same for the whole document (source, region, year …) or table (title, type) stands there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Place of the cell (page and box, or worksheet position).
    pub place: Place,
    /// 1-based row in the table's grid; for spreadsheets the worksheet's own row.
    pub row: u32,
    /// 1-based column in the table's grid; for spreadsheets the worksheet's own column.
    pub col: u32,
    /// Index into the statement's raw cells.
    pub cell: usize,
    /// Panel of a side-by-side table.
    pub side: Option<Side>,
    /// The row's item or name as printed, spaces removed.
    pub row_label: String,
    /// Ancestors' labels and the row's own, joined by ` / `.
    pub row_path: String,
    /// 1 = top.
    pub row_level: u32,
    /// Whether the row is a leaf that may be summed without counting twice.
    pub additive: bool,
    /// What the row is.
    pub row_kind: RowKind,
    /// Functional classification (支出功能分类), digits joined.
    pub function: Coded,
    /// Department economic classification (部门预算支出经济分类).
    pub department_economic: Coded,
    /// Government economic classification (政府预算支出经济分类).
    pub government_economic: Coded,
    /// Budget unit (预算单位).
    pub agency: Coded,
    /// Project (项目).
    pub project: Coded,
    /// Project type as printed.
    pub project_type: String,
    /// What the column is.
    pub column_kind: ColumnKind,
    /// Header cells top to bottom, joined by `/`.
    pub column_path: String,
    /// Where the money comes from; `None` when not said.
    pub fund: Option<Fund>,
    /// What it is spent as; `None` when not said.
    pub nature: Option<Nature>,
    /// Which year's figure; `None` when not known.
    pub period: Option<Period>,
    /// Stage of the budget cycle.
    pub phase: Option<Phase>,
    /// As printed.
    pub value_text: String,
    /// Unit printed in.
    pub unit: Option<MoneyUnit>,
    /// The unit as printed where it is money of another country: such an amount has no value in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign_unit: Option<String>,
    /// Where the unit was found.
    pub unit_source: Option<UnitSource>,
    /// Amount in yuan; `None` where the unit is not known.
    pub value: Option<Decimal>,
    /// The other reading's value in yuan where two are possible.
    pub alternative: Option<Decimal>,
    /// Doubts.
    pub flags: Vec<FactFlag>,
    /// Revenue classification (政府收入分类科目).
    #[serde(default, skip_serializing_if = "Coded::is_empty")]
    pub revenue: Coded,
    /// The standard quantity that it states for the whole body; `None` for parts of it and for everything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concept: Option<Concept>,
    /// The region that the row is about, where it is another than the document's: its GB/T 2260 code and full name.
    #[serde(default, skip_serializing_if = "Coded::is_empty")]
    pub row_region: Coded,
}

impl Fact {
    /// The unit as printed; empty where it is not known.
    pub fn unit_text(&self) -> &str {
        self.foreign_unit.as_deref().or(self.unit.map(MoneyUnit::as_str)).unwrap_or("")
    }

    /// Whether the figure is this year's, or nothing says of which year it is.
    pub(crate) fn may_be_current(&self) -> bool {
        matches!(self.period, None | Some(Period::Current))
    }
}

/// A code with the name printed beside it; either may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coded {
    /// Digits (or letters and digits for projects), joined.
    pub code: String,
    /// Name as printed, spaces removed.
    pub name: String,
}

impl Coded {
    /// Whether neither is known.
    pub fn is_empty(&self) -> bool {
        self.code.is_empty() && self.name.is_empty()
    }
}
