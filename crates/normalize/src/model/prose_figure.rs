//! One amount that the narrative states.

use crate::model::money::MoneyUnit;
use crate::model::vocabulary::Period;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One amount of the narrative, as the `prose` table of the output contract has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProseFigure {
    /// 1-based page, `None` for spreadsheets.
    pub page: Option<u32>,
    /// Heading above it.
    pub section: String,
    /// The sentence as printed, white space removed.
    pub sentence: String,
    /// What the amount is said of; for a change with the words that compare: 收入较上年减少.
    pub subject: String,
    /// Which year's figure, or a difference between two years; `None` when not said.
    pub period: Option<Period>,
    /// As printed, without the unit.
    pub value_text: String,
    /// Unit printed.
    pub unit: Option<MoneyUnit>,
    /// In yuan.
    pub value: Option<Decimal>,
    /// A percentage stated with it, with the words that say of what: 增长7.8%, 占35.3%.
    pub percent: String,
    /// The table whose printed figure it agrees with.
    pub matched_table_id: String,
    /// That figure's 1-based row.
    pub matched_row: Option<u32>,
    /// That figure's 1-based column.
    pub matched_col: Option<u32>,
    /// The file that holds that table where it is another one of the same disclosure, empty where it is the narrative's own.
    #[serde(default)]
    pub matched_source: String,
}
