//! The `yusuan` command: a thin layer that reads arguments, finds files, and prints. The work is done by the libraries.

mod args;
mod convert;
mod exit;
mod inputs;
mod inspect;
mod printer;
mod progress;
mod reading;
mod summary;
mod tables;

use args::{Args, Command};
use clap::Parser;
use exit::Exit;
use printer::Printer;
use std::process::ExitCode;

fn main() -> ExitCode {
    // A panic is caught at the file that caused it and reported as that file's failure; the default hook would print
    // its own lines in between.
    std::panic::set_hook(Box::new(|_| {}));
    run(&Args::parse()).into()
}

fn run(args: &Args) -> Exit {
    let printer = Printer::new(args.quiet, args.verbose);
    let outcome = match &args.command {
        Command::Convert(options) => convert::run(options, &printer),
        Command::Tables(options) => tables::run(options, &printer),
        Command::Inspect(options) => inspect::run(options, &printer),
    };
    outcome.unwrap_or_else(|error| exit::of_error(&error, &printer))
}
