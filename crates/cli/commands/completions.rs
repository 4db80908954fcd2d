//! `completions`: what a shell needs to complete a command line.

use crate::exit::Exit;
use crate::report::printer;
use clap::Command;
use clap_complete::Shell;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct CompletionsArgs {
    /// 哪种 shell：bash、zsh、fish、powershell、elvish
    #[arg(value_name = "SHELL", help_heading = "参数", hide_possible_values = true, ignore_case = true)]
    shell: Shell,
}

/// Prints the script for the shell that is named, from the program's definition.
pub(super) fn run(args: &CompletionsArgs, mut program: Command) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "yusuan", &mut script);
    printer::data(&script)?;
    Ok(Exit::Done)
}
