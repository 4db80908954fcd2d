//! OpenDocument spreadsheets, read by our own hand.
//!
//! calamine gives an ods file's values without the texts shown for them, and loses track of rows when blank ones are
//! repeated; percentages, hidden rows and merges need the same elements. So one reader takes all of it in one pass:
//! positions and values can't drift apart. Source: OpenDocument 1.3 part 3, §9 (tables) and §19.385 (value types).

mod cell;
mod grid;
mod read;
mod shown;
mod span;
mod styles;

pub(super) use read::read;
