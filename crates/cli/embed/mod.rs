//! The program for programs that hold it: what the command line does, as functions that give values, and the command line
//! itself.
//!
//! Files are read as the command line reads them: in workers, with their limits. [`run_again_as`] says first how a worker is
//! started, since the program of the process is another one.

mod failure;
mod folder;
mod reader;
mod records;

pub use failure::Failure;
pub use folder::{Records, records};
pub use reader::{Reader, not_started, read_file, unread};
pub use records::{packed, settled, unpacked};

use crate::commands;
use crate::exit;
use crate::language::{self, told};
use crate::report;
use crate::worker::Program;
use std::ffi::OsString;
use std::panic::UnwindSafe;
use std::path::PathBuf;

/// Says what starts this program anew, so that it can be a worker: a file with words before the command. Counts once.
pub fn run_again_as(file: PathBuf, words: Vec<OsString>) {
    language::choose(language::wanted(&[], |name| std::env::var_os(name)));
    Program { file, words }.choose();
}

/// Runs a command line, the name of the program first; what it says goes to the streams of the process. Gives the exit status.
pub fn command_line(words: impl IntoIterator<Item = OsString> + UnwindSafe) -> u8 {
    report::tell_panics();
    exit::of_program(|| commands::run(words)) as u8
}

/// A sentence of a result (why a file failed, what a diagnostic says) in the language of the locale.
pub fn in_words(sentence: &str) -> String {
    told(sentence).into_owned()
}
