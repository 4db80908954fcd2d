//! Worker processes for many threads: which one does the next piece of work? An idle one, or a new one.

use super::death::Death;
use super::limits::WorkerLimits;
use super::process::Worker;
use super::request::{Reply, Request};
use super::watchdog::Watchdog;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A worker is replaced after so many documents: whatever a library leaves behind does not add up.
const MOST_SERVED: u64 = 500;

/// Times that a worker is started before the document is given up: a busy machine may be out of processes for a moment.
const STARTS: u32 = 5;

/// Worker processes, as many as threads ask at the same time.
pub(crate) struct Pool {
    program: PathBuf,
    limits: WorkerLimits,
    idle: Mutex<Vec<Worker>>,
    watchdog: Watchdog,
}

impl Pool {
    /// A pool with one worker started, so that a system that allows none is known before the work begins. When `stop`
    /// is set, the workers are ended in the middle of their documents.
    pub(crate) fn start(limits: WorkerLimits, stop: Arc<AtomicBool>) -> io::Result<Self> {
        let program = std::env::current_exe()?;
        let first = Worker::start(&program, limits.memory_mib)?;
        Ok(Self { program, limits, idle: Mutex::new(vec![first]), watchdog: Watchdog::start(stop)? })
    }

    /// Has a task done with the bytes of a file. The error says why the worker died of it.
    pub(crate) fn call<T: Serialize, A: DeserializeOwned>(&self, task: T, body: &[u8]) -> Result<(A, Vec<u8>), Death> {
        let request = Request { cpu_seconds: self.limits.cpu_seconds(body.len() as u64), task };
        match self.attempt(&request, body) {
            Err(death) if death.is_worth_a_retry() => self.attempt(&request, body),
            outcome => outcome,
        }
    }

    fn attempt<T: Serialize, A: DeserializeOwned>(
        &self,
        request: &Request<T>,
        body: &[u8],
    ) -> Result<(A, Vec<u8>), Death> {
        let mut worker = self.take()?;
        let wall = self.limits.wall_seconds(body.len() as u64);
        let watch = self.watchdog.watch(worker.shared.clone(), Duration::from_secs(wall));
        if let Ok((Reply { answer, peak_mib }, bytes)) = worker.ask(request, body) {
            drop(watch);
            self.give_back(worker, peak_mib);
            return Ok((answer, bytes));
        }
        let overdue = watch.was_overdue();
        // One that answers nonsense instead of dying would never be waited for; for a dead one this is nothing.
        worker.shared.kill();
        let ended = worker.end();
        drop(watch);
        if self.watchdog.is_stopping() {
            return Err(Death::Stopping);
        }
        if overdue {
            return Err(Death::Wall { seconds: wall });
        }
        Err(Death::of(&ended, self.limits.memory_mib, request.cpu_seconds))
    }

    fn take(&self) -> Result<Worker, Death> {
        if self.watchdog.is_stopping() {
            return Err(Death::Stopping);
        }
        if let Some(worker) = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            return Ok(worker);
        }
        let mut why = String::new();
        for attempt in 1..=STARTS {
            match Worker::start(&self.program, self.limits.memory_mib) {
                Ok(worker) => return Ok(worker),
                Err(error) => why = error.to_string(),
            }
            std::thread::sleep(Duration::from_millis(100) * attempt);
        }
        Err(Death::NotStarted { why })
    }

    /// Keeps a worker for the next document, unless it has served long or has grown to half of what it may have.
    fn give_back(&self, worker: Worker, peak_mib: u64) {
        if worker.served < MOST_SERVED && peak_mib < self.limits.memory_mib / 2 {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
    }
}
