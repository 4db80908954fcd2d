//! The review page: what people look at to see for themselves. `review/index.html` opens from the disk, without a server and
//! without a network; each document is a folder of its own beside it (its data as a script, since a page on the disk
//! may not fetch files, and its pages as pictures), loaded when somebody opens it.
//!
//! Pictures are made where the document's bytes are in hand ([`draw_pages`]); everything else comes from the record.

mod assets;
mod catalogue;
mod closing;
mod corrections;
mod data;
mod document;
mod folders;
mod grey;
mod index;
mod picture;
mod plain;
mod script;
mod served;
mod vocabulary;

pub use catalogue::statements_in_english;
pub(crate) use closing::Closing;
pub use corrections::{CorrectionsError, corrections_csv, read_corrections};
pub use document::review_data;
pub(crate) use document::write_document;
pub(crate) use folders::{address, data_file, stands};
pub use folders::{has_document, keep_documents};
pub use picture::{PagesDrawn, copy_pages, draw_pages, has_pages};
pub use served::{served_data, served_file, served_line, served_list, served_page};
