//! Tables with places from PDF files and spreadsheets.
//!
//! This crate knows files, pages, lines and grids; it knows nothing of budgets. Bytes go in, one plain value
//! ([`Extraction`]) comes out. It never prints, never reads the environment and never touches the file system.
//!
//! ```
//! use yusuan_extract::{ExtractError, Limits, from_bytes};
//! assert!(matches!(from_bytes(b"", &Limits::default()), Err(ExtractError::Empty)));
//! ```

mod debug_svg;
mod document;
mod error;
mod geometry;
mod layout;
mod limits;
mod open;
mod open_line;
pub mod page;
pub mod pdf;
mod running;
pub mod sheet;
pub mod table;
mod text;
mod turned;

pub use debug_svg::debug_svg;
pub use document::{Diagnostic, DiagnosticCode, Extraction, Format, PageSummary, TextLine};
pub use error::ExtractError;
pub use geometry::Rect;
pub use layout::LayoutOptions;
pub use limits::Limits;
pub use open::{from_bytes, read, sniff};
pub use table::{Caption, CaptionSide, Cell, Content, Method, Place, RawTable};
