//! Excel 97–2003: values by calamine, everything else from the records.

mod layout;
mod read;
mod record;
mod sanitize;

pub(super) use read::{STREAMS, read};
