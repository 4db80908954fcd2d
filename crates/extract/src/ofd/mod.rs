//! OFD files (GB/T 33190): a zip of XML files with positioned text, paths and pictures, to positioned pages.
//!
//! `package` finds the parts that a file names, `document` its pages, templates and resources; `painter` draws a page on
//! the canvas that PDF pages are drawn on too. Lengths are millimetres until they are drawn.

mod colour;
mod document;
mod font;
mod frame;
mod outline;
mod package;
mod pages;
mod painter;
mod resources;
mod stamps;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod values;

pub(crate) use pages::{pictured_pages, read_pages};
