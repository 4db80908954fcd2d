//! The drawings of the interpreter, turned into a positioned page.

mod clips;
mod doubles;
mod drawn;
mod figures;
mod glyphs;
mod grounds;
mod groups;
mod overlaid;
mod page_device;
mod paint;
mod paths;
mod place;
mod settle;
mod shapes;
mod sight;
mod squares;
mod struck;
mod turned;

pub(super) use page_device::PageDevice;
pub(super) use settle::Remarks;
