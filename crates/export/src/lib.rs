//! Normalized budget disclosures to CSV and Excel workbooks.
//!
//! [`write()`] writes a whole run: the datasets (`documents.csv`, `facts.csv` …), one CSV per table and one workbook per
//! document. [`write_document`] and [`write_datasets`] are its two halves, for callers that write documents in parallel.
//! The same records give the same bytes: nothing here asks for the time, and nothing depends on an order that was not
//! given. The crate never prints.
//!
//! ```
//! use yusuan_export::{DocumentRecord, DocumentStatus, ExportOptions, write};
//! let failed = DocumentRecord {
//!     doc_id: String::new(),
//!     source: "a.pdf".to_owned(),
//!     format: String::new(),
//!     bytes: 0,
//!     sha256: String::new(),
//!     status: DocumentStatus::Failed,
//!     error: "文件是空的".to_owned(),
//!     source_url: String::new(),
//!     document: None,
//! };
//! let out = std::env::temp_dir().join(format!("yusuan-export-doc-{}", std::process::id()));
//! let report = write(&out, &[failed], &ExportOptions::default())?;
//! assert_eq!(report.datasets, 6);
//! assert!(std::fs::read_to_string(out.join("documents.csv"))?.contains("a.pdf"));
//! # std::fs::remove_dir_all(&out)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod csv;
mod dataset;
mod dictionary;
mod error;
mod place;
mod record;
mod replace;
mod review;
mod text_width;
mod write;
mod xlsx;

pub use crate::csv::neutralize;
pub use dictionary::{SchemaFormat, schema};
pub use error::ExportError;
pub use place::{is_output_folder, sha256_hex, workbook_path};
pub use record::{DocumentRecord, DocumentStatus};
pub use review::corrections::{CorrectionsError, read_corrections};
pub use review::{draw_pages, has_document, has_pages, keep_documents};
pub use text_width::display_width;
pub use write::{
    DatasetWriter, ExportOptions, ExportReport, OutputFormat, prepare, write, write_datasets, write_document,
};
