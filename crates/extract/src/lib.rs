//! Tables with places from PDF and OFD files, spreadsheets, word-processor documents and web pages.
//!
//! This crate knows files, pages, lines and grids; it knows nothing of what the tables say. Bytes go in, one plain value
//! ([`Extraction`]) comes out: the tables ([`RawTable`]) as grids of text with merged cells and a place for every cell,
//! all other lines of text, and what could not be read ([`Diagnostic`]). It never prints, never reads the environment
//! and never touches the file system.
//!
//! ```
//! use rust_xlsxwriter::{Workbook, XlsxError};
//! use yusuan_extract::{Limits, from_bytes};
//!
//! # fn workbook() -> Result<Vec<u8>, XlsxError> {
//! let mut book = Workbook::new();
//! let sheet = book.add_worksheet();
//! sheet.write_row_matrix(0, 0, [["Item", "Year"], ["Trees", "2024"], ["Birds", "2025"]])?;
//! let bytes = book.save_to_buffer()?;
//! # Ok(bytes) }
//! # let bytes = workbook()?;
//! let extraction = from_bytes(&bytes, &Limits::default())?;
//! let cell = extraction.tables[0].grid()[2][1].ok_or("covered by a merged cell")?;
//! assert_eq!((cell.text.as_str(), cell.place.sheet_cell), ("2025", Some((3, 2))));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Limits
//!
//! Pages that are pictures are not read; a diagnostic names them. Passwords are not asked for: a file that needs one
//! (other than Excel's own, which opens without a question) is an [`ExtractError`]. A file may ask for no more than [`Limits`] allows, and what lies beyond is left out and said so.
//! What is hidden or deleted in a document is left out, and so are the menus of a web page.
//! Of a spreadsheet the stored values are read; of formulas without one only sums are followed, and what is hidden or has
//! the colour of its ground is left out.

mod canvas;
mod debug_svg;
mod error;
mod flow;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod image;
mod ledger;
mod limits;
mod model;
mod ocr;
mod ofd;
mod open;
mod options;
mod page;
mod pdf;
mod said;
mod scan;
mod sheet;
mod side_by_side;
mod sniff;
#[cfg(feature = "stages")]
pub mod stages;
mod table;
mod text;

pub use error::ExtractError;
pub use ledger::figures_in;
pub use limits::Limits;
pub use model::{
    Caption, CaptionSide, Cell, CellDoubt, Content, Diagnostic, DiagnosticCode, Extraction, Figure, Format, Hint,
    Method, PageSummary, Place, RawTable, ReadCell, Rect, TextLine,
};
pub use ocr::{GreyLine, LineReading, ModelRecognizer, Reading, TextRecognizer, TwoRecognizers};
pub use open::{debug_svg, decrypted, drawn_pages, from_bytes, openable_pdf, read, read_with, takes_passwords};
pub use options::{LayoutOptions, OnPage};
pub use side_by_side::side_by_side;
pub use sniff::sniff;
