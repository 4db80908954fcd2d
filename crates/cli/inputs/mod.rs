//! The files that are meant, and what each is called: files, folders, patterns and lists become inputs with a source name.

mod archive;
mod bodies;
mod central;
mod corrections;
mod file;
mod hints;
mod input;
mod list;
mod name;
mod naming;
mod passwords;
mod search;

pub(crate) use archive::{claims_to_be_a_document, is_archive, visit_archive};
pub(crate) use bodies::read_bodies;
pub(crate) use corrections::{Corrections, read_corrections};
pub(crate) use file::{Fingerprint, read_file, refusal, too_large};
pub(crate) use hints::{Hints, SaidHint, Work, hints_in, read_hints};
pub(crate) use input::Input;
pub(crate) use list::{Listed, files_from, manifest};
pub(crate) use name::path_of;
pub(crate) use passwords::{Passwords, read_passwords};
pub(crate) use search::{Reach, Root, Search, find};
