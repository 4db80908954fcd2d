//! Does a page's content make sense? The page reader, like all of them, leaves out what it does not understand and goes on:
//! a figure whose instruction was damaged is missing without a word. So the instructions are gone through a second time,
//! strictly, and whoever reads the page hears of the first that means nothing.

mod operators;
mod review;
mod scan;

pub(super) use review::{Fault, fault};
