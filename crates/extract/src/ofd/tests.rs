//! The reader as a whole, on packages written here.

mod hostile;
mod pages;
mod writer;
