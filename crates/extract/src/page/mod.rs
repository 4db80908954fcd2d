//! Positioned pages to tables, captions and the rest of the text, whatever the pages came from.

mod assemble;
mod captions;
#[cfg(test)]
mod hint_tests;
mod hints;
mod open_lines;
mod running;
#[cfg(test)]
mod scan_tests;
#[cfg(test)]
mod tests;
mod turned;

pub(crate) use assemble::assemble;
pub(crate) use hints::unmet;
