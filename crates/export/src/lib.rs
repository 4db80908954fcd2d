//! Normalized budget disclosures to CSV, Parquet, Excel workbooks and a review page.
//!
//! [`write()`] writes a whole run: the datasets (`documents.csv`, `facts.csv` …), one CSV per table, one workbook per document,
//! one over all of them. [`write_document`] and [`write_datasets`] are its two halves; [`DatasetWriter`] takes documents one by
//! one, for callers that write them in parallel and can't hold all of them.
//!
//! ```
//! use yusuan_export::{DocumentRecord, DocumentStatus, ExportOptions, sha256_hex, write};
//! # let mut workbook = rust_xlsxwriter::Workbook::new();
//! # let sheet = workbook.add_worksheet();
//! # sheet.write(0, 0, "2024年部门支出总表")?.write(1, 1, "单位：万元")?;
//! # sheet.write(2, 0, "科目名称")?.write(2, 1, "合计")?.write(3, 0, "科普活动")?.write(3, 1, 12.5)?;
//! # let bytes = workbook.save_to_buffer()?;
//! // `bytes` is a workbook with 支出总表 in 万元, and in it a row 科普活动 with the amount 12.5.
//! let extraction = yusuan_extract::from_bytes(&bytes, &yusuan_extract::Limits::default())?;
//! let document = yusuan_normalize::normalize(extraction, &yusuan_normalize::Context::for_source("a.xlsx"));
//! let sha256 = sha256_hex(&bytes);
//! let (doc_id, source, format) = (sha256[..16].to_owned(), "a.xlsx".to_owned(), "xlsx".to_owned());
//! let (status, error, source_url) = (DocumentStatus::Ok, String::new(), String::new());
//! let (bytes, document) = (bytes.len() as u64, Some(document));
//! let (superseded_by, rivals) = (String::new(), Vec::new());
//! let record = DocumentRecord {
//!     doc_id, source, format, bytes, sha256, status, error, source_url, superseded_by, rivals, document,
//! };
//! let out = std::env::temp_dir().join(format!("yusuan-export-doc-{}", std::process::id()));
//! write(&out, &[record], &ExportOptions::default())?;
//! let facts = csv::Reader::from_path(out.join("facts.csv"))?.into_deserialize::<std::collections::BTreeMap<String, String>>();
//! assert_eq!(facts.last().unwrap()?["value"], "125000");
//! # std::fs::remove_dir_all(&out)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Limits: the same records give the same bytes, since nothing here asks for the time, and nothing depends on an order that was
//! not given. A worksheet holds 1,048,576 rows and numbers of 15 digits: more rows go on in another sheet, longer numbers
//! are texts. Parquet holds amounts of 20 digits and four decimals; others are left out and said. Only PDF pages are drawn. The
//! crate never prints.

mod csv;
mod dataset;
mod dictionary;
mod doubt;
mod error;
mod file;
mod foreign;
mod hash;
mod options;
mod output_folder;
mod record;
mod review;
mod text_width;
mod words;
mod write;
mod xlsx;

pub use crate::csv::neutralize;
pub use dictionary::{SchemaFormat, schema};
pub use doubt::is_doubtful;
pub use error::ExportError;
pub use file::{
    FileError, Keeper, KeptAside, STATE_FOLDER, is_unfinished, replace_file, replace_file_with, tables_folder,
    workbook_path,
};
pub use foreign::plainly_no_document;
pub use hash::{Sum, sha256_hex};
pub use options::{ExportOptions, OutputFormat, PicturesOf};
pub use output_folder::{combined_files, is_output_folder, prepare, standing_formats};
pub use record::{DocumentRecord, DocumentStatus, Rival};
pub use review::{
    CorrectionsError, PagesDrawn, copy_pages, corrections_csv, draw_pages, has_document, has_pages, keep_documents,
    read_corrections, review_data, served_data, served_file, served_line, served_list, served_page,
    statements_in_english,
};
pub use text_width::display_width;
pub use words::{check_status_label, document_status_label};
pub use write::{
    ArrowRows, DatasetWriter, ExportReport, document_files, vouch_document, write, write_datasets, write_document,
};
