//! The end of a worker that hangs: one thread counts how long each has been at work.
//!
//! Time is counted in ticks and not read off a clock: while this process or a worker is stopped (Ctrl-Z, a suspended
//! machine) nothing hangs, so that time must not count. But a worker that is stopped while this process goes on may never be
//! let go on, so there is a ceiling on all of its time too.

use super::process::Shared;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often the workers are looked at.
const TICK: Duration = Duration::from_millis(100);

/// A longer pause between two looks means that this process was stopped, not that a worker was slow.
const LONGEST_STEP: Duration = Duration::from_secs(1);

/// Times the allowed time after which a worker is ended even if it was stopped all along.
const CEILING: u32 = 3;

/// A worker at work.
struct Watched {
    number: u64,
    process: Shared,
    at_work: Duration,
    in_all: Duration,
    allowed: Duration,
    overdue: Arc<AtomicBool>,
    halted: Arc<AtomicBool>,
}

#[derive(Default)]
struct State {
    watched: Vec<Watched>,
    next: u64,
    ended: bool,
}

/// The thread and what it watches.
pub(super) struct Watchdog {
    state: Arc<(Mutex<State>, Condvar)>,
    stop: Arc<AtomicBool>,
}

/// Ends the watch when the work is done.
pub(super) struct Watch<'a> {
    dog: &'a Watchdog,
    number: u64,
    overdue: Arc<AtomicBool>,
    halted: Arc<AtomicBool>,
}

impl Watchdog {
    /// Starts the thread. When `stop` is set, every worker is ended at once.
    pub(super) fn start(stop: Arc<AtomicBool>) -> std::io::Result<Self> {
        let state = Arc::new((Mutex::new(State::default()), Condvar::new()));
        let (shared, stopping) = (Arc::clone(&state), Arc::clone(&stop));
        std::thread::Builder::new().name("watchdog".to_owned()).spawn(move || look(&shared, &stopping))?;
        Ok(Self { state, stop })
    }

    /// Watches a worker until the watch is dropped.
    pub(super) fn watch(&self, process: Shared, allowed: Duration) -> Watch<'_> {
        let (overdue, halted) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let mut state = self.state.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = state.next;
        state.next += 1;
        state.watched.push(Watched {
            number,
            process,
            at_work: Duration::ZERO,
            in_all: Duration::ZERO,
            allowed,
            overdue: Arc::clone(&overdue),
            halted: Arc::clone(&halted),
        });
        Watch { dog: self, number, overdue, halted }
    }

    /// Whether the run is to end.
    pub(super) fn is_stopping(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner).ended = true;
        self.state.1.notify_all();
    }
}

impl Watch<'_> {
    /// Whether the worker was ended for taking too long.
    pub(super) fn was_overdue(&self) -> bool {
        self.overdue.load(Ordering::Relaxed)
    }

    /// Whether the worker was ended because somebody had stopped it for too long.
    pub(super) fn was_halted(&self) -> bool {
        self.halted.load(Ordering::Relaxed)
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        let mut state = self.dog.state.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.watched.retain(|watched| watched.number != self.number);
    }
}

fn look(shared: &(Mutex<State>, Condvar), stop: &AtomicBool) {
    let mut before = Instant::now();
    let mut state = shared.0.lock().unwrap_or_else(PoisonError::into_inner);
    while !state.ended {
        state = shared.1.wait_timeout(state, TICK).unwrap_or_else(PoisonError::into_inner).0;
        let step = before.elapsed().min(LONGEST_STEP);
        before = Instant::now();
        for watched in &mut state.watched {
            age(watched, step, stop.load(Ordering::Relaxed));
        }
    }
}

fn age(watched: &mut Watched, step: Duration, stopping: bool) {
    watched.in_all += step;
    if !watched.process.is_suspended() {
        watched.at_work += step;
    }
    let overdue = watched.at_work > watched.allowed;
    let halted = !overdue && watched.in_all > watched.allowed * CEILING;
    if overdue {
        watched.overdue.store(true, Ordering::Relaxed);
    }
    if halted {
        watched.halted.store(true, Ordering::Relaxed);
    }
    if stopping || overdue || halted {
        watched.process.kill();
    }
}
