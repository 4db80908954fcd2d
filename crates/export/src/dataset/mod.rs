//! The datasets of the output contract, each with the one list of its columns, and their rows as CSV, Arrow, Parquet and SQLite.

pub(crate) mod arrow;
mod checks;
mod column;
pub(crate) mod csv;
mod documents;
mod facts;
mod indicators;
pub(crate) mod keys;
mod panel;
pub(crate) mod parquet;
mod prose;
mod shared;
pub(crate) mod sqlite;
mod tables;
mod value;

pub(crate) use checks::Checks;
pub(crate) use column::{Column, Dataset};
pub(crate) use documents::{Documents, disclosure_id};
pub(crate) use facts::Facts;
pub(crate) use indicators::Indicators;
pub(crate) use panel::Panel;
pub(crate) use prose::Prose;
pub(crate) use tables::{Tables, page_ranges};
pub(crate) use value::Value;
