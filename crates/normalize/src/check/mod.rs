//! Arithmetic identities (勾稽关系): one file per rule.
//!
//! A rule claims an identity only where the table's own structure promises it (header tree, codes, labels); 其中 is never
//! added. Off by no more than half a unit of each printed last digit is rounding, not an error.

pub(crate) mod blame;
pub(crate) mod checker;
pub(crate) mod claim;
pub(crate) mod code;
pub(crate) mod engine;
pub(crate) mod exact;
pub(crate) mod line;
pub(crate) mod misread;
pub(crate) mod narrative;
pub(crate) mod percent;
pub(crate) mod policy;
pub(crate) mod registry;
pub(crate) mod scene;
pub(crate) mod skipped;
pub(crate) mod slip;
pub(crate) mod source;
pub(crate) mod table;
pub(crate) mod tables;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
