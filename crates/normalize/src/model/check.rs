//! One identity tried, and how it came out.

use crate::model::cell_ref::CellRef;
use crate::model::vocabulary::Cause;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use yusuan_extract::Place;

/// One identity tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Stable rule id (A1 …).
    pub rule: String,
    /// Where the identity holds.
    pub scope: CheckScope,
    /// The table of the left side.
    pub table_id: String,
    /// Place of the left side's cell.
    pub place: Place,
    /// 1-based row as in facts.
    pub row: u32,
    /// 1-based column as in facts.
    pub col: u32,
    /// In Chinese, readable: 合计 = 基本支出 + 项目支出.
    #[serde(rename = "statement")]
    pub claim_text: String,
    /// Left side in yuan.
    pub left: Option<Decimal>,
    /// Right side in yuan.
    pub right: Option<Decimal>,
    /// Left − right in yuan.
    pub difference: Option<Decimal>,
    /// What rounding explains, in yuan.
    pub tolerance: Option<Decimal>,
    /// The verdict.
    pub status: CheckStatus,
    /// Cells that took part.
    pub cells: Vec<CellRef>,
    /// Whose error it probably is; `None` when passed or not known.
    #[serde(serialize_with = "write_cause", deserialize_with = "read_cause")]
    pub cause: Option<Cause>,
    /// The cells most likely wrong, best first.
    pub suspects: Vec<CellRef>,
    /// Why the cause is thought to be that one, in words; empty when passed.
    #[serde(default)]
    pub reason: String,
}

/// Stored as the contract has it: an empty text where no cause is named.
#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn write_cause<S: Serializer>(cause: &Option<Cause>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(cause.map_or("", Cause::as_str))
}

fn read_cause<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Cause>, D::Error> {
    let id = String::deserialize(deserializer)?;
    let known = Cause::ALL.iter().copied().find(|cause| cause.as_str() == id);
    if known.is_none() && !id.is_empty() {
        return Err(serde::de::Error::custom(format!("“{id}” is no cause")));
    }
    Ok(known)
}

/// Where an identity holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckScope {
    /// Within one table.
    Table,
    /// Between tables of a document.
    Document,
    /// Between the narrative and a table.
    Prose,
}

impl CheckScope {
    /// The id used in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Document => "document",
            Self::Prose => "prose",
        }
    }
}

/// The verdict on an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckStatus {
    /// Equal.
    Passed,
    /// Off by no more than rounding explains.
    Rounding,
    /// Off by more.
    Failed,
    /// A side is missing.
    Skipped,
}

impl CheckStatus {
    /// The id used in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Rounding => "rounding",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}
