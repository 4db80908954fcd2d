//! Normalized budget disclosures to CSV and Excel workbooks.

mod record;

pub use record::{DocumentRecord, DocumentStatus};
