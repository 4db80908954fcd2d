//! `merge`: the output folders of several shards as one, as if one machine had converted everything.

use super::groups::TargetArgs;
use super::one_file::only_here;
use crate::exit::{self, Exit};
use crate::language::said;
use crate::report::{Printer, printer};
use crate::run::{self, Session};
use crate::store::{Manifest, PROGRAM};
use anyhow::{Result, bail};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct MergeArgs {
    #[arg(required = true, value_name = "FOLDER")]
    parts: Vec<PathBuf>,

    #[command(flatten)]
    target: TargetArgs,
}

/// Merges the folders that the arguments name.
pub(super) fn run(args: &MergeArgs, printer: &Printer) -> Result<Exit> {
    args.parts.iter().try_for_each(|part| only_here(part, "merge"))?;
    let parts =
        args.parts.iter().map(|part| Ok((part.as_path(), Manifest::read(part)?))).collect::<Result<Vec<_>>>()?;
    for (folder, manifest) in &parts {
        if manifest.header.program != PROGRAM {
            bail!(said::other_program(folder.display(), &manifest.header.program));
        }
    }
    let target = match args.target.target(args.target.away()?) {
        Ok(target) => target,
        Err(error) => {
            printer::error(&exit::words_of(&error));
            return Ok(Exit::Usage);
        }
    };
    let session = Session::begin(&target, printer)?;
    let outcome = run::merge(&target, &parts, &session);
    session.end(outcome, &target)
}
