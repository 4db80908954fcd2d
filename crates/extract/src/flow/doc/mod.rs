//! Word 97 to 2003, and WPS Writer ([MS-DOC]): streams in an OLE2 container.
//!
//! `file` opens the streams and knows where the tables in them are, `pieces` puts the text together, `runs` finds what is
//! said of a place in it, `sprm` reads what that is, `lists` numbers paragraphs, `story` makes blocks of it all.

mod bytes;
mod file;
mod lists;
mod pieces;
mod read;
mod runs;
mod sprm;
mod story;

pub(super) use read::read;
