//! A second, strict reading of a page's content: does it make sense? The page reader, like all of them, leaves out what it
//! does not understand and goes on: a figure whose instruction was damaged is missing without a word. So the instructions
//! are gone through once more, and whoever reads the page hears of the first that means nothing.

mod operators;
mod review;
mod scan;

pub(super) use review::{Fault, fault};
