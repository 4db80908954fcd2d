//! The sources as modules, names and the arrows between files.

mod arrows;
mod cfg;
mod crates;
mod declared;
mod examples;
mod files;
mod krate;
mod reader;
mod resolve;
mod tokens;
mod trim;
mod uses;
mod words;

pub(crate) use arrows::{Arrow, arrows};
pub(crate) use crates::homes;
pub(crate) use examples::examples;
pub(crate) use files::{Sources, root, rust_files};
pub(crate) use krate::{Krate, Meaning, SourceFile};
pub(crate) use resolve::Target;
pub(crate) use tests::made;
pub(crate) use words::{Kind, words};

mod tests;
