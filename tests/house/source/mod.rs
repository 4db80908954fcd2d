//! The sources as modules, names and the arrows between files.

mod arrows;
mod cfg;
mod crates;
mod declared;
mod files;
mod krate;
mod reader;
mod resolve;
mod tokens;
mod uses;
mod words;

pub(crate) use arrows::{Arrow, arrows};
pub(crate) use crates::homes;
pub(crate) use files::Sources;
pub(crate) use krate::Krate;
pub(crate) use tests::made;
pub(crate) use words::{Kind, words};

mod tests;
