//! Tables that run on over pages.

mod beside;
mod columns;
mod fragment;
mod head;
mod in_text;
mod over_pages;
mod page_break;
mod reads_on;
mod wide;

pub(crate) use fragment::{Drawn, Fragment};
pub(crate) use head::points_overleaf;
pub(crate) use in_text::{Between, append_rows, goes_on_in_text};
pub(crate) use over_pages::over_pages;
