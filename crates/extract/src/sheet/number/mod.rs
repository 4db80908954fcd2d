//! Stored numbers as their formats show them.

mod decimal;
mod format;
mod parse;
mod section;

pub(crate) use decimal::Decimal15;
pub(crate) use format::NumberFormat;
pub(super) use parse::is_currency;
pub(crate) use section::Reading;
pub(super) use section::named_power;
