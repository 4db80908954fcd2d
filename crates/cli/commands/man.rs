//! `man`: the manual page of the program or of one command.

use crate::exit::Exit;
use crate::report::printer;
use clap::Command;

#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl ManArgs {
    /// The command that is named.
    pub(super) fn command(&self) -> &str {
        self.command.as_deref().unwrap_or_default()
    }
}

/// Prints the page as roff, from the program's definition; nothing where there is no such command.
pub(super) fn run(args: &ManArgs, mut program: Command) -> anyhow::Result<Option<Exit>> {
    program.build();
    let page = match &args.command {
        None => Some(&program),
        Some(name) => program.find_subcommand(name).filter(|command| !command.is_hide_set()),
    };
    let Some(page) = page.cloned() else { return Ok(None) };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    printer::data(&roff)?;
    Ok(Some(Exit::Done))
}
