//! What the tables of a document tell of each other.

pub(crate) mod additive;
pub(crate) mod contents;
pub(crate) mod headline;
pub(crate) mod units;
