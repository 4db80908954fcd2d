//! The names of the worksheets; no table of a document has one of them, since theirs begin with a number.

/// A document's first sheet.
pub(crate) const OVERVIEW: &str = "概览";
/// The arithmetic identities that don't hold.
pub(crate) const VERDICTS: &str = "核对";
/// A document's indicators.
pub(crate) const INDICATORS: &str = "绩效";
/// A document's amounts.
pub(crate) const FACTS: &str = "明细";
/// The columns explained.
pub(crate) const GLOSSARY: &str = "说明";
/// The key figures of all bodies and years.
pub(crate) const COMPARISON: &str = "比较";
/// The charts.
pub(crate) const CHARTS: &str = "图表";
/// Expenditure by function class.
pub(crate) const FUNCTIONS: &str = "功能分类";
/// The identities of all documents that don't hold.
pub(crate) const FAILED_CHECKS: &str = "勾稽不符";
/// The files that were not read as a whole.
pub(crate) const FILES: &str = "未完整读出";
/// The documents that others replace.
pub(crate) const REPLACED: &str = "已被取代";
