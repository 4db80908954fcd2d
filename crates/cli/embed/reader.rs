//! Reading one file at a time, as the command line does.

use super::failure::Failure;
use crate::document::{self, Engine, Job, Models, Reason, Twice, unpack};
use crate::inputs::{self, Fingerprint};
use crate::language::kept;
use crate::worker::WorkerLimits;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use yusuan_export::{DocumentRecord, DocumentStatus};
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

impl Reader {
    /// Reading in worker processes: a file that takes all memory, never ends or overflows a stack costs itself alone.
    ///
    /// # Errors
    /// [`Failure`] where the system starts none.
    pub fn isolated() -> Result<Self, Failure> {
        let stop = Arc::default();
        let started = Engine::isolated(WorkerLimits::default(), Arc::clone(&stop));
        let engine =
            started.map_err(|error| Failure::new("machine", &kept::worker_not_started_because(error)))?;
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

    /// Converts a file. `source` is its name in the results; region, year and kind may be told by it.
    ///
    /// # Errors
    /// [`Failure`] where nothing could be read.
    pub fn document(&self, source: &str, bytes: &[u8], password: Option<&str>) -> Result<DocumentRecord, Failure> {
        let job = Job {
            source: source.to_owned(),
            fingerprint: Fingerprint::of(bytes),
            limits: Limits::default(),
            given: Given::default(),
            corrections: Vec::new(),
            twice: Twice::InDoubt,
            password: password.map(str::to_owned),
            models: Models::found(),
        };
        let read = self.engine.read(&job, bytes).map_err(|death| document::Failure::of_death(&death))?;
        let mut record: DocumentRecord =
            unpack(&read.packed).map_err(|_| Failure::new("crash", &kept::no_result()))?;
        let Some(document) = record.document.as_mut() else {
            let other = if record.status == DocumentStatus::Unsupported { Reason::Unsupported } else { Reason::Damaged };
            return Err(document::Failure { reason: read.reason.unwrap_or(other), words: record.error }.into());
        };
        // As a run over this file alone names whose it is.
        Bodies::default().name(&mut document.identity);
        Ok(record)
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
        Ok(self.engine.extract(pages, join_pages, password, bytes)?)
    }

    /// Draws a page with what was found on it as SVG; `None` where there is no such page.
    ///
    /// # Errors
    /// [`Failure`] where nothing could be read.
    pub fn drawing(&self, bytes: &[u8], page: u32, password: Option<String>) -> Result<Option<String>, Failure> {
        Ok(self.engine.sketch(page, password, bytes)?)
    }
}
