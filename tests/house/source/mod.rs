//! The sources as modules, names and the arrows between files.

mod arrows;
mod cfg;
mod crates;
mod declared;
mod files;
mod krate;
mod resolve;
mod tokens;
mod uses;

pub(crate) use arrows::{Arrow, arrows};
pub(crate) use crates::{Home, homes};
pub(crate) use files::{Sources, root};
pub(crate) use krate::Krate;

#[cfg(test)]
mod tests;
