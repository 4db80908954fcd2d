//! Lines of text: glyphs put together to lines, lines put together to a cell's text.

mod blanks;
mod lines;
mod open_line;
mod run;

pub(crate) use blanks::{join_lines, separates};
pub(crate) use lines::lines;
pub(crate) use open_line::OpenLine;
pub(crate) use run::TextRun;
