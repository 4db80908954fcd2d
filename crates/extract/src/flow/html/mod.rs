//! Web pages: taken apart as browsers do (`tree`), read as shown (`walk`), without what only leads elsewhere (`aside`).

mod aside;
mod charset;
mod open;
mod read;
mod shown;
mod torn;
mod tree;
mod walk;

pub(super) use charset::decode;
pub(super) use read::{Web, read, written};
