//! Worker processes for many threads: which one does the next piece of work? An idle one, or a new one.

use super::confine::memory_is_short;
use super::death::Death;
use super::gate::Gate;
use super::limits::WorkerLimits;
use super::process::Worker;
use super::program::Program;
use super::request::{Reply, Request};
use super::serve::is_a_worker;
use super::watchdog::Watchdog;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A worker is replaced after so many documents: whatever a library leaves behind does not add up.
const MOST_SERVED: u64 = 500;

/// Times that a worker is started before the document is given up: a busy machine may be out of processes for a moment.
const STARTS: u32 = 5;

/// A worker that has not said its first word after so long never will.
const FIRST_WORD: Duration = Duration::from_mins(1);

/// Worker processes, as many as threads ask at the same time and the system has room for.
pub(crate) struct Pool {
    program: Program,
    limits: WorkerLimits,
    idle: Mutex<Vec<Worker>>,
    watchdog: Watchdog,
    gate: Gate,
}

impl Pool {
    /// A pool with one worker started, so that a system that allows none is known before the work begins. When `stop`
    /// is set, the workers are ended in the middle of their documents.
    pub(crate) fn start(limits: WorkerLimits, stop: Arc<AtomicBool>) -> io::Result<Self> {
        let (program, watchdog) = (Program::own()?, Watchdog::start(stop)?);
        let pool = Self { program, limits, idle: Mutex::default(), watchdog, gate: Gate::new() };
        let first = pool.fresh()?;
        pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(first);
        Ok(pool)
    }

    /// Has a task done with the bytes of a file; `heard` is told how far it is, a few times a second. The error says why the worker died of it. One that died of the machine is
    /// tried again beside fewer others, and once more alone.
    pub(crate) fn call<T: Serialize, A: DeserializeOwned>(
        &self,
        task: T,
        body: &[u8],
        heard: &dyn Fn(u32, u32),
    ) -> Result<(A, Vec<u8>), Death> {
        let request = Request { cpu_seconds: self.limits.cpu_seconds(body.len() as u64), task };
        let mut alone = false;
        loop {
            let inside = self.gate.enter(|| self.watchdog.is_stopping()).ok_or(Death::Stopping)?;
            match self.attempt(&request, body, heard) {
                Err(death) if death.is_passing() => {
                    // Those that wait for work hold memory too.
                    self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
                    if !self.gate.narrow() && std::mem::replace(&mut alone, true) {
                        self.gate.give_up();
                        return Err(death);
                    }
                }
                outcome => {
                    self.gate.went_well();
                    return outcome;
                }
            }
            drop(inside);
        }
    }

    /// Whether no worker could be kept alive for several documents in a row.
    pub(crate) fn is_hopeless(&self) -> bool {
        self.gate.is_hopeless()
    }

    /// Whether the system has less memory now than a worker may use.
    pub(crate) fn is_starved(&self) -> bool {
        memory_is_short(self.limits.memory_mib)
    }

    fn attempt<T: Serialize, A: DeserializeOwned>(
        &self,
        request: &Request<T>,
        body: &[u8],
        heard: &dyn Fn(u32, u32),
    ) -> Result<(A, Vec<u8>), Death> {
        let mut worker = self.take()?;
        let wall = self.limits.wall_seconds(body.len() as u64);
        let watch = self.watchdog.watch(worker.shared.clone(), Duration::from_secs(wall));
        if let Ok((Reply { answer, peak_mib }, bytes)) = worker.ask(request, body, heard) {
            drop(watch);
            self.give_back(worker, peak_mib);
            return Ok((answer, bytes));
        }
        let (overdue, halted) = (watch.was_overdue(), watch.was_halted());
        // One that answers nonsense instead of dying would never be waited for; for a dead one this is nothing.
        worker.shared.kill();
        let ended = worker.end();
        drop(watch);
        if self.watchdog.is_stopping() {
            return Err(Death::Stopping);
        }
        if halted {
            return Err(Death::Halted { seconds: wall });
        }
        if overdue {
            return Err(Death::Wall { seconds: wall });
        }
        let death = Death::of(&ended, self.limits.memory_mib, request.cpu_seconds);
        // A worker's own worker lives within what that one may use, so there a lower limit is no lack.
        let starved = !is_a_worker() && self.is_starved();
        Err(if starved { death.where_memory_is_short() } else { death })
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
            match self.fresh() {
                Ok(worker) => return Ok(worker),
                Err(error) => why = error.to_string(),
            }
            if self.watchdog.is_stopping() {
                return Err(Death::Stopping);
            }
            std::thread::sleep(Duration::from_millis(100) * attempt);
        }
        Err(Death::NotStarted { why })
    }

    /// A worker that has said its first word; the error says what was its last.
    fn fresh(&self) -> io::Result<Worker> {
        let mut worker = Worker::start(&self.program, self.limits.memory_mib)?;
        let watch = self.watchdog.watch(worker.shared.clone(), FIRST_WORD);
        if worker.greet().is_ok() {
            return Ok(worker);
        }
        worker.shared.kill();
        let ended = worker.end();
        drop(watch);
        let words = ended.words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
        let how = ended.status.map_or_else(String::new, |status| status.to_string());
        Err(io::Error::other(if words.is_empty() { how } else { words.to_owned() }))
    }

    /// Keeps a worker for the next document, unless it has served long or has grown to half of what it may have.
    fn give_back(&self, worker: Worker, peak_mib: u64) {
        if worker.served < MOST_SERVED && peak_mib < self.limits.memory_mib / 2 {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
    }
}
