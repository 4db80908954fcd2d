//! One run: what all its phases share.

use super::before::Before;
use super::interrupt::Interrupt;
use super::outcome::Report;
use super::planned::Planned;
use super::session::Session;
use super::target::Target;
use crate::document::{Engine, Twice};
use crate::language::said;
use crate::report::Reporter;
use crate::store::{Away, Key, Layout, Results, Settings};
use crate::worker::{STACK, memory_is_short};
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use yusuan_export::{ExportOptions, Keeper, OutputFormat, PagesDrawn, PicturesOf};
use yusuan_extract::Limits;
use yusuan_normalize::Bodies;

/// What every phase needs.
pub(crate) struct Run<'a> {
    pub(super) out: &'a Path,
    pub(super) options: &'a ExportOptions,
    pub(super) layout: Layout,
    pub(super) limits: Limits,
    /// Bodies that somebody named.
    pub(super) bodies: Bodies,
    pub(super) twice: Twice,
    /// What opens encrypted files; it is written nowhere.
    pub(super) password: Option<String>,
    pub(super) results: Results,
    /// Where the output folder is, if not on this machine.
    pub(super) away: Option<Arc<Away>>,
    pub(super) engine: Engine,
    pub(super) interrupt: Interrupt,
    pub(super) reporter: &'a Reporter,
    /// Knows what was written below the output folder.
    pub(super) keeper: Arc<Keeper>,
    /// Whether outputs are compared by their contents with what was written, whatever size and time say.
    pub(super) rehash: bool,
    /// The folders that were walked and the devices they were on.
    pub(super) roots: Mutex<BTreeMap<String, u64>>,
    /// Stored results that were made anew; several threads may come upon the same one.
    pub(super) healed: Mutex<BTreeSet<Key>>,
    /// Sources whose result is gone and can't be made anew, and why.
    pub(super) lost: Mutex<BTreeMap<String, String>>,
}

impl<'a> Run<'a> {
    /// A run of this session that reads with `engine`.
    pub(super) fn new(target: &'a Target, session: &'a Session<'_>, engine: Engine) -> Self {
        Self {
            out: &target.out,
            options: &target.options,
            layout: target.layout,
            limits: Limits::default(),
            bodies: target.bodies.clone().unwrap_or_default(),
            twice: Twice::default(),
            password: None,
            results: Results::below(&target.out).kept(target.away.clone()),
            away: target.away.clone(),
            engine,
            interrupt: session.interrupt.clone(),
            reporter: &session.reporter,
            keeper: Arc::clone(&session.keeper),
            rehash: false,
            roots: Mutex::default(),
            healed: Mutex::default(),
            lost: Mutex::default(),
        }
    }

    /// The same run, reading as another one did.
    pub(super) fn with_settings(self, settings: &Settings) -> Self {
        let (limits, bodies) = (settings.limits.clone(), settings.bodies.clone());
        Self { limits, bodies, twice: settings.twice, ..self }
    }

    /// How it reads and writes.
    pub(super) fn settings(&self) -> Settings {
        let (limits, bodies) = (self.limits.clone(), self.bodies.clone());
        Settings { limits, bodies, twice: self.twice, options: self.options.clone() }
    }

    /// The same run, with the bodies that the run before was told of where it was told of none.
    pub(super) fn with_known_bodies(self, target: &Target, before: &Before) -> Self {
        let bodies = target.bodies.as_ref().unwrap_or(&before.bodies).clone();
        Self { bodies, ..self }
    }

    /// Sets the folders that the next run compares with.
    pub(super) fn set_roots(&self, roots: &BTreeMap<String, u64>) {
        self.roots.lock().unwrap_or_else(PoisonError::into_inner).clone_from(roots);
    }

    /// The folders that the next run compares with.
    pub(super) fn roots(&self) -> BTreeMap<String, u64> {
        self.roots.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes that a stored result was made anew.
    pub(super) fn heal(&self, key: &Key) {
        self.healed.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
    }

    /// How many stored results were made anew.
    pub(super) fn healed(&self) -> usize {
        self.healed.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// What became of the sources.
    pub(super) fn report(&self, planned: &[Planned], dropped: usize) -> Report {
        let lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        let told = lost.iter().map(|(source, why)| format!("{source}：{why}")).collect();
        Report::of(planned, dropped, self.healed(), told)
    }

    /// Notes that nothing stands for a source any more.
    pub(super) fn lose(&self, source: &str, why: &str) {
        tracing::error!(source, why, "result lost");
        let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        lost.insert(source.to_owned(), why.to_owned());
    }

    /// The pages of a document that are drawn, where there is something on these.
    pub(super) fn drawn(&self, figured: PagesDrawn) -> PagesDrawn {
        match self.options.pictures {
            PicturesOf::AllPages => PagesDrawn::All,
            PicturesOf::PagesWithFigures => figured,
        }
    }

    /// Whether the review page wants pictures of these pages of a document and does not have them yet.
    pub(super) fn lacks_pictures(&self, doc_id: &str, drawn: &PagesDrawn) -> bool {
        let wanted = self.options.formats.contains(&OutputFormat::Review) && self.layout == Layout::Single;
        wanted && !yusuan_export::has_pages(self.out, doc_id, drawn)
    }
}

/// Where less memory than this can be had, documents are read one at a time: every thread holds some of its own.
const ROOMY_MIB: u64 = 768;

/// Threads for the documents of a run.
pub(super) fn threads(jobs: usize, isolated: bool) -> anyhow::Result<rayon::ThreadPool> {
    // Only a thread that reads documents itself needs a deep stack.
    let stack = if isolated { 8 << 20 } else { STACK };
    let jobs = if memory_is_short(ROOMY_MIB) { 1 } else { jobs };
    rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(stack).build().with_context(said::no_pool)
}
