//! A batch: many files to one output folder, as often as wanted.
//!
//! A run looks at the inputs, reads what is new (each result durable at once), compares related documents, and writes the
//! folder from the stored results. Killed anywhere, the next run goes on from the results that are there and ends the same.

mod assemble;
mod before;
mod changes;
mod convert;
mod desk;
mod explain;
mod fetch;
mod finish;
mod forecast;
mod heal;
mod in_memory;
mod interrupt;
mod keep;
mod merge;
mod outcome;
mod own_files;
mod parts;
mod plan;
mod planned;
mod prune;
mod read;
mod related;
mod repair;
mod reseal;
mod secret;
mod session;
mod settle;
mod shared;
mod survey;
mod target;
mod verify;
mod versions;
mod write;

pub(crate) use convert::convert;
pub(crate) use desk::{Desk, Shown, Unlocked};
pub(crate) use explain::explain;
pub(crate) use forecast::forecast;
pub(crate) use in_memory::convert_in_memory;
pub(crate) use keep::keeper;
pub(crate) use merge::merge;
pub(crate) use repair::repair;
pub(crate) use reseal::Sound;
pub(crate) use session::Session;
pub(crate) use settle::settle;
pub(crate) use target::{Prune, Reading, Target};
pub(crate) use verify::{Findings, verify};
pub(crate) use versions::{compare_versions, name_bodies};
