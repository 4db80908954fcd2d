//! `completions`: what a shell needs to complete a command line.

use crate::exit::Exit;
use crate::report::printer;
use clap::Command;
use clap_complete::Shell;

#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    #[arg(value_name = "SHELL", hide_possible_values = true, ignore_case = true)]
    shell: Shell,
}

/// Prints the script for the shell that is named, from the program's definition.
pub(super) fn run(args: &CompletionsArgs, program: &Command) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut shown(program), "yusuan", &mut script);
    printer::data(&script)?;
    Ok(Exit::Done)
}

/// The program as its help shows it: a script would offer hidden commands too.
fn shown(program: &Command) -> Command {
    let commands = program.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    Command::new("yusuan")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .args(program.get_arguments().cloned())
        .subcommands(commands)
}
