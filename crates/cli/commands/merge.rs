//! `merge`: the output folders of several shards as one, as if one machine had converted everything.

use super::groups::TargetArgs;
use crate::exit::Exit;
use crate::report::{Printer, printer};
use crate::run::{self, Session};
use crate::store::{Manifest, PROGRAM};
use anyhow::{Result, bail};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct MergeArgs {
    /// 已完成转换的输出文件夹
    #[arg(required = true, value_name = "文件夹", help_heading = "参数")]
    parts: Vec<PathBuf>,

    #[command(flatten)]
    target: TargetArgs,
}

/// Merges the folders that the arguments name.
pub(super) fn run(args: &MergeArgs, printer: &Printer) -> Result<Exit> {
    let parts =
        args.parts.iter().map(|part| Ok((part.as_path(), Manifest::read(part)?))).collect::<Result<Vec<_>>>()?;
    for (folder, manifest) in &parts {
        if manifest.header.program != PROGRAM {
            bail!("{} 是其他版本的 yusuan 写出的（{}），请重新转换", folder.display(), manifest.header.program);
        }
    }
    let target = match args.target.target() {
        Ok(target) => target,
        Err(error) => {
            printer::error(&format!("错误：{error:#}"));
            return Ok(Exit::Usage);
        }
    };
    let session = Session::begin(&target, printer)?;
    let outcome = run::merge(&target, &parts, &session);
    session.end(outcome, &target)
}
