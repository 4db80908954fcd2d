//! The `yusuan` command: a thin layer that reads arguments, finds files, and prints. The work is done by the libraries.

mod args;
mod check;
mod convert;
mod correcting;
mod exit;
mod explain;
mod export;
mod inputs;
mod inspect;
mod interrupt;
mod logging;
mod merge;
mod metrics;
mod printer;
mod progress;
mod reader;
mod reading;
mod reporter;
mod schema;
mod second;
mod status;
mod store;
mod summary;
mod tables;
mod usage;
mod worker;

use args::{Args, Command};
use clap::Parser;
use exit::Exit;
use printer::Printer;
use std::process::ExitCode;

/// The program, down to the sources that it was built from: another one may read the same file differently.
pub(crate) const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("YUSUAN_SOURCES"));

fn main() -> ExitCode {
    // A panic is caught at the file that caused it and reported as that file's failure; the default hook would print
    // its own lines in between.
    std::panic::set_hook(Box::new(|_| {}));
    if std::env::args_os().nth(1).is_some_and(|first| first == second::COMMAND) {
        return second::serve().into();
    }
    match Args::try_parse() {
        Ok(args) => run(&args),
        Err(error) => refuse(&error),
    }
    .into()
}

/// Help and version are asked for and end well; everything else that the parser stops at is wrong usage.
fn refuse(error: &clap::Error) -> Exit {
    match usage::explain(error) {
        Some(words) => printer::error(&words),
        // A closed stream is nobody's fault and nobody is left to tell.
        None => drop(error.print()),
    }
    if error.use_stderr() { Exit::Usage } else { Exit::Done }
}

fn run(args: &Args) -> Exit {
    let printer = Printer::new(args.quiet, args.verbose);
    let outcome = match &args.command {
        Command::Convert(options) => convert::run(options, &printer),
        Command::Tables(options) => tables::run(options, &printer),
        Command::Inspect(options) => inspect::run(options),
        Command::Check(options) => check::run(options, &printer),
        Command::Explain(options) => explain::run(options),
        Command::Schema(options) => schema::run(options),
        Command::Export(options) => export::run(options, &printer),
        Command::Merge(options) => merge::run(options, &printer),
        Command::Status(options) => status::run(options),
        Command::Worker(options) => worker::serve(options.memory_mib),
    };
    outcome.unwrap_or_else(|error| exit::of_error(&error))
}
