//! The commands that look at one file: how they read it, and what they say when it can't be read.

use crate::document::Engine;
use crate::exit::Exit;
use crate::inputs::{read_file, refusal};
use crate::language::{kept, said, told};
use crate::remote;
use crate::report::printer;
use crate::worker::WorkerLimits;
use anyhow::{anyhow, bail};
use std::path::Path;
use std::sync::Arc;
use yusuan_extract::Limits;

/// The bytes of the file. One that is not there is an error of the command; one that can't be read is what the command
/// has to tell of it.
pub(super) fn read(path: &Path) -> anyhow::Result<Result<Vec<u8>, String>> {
    if remote::is_address(path) {
        return Ok(read_file(path, &Limits::default()));
    }
    std::fs::metadata(path).map_err(|error| anyhow!(said::about_file(path.display(), told(&refusal(&error)))))?;
    Ok(read_file(path, &Limits::default()))
}

/// Refuses an address where only a folder of this machine will do.
pub(super) fn only_here(path: &Path, command: &str) -> anyhow::Result<()> {
    if remote::is_address(path) {
        bail!(said::about_file(path.display(), said::only_here(command)));
    }
    Ok(())
}

/// A worker for the file.
pub(super) fn engine() -> Result<Engine, String> {
    Engine::isolated(WorkerLimits::default(), Arc::default()).map_err(kept::worker_not_started_because)
}

/// Says why the file can't be read, or what of it.
pub(super) fn fail(path: &Path, error: &str) -> Exit {
    printer::error(&said::about_file(path.display(), told(error)));
    Exit::Incomplete
}
