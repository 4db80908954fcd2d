//! Amounts stated in the narrative (预算情况说明).

use crate::money::MoneyUnit;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One amount of the narrative, as the `prose` table of the output contract has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProseFigure {
    /// 1-based page, `None` for spreadsheets.
    pub page: Option<u32>,
    /// Heading above it.
    pub section: String,
    /// The sentence as printed.
    pub sentence: String,
    /// What the amount is said of.
    pub subject: String,
    /// Which year's figure.
    pub period: String,
    /// As printed.
    pub value_text: String,
    /// Unit printed.
    pub unit: Option<MoneyUnit>,
    /// In yuan.
    pub value: Option<Decimal>,
    /// A percentage stated with it.
    pub percent: String,
    /// The table whose printed figure it agrees with.
    pub matched_table_id: String,
    /// That figure's 1-based row.
    pub matched_row: Option<u32>,
    /// That figure's 1-based column.
    pub matched_col: Option<u32>,
}
