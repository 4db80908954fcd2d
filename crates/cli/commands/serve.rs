//! `serve`: projects in a browser.

use super::groups::at_least;
use crate::exit::Exit;
use crate::language::said;
use crate::report::{Printer, printer};
use crate::serve::{Served, serve};
use anyhow::Result;
use std::net::IpAddr;
use std::path::PathBuf;

/// A shorter password is guessed.
const SHORTEST: usize = 12;

#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    #[arg(value_name = "FOLDER", default_value = "yusuan-projects", hide_default_value = true)]
    folder: PathBuf,

    #[arg(long, value_name = "NUMBER", default_value_t = 8765, hide_default_value = true)]
    port: u16,

    #[arg(long)]
    open: bool,

    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", hide_default_value = true)]
    host: IpAddr,

    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,

    #[arg(long, value_name = "MIB", default_value_t = 512, hide_default_value = true, value_parser = at_least::<u64, 1>)]
    upload_limit: u64,
}

/// Serves until the process is ended.
pub(super) fn run(args: &ServeArgs, printer: &Printer) -> Result<Exit> {
    let password = match (&args.password_file, args.host.is_loopback()) {
        (None, true) => None,
        (None, false) => return Ok(refused(&said::host_needs_a_password())),
        (Some(file), _) => match password(file) {
            Ok(password) => Some(password),
            Err(words) => return Ok(refused(&words)),
        },
    };
    let served = Served {
        folder: args.folder.clone(),
        host: args.host,
        port: args.port,
        password,
        largest: args.upload_limit,
        open: args.open,
    };
    serve(&served, printer)?;
    Ok(Exit::Done)
}

fn refused(words: &str) -> Exit {
    printer::error(&said::error(words));
    Exit::Usage
}

/// The first line of a file.
fn password(file: &PathBuf) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|error| said::about_file(file.display(), error))?;
    let line = text.lines().next().unwrap_or_default().trim_end();
    if line.chars().count() < SHORTEST {
        return Err(said::about_file(file.display(), said::password_too_short(SHORTEST)));
    }
    Ok(line.to_owned())
}
