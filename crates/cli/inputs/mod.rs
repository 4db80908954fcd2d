//! The files that are meant, and what each is called: files, folders, patterns and lists become inputs with a source name.

mod archive;
mod corrections;
mod file;
mod input;
mod list;
mod naming;
mod search;

pub(crate) use archive::{claims_to_be_a_document, is_archive, visit_archive};
pub(crate) use corrections::{Corrections, read_corrections};
pub(crate) use file::{Fingerprint, read_file, refusal};
pub(crate) use input::Input;
pub(crate) use list::{files_from, manifest};
pub(crate) use search::{Search, find};
