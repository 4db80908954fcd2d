//! The program as a library: what `main` runs, and [`embed`] for programs that hold this one, as the Python module does.
//!
//! The command line is a thin layer that reads arguments, finds files, and prints. The work is done by the libraries below.

mod commands;
mod document;
pub mod embed;
mod exit;
mod inputs;
mod language;
mod remote;
mod report;
mod run;
mod serve;
mod store;
mod worker;

use std::process::ExitCode;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    embed::command_line(std::env::args_os()).into()
}
