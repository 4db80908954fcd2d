//! Arithmetic identities (勾稽关系): one file per rule.
//!
//! A rule claims an identity only where the table's own structure promises it (header tree, codes, labels); 其中 is never
//! added. Off by no more than half a unit of each printed last digit is rounding, not an error.

mod balance;
mod code_tree;
mod figure;
mod row_sum;
mod three_public;

pub(crate) use figure::{half_unit, printed_decimals};

use crate::document::Statement;
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

/// Tries every rule on every table, in the order of the tables.
pub fn run(statements: &[Statement]) -> Vec<Check> {
    let mut checks = Vec::new();
    for statement in statements {
        checks.extend(row_sum::run(statement));
        checks.extend(code_tree::run(statement));
        checks.extend(balance::run(statement));
        checks.extend(three_public::run(statement));
    }
    checks
}

#[cfg(test)]
pub(crate) mod fixture;
