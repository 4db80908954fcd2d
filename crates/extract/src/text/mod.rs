//! Lines of text: glyphs put together to lines, lines put together to a cell's text.

mod blanks;
pub(crate) mod figures;
mod lines;
mod open_line;
mod run;
mod spacing;

pub(crate) use blanks::{Room, join_lines, separates};
pub(crate) use lines::lines;
pub(crate) use open_line::OpenLine;
pub(crate) use run::TextRun;
