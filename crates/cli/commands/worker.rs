//! The program as a worker of itself: a hidden command that no user types.

use crate::document::{on_page, perform};
use crate::exit::Exit;
use crate::worker;

#[derive(Debug, clap::Args)]
pub(crate) struct WorkerArgs {
    #[arg(value_name = "MIB")]
    memory_mib: u64,
}

/// Reads requests from stdin until it ends.
pub(super) fn run(args: &WorkerArgs) -> anyhow::Result<Exit> {
    worker::serve(args.memory_mib, |task, bytes, telling| perform(task, bytes, &on_page(telling)))?;
    Ok(Exit::Done)
}
