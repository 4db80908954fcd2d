//! The settings of a run: what it is to write, what it reads, and what that may use.

use crate::document::Twice;
use crate::exit::FailOn;
use crate::inputs::Passwords;
use crate::store::{Away, Layout};
use crate::worker::WorkerLimits;
use std::path::PathBuf;
use std::sync::Arc;
use yusuan_export::ExportOptions;
use yusuan_extract::Limits;
use yusuan_normalize::Bodies;

/// Where results go, and in which form.
#[derive(Debug)]
pub(crate) struct Target {
    /// The output folder.
    pub(crate) out: PathBuf,
    /// What the folder is called: itself, or the address that it stands for.
    pub(crate) shown: PathBuf,
    /// Where it is, if not on this machine.
    pub(crate) away: Option<Arc<Away>>,
    pub(crate) options: ExportOptions,
    /// Bodies that somebody named; `None` for those that the folder was told of before.
    pub(crate) bodies: Option<Bodies>,
    pub(crate) layout: Layout,
    /// Documents at a time; 0 for as many as there are processors.
    pub(crate) jobs: usize,
    pub(crate) fail_on: Option<FailOn>,
    /// Whether every step is an event on stdout.
    pub(crate) events: bool,
    /// Where the metrics go besides the state folder.
    pub(crate) metrics: Option<PathBuf>,
}

/// How files are read.
#[derive(Debug)]
pub(crate) struct Reading {
    /// What a document may ask for.
    pub(crate) limits: Limits,
    pub(crate) twice: Twice,
    /// What opens encrypted files.
    pub(crate) password: Option<String>,
    /// What opens some of them alone.
    pub(crate) passwords: Passwords,
    /// What a worker may use; `None` to read in this process.
    pub(crate) workers: Option<WorkerLimits>,
    /// Whether every file is read to see if it changed, whatever the file system says.
    pub(crate) rehash: bool,
    /// Whether the results of files that are gone are removed.
    pub(crate) prune: Option<Prune>,
    /// Whether these inputs are a part of all, so that what concerns others is no mistake.
    pub(crate) is_shard: bool,
}

/// Which results of files that were not found are removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Prune {
    /// Those of files that are surely gone.
    Gone,
    /// All.
    Force,
}
