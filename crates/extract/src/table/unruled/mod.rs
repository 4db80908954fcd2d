//! Tables without rulings: columns from the gaps between texts, rows from the order in which they were drawn.

mod block;
mod boxed_header;
mod centred;
mod chain;
mod column;
pub(super) mod drawn;
mod find;
#[cfg(test)]
mod form_tests;
mod frame;
mod gaps;
mod half_ruled;
mod header;
mod height;
mod layout;
mod place;
mod placed;
mod region;
mod reread;
mod row;
mod rule_groups;
mod seams;
mod span;
mod sweeps;
#[cfg(test)]
mod tests;
mod widen;

pub(crate) use find::{find, find_by_rules, is_too_full};
