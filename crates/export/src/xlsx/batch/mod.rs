//! overview.xlsx: all documents of a run in one workbook: 比较, charts, one sheet per table type, what failed.

mod charts;
mod compare;
mod comparison;
mod functions;
mod guide;
mod rows;
#[cfg(test)]
mod tests;
mod workbook;

pub(crate) use workbook::BatchWorkbook;
