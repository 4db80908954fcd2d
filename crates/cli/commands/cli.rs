//! The command line as a whole: its commands with their help, and which of them is asked for.

use super::check::{self, CheckArgs};
use super::completions::{self, CompletionsArgs};
use super::convert::{self, ConvertArgs};
use super::explain::{self, ExplainArgs};
use super::export::{self, ExportArgs};
use super::inspect::{self, InspectArgs};
use super::man::{self, ManArgs};
use super::merge::{self, MergeArgs};
use super::schema::{self, SchemaArgs};
use super::serve::{self, ServeArgs};
use super::spelling;
use super::status::{self, StatusArgs};
use super::tables::{self, TablesArgs};
use super::usage;
use super::verify::{self, VerifyArgs};
use super::worker::{self, WorkerArgs};
use crate::document;
use crate::exit::{self, Exit};
use crate::language::{self, Language, help};
use crate::report::{Printer, printer};
use crate::worker::COMMAND;
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// What the command line may hold. Its texts are those of the catalogue.
#[derive(Debug, Parser)]
#[command(
    name = "yusuan",
    version,
    max_term_width = 100,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,

    #[arg(display_order = 100, short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,

    #[arg(display_order = 100, short, long, global = true)]
    verbose: bool,

    #[arg(display_order = 99, long, global = true, value_name = "DIR")]
    models: Option<PathBuf>,

    #[arg(display_order = 99, long, global = true)]
    ocr_quick: bool,

    #[arg(display_order = 100, short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,

    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,

    // Found before the parser is made, whose texts are in that language.
    #[arg(
        display_order = 100,
        long,
        global = true,
        value_name = "LANGUAGE",
        hide_possible_values = true,
        ignore_case = true
    )]
    lang: Option<Language>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(ServeArgs),
    Convert(Box<ConvertArgs>),
    Tables(TablesArgs),
    Inspect(InspectArgs),
    Check(CheckArgs),
    Explain(ExplainArgs),
    Schema(SchemaArgs),
    Export(ExportArgs),
    Merge(MergeArgs),
    Status(StatusArgs),
    Verify(VerifyArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
    Help(HelpArgs),
    /// The program as a worker of itself: reads requests from stdin.
    #[command(name = COMMAND, hide = true)]
    Worker(WorkerArgs),
}

#[derive(Debug, clap::Args)]
struct HelpArgs {
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Does what the command line asks for.
pub(crate) fn run(words: impl IntoIterator<Item = OsString>) -> Exit {
    let words = spelling::with_lists_joined(words.into_iter());
    // A worker's words are stored, and so are Chinese.
    if words.get(1).is_none_or(|command| command != COMMAND) {
        language::choose(language::wanted(&words, |name| std::env::var_os(name)));
    }
    match parse(&words) {
        Ok(args) => obey(&args),
        Err(error) => refuse(&error, &words),
    }
}

/// The definition in the language of the program.
fn program() -> clap::Command {
    help::spoken(Args::command())
}

/// What the words ask for.
pub(super) fn parse<T: Into<OsString> + Clone>(words: &[T]) -> Result<Args, clap::Error> {
    let mut program = program();
    let matches = program.try_get_matches_from_mut(words.iter().cloned())?;
    Args::from_arg_matches(&matches).map_err(|error| error.format(&mut program))
}

/// Help and version are asked for and end well; everything else that the parser stops at is wrong usage.
fn refuse(error: &clap::Error, words: &[OsString]) -> Exit {
    match usage::explain(error, command_of(words).as_deref()) {
        Some(words) => printer::error(&words),
        None => printer::parser_text(error),
    }
    if error.use_stderr() { Exit::Usage } else { Exit::Done }
}

/// The command that the words name: the first word that is no option.
fn command_of(words: &[OsString]) -> Option<String> {
    let named = words.iter().skip(1).filter_map(|word| word.to_str()).find(|word| !word.starts_with('-'))?;
    let program = Args::command();
    let command = program.find_subcommand(named).filter(|command| !command.is_hide_set())?;
    Some(command.get_name().to_owned())
}

/// The help of a command, as `--help` after it.
fn help_of(args: &HelpArgs) -> Exit {
    let words: Vec<OsString> =
        ["yusuan"].into_iter().chain(args.command.as_deref()).chain(["--help"]).map(OsString::from).collect();
    match parse(&words) {
        Ok(_) => Exit::Done,
        Err(error) => refuse(&error, &words),
    }
}

/// The manual page of the program or of a command; an unknown command is refused as on the command line.
fn manual(args: &ManArgs) -> anyhow::Result<Exit> {
    if let Some(exit) = man::run(args, program())? {
        return Ok(exit);
    }
    let words = ["yusuan".into(), OsString::from(args.command())];
    Ok(parse(&words).err().map_or(Exit::Usage, |error| refuse(&error, &words)))
}

fn obey(args: &Args) -> Exit {
    document::choose(document::Choice { folder: args.models.clone(), quick: args.ocr_quick });
    let printer = Printer::new(args.quiet, args.verbose);
    let outcome = match &args.command {
        Command::Serve(options) => serve::run(options, &printer),
        Command::Convert(options) => convert::run(options, &printer),
        Command::Tables(options) => tables::run(options, &printer),
        Command::Inspect(options) => inspect::run(options),
        Command::Check(options) => check::run(options, &printer),
        Command::Explain(options) => explain::run(options),
        Command::Schema(options) => schema::run(options),
        Command::Export(options) => export::run(options, &printer),
        Command::Merge(options) => merge::run(options, &printer),
        Command::Status(options) => status::run(options),
        Command::Verify(options) => verify::run(options, &printer),
        Command::Completions(options) => completions::run(options, &program()),
        Command::Man(options) => manual(options),
        Command::Help(options) => Ok(help_of(options)),
        Command::Worker(options) => worker::run(options),
    };
    outcome.unwrap_or_else(|error| exit::of_error(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        program().debug_assert();
    }

    #[test]
    fn every_command_and_argument_has_its_texts_and_no_text_is_without_one() {
        let missing = help::differences(&Args::command());
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_example_parses() {
        for examples in help::EXAMPLES {
            let mut parsed = 0;
            for line in examples.lines().filter_map(|line| line.find("yusuan ").map(|at| &line[at..])) {
                // Two spaces end the command and begin its explanation.
                let command = line.split("  ").next().unwrap();
                let words: Vec<_> = command.split(' ').map(|word| word.trim_matches('\'')).collect();
                parse(&words).unwrap_or_else(|error| panic!("{command}: {error}"));
                parsed += 1;
            }
            assert_eq!(parsed, 12);
        }
    }
}
