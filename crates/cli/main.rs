//! The `yusuan` command: a thin layer that reads arguments, finds files, and prints. The work is done by the libraries.

mod commands;
mod document;
mod exit;
mod inputs;
mod language;
mod report;
mod run;
mod store;
mod worker;

use std::process::ExitCode;

fn main() -> ExitCode {
    report::tell_panics();
    exit::of_program(commands::run).into()
}
