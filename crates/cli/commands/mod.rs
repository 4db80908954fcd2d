//! The commands, one file each: what can be asked for, and what answers.

mod check;
mod cli;
mod completions;
mod convert;
mod explain;
mod export;
mod groups;
mod inspect;
mod man;
mod merge;
mod one_file;
mod readable;
mod schema;
mod serve;
mod spelling;
mod status;
mod tables;
mod usage;
mod verify;
mod worker;

pub(crate) use cli::run;
