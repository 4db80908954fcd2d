//! PDF files: bytes to positioned pages.

mod checksum;
mod content;
mod device;
mod digits;
mod enclosed;
mod file;
mod font;
mod guard;
mod page_tree;
mod pages;
mod pictures;
mod reader;
mod structure;
#[cfg(test)]
mod tests;
mod used_streams;

pub(crate) use file::{decrypted, openable};
pub(crate) use pages::read_pages;
pub(crate) use pictures::pictures;
