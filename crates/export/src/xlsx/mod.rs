//! One clean workbook per document: 概览, one sheet per table as printed, 核对, 绩效, 明细, 说明; and one over all documents.

mod amount;
mod batch;
mod captions;
mod cell_notes;
mod detail;
#[cfg(test)]
mod fixtures;
mod glossary;
mod grid;
mod layout;
mod names;
mod overview;
mod paper;
mod places;
mod sheet;
mod statement;
mod style;
mod summary;
mod tidy;
mod verdicts;
mod workbook;

pub(crate) use batch::BatchWorkbook;
pub(crate) use workbook::workbook;
