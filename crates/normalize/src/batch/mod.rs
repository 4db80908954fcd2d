//! All that needs a second document, or a second reading of one.

pub(crate) mod compare;
pub(crate) mod disclosure;
pub(crate) mod last_year;
pub(crate) mod neighbours;
pub(crate) mod related;
pub(crate) mod second_reading;
pub(crate) mod units;
pub(crate) mod versions;

#[cfg(test)]
mod fixture;
