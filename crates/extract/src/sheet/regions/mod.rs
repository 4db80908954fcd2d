//! The places of a worksheet's tables.
//!
//! Borders are the best evidence: publishers draw the lines they want printed. Rows with boxed cells make a grid,
//! texts around it are titles and notes. Where nothing is boxed, a table is what has several cells side by side. No
//! words are looked at, only the forms of rows.

mod columns;
mod find;
mod row;
mod spans;

pub(super) use columns::Region;
pub(super) use find::find;
