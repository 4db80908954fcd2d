//! Reading one file at a time, as the command line does.

use super::failure::Failure;
use crate::document::{self, Engine, Job, Models, Reason, Twice, died, identified, unpack};
use crate::inputs::{self, Fingerprint};
use crate::language::kept;
use crate::worker::{Death, WorkerLimits};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use yusuan_export::DocumentRecord;
use yusuan_extract::{Extraction, Limits};
use yusuan_normalize::{Bodies, Given};

/// What reads files, from as many threads as ask.
pub struct Reader {
    engine: Engine,
    stop: Arc<AtomicBool>,
}

/// The bytes of a file.
///
/// # Errors
/// [`Failure`] where it is not there, may not be read, or is larger than the limit.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    inputs::read_file(path, &Limits::default()).map_err(|words| Failure::new("not_found", &words))
}

/// Why nothing is read where no worker was started.
pub fn not_started(error: &io::Error) -> Failure {
    Failure::new("machine", &kept::worker_not_started_because(error))
}

/// The record of a file that nothing was there to read.
pub fn unread(source: &str, bytes: &[u8], error: &io::Error) -> DocumentRecord {
    let error = kept::worker_not_started_because(error);
    DocumentRecord { error, ..identified(source, &Fingerprint::of(bytes)) }
}

impl Reader {
    /// Reading in worker processes: a file that takes all memory, never ends or overflows a stack costs itself alone.
    ///
    /// # Errors
    /// The system's own, where it starts none: [`not_started`] makes a failure of it, [`unread`] a record.
    pub fn isolated() -> io::Result<Self> {
        let stop = Arc::default();
        let engine = Engine::isolated(WorkerLimits::default(), Arc::clone(&stop))?;
        Ok(Self { engine, stop })
    }

    /// Reading in this process, without limits.
    pub fn here() -> Self {
        Self { engine: Engine::Here, stop: Arc::default() }
    }

    /// Ends the workers in the middle of their files; this reader reads nothing more.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Converts a file. `source` is its name in the results; region, year and kind may be told by it. Where nothing could be
    /// read, the record says so, and the failure beside it why.
    pub fn document(&self, source: &str, bytes: &[u8], password: Option<&str>) -> (DocumentRecord, Option<Failure>) {
        let job = Job {
            source: source.to_owned(),
            fingerprint: Fingerprint::of(bytes),
            limits: Limits::default(),
            given: Given::default(),
            corrections: Vec::new(),
            hints: Vec::new(),
            twice: Twice::InDoubt,
            password: password.map(str::to_owned),
            models: Models::found(),
        };
        let (mut record, reason) = match self.engine.read(&job, bytes, 1, &|_, _| ()) {
            Ok(read) => match unpack::<DocumentRecord>(&read.packed) {
                Ok(record) => (record, read.told.reason),
                Err(error) => (died(&job, &Death::Crash { how: error.to_string() }), Some(Reason::Crash)),
            },
            Err(death) => (died(&job, &death), Some(document::Failure::of_death(&death).reason)),
        };
        let Some(document) = record.document.as_mut() else {
            let reason = reason.unwrap_or(Reason::Damaged);
            let failure = document::Failure { reason, words: record.error.clone() }.into();
            return (record, Some(failure));
        };
        // As a run over this file alone names whose it is.
        Bodies::default().name(&mut document.identity);
        (record, None)
    }

    /// Finds the tables of some pages, all where none are named; ranges hold both ends.
    ///
    /// # Errors
    /// [`Failure`] where nothing could be read.
    pub fn tables(
        &self,
        bytes: &[u8],
        pages: Vec<(u32, u32)>,
        join_pages: bool,
        password: Option<String>,
    ) -> Result<Extraction, Failure> {
        Ok(self.engine.extract(pages, join_pages, Vec::new(), password, bytes)?)
    }

    /// Draws a page with what was found on it as SVG; `None` where there is no such page.
    ///
    /// # Errors
    /// [`Failure`] where nothing could be read.
    pub fn drawing(&self, bytes: &[u8], page: u32, password: Option<String>) -> Result<Option<String>, Failure> {
        Ok(self.engine.sketch(page, password, bytes)?)
    }
}
