//! `man`: the manual page of the program or of one command.

use crate::exit::Exit;
use crate::report::printer;
use clap::Command;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ManArgs {
    /// 哪个命令；不给则是整个程序
    #[arg(value_name = "命令", help_heading = "参数")]
    command: Option<String>,
}

/// Prints the page as roff, from the program's definition.
pub(super) fn run(args: &ManArgs, mut program: Command) -> anyhow::Result<Exit> {
    program.build();
    let page = match &args.command {
        None => Some(&program),
        Some(name) => program.find_subcommand(name).filter(|command| !command.is_hide_set()),
    };
    let Some(page) = page.cloned() else {
        let name = args.command.as_deref().unwrap_or_default();
        printer::error(&format!("用法错误：没有 {name} 这个命令\n详见 yusuan --help"));
        return Ok(Exit::Usage);
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    printer::data(&roff)?;
    Ok(Exit::Done)
}
