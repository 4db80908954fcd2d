//! Office Open XML workbooks, read by our own hand: a cell's value is all its text nodes, whatever stands between them,
//! and what its font, its ground and its formula say of it stands in the same parts.

mod cells;
mod layout;
mod palette;
mod parts;
mod read;
mod strings;
mod styles;

pub(super) use read::read;
