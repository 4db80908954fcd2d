//! Stored numbers as their formats show them.

mod decimal;
mod format;
mod parse;
mod section;

pub(crate) use decimal::Decimal15;
pub(crate) use format::NumberFormat;
pub(crate) use section::Reading;
