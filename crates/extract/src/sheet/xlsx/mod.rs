//! Office Open XML workbooks: cells and styles by calamine, layout from the parts themselves.

mod layout;
mod mend;
mod parts;
mod read;

pub(super) use read::read;
