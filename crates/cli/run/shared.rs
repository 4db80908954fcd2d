//! One run: what all its phases share.

use super::interrupt::Interrupt;
use super::session::Session;
use super::target::Target;
use crate::document::{Engine, Twice};
use crate::report::Reporter;
use crate::store::{Layout, Results};
use crate::worker::STACK;
use anyhow::Context;
use std::path::Path;
use yusuan_export::{ExportOptions, OutputFormat};
use yusuan_extract::Limits;

/// What every phase needs.
pub(crate) struct Run<'a> {
    pub(super) out: &'a Path,
    pub(super) options: &'a ExportOptions,
    pub(super) layout: Layout,
    pub(super) limits: Limits,
    pub(super) twice: Twice,
    pub(super) results: Results,
    pub(super) engine: Engine,
    pub(super) interrupt: Interrupt,
    pub(super) reporter: &'a Reporter,
}

impl<'a> Run<'a> {
    /// A run of this session that reads with `engine`.
    pub(super) fn new(target: &'a Target, session: &'a Session<'_>, engine: Engine) -> Self {
        Self {
            out: &target.out,
            options: &target.options,
            layout: target.layout,
            limits: Limits::default(),
            twice: Twice::default(),
            results: Results::below(&target.out),
            engine,
            interrupt: session.interrupt.clone(),
            reporter: &session.reporter,
        }
    }

    /// Whether the review page wants pictures of a document and does not have them yet.
    pub(super) fn lacks_pictures(&self, doc_id: &str) -> bool {
        let wanted = self.options.formats.contains(&OutputFormat::Review) && self.layout == Layout::Single;
        wanted && !yusuan_export::has_pages(self.out, doc_id)
    }
}

/// Threads for the documents of a run.
pub(super) fn threads(jobs: usize, isolated: bool) -> anyhow::Result<rayon::ThreadPool> {
    // Only a thread that reads documents itself needs a deep stack.
    let stack = if isolated { 8 << 20 } else { STACK };
    rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(stack).build().context("无法启动工作线程")
}
