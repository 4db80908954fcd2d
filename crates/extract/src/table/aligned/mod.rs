//! Statistics tables in alphabetic scripts, as they are printed without a grid: labels with dots that lead to the
//! numbers, numbers under each other, names of columns above, often a rule or two.
//!
//! Chinese tables without rulings are found by [`super::unruled`]: their characters leave no blanks between words, so
//! that gaps mean something else there.

mod body;
mod column;
mod drawn;
mod entry;
mod find;
mod flow;
mod head;
mod kind;
mod laid;
mod line;
mod partition;
mod piece;
mod region;
mod script;
mod shared_edges;
#[cfg(test)]
mod tests;
mod verdict;

pub(crate) use find::find;
pub(crate) use script::is_alphabetic;
