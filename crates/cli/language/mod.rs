//! The language of the terminal, and every word said on it: one catalogue, Chinese and English beside each other.
//!
//! What is stored or written into files (statuses and reasons in documents.csv, statements of checks, workbooks, review
//! pages) is Chinese whatever the language: the same input gives the same bytes. Of such a sentence the terminal shows the
//! rendering that the catalogue has beside it.

mod catalogue;
mod choice;
mod told;

pub(crate) use catalogue::page::page_words;
pub(crate) use catalogue::{codes, help, kept, said};
pub(crate) use choice::{Language, choose, in_both, language, of_the_terminal, speak_to_pages, wanted};
pub(crate) use told::{list, said_in_english, sentences, stated_in_english, told, told_in_english};
