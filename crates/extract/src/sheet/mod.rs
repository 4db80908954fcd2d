//! Spreadsheets: worksheets to tables.
//!
//! xlsx and ods are read here; calamine reads the values of xls and xlsb, and what it doesn't tell (hidden rows and
//! columns, merges, borders, fonts, how numbers are shown, formulas) comes from the records. Then every format goes one
//! way: `book` (as stored) → `view` (as seen) → `regions` (where the tables are) → `to_tables` (tables and lines).

mod book;
mod captions;
mod colour;
mod contain;
mod container;
mod crypt;
mod delimited;
mod filler;
mod formula;
mod number;
mod ods;
mod package;
mod read;
mod regions;
mod text;
mod to_tables;
mod view;
mod xls;
mod xlsb;
mod xlsx;
pub(crate) mod xml;
mod xml_book;

pub(crate) use contain::contained;
pub(crate) use container::{format_of, is_container};
pub(crate) use crypt::decrypted_package;
pub(crate) use delimited::is_csv;
#[cfg(feature = "fuzzing")]
pub(crate) use number::{NumberFormat, Reading};
pub(crate) use package::Package;
pub(crate) use read::{decrypted, read};
pub(crate) use text::{looks_numeric, lowered, raised, read_lines};
