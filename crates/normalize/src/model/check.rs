//! One identity tried, and how it came out.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
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
    pub statement: String,
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
    /// Cells that took part: `t03!R5C6`.
    pub cells: Vec<String>,
    /// Whose error it probably is (contract's id), empty when passed or not known.
    pub cause: String,
    /// The cells most likely wrong, best first.
    pub suspects: Vec<String>,
    /// Why the cause is thought to be that one, in words; empty when passed.
    #[serde(default)]
    pub reason: String,
}

impl Check {
    /// Whose error it probably is, in words; the contract's id where it is none of those known.
    pub fn cause_zh(&self) -> &str {
        match self.cause.as_str() {
            "extraction" => "可能识别有误",
            "published" => "可能公开的数有误",
            "unit" => "可能单位有误",
            "definition" => "可能口径不同",
            other => other,
        }
    }
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
