//! The files of a run: each document's own, and the datasets over all of them.

mod arrow;
mod datasets;
mod document;
mod report;
mod run;
mod scratch;
mod sink;
mod tables;

pub use arrow::ArrowRows;
pub use datasets::{DatasetWriter, write_datasets};
pub use document::{document_files, vouch_document, write_document};
pub use report::ExportReport;
pub use run::write;
