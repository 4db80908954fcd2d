//! PDF files: bytes to positioned pages.

mod content;
mod device;
mod file;
mod font;
mod guard;
mod pages;
mod radicals;
mod reader;
mod structure;
#[cfg(test)]
mod tests;

pub(crate) use file::openable;
pub(crate) use pages::read_pages;
