//! The ledger: every number printed in a table's area is entered here and must be found again in the table's cells.
//!
//! The entries are made from the page's glyphs and the texts of the cells alone, whatever way the table was found, so that
//! a mistake of the table engine shows as a number without a cell.

mod balance;
mod outside;
mod run;

pub(crate) use balance::{balance, digits};
pub(crate) use outside::outside;
pub use run::figures_in;
