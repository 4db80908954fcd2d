//! The drawings of the interpreter, put on a canvas.

mod groups;
mod page_device;
mod place;

pub(super) use page_device::PageDevice;
