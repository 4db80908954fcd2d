//! The words shown to people: every label of an id, a sheet or a heading stands here once. A vocabulary of
//! `yusuan-normalize` brings its own labels (table types, flags …), and a dataset's column its own name; datasets, dictionary,
//! workbooks and the review page take all others from here.

mod column;
pub(crate) mod heading;
pub(crate) mod page;
pub(crate) mod sheet;
mod terms;

pub(crate) use column::{Kind, Origin, yes_or_no};
pub(crate) use terms::*;

use crate::record::DocumentStatus;
use yusuan_normalize::CheckStatus;

/// What became of a file, in a word.
pub fn document_status_label(status: DocumentStatus) -> &'static str {
    document_status(status)
}

/// How an identity came out, in a word.
pub fn check_status_label(status: CheckStatus) -> &'static str {
    check_status(status)
}
