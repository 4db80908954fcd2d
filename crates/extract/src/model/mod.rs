//! The values that are handed on: what a page shows, what a table holds, what a file gave. No algorithms.

mod diagnostic;
mod extraction;
mod geometry;
mod hint;
mod page;
mod picture;
mod place;
mod plane;
mod table;

pub use diagnostic::{Diagnostic, DiagnosticCode};
pub use extraction::{Extraction, Format, PageSummary, TextLine};
pub use geometry::Rect;
pub use hint::Hint;
pub(crate) use page::{Direction, Fill, Glyph, Page, ReadLine, Ruling};
pub(crate) use picture::Picture;
pub use place::Place;
pub(crate) use plane::Plane;
pub use table::{Caption, CaptionSide, Cell, CellDoubt, Content, Figure, Method, RawTable, ReadCell};
