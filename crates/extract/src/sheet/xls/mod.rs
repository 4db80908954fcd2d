//! Excel 97–2003: values by calamine, everything else from the records.

mod formula;
mod layout;
mod looks;
mod read;
mod record;
mod sanitize;
mod strings;

pub(super) use read::{STREAMS, decrypted, read};
