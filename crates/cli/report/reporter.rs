//! Signs of life of a run while it goes on: a bar for people, events for machines, a log for the morning after, and a
//! note in the state folder for `yusuan status`.

use super::printer::{self, Printer};
use super::progress::style;
use crate::document::Card;
use crate::language::{kept, list, said, told};
use crate::store::{PROGRAM, Progress, now};
use indicatif::{ProgressBar, ProgressDrawTarget};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A file that takes longer is named beside the bar.
const SLOW: Duration = Duration::from_secs(5);

/// How often slow files are looked for and the note is written.
const EVERY: Duration = Duration::from_secs(1);

/// Where a run tells how it goes.
pub(crate) struct Reporter {
    bar: ProgressBar,
    /// One JSON object per line on stdout.
    events: bool,
    state: Arc<State>,
    ticking: Option<Ticking>,
    /// Whether the run came to its end, so that its note says nothing more.
    is_over: bool,
}

/// The thread that looks for slow files; it ends when the sender is gone.
struct Ticking {
    end: Sender<()>,
    thread: JoinHandle<()>,
}

struct State {
    working: Mutex<BTreeMap<usize, Slow>>,
    next: AtomicUsize,
    out: PathBuf,
    progress: Mutex<Progress>,
}

/// A document that is being read.
struct Slow {
    source: String,
    since: Instant,
    /// The page that is being read, and how many there are.
    at: Option<(u32, u32)>,
}

/// A document is being read until this is dropped.
pub(crate) struct Working<'a> {
    reporter: &'a Reporter,
    number: usize,
}

impl Working<'_> {
    /// This page is being read now, of so many.
    pub(crate) fn page(&self, page: u32, pages: u32) {
        let mut working = lock(&self.reporter.state.working);
        if let Some(one) = working.get_mut(&self.number) {
            one.at = Some((page, pages));
            self.reporter.event(&json!({"event": "page", "source": one.source, "page": page, "pages": pages}));
        }
    }
}

impl Drop for Working<'_> {
    fn drop(&mut self) {
        lock(&self.reporter.state.working).remove(&self.number);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Reporter {
    /// For a run that writes below `out`.
    pub(crate) fn new(printer: &Printer, out: &Path, events: bool) -> Self {
        let shown = printer.shows_progress() && !events;
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target).with_style(style());
        let progress = Progress { pid: std::process::id(), began: now(), ..Progress::default() };
        let state = Arc::new(State {
            working: Mutex::default(),
            next: AtomicUsize::new(0),
            out: out.to_owned(),
            progress: Mutex::new(progress),
        });
        let (end, ended) = channel::<()>();
        let (its_state, its_bar) = (Arc::clone(&state), bar.clone());
        let tick = move || {
            while ended.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                its_state.tick(&its_bar);
            }
        };
        let thread = std::thread::Builder::new().name("progress".to_owned()).spawn(tick);
        Self { bar, events, state, ticking: thread.ok().map(|thread| Ticking { end, thread }), is_over: false }
    }

    /// One machine-readable line, where that is wanted.
    pub(crate) fn event(&self, event: &serde_json::Value) {
        if self.events {
            // A closed stream ends nothing: the results are in the folder.
            let _ = printer::data(format!("{event}\n").as_bytes());
        }
    }

    pub(crate) fn begin_survey(&self, files: usize) {
        tracing::info!(files, program = PROGRAM, "run begins");
        self.event(&json!({"event": "begin", "inputs": files, "version": env!("CARGO_PKG_VERSION")}));
        self.phase(kept::searching(), files);
    }

    /// One input was looked at.
    pub(crate) fn surveyed(&self) {
        self.step();
    }

    pub(crate) fn begin_reading(&self, documents: usize) {
        tracing::info!(documents, "reading what is new");
        self.event(&json!({"event": "reading", "documents": documents}));
        self.phase(kept::converting(), documents);
    }

    /// A document is being read.
    pub(crate) fn working(&self, source: &str) -> Working<'_> {
        let number = self.state.next.fetch_add(1, Ordering::Relaxed);
        self.event(&json!({"event": "working", "source": source}));
        let slow = Slow { source: source.to_owned(), since: Instant::now(), at: None };
        lock(&self.state.working).insert(number, slow);
        Working { reporter: self, number }
    }

    /// A document was read.
    pub(crate) fn read(&self, source: &str, card: &Card, took: Duration) {
        let (status, seconds) = (card.status.as_str(), took.as_secs_f64());
        if card.error.is_empty() {
            tracing::info!(source, status, seconds, tables = card.tables, facts = card.facts, "read");
        } else {
            tracing::warn!(source, status, seconds, error = card.error, "read");
        }
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        self.event(&json!({
            "event": "file", "source": source, "status": status, "error": card.error, "tables": card.tables,
            "facts": card.facts, "checks_passed": card.passed, "checks_failed": card.failed, "milliseconds": milliseconds,
        }));
        self.step();
    }

    pub(crate) fn begin_writing(&self, documents: usize) {
        tracing::info!(documents, "writing");
        self.event(&json!({"event": "writing", "documents": documents}));
        self.phase(kept::writing(), documents);
    }

    /// A document's own files are as they should be.
    pub(crate) fn written(&self) {
        self.step();
    }

    pub(crate) fn end_writing(&self) {
        self.bar.finish_and_clear();
    }

    /// The run came to its end: what it found stands in the manifest.
    pub(crate) fn end(&mut self) {
        self.is_over = true;
    }

    fn phase(&self, name: String, files: usize) {
        self.bar.reset();
        self.bar.set_length(files as u64);
        self.bar.set_prefix(told(&name).into_owned());
        {
            let mut progress = lock(&self.state.progress);
            progress.phase = name;
            (progress.done, progress.total) = (0, files as u64);
        }
        self.state.note();
    }

    fn step(&self) {
        self.bar.inc(1);
        lock(&self.state.progress).done += 1;
    }
}

impl Drop for Reporter {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
        if let Some(Ticking { end, thread }) = self.ticking.take() {
            drop(end);
            // Waited for, so that it writes no note after the last one was removed. If it panicked, that was told.
            let _ = thread.join();
        }
        // The note of a run that was broken off says how far it got.
        if self.is_over || lock(&self.state.progress).phase.is_empty() {
            Progress::clear(&self.state.out);
        } else {
            self.state.note();
        }
    }
}

impl Slow {
    fn in_words(&self) -> String {
        let seconds = self.since.elapsed().as_secs();
        match self.at {
            Some((page, pages)) => said::slow_page(&self.source, page, pages, seconds),
            None => said::slow_file(&self.source, seconds),
        }
    }
}

impl State {
    fn tick(&self, bar: &ProgressBar) {
        let slow: Vec<String> = {
            let working = lock(&self.working);
            let slow = working.values().filter(|one| one.since.elapsed() > SLOW);
            slow.map(Slow::in_words).collect()
        };
        bar.set_message(printer::plain(&list(&slow)).into_owned());
        bar.tick();
        self.note();
    }

    fn note(&self) {
        let mut progress = lock(&self.progress).clone();
        progress.at = now();
        progress.note(&self.out);
    }
}
