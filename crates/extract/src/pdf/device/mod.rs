//! The drawings of the interpreter, turned into a positioned page.

mod clips;
mod doubles;
mod glyphs;
mod page_device;
mod paint;
mod paths;
mod place;
mod shapes;

pub(super) use page_device::PageDevice;
