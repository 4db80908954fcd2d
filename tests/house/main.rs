//! Invariants of the sources themselves: how the files may use each other, who may print, which words stand where.
//!
//! Each test reads the sources below the checkout's root, or below `HOUSE_ROOT` if that is set. With `-- --nocapture`
//! the counts are printed.
#![allow(clippy::unwrap_used, reason = "a test that can't be set up must fail, in its helpers too")]
#![allow(clippy::print_stdout, reason = "the counts are for whoever asks for them")]

/// Which words `extract` does not know.
mod budget_words;
/// No files that use each other in a circle.
mod circles;
/// What the manifests need and docs/dependencies.md lists.
mod dependencies;
/// What the libraries show of their use.
mod examples;
/// Where the words stand that people see.
mod labels;
/// Which room may use which.
mod layers;
/// What the developers' pages name.
mod pages;
/// Who writes for people.
mod prints;
/// Which languages sentences have.
mod sentences;
/// The sources as modules, names and arrows.
mod source;
/// Who uses what the libraries make public.
mod surface;
